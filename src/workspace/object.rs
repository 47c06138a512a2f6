//! An object of the workspace: who it is, where it stands, what it says.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use super::{File, Parsed, ParsedObject};
use crate::lower::FieldIssue;
use crate::model::{
    AkoConfigMap, AkoValues, AkoplanSettings, AviInfraSetting, Gateway, GatewayClass, GatewayClassV1, GatewayV1,
    HttpRoute, Ingress, IngressClass, Kind, Namespace, ObjectMeta, Service, Typed, ako_config_map,
};
use crate::syntax::{FieldPath, NodeId, Tree};
use crate::text::Span;

/// Where an object stands: commands and spans use this, since an identity may be duplicate or empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// File name.
    pub file: Rc<str>,
    /// Document in the file, from 0.
    pub document: usize,
    /// Item of a `List`, from 0.
    pub item: Option<usize>,
}

/// Group, kind, namespace and name; not the version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// API group; empty for the core group.
    pub group: String,
    /// Kind as written.
    pub kind: String,
    /// Namespace; empty for cluster-scoped kinds.
    pub namespace: String,
    /// Name; may be empty while it is being typed.
    pub name: String,
}

impl Identity {
    /// `Kind/namespace/name` or `Kind/name`; `Kind.group/…` on demand.
    #[must_use]
    pub fn key(&self, with_group: bool) -> String {
        let kind = match (with_group, self.group.as_str()) {
            (true, group) if !group.is_empty() => format!("{}.{group}", self.kind),
            _ => self.kind.clone(),
        };
        match (self.namespace.as_str(), self.name.as_str()) {
            ("", "") => kind,
            ("", name) => format!("{kind}/{name}"),
            (namespace, name) => format!("{kind}/{namespace}/{name}"),
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key(false))
    }
}

/// A place in a file: what findings and hops point at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File name.
    pub file: Rc<str>,
    /// Bytes in the file.
    pub span: Span,
}

/// An object with its place in the project.
#[derive(Clone, Debug)]
pub struct Object {
    /// Who it is.
    pub identity: Identity,
    /// Where it stands.
    pub address: Address,
    /// Its kind.
    pub kind: Kind,
    /// API version without the group, as in `v1beta1`.
    pub version: String,
    /// What it says.
    pub value: Typed,
    /// Its place among all objects of the workspace.
    pub order: usize,
    node: NodeId,
    parsed: Rc<Parsed>,
    offset: usize,
}

impl Object {
    pub(super) fn new(
        file: &File,
        document: usize,
        object: &ParsedObject,
        order: usize,
        default_namespace: &str,
    ) -> Self {
        let metadata = object.value.metadata();
        let name = metadata.and_then(|metadata| metadata.name.clone()).unwrap_or_default();
        let written = metadata.and_then(|metadata| metadata.namespace.clone());
        let namespace = match object.kind {
            kind if kind.is_namespaced() => written.unwrap_or_else(|| default_namespace.to_owned()),
            Kind::Foreign => written.unwrap_or_default(),
            _ => String::new(),
        };
        Self {
            identity: Identity { group: object.group.clone(), kind: object.kind_name.clone(), namespace, name },
            address: Address { file: Rc::clone(&file.name), document, item: object.item },
            kind: object.kind,
            version: object.version.clone(),
            value: object.value.clone(),
            order,
            node: object.node,
            parsed: Rc::clone(&file.documents[document].parsed),
            offset: file.documents[document].span.start,
        }
    }

    pub(super) fn index_key(&self) -> (Kind, &str, Cow<'_, str>) {
        // Foreign kinds share one kind here and are told apart by their full identity.
        let name = match self.kind {
            Kind::Foreign => {
                Cow::Owned(format!("{}/{}/{}", self.identity.group, self.identity.kind, self.identity.name))
            }
            _ => Cow::Borrowed(self.name()),
        };
        (self.kind, self.namespace(), name)
    }

