//! Documents that cannot be templates any more: helm rendered them, or they come from a server.

use crate::syntax::{FieldPath, NodeId, NodeKind, Tree};

/// What `helm template` writes above each document, before the path of the template in its chart.
const SOURCE: &str = "# Source: ";
/// Folders of a chart whose files helm renders, or passes on.
const FOLDERS: [&str; 2] = ["/templates/", "/crds/"];
/// What only a server writes.
const SERVER_FIELDS: [&str; 2] = ["metadata.uid", "metadata.managedFields"];

/// Whether braces in the texts of a document are literal.
pub(super) fn is_rendered(text: &str, tree: &Tree) -> bool {
    has_source(text) || tree.root.is_some_and(|root| is_from_server(tree, root))
}

/// Whether helm's comment stands at the top.
fn has_source(text: &str) -> bool {
    let head = text.lines().map(str::trim_end);
    let mut head = head.take_while(|line| line.is_empty() || line.starts_with('#') || line.starts_with("---"));
    head.any(|line| line.strip_prefix(SOURCE).is_some_and(|path| FOLDERS.iter().any(|folder| path.contains(folder))))
}

/// Whether an object, or the first of a `List`, has what a server writes.
fn is_from_server(tree: &Tree, root: NodeId) -> bool {
    let find = |node: NodeId, path: &str| tree.find(node, &FieldPath::from(path));
    let is_sent = |node: NodeId| {
        let status = find(node, "status").map(|status| &tree.node(status).kind);
        let has_status = matches!(status, Some(NodeKind::Mapping { entries, .. }) if !entries.is_empty());
        has_status || SERVER_FIELDS.iter().any(|path| find(node, path).is_some())
    };
    let first = || find(root, "items").and_then(|items| tree.items(items).first().copied());
    is_sent(root) || first().is_some_and(is_sent)
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;

    fn is_template(text: &str) -> bool {
        parse(text).template.is_some()
    }

    #[test]
    fn braces_are_literal_in_what_was_rendered_or_sent() {
        let object = "kind: Service\nmetadata:\n  labels: {a: \"{{web}}\"}\n";
        assert!(is_template(object));
        for head in ["# Source: web/templates/a.yaml\n", "---\n# Source: web/charts/sub/crds/a.yaml\r\n# more\n"] {
            assert!(!is_template(&format!("{head}{object}")), "{head}");
        }
        for head in ["# Source: https://example.com/a\n", "x: 1\n# Source: web/templates/a.yaml\n", "# a\n"] {
            assert!(is_template(&format!("{head}{object}")), "{head}");
        }
        for sent in ["  uid: \"1\"\n", "  managedFields: []\n", "status: {loadBalancer: {}}\n"] {
            assert!(!is_template(&format!("{object}{sent}")), "{sent}");
        }
        assert!(is_template(&format!("{object}status: {{}}\n")));
        let list = "kind: List\nitems:\n- kind: Service\n  metadata: {uid: a, labels: {a: \"{{web}}\"}}\n";
        assert!(!is_template(list));
        // What is no YAML was not rendered either.
        assert!(is_template(&format!("# Source: web/templates/a.yaml\n{object}spec: {{{{ .Values.x }}}}\n")));
    }
}
