//! AKP004: a helm template that is not rendered yet.

use crate::diagnostic::Severity;
use crate::model::Kind;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{NodeId, Template, Tree};
use crate::text::Span;
use crate::workspace::{Document, File};

rule! {
    /// ## What it does
    /// Finds helm template expressions, `{{ … }}`.
    ///
    /// ## Why it matters
    /// A template is no YAML until helm has rendered it (Helm documentation, *helm template*). akoplan reads
    /// around its actions and never changes them: an action within a line is a value that is not known, lines
    /// of actions alone are passed over, of `if` and `else` the first branch is read. No rule claims a mistake
    /// that the chart's values may undo, a reference to what a template may become is not called missing, and
    /// of what depends on values no landing is predicted.
    ///
    /// Braces in an annotation of a document that is YAML as it stands are taken for the annotation's own text,
    /// as Argo and Grafana have them; that is an info. In a document that helm has rendered (its comment
    /// `# Source: chart/templates/…` stands at the top) or a server has sent (`status`, `uid`) all braces are text.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: {{ .Release.Namespace }}
    /// ```
    ///
    /// ## Use instead
    /// The output of `helm template RELEASE CHART --values FILE`, as it is or into `akoplan check -`:
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static HELM_TEMPLATE = {
        code: "AKP004",
        name: "helm-template",
        severity: Warning,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

/// So many fields are named.
const MOST_FIELDS: usize = 3;
const MESSAGE: &str = "this document is a helm template, not yet YAML";
const HELP: &str = "bring what helm makes of it, or check that: \
                    `helm template RELEASE CHART --values FILE | akoplan check -`";

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for file in context.files() {
        for document in &file.documents {
            let tree = &document.parsed.tree;
            if tree.has_unread_template() {
                findings
                    .in_file(file, expression(file, document.span))
                    .message(MESSAGE)
                    .effect("akoplan cannot read around its actions, leaves it as it is and predicts nothing from it")
                    .help(HELP);
            }
            let Some(template) = &tree.template else { continue };
            if template.is_masked {
                let place = template.telling().next().or(template.actions.first()).map(|action| action.span);
                let place = place.map_or(document.span, |span| span.shifted(document.span.start));
                findings.in_file(file, place).message(MESSAGE).effect(effect(tree, template)).help(HELP);
            } else {
                in_quotes(file, document, template, findings);
            }
        }
    }
}

/// What is not known of a template.
fn effect(tree: &Tree, template: &Template) -> String {
    let fields = fields(tree, template.nodes());
    let open = match (fields.is_empty(), template.has_open_lines()) {
        (false, true) => format!("{fields} and the lines of its actions are not known"),
        (false, false) if fields.starts_with("the values ") => format!("{fields} are not known"),
        (false, false) => format!("{fields} is not known"),
        (true, true) => "the lines of its actions are not known".to_owned(),
        (true, false) => return "its actions write nothing; akoplan reads around them".to_owned(),
    };
    format!("akoplan reads around its actions: {open}, and what AKO makes of them is not predicted")
}

/// The first fields with actions in them: "`metadata.name`, `spec.ports[0].port` and 2 more fields".
fn fields(tree: &Tree, nodes: &[NodeId]) -> String {
    let Some(root) = tree.root else { return String::new() };
    let mut named: Vec<String> = Vec::new();
    for node in nodes.iter().take(MOST_FIELDS) {
        let path = tree.path_at(root, tree.node(*node).span.start).to_string();
        named.push(if path.is_empty() || path.contains('{') { "a key".to_owned() } else { format!("`{path}`") });
    }
    named.dedup();
    let more = nodes.len().saturating_sub(MOST_FIELDS);
    match (named.pop(), more) {
        (None, _) => String::new(),
        (Some(last), 0) if named.is_empty() => format!("the value of {last}"),
        (Some(last), 0) => format!("the values of {} and {last}", named.join(", ")),
        (Some(last), more) => {
            named.push(last);
            format!("the values of {} and {more} more", named.join(", "))
        }
    }
}

/// In quotes a template is readable YAML: in an annotation that may be meant, in another field it is not.
fn in_quotes(file: &File, document: &Document, template: &Template, findings: &mut Findings<'_>) {
    let tree = &document.parsed.tree;
    let place = |node: NodeId| tree.node(node).span.shifted(document.span.start);
    let objects = || document.parsed.objects.iter().filter(|object| object.kind.is_applied());
    if objects().any(|object| object.kind != Kind::Foreign) {
        if let Some(node) = template.nodes().first() {
            findings.in_file(file, place(*node)).message(MESSAGE).effect(effect(tree, template)).help(HELP);
        } else if let Some(node) = template.literals().first() {
            findings
                .in_file(file, place(*node))
                .severity(Severity::Info)
                .message("an annotation holds `{{ … }}`")
                .effect("akoplan takes it for the annotation's own text, as Kubernetes does")
                .help("if this is a helm template, bring what `helm template RELEASE CHART --values FILE` makes of it");
        }
        return;
    }
    // What other kinds have in their fields is theirs, but no name has braces.
    let name = objects().find_map(|object| tree.find(object.node, &"metadata.name".into()));
    if let Some(name) = name.filter(|name| template.holds(*name)) {
        findings.in_file(file, place(name)).message(MESSAGE).effect(effect(tree, template)).help(HELP);
    }
}

/// The first template expression within a span, outside of comment lines; the span where there is none.
fn expression(file: &File, within: Span) -> Span {
    let mut start = within.start;
    for line in within.slice(&file.source.text).split_inclusive('\n') {
        if let (Some(at), false) = (line.find("{{"), line.trim_start().starts_with('#')) {
            let end = line[at..].find("}}").map_or(line.trim_end().len(), |end| at + end + 2);
            return Span::new(start + at, start + end);
        }
        start += line.len();
    }
    within
}

/// Whether a text holds a template expression.
pub fn is_template(text: &str) -> bool {
    text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}
