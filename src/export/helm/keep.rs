//! Namespaces and definitions stay when a release goes: with them would go all that stands in them, or is of them.
//!
//! Helm leaves alone what has its annotation, when the release is uninstalled and when the object leaves the chart.
//! It is the one thing that charts add to the project's objects, and a value takes it away again.

use super::lift::{Change, Lift, indented};
use crate::edit::{Value, set_in};
use crate::export::Piece;
use crate::model::Kind;
use crate::syntax::{FieldPath, NodeId, NodeKind};

/// Name of the value that says whether they stay.
pub(super) const VALUE: &str = "keepOnUninstall";
/// What the value is for.
pub(super) const ABOUT: &str = "Whether Namespaces and definitions stay when the release is uninstalled: all that \
                                stands in them, or is of their kinds, would go with them.";
/// Helm's annotation.
pub(super) const ANNOTATION: &str = "helm.sh/resource-policy";

/// Whether an object is one that stays, and does not say so itself.
pub(super) fn is_kept(piece: &Piece<'_>) -> bool {
    let object = piece.object;
    let is_definition = object.kind == Kind::Foreign && object.identity.kind == "CustomResourceDefinition";
    (object.kind == Kind::Namespace || is_definition) && !object.has(annotation())
}

fn annotation() -> FieldPath {
    FieldPath::parse("metadata.annotations").key(ANNOTATION)
}

/// The object as it is with the annotation.
pub(super) fn with(object: &Value) -> Option<Value> {
    let mut object = object.clone();
    set_in(&mut object, &annotation(), &Value::from("keep")).ok()?;
    Some(object)
}

/// The annotation as a change of the text: without it nothing is shown. Beside it what is shown with it.
pub(super) fn change(lift: &Lift<'_>) -> Option<(Change, String)> {
    let metadata = FieldPath::parse("metadata");
    let annotations = metadata.key("annotations");
    let (path, node, block, flow) = if let Some(node) = lift.find(&annotations) {
        (annotations, node, format!("{ANNOTATION}: keep\n"), format!("{ANNOTATION}: keep"))
    } else {
        let node = lift.find(&metadata)?;
        let (block, flow) =
            (format!("annotations:\n  {ANNOTATION}: keep\n"), format!("annotations: {{{ANNOTATION}: keep}}"));
        (metadata, node, block, flow)
    };
    let if_kept = format!("if .Values.{VALUE}");
    match &lift.tree.node(node).kind {
        NodeKind::Mapping { flow: false, entries } if !entries.is_empty() => {
            let at = lift.block(&path, node)?.1.start;
            let own = indented(&block, lift.column(node));
            let margin = " ".repeat(lift.column(node));
            let code = format!("{margin}{{{{- {if_kept} }}}}\n{own}{margin}{{{{- end }}}}\n");
            Some((insertion(at, code), own))
        }
        NodeKind::Mapping { flow: true, .. } => {
            let at = lift.tree.node(node).span.start + 1;
            let code = format!(" {{{{ {if_kept} }}}}{flow}, {{{{ end }}}}");
            Some((insertion(at, code), format!(" {flow}, ")))
        }
        _ => empty(lift, node, &if_kept),
    }
}

/// Annotations that are there and hold nothing.
fn empty(lift: &Lift<'_>, node: NodeId, if_kept: &str) -> Option<(Change, String)> {
    let span = lift.tree.node(node).span;
    if !lift.tree.is_null(node) || lift.tree.node(node).anchor.is_some() {
        return None;
    }
    let own = format!(" {{{ANNOTATION}: keep}}");
    let code = format!("{{{{ {if_kept} }}}}{own}{{{{ end }}}}");
    Some((Change { span, code, shown: String::new() }, own))
}

fn insertion(at: usize, code: String) -> Change {
    Change { span: crate::text::Span::at(at), code, shown: String::new() }
}
