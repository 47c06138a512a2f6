//! A values patch for AKO's own chart: only what differs from the chart's defaults, with a comment on each.
//!
//! What AKO runs with is read from the project's values, be they a `values.yaml` or AKO's ConfigMap; what
//! the manifests cannot do without is added. Lists replace those of the chart as a whole, as helm does it.

mod defaults;
pub(super) mod needs;

use std::fmt::Write;

use serde_json::Map;

use super::credentials::CREDENTIALS;
use crate::ako::versions::AkoVersion;
use crate::analysis::Analysis;
use crate::clusters::merged;
use crate::edit::{Value, render, set_in, value_of};
use crate::model::Typed;
use crate::model::settings::{AkoVariant, NEWEST_AKO};
use crate::pace::{finish, pause};
use crate::syntax::FieldPath;
use crate::text::SourceFile;
use crate::workspace::{Object, Workspace};
use defaults::DEFAULTS;

/// File name of the patch.
pub const PATCH_FILE: &str = "ako-values.yaml";

/// The patch of AKO's values.
#[must_use]
pub fn values_patch(workspace: &Workspace, analysis: &Analysis) -> SourceFile {
    finish(patching_values(workspace, analysis))
}

/// [`values_patch`] in steps.
pub async fn patching_values(workspace: &Workspace, _analysis: &Analysis) -> SourceFile {
    pause().await;
    SourceFile::new(PATCH_FILE, patch(workspace, known(workspace)))
}

/// The patch of one cluster, with what is otherwise there; `None` where the project says nothing of AKO's values.
pub(super) fn patch_of(workspace: &Workspace, variant: Option<&AkoVariant>) -> Option<String> {
    let mut values = Value::Object(known(workspace));
    if let Some(variant) = variant {
        let mut set = |path: &str, value: Option<Value>| {
            if let Some(value) = value {
                let _ = set_in(&mut values, &FieldPath::parse(path), &value);
            }
        };
        set("AKOSettings.clusterName", variant.cluster_name.clone().map(Value::from));
        set("ControllerSettings.serviceEngineGroupName", variant.se_group.clone().map(Value::from));
        let base = workspace.values().map(|(_, values)| values.network_settings.vip_network_list.clone());
        let networks = merged(&base.unwrap_or_default(), &variant.networks);
        let is_other = !variant.networks.is_empty();
        set("NetworkSettings.vipNetworkList", serde_json::to_value(networks).ok().filter(|_| is_other));
    }
    match values {
        Value::Object(values) if !values.is_empty() => Some(patch(workspace, values)),
        _ => None,
    }
}

fn patch(workspace: &Workspace, mut values: Map<String, Value>) -> String {
    let has_credentials = values.remove(CREDENTIALS).is_some();
    let mut needed = Vec::new();
    for switch in needs::needed(&workspace.objects().iter()) {
        if is_on(&values, switch.path) == Some(true) {
            continue;
        }
        let mut whole = Value::Object(std::mem::take(&mut values));
        if set_in(&mut whole, &FieldPath::parse(switch.path), &Value::Bool(true)).is_ok() {
            needed.push((switch.path, format!("needed here: {}", switch.why)));
        }
        if let Value::Object(with) = whole {
            values = with;
        }
    }
    let mut body = String::new();
    write(&mut body, &values, "", 0, &needed);
    let mut text = format!(
        "# Values of AKO's own chart that differ from its defaults (AKO {NEWEST_AKO}). Made by akoplan.\n# helm upgrade \
         the release with `--reuse-values -f ako-values.yaml`; AKO reads them when it starts.\n"
    );
    let written = AkoVersion::of(workspace).written().filter(|version| version.to_string() != NEWEST_AKO);
    if let Some(version) = written {
        let _ = writeln!(
            text,
            "# The project is for AKO {version}, and of {NEWEST_AKO} alone the defaults are known: `helm show values` of \
             your chart shows whether they are its own."
        );
    }
    for (path, why) in unknown(workspace, &values) {
        let _ = writeln!(text, "# Not known here: `{path}`; {why}.");
    }
    if has_credentials {
        text.push_str("# The credentials are left out: they belong into a Secret.\n");
    }
    text.push_str(if body.is_empty() { "{}\n" } else { &body });
    text
}

