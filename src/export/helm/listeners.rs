//! Listeners of Gateways as values: where all are routed alike, the chart's user can add some.

use serde_json::Map;

use super::go;
use super::lift::{Change, Lift, dedented, indented, reads_as};
use super::shape::{Field, HOST, Needed, Shape};
use crate::edit::{self, Value, render, value_of};
use crate::model::GATEWAY_NAMESPACE_LABEL;
use crate::syntax::{FieldPath, NodeKind, parse};
use crate::text::{Span, apply_edits};

/// What of a listener is a value; the rest is the same in all of them.
const OWN: [&str; 3] = ["protocol", "port", "hostname"];
const ABOUT: &str = "Ports that clients use; each Service's port has to be one of them.";
const PROTOCOLS: Shape = Shape::OneOf(&["TCP", "UDP", "SCTP"]);

const FIELDS: &[Field] = &[
    Field { key: "protocol", shape: PROTOCOLS },
    Field { key: "port", shape: Shape::Port },
    Field { key: "hostname", shape: Shape::Form(&HOST) },
];

static ANY_NUMBER: Shape = Shape::Some(&Shape::Record(FIELDS, Needed::All(&["protocol", "port"])));
static AS_MANY: Shape = Shape::Fixed(&Shape::Record(FIELDS, Needed::All(&[])));
static BY_NAME: Shape = Shape::Named(&Shape::Record(FIELDS, Needed::All(&[])));

fn list() -> FieldPath {
    FieldPath::parse("spec.listeners")
}

/// Takes the listeners of a Gateway of the services API.
pub(super) fn take(lift: &mut Lift<'_>) {
    if ranged(lift).is_some() {
        return;
    }
    let count = lift.find(&list()).map_or(0, |node| lift.tree.items(node).len());
    let mut values = Vec::new();
    for at in 0..count {
        let mut own = Map::new();
        for key in OWN {
            let from = format!("(index {}.listeners {at}).{key}", lift.variable);
            own.extend(lift.put(&list().index(at).key(key), &from).map(|value| (key.to_owned(), value)));
        }
        values.push(Value::Object(own));
    }
    if values.iter().any(|own| own.as_object().is_some_and(|own| !own.is_empty())) {
        lift.entry("listeners", ABOUT, Value::Array(values), &AS_MANY);
    }
}

/// Takes the listeners of a Gateway of Gateway API v1, which have names.
pub(super) fn take_by_name(lift: &mut Lift<'_>) {
    let count = lift.find(&list()).map_or(0, |node| lift.tree.items(node).len());
    let mut values = Map::new();
    for at in 0..count {
        let Some((_, Value::String(name))) = lift.clear_value(&list().index(at).key("name")) else { continue };
        if values.contains_key(&name) {
            continue;
        }
        let mut own = Map::new();
        for key in ["port", "hostname"] {
            let from = format!("(index {}.listeners {}).{key}", lift.variable, go::quoted(&name));
            own.extend(lift.put(&list().index(at).key(key), &from).map(|value| (key.to_owned(), value)));
        }
        if !own.is_empty() {
            values.insert(name, Value::Object(own));
        }
    }
    if !values.is_empty() {
        lift.entry("listeners", "Listeners by name.", Value::Object(values), &BY_NAME);
    }
}

/// Lets the label for the Gateway's namespace follow the release.
pub(super) fn follow(lift: &mut Lift<'_>) {
    let is_ranged = lift.entries.iter().any(|entry| matches!(entry.shape, Shape::Some(_)) && entry.key == "listeners");
    let count = lift.find(&list()).map_or(0, |node| lift.tree.items(node).len());
    // What is ranged over has it already.
    for at in if is_ranged { 0..0 } else { 0..count } {
        let labels = list().index(at).join(&FieldPath::parse("routes.selector.matchLabels"));
        lift.follow(labels.key(GATEWAY_NAMESPACE_LABEL));
    }
}

