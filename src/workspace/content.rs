//! What a workspace holds: its files and their objects, indexed by kind, identity, file and name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use super::{File, OBJECTS, Object, ParsedObject, Unknown};
use crate::model::{AkoplanSettings, Kind, Typed};
use crate::ordered::IntoOrdered;
use crate::pace::{Rest, pause};

#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) files: Vec<Rc<File>>,
    /// Places of the files by name, the first of several.
    pub(super) by_name: HashMap<Rc<str>, usize>,
    pub(super) objects: Vec<Object>,
    /// Places of the objects by kind.
    pub(super) by_kind: BTreeMap<Kind, Vec<usize>>,
    /// Places of the objects by kind, namespace and name; asked by key only, so its order is nobody's.
    pub(super) by_identity: HashMap<Kind, HashMap<String, HashMap<String, Vec<usize>>>>,
    /// For each object its place, and for the first of several with one identity the place of the last.
    pub(super) effective: Vec<Option<usize>>,
    /// Places of the objects of each file.
    pub(super) by_file: HashMap<Rc<str>, Range<usize>>,
    pub(super) settings: Rc<AkoplanSettings>,
    pub(super) colliding_kinds: BTreeSet<String>,
    pub(super) unknown: Unknown,
}

impl Content {
    pub(super) async fn of(files: Vec<Rc<File>>) -> Self {
        let mut by_name = HashMap::with_capacity(files.len());
        for (at, file) in files.iter().enumerate() {
            by_name.entry(Rc::clone(&file.name)).or_insert(at);
        }
        let settings = parsed_objects(&files)
            .filter_map(|(_, _, object)| match &object.value {
                Typed::AkoplanSettings(settings) => Some(Rc::clone(settings)),
                _ => None,
            })
            .last()
            .unwrap_or_default();
        let default_namespace = settings.spec.default_namespace.clone().unwrap_or_else(|| "default".to_owned());
        let mut rest = Rest::every(OBJECTS);
        let mut objects = Vec::new();
        for (order, (file, document, object)) in parsed_objects(&files).enumerate() {
            objects.push(Object::new(&files[file], document, object, order, &default_namespace));
            rest.round().await;
        }
        let mut by_identity: HashMap<Kind, HashMap<String, HashMap<String, Vec<usize>>>> = HashMap::new();
        let mut by_kind: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
        let mut by_file: HashMap<Rc<str>, Range<usize>> = HashMap::new();
        let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (at, object) in objects.iter().enumerate() {
            let identity = &object.identity;
            let (kind, namespace, name) = object.index_key();
            let of_kind = by_identity.entry(kind).or_default();
            let same = of_kind.entry(namespace.to_owned()).or_default().entry(name.into_owned()).or_default();
            same.push(at);
            by_kind.entry(kind).or_default().push(at);
            if kind == Kind::AkoConfigMap {
                by_kind.entry(Kind::AkoValues).or_default().push(at);
            }
            by_file.entry(Rc::clone(&object.address.file)).or_insert(at..at).end = at + 1;
            groups.entry(&identity.kind).or_default().insert(&identity.group);
            rest.round().await;
        }
        let colliding_kinds =
            groups.iter().filter(|(_, groups)| groups.len() > 1).map(|(kind, _)| (*kind).to_owned()).into_set();
        drop(groups);
        pause().await;
        let mut effective = vec![None; objects.len()];
        for same in by_identity.values().flat_map(HashMap::values).flat_map(HashMap::values) {
            if let (Some(first), last) = (same.first(), same.last()) {
                effective[*first] = last.copied();
            }
        }
        let unknown = Unknown::of(&files, &objects);
        pause().await;
        Self { files, by_name, objects, by_kind, by_identity, effective, by_file, settings, colliding_kinds, unknown }
    }
}

/// File index, document index and object, in order.
fn parsed_objects(files: &[Rc<File>]) -> impl Iterator<Item = (usize, usize, &ParsedObject)> {
    files.iter().enumerate().flat_map(|(file_at, file)| {
        file.documents.iter().enumerate().flat_map(move |(document_at, document)| {
            document.parsed.objects.iter().map(move |object| (file_at, document_at, object))
        })
    })
}
