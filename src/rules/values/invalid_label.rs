//! AKP209: a label that Kubernetes does not take.

use crate::command::Command;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, Kind};
use crate::rename::{Relabel, Rename};
use crate::rule;
use crate::rules::links::{gateway_of, label_path};
use crate::rules::yaml::helm_template::is_template;
use crate::rules::{Context, Findings};
use crate::workspace::{Object, Workspace};

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
    /// The fix puts hyphens for what is not allowed, also where AKO's values or a Gateway select a Namespace by it.
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
        needs_known: Nothing,
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
                .help("use at most 63 letters, digits, `-`, `_` and `.`")
                .maybe_fix(relabel(context.workspace(), object, key, value));
        }
    }
}

/// Writes the label with hyphens for what is not allowed.
fn relabel(workspace: &Workspace, object: &Object, key: &str, value: &str) -> Option<(String, Command)> {
    // What selects other kinds is not read. A Gateway that is named has a rule of its own.
    let names_gateway = || {
        let gateway = gateway_of(object).filter(|_| [GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL].contains(&key));
        gateway.is_some_and(|(namespace, name)| workspace.get::<Gateway>(namespace, name).is_some())
    };
    if object.kind == Kind::Foreign || names_gateway() {
        return None;
    }
    let (prefix, name) = key.split_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    let prefix = prefix.map(|prefix| format!("{}/", prefix.to_ascii_lowercase())).unwrap_or_default();
    let new_key = format!("{prefix}{}", mended(name)?);
    let new_value = if value.is_empty() { String::new() } else { mended(value)? };
    if mistake_in_key(&new_key).is_some() || new_key != key && object.label(&new_key).is_some() {
        return None;
    }
    let title = format!("write `{new_key}: {new_value}`");
    let relabel = Relabel { at: object.address.clone(), key: key.to_owned(), new_key, new_value };
    Some((title, Command::Rename(Rename::Label(relabel))))
}

/// A label's name or value with hyphens for what is not allowed; `None` where it is none then either.
fn mended(text: &str) -> Option<String> {
    let is_allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    let letter = |character: char| match character {
        allowed if is_allowed(allowed) => Some(allowed),
        other => (!other.is_alphabetic()).then_some('-'),
    };
    let text: String = text.chars().map(letter).collect::<Option<_>>()?;
    let text = text.trim_matches(['-', '_', '.']);
    (!text.is_empty() && mistake_in_value(text).is_none()).then(|| text.to_owned())
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

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    /// The text after the first fix.
    fn mended(text: &str) -> Option<String> {
        let before = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let findings = analyse(&before).findings;
        let finding = findings.iter().find(|finding| finding.code == "AKP209").unwrap();
        let after = finding.fixes.first()?.command.apply(&before).unwrap();
        Some(after.sources()[0].text.to_string())
    }

    fn namespace(labels: &str) -> String {
        format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: red, labels: {{{labels}}}}} # ours\n")
    }

    #[test]
    fn key_and_value_are_mended_at_once() {
        assert_eq!(mended(&namespace("a b: c/d, e: f")), Some(namespace("a-b: c-d, e: f")));
        assert_eq!(mended(&namespace("Example.com/a: \"1 \"")), Some(namespace("example.com/a: \"1\"")));
        assert_eq!(mended(&namespace("\"-true\": a")), Some(namespace("\"true\": a")));
        assert_eq!(mended(&namespace("a b: c, a-b: d")), None);
        assert_eq!(mended(&namespace("a: büro ")), None);
    }

    #[test]
    fn what_selects_the_namespace_goes_along() {
        let rest = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: red}\nspec:\n  \
                    gatewayClassName: avi\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n    hostname: a.example.com\n    \
                    allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {a/b/c: d e}}}}\n---\n\
                    AKOSettings:\n  namespaceSelector: {labelKey: a/b/c, labelValue: d e}\n";
        let text = namespace("a/b/c: d e") + rest;
        assert_eq!(mended(&text), Some(text.replace("a/b/c", "a/b-c").replace("d e", "d-e")));
    }
}
