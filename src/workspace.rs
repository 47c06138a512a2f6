//! One immutable value that holds the project: its files, and all objects by identity.
//!
//! Building it parses what changed only: a document whose text is the same as before is taken from
//! the previous workspace. Order matters to AKO, so objects keep the order of files and documents.

mod ako_version;
mod content;
mod file;
mod object;
mod parsed;
mod unknown;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

pub use file::{Document, File};
pub use object::{Address, Identity, Object, OfKind, Place};
pub use parsed::{Parsed, ParsedObject};
pub use unknown::Unknown;

use crate::model::{AkoValues, AkoplanSettings, Kind};
use crate::ordered::IntoOrdered;
use crate::pace::{Boxed, Progress, Rest, finish, pause};
use crate::text::SourceFile;
use content::Content;
use file::Split;

/// So many objects are indexed between two pauses.
const OBJECTS: usize = 64;

/// The project; cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    content: Rc<Content>,
}

impl Workspace {
    /// Reads all files, in their order.
    #[must_use]
    pub fn new(files: &[SourceFile]) -> Self {
        Self::default().with_files(files)
    }

    /// The workspace of other files; what did not change is not read again.
    #[must_use]
    pub fn with_files(&self, files: &[SourceFile]) -> Self {
        finish(self.clone().reading(files.to_vec(), Progress::default()))
    }

