//! What is read from one document, independent of where the document stands.

use crate::lower::FieldIssue;
use crate::model::{Kind, Typed, ako_config_map, ako_values};
use crate::pace::{Boxed, finish, pause};
use crate::syntax::{NodeId, NodeKind, Tree, parsing};

/// A document's tree and the objects in it.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The tree, with what is wrong with it as YAML.
    pub tree: Tree,
    /// One object, or the items of a `List`; none where the document is no object.
    pub objects: Vec<ParsedObject>,
    /// The document has a value, but nothing in it says what it is.
    pub unrecognised: bool,
}

/// An object in a document.
#[derive(Debug)]
pub struct ParsedObject {
    /// Its place among a `List`'s items.
    pub item: Option<usize>,
    /// Its node in the tree.
    pub node: NodeId,
    /// Its kind.
    pub kind: Kind,
    /// API group; empty for the core group.
    pub group: String,
    /// API version without the group.
    pub version: String,
    /// The `kind` as written.
    pub kind_name: String,
    /// Its value.
    pub value: Typed,
    /// What does not fit its kind.
    pub issues: Vec<FieldIssue>,
}

impl Parsed {
    /// Reads a document; never fails.
    #[must_use]
    pub fn new(text: &str) -> Self {
        finish(Self::reading(text))
    }

    /// [`Parsed::new`] in steps.
    pub(crate) fn reading(text: &str) -> Boxed<'_, Self> {
        Box::pin(Self::read(text))
    }

    async fn read(text: &str) -> Self {
        let tree = parsing(text).await;
        let mut parsed = Self { tree, ..Self::default() };
        let Some(root) = parsed.tree.root.filter(|_| parsed.tree.is_readable()) else { return parsed };
        parsed.collect(root, text).await;
        parsed.unrecognised = parsed.objects.is_empty() && !parsed.is_empty_list(root);
        parsed
    }

    async fn collect(&mut self, root: NodeId, text: &str) {
        let is_list = self.tree.get(root, "items").is_some()
            && self
                .tree
                .get(root, "kind")
                .and_then(|kind| self.tree.scalar(kind))
                .is_some_and(|kind| kind.ends_with("List"));
        if is_list {
            let items = self.tree.get(root, "items").map(|items| self.tree.items(items).to_vec()).unwrap_or_default();
            for (index, item) in items.into_iter().enumerate() {
                let object = read(text, &self.tree, item, Some(index));
                self.objects.extend(object);
                pause().await;
            }
        } else {
            self.objects.extend(read(text, &self.tree, root, None));
        }
    }

    fn is_empty_list(&self, root: NodeId) -> bool {
        self.tree.get(root, "items").is_some_and(|items| self.tree.items(items).is_empty())
    }
}

fn read(document: &str, tree: &Tree, node: NodeId, item: Option<usize>) -> Option<ParsedObject> {
    if !matches!(tree.kind(node), NodeKind::Mapping { .. }) {
        return None;
    }
    let text =
        |key: &str| tree.get(node, key).filter(|value| !tree.is_null(*value)).and_then(|value| tree.scalar(value));
    let name = || tree.get(node, "metadata").and_then(|metadata| tree.scalar(tree.get(metadata, "name")?));
    let (kind, group, version, kind_name) = match text("kind") {
        Some(kind_name) => {
            let api_version = text("apiVersion").unwrap_or_default();
            let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
            let kind = match Kind::of(group, kind_name) {
                Kind::Foreign if ako_config_map::is_config_map(group, kind_name, name()) => Kind::AkoConfigMap,
                kind => kind,
            };
            (kind, group.to_owned(), version.to_owned(), kind_name.to_owned())
        }
        None if ako_values::are_values(tree, node) => (Kind::AkoValues, String::new(), String::new(), String::new()),
        None => return None,
    };
    let (value, issues) = Typed::read(kind, document, tree, node);
    Some(ParsedObject { item, node, kind, group, version, kind_name, value, issues })
}
