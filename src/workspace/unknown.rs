//! What a project leaves open because helm has yet to render it: which objects depend on a chart's values,
//! and which names may come to exist.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{File, Object};
use crate::model::Kind;
use crate::syntax::template::ActionKind;
use crate::syntax::{NodeId, NodeKind, Template, Tree};
use crate::text::Span;

/// Labels and annotations that AKO does not look at, and whose values most charts write.
const INDIFFERENT: [&str; 5] = ["app.kubernetes.io/", "helm.sh/", "meta.helm.sh/", "checksum/", "prometheus.io/"];
/// The same without a domain.
const INDIFFERENT_NAMES: [&str; 6] = ["app", "chart", "release", "heritage", "component", "version"];

/// The kinds that other objects refer to, or that stand for themselves.
const KINDS: [Kind; 11] = [
    Kind::AviInfraSetting,
    Kind::GatewayClass,
    Kind::GatewayClassV1,
    Kind::IngressClass,
    Kind::Namespace,
    Kind::Gateway,
    Kind::GatewayV1,
    Kind::Service,
    Kind::Ingress,
    Kind::HttpRoute,
    Kind::AkoplanSettings,
];

/// What helm has yet to render; empty for a project without templates.
#[derive(Clone, Debug, Default)]
pub struct Unknown {
    /// Places of the objects that depend on values, among all objects.
    objects: HashSet<usize>,
    names: HashMap<Kind, Names>,
    /// A template may become objects of any kind.
    anything: bool,
}

/// Names of the objects of one kind that depend on values.
#[derive(Clone, Debug, Default)]
struct Names {
    /// Names without an action: the object may be there, and be as it is read.
    written: HashSet<String>,
    /// What stands before and behind the actions of a name.
    ends: HashMap<String, HashSet<String>>,
}

impl Names {
    /// Whether one of the names with actions may become this one; its time depends on this name alone.
    fn may_become(&self, name: &str) -> bool {
        let boundaries = || (0..=name.len()).filter(|at| name.is_char_boundary(*at));
        if self.ends.is_empty() || name.len() > LONGEST_NAME {
            return false;
        }
        boundaries().any(|start| {
            let Some(after) = self.ends.get(&name[..start]) else { return false };
            boundaries().filter(|end| *end >= start).any(|end| after.contains(&name[end..]))
        })
    }
}

/// Kubernetes: names of objects have 253 characters at most.
const LONGEST_NAME: usize = 253;

impl Unknown {
    /// What the files leave open; linear in what is a template of them.
    pub(super) fn of(files: &[Rc<File>], objects: &[Object]) -> Self {
        let mut unknown = Self::default();
        let mut conditional: HashSet<(&str, usize)> = HashSet::new();
        for file in files {
            let mut depth = 0_usize;
            for (at, document) in file.documents.iter().enumerate() {
                let tree = &document.parsed.tree;
                if let Some(template) = &tree.template {
                    depth = depth.saturating_sub(template.ends);
                }
                if depth > 0 {
                    conditional.insert((&file.name, at));
                }
                depth += tree.template.as_ref().map_or(0, |template| template.begins);
                unknown.document(tree, document.parsed.objects.is_empty(), document.span.slice(&file.source.text));
            }
        }
        for (at, object) in objects.iter().enumerate() {
            let is_conditional =
                !conditional.is_empty() && conditional.contains(&(&*object.address.file, object.address.document));
            if !(is_conditional || depends_on_values(object)) {
                continue;
            }
            unknown.objects.insert(at);
            let names = unknown.names.entry(object.kind).or_default();
            match ends_of(object.name()) {
                Some((before, after)) => {
                    names.ends.entry(before.to_owned()).or_default().insert(after.to_owned());
                }
                None => {
                    names.written.insert(object.name().to_owned());
                }
            }
        }
        unknown
    }

    /// A template that gives no object as it stands: it may give any of its kind, or of any kind.
    fn document(&mut self, tree: &Tree, has_no_object: bool, text: &str) {
        let is_unread = tree.has_unread_template();
        let writes = tree.template.as_ref().is_some_and(|template| {
            template.is_masked && template.actions.iter().any(|action| action.kind == ActionKind::Output)
        });
        if !(is_unread || has_no_object && writes) {
            return;
        }
        let mut kinds = text.lines().filter_map(|line| line.trim_start_matches("- ").trim().strip_prefix("kind:"));
        let known = |kind: &str| KINDS.into_iter().filter(|known| known.name() == kind).collect::<Vec<_>>();
        let first: Vec<Kind> = kinds.next().map(|kind| known(kind.trim())).unwrap_or_default();
        self.anything |= first.is_empty();
        for kind in first {
            self.names.entry(kind).or_default().ends.entry(String::new()).or_default().insert(String::new());
        }
    }