/// The values that the project knows: those of the file, and over them those of AKO's ConfigMap.
fn known(workspace: &Workspace) -> Map<String, Value> {
    let of_file = workspace.values_file().and_then(|(object, _)| value_of(object.tree(), object.node()));
    let of_map = workspace.values().and_then(|(object, _)| of_config_map(object));
    let mut values = match of_file {
        Some(Value::Object(values)) => Value::Object(values),
        _ => Value::Object(Map::new()),
    };
    for default in of_map.iter().flat_map(|_| DEFAULTS) {
        let path = FieldPath::parse(default.path);
        if let Some(value) = of_map.as_ref().and_then(|map| at(map, &path)) {
            let _ = set_in(&mut values, &path, &default.typed(value));
        }
    }
    match values {
        Value::Object(values) => values,
        _ => Map::new(),
    }
}

fn of_config_map(object: &Object) -> Option<Value> {
    let Typed::AkoConfigMap(map) = &object.value else { return None };
    value_of(&map.tree, map.tree.root?)
}

fn at<'a>(value: &'a Value, path: &FieldPath) -> Option<&'a Value> {
    path.steps().iter().try_fold(value, |value, step| match step {
        crate::syntax::Step::Key(key) => value.get(&**key),
        crate::syntax::Step::Index(index) => value.get(*index),
    })
}

/// Whether values have a switch on; `None` where they do not say.
fn is_on(values: &Map<String, Value>, path: &str) -> Option<bool> {
    let (section, key) = path.split_once('.')?;
    let value = values.get(section)?.get(key)?;
    Some(*value == Value::Bool(true) || value.as_str() == Some("true"))
}

/// Values without which AKO does not start, or that must not be the default, and that nobody knows here.
fn unknown(workspace: &Workspace, values: &Map<String, Value>) -> Vec<(&'static str, &'static str)> {
    let has = |section: &str, key: &str| values.get(section).and_then(|section| section.get(key)).is_some();
    let mut unknown = Vec::new();
    if !has("AKOSettings", "clusterName") {
        unknown.push(("AKOSettings.clusterName", "it must be another one for each cluster, and is `my-cluster` else"));
    }
    let is_vpc = is_on(values, "AKOSettings.vpcMode") == Some(true);
    if !has("NetworkSettings", "vipNetworkList") && !is_vpc {
        unknown.push(("NetworkSettings.vipNetworkList", "AKO does not start without it"));
    }
    if workspace.objects().is_empty() { Vec::new() } else { unknown }
}

/// The same of what the project knows.
pub(super) fn unknown_here(workspace: &Workspace) -> Vec<(&'static str, &'static str)> {
    unknown(workspace, &known(workspace))
}

/// Writes what differs, in the values' own order, with its comments; nothing for sections without a difference.
fn write(text: &mut String, values: &Map<String, Value>, parent: &str, depth: usize, needed: &[(&str, String)]) {
    let indent = "  ".repeat(depth);
    for (key, value) in values {
        let path = if parent.is_empty() { key.clone() } else { format!("{parent}.{key}") };
        let default = DEFAULTS.iter().find(|default| default.path == path);
        match (value, default) {
            (Value::Object(inner), None) if !inner.is_empty() => {
                let mut below = String::new();
                write(&mut below, inner, &path, depth + 1, needed);
                if !below.is_empty() {
                    let line = render(&serde_json::json!({ key.as_str(): null }));
                    let head = line.split_inclusive(": null").next().and_then(|head| head.strip_suffix(" null"));
                    let _ = writeln!(text, "{indent}{}", head.unwrap_or(line.trim_end()));
                    text.push_str(&below);
                }
            }
            (value, Some(default)) if default.is(value) => {}
            (value, default) => {
                let why = needed.iter().find(|(needed, _)| *needed == path).map(|(_, why)| why.as_str());
                let comment = why
                    .or(default.map(|default| default.comment))
                    .unwrap_or("akoplan knows no default of it: taken over as it stands");
                let _ = writeln!(text, "{indent}# {comment}");
                for line in render(&serde_json::json!({ key.as_str(): value })).split_inclusive('\n') {
                    let _ = write!(text, "{}{line}", if line.trim().is_empty() { "" } else { &indent });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