/// A loop over the listeners, where they differ in nothing but what is a value.
fn ranged(lift: &mut Lift<'_>) -> Option<()> {
    let (node, value) = lift.clear_value(&list())?;
    let NodeKind::Sequence { items, flow: false } = &lift.tree.node(node).kind else { return None };
    let is_block = |id| matches!(lift.tree.node(id).kind, NodeKind::Mapping { flow: false, .. });
    let has_blocks = is_block(lift.root) && items.iter().all(|item| is_block(*item));
    let listeners: Vec<&Map<String, Value>> = value.as_array()?.iter().filter_map(Value::as_object).collect();
    let rest = rest(listeners.first()?);
    let is_plain = |own: &&Map<String, Value>| {
        own.get("protocol").is_some_and(Value::is_string)
            && own.get("port").is_some_and(Value::is_u64)
            && own.get("hostname").is_none_or(|host| host.as_str().is_some_and(|host| !host.is_empty()))
            && self::rest(own) == rest
    };
    if !has_blocks || listeners.len() != items.len() || !listeners.iter().all(is_plain) {
        return None;
    }
    // Comments in what is the same in all have no other place than where they are.
    let inside = |span: Span| {
        let line = lift.text.get(span.end..).unwrap_or_default().find('\n').unwrap_or_default();
        let span = Span::new(span.start, span.end + line);
        lift.tree.comments.iter().any(|comment| span.touches(comment.span.start))
    };
    let of_rest = items
        .iter()
        .flat_map(|item| lift.tree.entries(*item))
        .filter(|entry| lift.tree.scalar(entry.key).is_some_and(|key| !OWN.contains(&key)));
    if of_rest.map(|entry| lift.tree.node(entry.key).span.to(lift.tree.node(entry.value).span)).any(inside) {
        return None;
    }
    let (_, lines) = lift.block(&list(), node)?;
    let margin = lift.column(node);
    let code = indented(&loop_over(lift, &rest), margin);
    let shown = indented(&render(&value), margin);
    let own: Vec<Value> = listeners.iter().map(|listener| Value::Object(own(listener))).collect();
    let own = Value::Array(own);
    let written = without_rest(lift, &rest).filter(|text| reads_as(text, &own));
    lift.changes.push(Change { span: lines, code, shown });
    lift.entry("listeners", ABOUT, own, &ANY_NUMBER);
    if let Some(entry) = lift.entries.last_mut() {
        entry.lines = written;
    }
    Some(())
}

fn own(listener: &Map<String, Value>) -> Map<String, Value> {
    listener
        .iter()
        .filter(|(key, _)| OWN.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn rest(listener: &Map<String, Value>) -> Map<String, Value> {
    listener
        .iter()
        .filter(|(key, _)| !OWN.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The lines of the loop.
fn loop_over(lift: &Lift<'_>, rest: &Map<String, Value>) -> String {
    let mut lines = format!(
        "{{{{- range $listener := {}.listeners }}}}\n\
         - protocol: {{{{ $listener.protocol | quote }}}}\n\
         \x20 port: {{{{ $listener.port | int }}}}\n\
         \x20 {{{{- with $listener.hostname }}}}\n\
         \x20 hostname: {{{{ . | quote }}}}\n\
         \x20 {{{{- end }}}}\n",
        lift.variable
    );
    if !rest.is_empty() {
        let text = render(&Value::Object(rest.clone()));
        let tree = parse(&text);
        let path = FieldPath::parse("routes.selector.matchLabels").key(GATEWAY_NAMESPACE_LABEL);
        let label = tree.root.and_then(|root| tree.find(root, &path));
        let label = label.filter(|label| lift.namespace.is_some() && tree.scalar(*label) == lift.namespace);
        let text = match label.map(|label| tree.node(label).span) {
            Some(span) => {
                let (before, after) = (&text[..span.start], &text[span.end..]);
                go::escape(before) + go::RELEASE_NAMESPACE_IN_LOOP + &go::escape(after)
            }
            None => go::escape(&text),
        };
        lines += &indented(&text, 2);
    }
    lines + "{{- end }}\n"
}

/// The listeners' own lines without what is the same in all of them.
fn without_rest(lift: &Lift<'_>, rest: &Map<String, Value>) -> Option<String> {
    let mut text = lift.text.to_owned();
    let count = lift.tree.items(lift.find(&list())?).len();
    for at in 0..count {
        for key in rest.keys() {
            let tree = parse(&text);
            let edits = edit::remove(&text, &tree, tree.root?, &list().index(at).key(key)).ok()?;
            text = apply_edits(&text, &edits);
        }
    }
    let tree = parse(&text);
    let root = tree.root?;
    let after = Lift { text: &text, tree: &tree, root, changes: Vec::new(), entries: Vec::new(), ..*lift };
    let node = after.find(&list())?;
    value_of(&tree, node)?;
    let (_, lines) = after.block(&list(), node)?;
    dedented(lines.slice(&text), after.column(node))
}