    /// Name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.identity.name
    }

    /// Namespace, the default one where none is written; empty for cluster-scoped kinds.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.identity.namespace
    }

    /// Metadata; empty for AKO's values.
    #[must_use]
    pub fn metadata(&self) -> ObjectMeta {
        self.value.metadata().cloned().unwrap_or_default()
    }

    /// A label's or annotation's value from metadata.
    #[must_use]
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.value.metadata()?.annotations.get(key).map(String::as_str)
    }

    /// A label's value.
    #[must_use]
    pub fn label(&self, key: &str) -> Option<&str> {
        self.value.metadata()?.labels.get(key).map(String::as_str)
    }

    /// The document's tree; the object's own node is [`Object::node`]. What leads through fields asks
    /// [`Object::find`], since AKO's values may stand in a ConfigMap.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.parsed.tree
    }

    /// The object's node in its document's tree.
    #[must_use]
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// Where the document begins in the file: what to add to spans of its tree.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What did not fit the kind's schema.
    #[must_use]
    pub fn issues(&self) -> &[FieldIssue] {
        // Items are in order.
        let own = self.parsed.objects.binary_search_by_key(&self.address.item, |object| object.item);
        own.ok().and_then(|at| self.parsed.objects.get(at)).map_or(&[], |object| &object.issues)
    }

    /// The tree that a path leads through, and where it begins: that of the values where AKO's ConfigMap holds them.
    fn way(&self, path: &FieldPath) -> (&Tree, NodeId) {
        match &self.value {
            Typed::AkoConfigMap(map) if ako_config_map::is_of_values(path) => {
                map.tree.root.map_or((self.tree(), self.node), |root| (&map.tree, root))
            }
            _ => (self.tree(), self.node),
        }
    }

    /// The node of a field that is written, and the tree that it stands in.
    #[must_use]
    pub fn find(&self, path: &FieldPath) -> Option<(&Tree, NodeId)> {
        let (tree, from) = self.way(path);
        tree.find(from, path).map(|node| (tree, node))
    }

    /// The best place in the file to show something about a field: its value, else its key, else
    /// the nearest parent that exists.
    #[must_use]
    pub fn span(&self, path: impl Into<FieldPath>) -> Span {
        let path = path.into();
        let (tree, from) = self.way(&path);
        tree.place(from, &path).shifted(self.offset)
    }

    /// The key of a field; where it is absent, [`Object::span`].
    #[must_use]
    pub fn key_span(&self, path: impl Into<FieldPath>) -> Span {
        let path = path.into();
        let (tree, from) = self.way(&path);
        match tree.key_span(from, &path) {
            Some(span) => span.shifted(self.offset),
            None => self.span(path),
        }
    }

    /// [`Object::span`] with the file.
    #[must_use]
    pub fn place(&self, path: impl Into<FieldPath>) -> Place {
        Place { file: Rc::clone(&self.address.file), span: self.span(path) }
    }

    /// Whether a field is written.
    #[must_use]
    pub fn has(&self, path: impl Into<FieldPath>) -> bool {
        self.find(&path.into()).is_some()
    }

    /// A field's text as written, for forms: of scalars, whatever their type.
    #[must_use]
    pub fn text(&self, path: impl Into<FieldPath>) -> Option<&str> {
        let (tree, node) = self.find(&path.into())?;
        tree.scalar(node)
    }

    /// The span of the whole object in the file.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.tree().node(self.node).span.shifted(self.offset)
    }
}

/// A type that objects of one kind hold.
pub trait OfKind: Sized {
    /// The kind.
    const KIND: Kind;
    /// The value, if it is of this kind.
    fn of(value: &Typed) -> Option<&Self>;
}

macro_rules! of_kind {
    ($($name:ident),* $(,)?) => {
        $(
            impl OfKind for $name {
                const KIND: Kind = Kind::$name;
                fn of(value: &Typed) -> Option<&Self> {
                    match value {
                        Typed::$name(value) => Some(value),
                        _ => None,
                    }
                }
            }
        )*
    };
}

of_kind!(
    AviInfraSetting,
    GatewayClass,
    GatewayClassV1,
    Gateway,
    GatewayV1,
    Service,
    Namespace,
    IngressClass,
    Ingress,
    HttpRoute,
    AkoConfigMap,
    AkoplanSettings,
);

impl OfKind for AkoValues {
    /// The ConfigMap that is made of values is asked for as values, too.
    const KIND: Kind = Kind::AkoValues;
    fn of(value: &Typed) -> Option<&Self> {
        match value {
            Typed::AkoValues(values) => Some(values),
            Typed::AkoConfigMap(map) => Some(&map.values),
            _ => None,
        }
    }
}