    /// [`Workspace::with_files`] in steps.
    #[must_use]
    pub fn reading(self, files: Vec<SourceFile>, progress: Progress) -> Boxed<'static, Self> {
        Box::pin(self.read(files, progress))
    }

    async fn read(self, files: Vec<SourceFile>, progress: Progress) -> Self {
        let old = &self.content.files;
        let mut stays = vec![false; old.len()];
        let mut same = |source: &SourceFile| {
            let at = *self.content.by_name.get(source.name.as_str())?;
            let file = old.get(at).filter(|file| Arc::ptr_eq(&file.source.text, &source.text))?;
            stays[at] = true;
            Some(Rc::clone(file))
        };
        let kept: Vec<Option<Rc<File>>> = files.iter().map(&mut same).collect();
        let names: HashSet<String> = files.iter().map(|file| file.name.clone()).collect();
        // What is in files that stay, or stays in files that change, need not be looked up.
        let gone =
            old.iter().zip(&stays).filter(|(file, stays)| !**stays && !names.contains(file.source.name.as_str()));
        let mut earlier: Vec<(Rc<File>, Range<usize>)> =
            gone.map(|(file, _)| (Rc::clone(file), 0..file.documents.len())).collect();
        let mut splits = Vec::with_capacity(files.len());
        for (source, kept) in files.into_iter().zip(kept) {
            if let Some(file) = kept {
                splits.push(Err(file));
                continue;
            }
            let before = self.content.by_name.get(source.name.as_str()).filter(|at| !stays[**at]);
            let (split, changed) = Split::splitting(source, before.and_then(|at| old.get(*at))).await;
            progress.update(|measure| measure.documents += split.spans.len());
            earlier.extend(changed);
            splits.push(Ok(split));
        }
        let mut known: HashMap<&str, Rc<Parsed>> = HashMap::new();
        let mut rest = Rest::every(OBJECTS);
        for (file, places) in &earlier {
            for document in &file.documents[places.clone()] {
                known.insert(document.span.slice(&file.source.text), Rc::clone(&document.parsed));
                rest.round().await;
            }
        }
        let mut read: Vec<Rc<File>> = Vec::with_capacity(splits.len());
        for split in splits {
            read.push(match split {
                Err(file) => file,
                Ok(split) => Rc::new(split.reading(&known, &progress).await),
            });
        }
        drop(known);
        pause().await;
        Self { content: Rc::new(Content::of(read).await) }
    }

    /// Whether both are the very same value; cheap.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.content, &other.content)
    }

    /// The files in order.
    #[must_use]
    pub fn files(&self) -> &[Rc<File>] {
        &self.content.files
    }

    /// The files' names and texts: all that must be saved.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceFile> {
        self.content.files.iter().map(|file| file.source.clone()).collect()
    }

    /// Whether to read, check and show it takes so long that one wants to do something else meanwhile.
    #[must_use]
    pub fn is_large(&self) -> bool {
        is_large(self.content.files.iter().map(|file| &file.source))
    }

    /// A file by name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Rc<File>> {
        self.content.files.get(*self.content.by_name.get(name)?)
    }

    /// All objects in order, duplicates included.
    #[must_use]
    pub fn objects(&self) -> &[Object] {
        &self.content.objects
    }

    /// The object at an address.
    #[must_use]
    pub fn at(&self, address: &Address) -> Option<&Object> {
        let own = self.content.objects.get(self.content.by_file.get(&address.file)?.clone())?;
        let place = |object: &Object| (object.address.document, object.address.item);
        let found = own.binary_search_by_key(&(address.document, address.item), place).ok()?;
        own.get(found)
    }

    /// The objects of the document of a file that an offset lies in.
    #[must_use]
    pub fn objects_around(&self, file: &str, offset: usize) -> &[Object] {
        let own = self.content.by_file.get(file).and_then(|places| self.content.objects.get(places.clone()));
        let own = own.unwrap_or_default();
        let end = own.partition_point(|object| object.offset() <= offset);
        let Some(last) = own[..end].last() else { return &[] };
        let start = own[..end].partition_point(|object| object.offset() < last.offset());
        &own[start..end]
    }

    /// All objects of one type in order, duplicates included.
    pub fn every<'a, T: OfKind + 'a>(&'a self) -> impl Iterator<Item = (&'a Object, &'a T)> {
        self.every_within(0..self.objects().len())
    }

    /// [`Workspace::every`] of the objects at some places.
    pub(crate) fn every_within<'a, T: OfKind + 'a>(
        &'a self,
        places: Range<usize>,
    ) -> impl Iterator<Item = (&'a Object, &'a T)> + use<'a, T> {
        self.places_of(T::KIND, &places).iter().filter_map(|at| {
            let object = self.content.objects.get(*at)?;
            Some((object, T::of(&object.value)?))
        })
    }

    /// All objects of one type as the cluster would hold them: of several with one identity the last,
    /// at the place of the first.
    pub fn all<'a, T: OfKind + 'a>(&'a self) -> impl Iterator<Item = (&'a Object, &'a T)> {
        self.all_within(0..self.objects().len())
    }

    /// [`Workspace::all`] of the objects at some places.
    pub(crate) fn all_within<'a, T: OfKind + 'a>(
        &'a self,
        places: Range<usize>,
    ) -> impl Iterator<Item = (&'a Object, &'a T)> + use<'a, T> {
        self.places_of(T::KIND, &places).iter().filter_map(|at| {
            let object = self.content.objects.get((*self.content.effective.get(*at)?)?)?;
            Some((object, T::of(&object.value)?))
        })
    }

    /// The places of the objects of one kind among some places.
    fn places_of(&self, kind: Kind, places: &Range<usize>) -> &[usize] {
        let own = self.content.by_kind.get(&kind).map_or(&[][..], Vec::as_slice);
        let before = |end: usize| own.partition_point(|at| *at < end);
        own.get(before(places.start)..before(places.end)).unwrap_or_default()
    }

    /// The object of one type, namespace (`""` for cluster-scoped kinds) and name; the last of duplicates.
    #[must_use]
    pub fn get<T: OfKind>(&self, namespace: &str, name: &str) -> Option<(&Object, &T)> {
        let same = self.content.by_identity.get(&T::KIND)?.get(namespace)?.get(name)?;
        let object = self.content.objects.get(*same.last()?)?;
        Some((object, T::of(&object.value)?))
    }

    /// All objects that have the same identity as this one, itself included, in order.
    #[must_use]
    pub fn same_identity(&self, object: &Object) -> Vec<&Object> {
        let (kind, namespace, name) = object.index_key();
        let same = self.content.by_identity.get(&kind).and_then(|same| same.get(namespace)?.get(&*name));
        let same = same.map_or(&[][..], Vec::as_slice);
        let same = same.iter().filter_map(|at| self.content.objects.get(*at));
        same.filter(|other| other.identity == object.identity).collect()
    }

    /// The object of the same identity that comes first, where this one is not the first.
    #[must_use]
    pub fn earlier_twin(&self, object: &Object) -> Option<&Object> {
        let is_first = self.content.effective.get(object.order).is_none_or(Option::is_some);
        let first = if is_first { None } else { self.same_identity(object).first().copied() };
        first.filter(|first| first.order != object.order)
    }

    /// The project's settings, empty where there are none.
    #[must_use]
    pub fn settings(&self) -> &AkoplanSettings {
        &self.content.settings
    }

    /// AKO's values; `None` where they are not known. AKO reads its ConfigMap, so that counts where there is one; else
    /// the last of several files.
    #[must_use]
    pub fn values(&self) -> Option<(&Object, &AkoValues)> {
        let is_config_map = |(object, _): &(&Object, &AkoValues)| object.kind == Kind::AkoConfigMap;
        self.every::<AkoValues>().filter(is_config_map).last().or_else(|| self.every::<AkoValues>().last())
    }

    /// AKO's `values.yaml`, the last of several: for what no ConfigMap says.
    #[must_use]
    pub fn values_file(&self) -> Option<(&Object, &AkoValues)> {
        self.every::<AkoValues>().filter(|(object, _)| object.kind == Kind::AkoValues).last()
    }

    /// What helm has yet to render.
    #[must_use]
    pub fn unknown(&self) -> &Unknown {
        &self.content.unknown
    }

    /// Whether the settings say that an object exists outside this project.
    #[must_use]
    pub fn is_external(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.content.settings.spec.external.iter().any(|external| {
            external.kind.as_deref() == Some(kind)
                && external.name.as_deref() == Some(name)
                && external.namespace.as_deref().unwrap_or_default() == namespace
        })
    }

    /// The printed key of an object: `Kind/namespace/name` or `Kind/name`, with the group after the
    /// kind where two groups have that kind here.
    #[must_use]
    pub fn key(&self, object: &Object) -> String {
        object.identity.key(self.content.colliding_kinds.contains(&object.identity.kind))
    }

    /// Every namespace that is named anywhere, sorted.
    #[must_use]
    pub fn namespaces(&self) -> BTreeSet<String> {
        let named = self.content.objects.iter().filter(|object| object.kind != Kind::Namespace);
        let own = self.content.objects.iter().filter(|object| object.kind == Kind::Namespace);
        named
            .map(|object| object.identity.namespace.clone())
            .chain(own.map(|object| object.identity.name.clone()))
            .filter(|namespace| !namespace.is_empty())
            .into_set()
    }
}

