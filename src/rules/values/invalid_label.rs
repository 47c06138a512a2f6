//! AKP209: a label that Kubernetes does not take.

use crate::rule;
use crate::rules::links::label_path;
use crate::rules::yaml::helm_template::is_template;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds labels whose key or value is out of Kubernetes' limits: 63 characters, letters, digits,
    /// `-`, `_` and `.`, beginning and ending with a letter or digit.
    ///
    /// ## Why it matters
    /// The API server refuses the object (Kubernetes documentation, *Labels and Selectors*, syntax and
    /// character set). Names of Gateways may be longer than a label's value: such a Gateway cannot be
    /// named by any Service.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     segment: oam/sigtran
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     segment: oam-sigtran
    /// ```
    pub static INVALID_LABEL = {
        code: "AKP209",
        name: "invalid-label",
        severity: Error,
        reads: [],
        since: "0.1.0",
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for object in context.objects().iter().filter(|object| object.kind.is_applied()) {
        let Some(metadata) = object.value.metadata() else { continue };
        for (key, value) in metadata.labels.iter().filter(|(key, value)| !is_template(key) && !is_template(value)) {
            let mistake = match (mistake_in_key(key), mistake_in_value(value)) {
                (Some(mistake), _) => format!("`{key}` cannot be the key of a label: {mistake}"),
                (_, Some(mistake)) => format!("`{value}` cannot be the value of a label: {mistake}"),
                _ => continue,
            };
            findings
                .at(object, label_path(key))
                .message(mistake)
                .effect("the API server refuses the object")
                .help("use at most 63 letters, digits, `-`, `_` and `.`");
        }
    }
}

fn mistake_in_key(key: &str) -> Option<String> {
    let name = match key.split_once('/') {
        Some((prefix, name)) => {
            let is_allowed = |character: char| {
                character.is_ascii_lowercase() || character.is_ascii_digit() || matches!(character, '-' | '.')
            };
            if prefix.is_empty() || prefix.len() > 253 || !prefix.chars().all(is_allowed) {
                return Some(format!("`{prefix}` is no DNS name"));
            }
            name
        }
        None => key,
    };
    if name.is_empty() {
        return Some("it has no name".to_owned());
    }
    mistake_in_value(name)
}

fn mistake_in_value(value: &str) -> Option<String> {
    const MOST: usize = 63;
    let count = value.chars().count();
    if count > MOST {
        return Some(format!("it has {count} characters, {MOST} are allowed"));
    }
    let is_allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    if let Some(wrong) = value.chars().find(|character| !is_allowed(*character)) {
        return Some(format!("the character `{wrong}` is not allowed"));
    }
    let is_edge = |edge: Option<char>| edge.is_none_or(|edge| edge.is_ascii_alphanumeric());
    let is_edged = is_edge(value.chars().next()) && is_edge(value.chars().next_back());
    (!is_edged).then(|| "it does not begin and end with a letter or digit".to_owned())
}