    /// Whether nothing is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty() && self.names.is_empty() && !self.anything
    }

    /// Whether what AKO makes of an object depends on a chart's values.
    #[must_use]
    pub fn has(&self, object: &Object) -> bool {
        self.objects.contains(&object.order)
    }

    /// Whether any object of a kind depends on values.
    #[must_use]
    pub fn has_any(&self, kind: Kind) -> bool {
        self.anything || self.names.contains_key(&kind)
    }

    /// Whether a name that no object of the kind has may come to exist.
    #[must_use]
    pub fn may_exist(&self, kind: Kind, name: &str) -> bool {
        self.anything || self.names.get(&kind).is_some_and(|names| names.may_become(name))
    }

    /// [`Unknown::may_exist`] of a printed key, `Kind/namespace/name` or `Kind/name`.
    #[must_use]
    pub fn may_exist_by_key(&self, key: &str) -> bool {
        let Some((kind, rest)) = key.split_once('/') else { return false };
        let kind = kind.split('.').next().unwrap_or_default();
        let name = rest.rsplit('/').next().unwrap_or_default();
        self.anything || self.names.iter().any(|(own, names)| own.name() == kind && names.may_become(name))
    }

    /// Whether a name may be that of an object of the kind that depends on values.
    #[must_use]
    pub fn may_be(&self, kind: Kind, name: &str) -> bool {
        let written = self.names.get(&kind).is_some_and(|names| names.written.contains(name));
        written || self.may_exist(kind, name)
    }
}

/// What stands before the first and behind the last action of a name; `None` where it has none.
fn ends_of(name: &str) -> Option<(&str, &str)> {
    let (before, rest) = name.split_once("{{")?;
    let (_, after) = rest.rsplit_once("}}")?;
    Some((before, after))
}

fn depends_on_values(object: &Object) -> bool {
    let tree = object.tree();
    let Some(template) = &tree.template else { return false };
    if template.has_open_lines() {
        return true;
    }
    let whole = tree.node(object.node()).span;
    let inside = |node: &NodeId| {
        let start = tree.node(*node).span.start;
        whole.start <= start && start <= whole.end
    };
    let mut open = template.nodes().iter().filter(|node| inside(node));
    if object.kind == Kind::Foreign {
        let named = ["metadata.name", "metadata.namespace"];
        return named
            .into_iter()
            .any(|path| tree.find(object.node(), &path.into()).is_some_and(|node| template.holds(tree.resolve(node))));
    }
    let indifferent = indifferent(object);
    open.any(|node| !indifferent.contains(node))
}

/// The values of labels and annotations that AKO does not look at.
fn indifferent(object: &Object) -> HashSet<NodeId> {
    let tree = object.tree();
    let mut values = HashSet::new();
    for path in ["metadata.labels", "metadata.annotations"] {
        let Some(node) = tree.find(object.node(), &path.into()) else { continue };
        for entry in tree.entries(node) {
            let key = tree.scalar(entry.key).unwrap_or_default();
            let passes = INDIFFERENT.iter().any(|prefix| key.starts_with(prefix)) || INDIFFERENT_NAMES.contains(&key);
            if passes {
                values.insert(entry.value);
            }
        }
    }
    values
}

impl Object {
    /// The template that the object's document is; `None` for plain YAML.
    #[must_use]
    pub fn template(&self) -> Option<&Template> {
        self.tree().template.as_deref()
    }

    /// Whether a stretch of the file holds a value that is not known before helm has rendered it.
    #[must_use]
    pub fn is_open_at(&self, span: Span) -> bool {
        let (tree, Some(template)) = (self.tree(), self.template()) else { return false };
        let nodes = template.nodes();
        let place = |at: usize| nodes.get(at).map(|node| tree.node(*node).span.shifted(self.offset()));
        // Scalars follow each other, so what holds the stretch can only be the last that begins before it.
        let next = nodes.partition_point(|node| tree.node(*node).span.start + self.offset() < span.start);
        let is_inside = place(next).is_some_and(|node| node.start <= span.end && node.end <= span.end);
        let holds = |node: Span| node.start <= span.start && span.end <= node.end && node.end > span.start;
        is_inside || place(next).is_some_and(holds) || next > 0 && place(next - 1).is_some_and(holds)
    }

    /// The texts of all scalars in the object.
    pub fn scalars(&self) -> impl Iterator<Item = &str> {
        let tree = self.tree();
        let start = self.node().0 as usize;
        let end = tree.node(self.node()).span.end;
        let nodes = tree.nodes().get(start..).unwrap_or_default();
        nodes.iter().take_while(move |node| node.span.start < end).filter_map(|node| match &node.kind {
            NodeKind::Scalar { value, .. } => Some(&**value),
            _ => None,
        })
    }
}
