//! `values.yaml` and `values.schema.json` of a chart.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::fields::{GROUPS, Group};
use super::keep;
use super::lift::{Entry, indented};
use super::shape::object;
use crate::edit::render_scalar;
use crate::pace::Rest;
use crate::syntax::ScalarStyle;

/// The values of so many objects are written between two pauses.
const OBJECTS: usize = 64;

/// The values of one object.
pub(super) struct Owned {
    /// The group that the object belongs to.
    pub group: &'static Group,
    /// Its key there.
    pub key: String,
    /// Its values.
    pub entries: Vec<Entry>,
}

/// The groups that have values, with the objects of each.
fn groups(all: &[Owned]) -> impl Iterator<Item = (&'static Group, Vec<&Owned>)> {
    let groups = GROUPS.iter().map(|(_, group)| group);
    let owned = move |group: &'static Group| -> Vec<&Owned> {
        all.iter().filter(|owned| owned.group.key == group.key).collect()
    };
    groups.map(move |group| (group, owned(group))).filter(|(_, owned)| !owned.is_empty())
}

/// The text of `values.yaml`.
pub(super) async fn text(head: &str, all: &[Owned], has_kept: bool) -> String {
    let mut rest = Rest::every(OBJECTS);
    // Writing to a String cannot fail.
    let mut text = head.to_owned();
    if has_kept {
        let _ = writeln!(text, "\n# {}\n{}: true", keep::ABOUT, keep::VALUE);
    } else if all.is_empty() {
        text += "# There is nothing to set: the objects of this chart have no values.\n{}\n";
    }
    for (group, owned) in groups(all) {
        let _ = writeln!(text, "\n# {}\n{}:", group.about, group.key);
        for (at, Owned { key, entries, .. }) in owned.into_iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            let _ = writeln!(text, "  {}:", written(key));
            for entry in entries {
                let _ = writeln!(text, "    # {}", entry.about);
                text += &indented(&entry.written(), 4);
            }
            rest.round().await;
        }
    }
    text
}

/// A key in block style.
fn written(key: &str) -> String {
    let value = Value::from(key);
    let plain = render_scalar(&value, ScalarStyle::Plain);
    if plain == key && !key.contains(':') { plain } else { render_scalar(&value, ScalarStyle::DoubleQuoted) }
}

/// The text of `values.schema.json`.
pub(super) async fn schema(chart: &str, all: &[Owned], has_kept: bool) -> String {
    let mut rest = Rest::every(OBJECTS);
    let mut properties = Map::new();
    if has_kept {
        properties.insert(keep::VALUE.to_owned(), described(&json!({"type": "boolean"}), keep::ABOUT));
    }
    for (group, owned) in groups(all) {
        let mut objects = Map::new();
        for Owned { key, entries, .. } in owned {
            let mut own = Map::new();
            for entry in entries {
                own.insert(entry.key.to_owned(), described(&entry.shape.schema(&[&entry.value]), entry.about));
            }
            objects.insert(key.clone(), object(&own));
            rest.round().await;
        }
        properties.insert(group.key.to_owned(), described(&object(&objects), group.about));
    }
    let mut schema = object(&properties);
    // What helm itself puts among the values of a chart that another one depends on.
    schema["properties"]["global"] = json!({"type": "object"});
    schema["properties"]["enabled"] = json!({"type": "boolean"});
    let head =
        json!({"$schema": "http://json-schema.org/draft-07/schema#", "title": format!("Values of the chart {chart}")});
    let mut whole = head.as_object().cloned().unwrap_or_default();
    whole.extend(schema.as_object().cloned().unwrap_or_default());
    let mut text = serde_json::to_string_pretty(&Value::Object(whole)).unwrap_or_default();
    text.push('\n');
    text
}

/// A schema that begins with what it is about.
fn described(schema: &Value, about: &str) -> Value {
    let mut whole = Map::from_iter([("description".to_owned(), Value::from(about))]);
    for (key, value) in schema.as_object().into_iter().flatten() {
        whole.entry(key.clone()).or_insert_with(|| value.clone());
    }
    Value::Object(whole)
}