/// Texts of more bytes than this are a large project: some hundred objects.
const LARGE: usize = 256 << 10;

/// Whether files make a large project, see [`Workspace::is_large`].
pub fn is_large<'a>(files: impl Iterator<Item = &'a SourceFile>) -> bool {
    files.map(|file| file.text.len()).sum::<usize>() > LARGE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AviInfraSetting, IngressClass, Service};

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile::new(name, text)
    }

    #[test]
    fn objects_have_identity_place_and_order() {
        let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports:\n  - port: 80\n---\n\
                    apiVersion: v1\nkind: List\nitems:\n- apiVersion: ako.vmware.com/v1beta1\n  kind: AviInfraSetting\n  \
                    metadata:\n    name: oam\n";
        let workspace = Workspace::new(&[file("a.yaml", text)]);
        let keys: Vec<String> = workspace.objects().iter().map(|object| workspace.key(object)).collect();
        assert_eq!(keys, ["Service/default/web", "AviInfraSetting/oam"]);
        let (service, value) = workspace.get::<Service>("default", "web").unwrap();
        assert_eq!(value.spec.ports[0].port, Some(80));
        assert_eq!(service.span("spec.ports[0].port").slice(text), "80");
        let (setting, _) = workspace.get::<AviInfraSetting>("", "oam").unwrap();
        assert_eq!(setting.span("metadata.name").slice(text), "oam");
        assert_eq!(setting.address.item, Some(0));
    }

    #[test]
    fn of_duplicates_the_last_counts() {
        let class = |parameters: &str| {
            format!(
                "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: trf}}\nspec: {{controller: {parameters}}}\n---\n"
            )
        };
        let workspace = Workspace::new(&[file("a.yaml", &(class("a") + &class("b")))]);
        let all: Vec<_> = workspace.all::<IngressClass>().collect();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].1.spec.controller.as_deref(), Some("b"));
        assert_eq!(workspace.same_identity(all[0].0).len(), 2);
    }

    #[test]
    fn what_did_not_change_is_not_read_again() {
        let first = Workspace::new(&[file("a.yaml", "a: 1\n---\nb: 2\n")]);
        let second = first.with_files(&[file("a.yaml", "a: 1\n---\nb: 3\n")]);
        let parsed = |workspace: &Workspace, at: usize| Rc::clone(&workspace.files()[0].documents[at].parsed);
        assert!(Rc::ptr_eq(&parsed(&first, 0), &parsed(&second, 0)));
        assert!(!Rc::ptr_eq(&parsed(&first, 1), &parsed(&second, 1)));
        let third = second.with_files(&[file("a.yaml", "x: 0\n---\na: 1\n---\nc: 1\n---\nb: 3\n")]);
        assert_eq!(third.files()[0].documents.len(), 4);
        assert!(Rc::ptr_eq(&parsed(&second, 1), &parsed(&third, 3)), "what stands at the end is known");
        let moved = second.with_files(&[file("b.yaml", "b: 1\n---\na: 1\n")]);
        assert_eq!(moved.files()[0].documents[1].span.slice(&moved.files()[0].source.text), "---\na: 1\n");
        let back = moved.with_files(&[file("c.yaml", "---\na: 1\n")]);
        assert!(Rc::ptr_eq(&parsed(&moved, 1), &parsed(&back, 0)), "a document that goes to another file is known");
    }

    #[test]
    fn values_and_settings_are_recognised() {
        let values = file("values.yaml", "AKOSettings:\n  clusterName: tkg-wkld\n  servicesAPI: \"true\"\n");
        let settings = file(
            "akoplan.yaml",
            "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {defaultNamespace: red}\n",
        );
        let workspace = Workspace::new(&[values, settings]);
        assert!(workspace.values().unwrap().1.ako_settings.services_api.unwrap().0);
        assert_eq!(workspace.settings().spec.default_namespace.as_deref(), Some("red"));
    }
}
