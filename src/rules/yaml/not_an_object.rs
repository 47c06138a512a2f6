//! AKP010: a document that is no Kubernetes object.

use super::loose_metadata::pairs;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{FieldPath, NodeId, Tree};

rule! {
    /// ## What it does
    /// Finds documents without a `kind`: a loose piece of an object, or a file of another tool.
    ///
    /// ## Why it matters
    /// `kubectl apply` refuses it ("apiVersion not set, kind not set"), and AKO never sees what it says.
    /// A block from a guide has to go into the object that it is a part of; for `annotations:` and
    /// `labels:` see AKP015. AKO's own `values.yaml` is recognised by its keys.
    ///
    /// ## Example
    /// ```yaml
    /// vipNetworks:
    /// - networkName: tkg-wkld-oam-vip
    ///   cidr: 10.223.63.0/26
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ```
    pub static NOT_AN_OBJECT = {
        code: "AKP010",
        name: "not-an-object",
        severity: Warning,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

/// Keys that stand inside an object, not at its top.
const PIECES: [(&str, &str); 8] = [
    ("annotations", "below `metadata` of an object"),
    ("labels", "below `metadata` of an object"),
    ("ports", "below `spec` of a Service"),
    ("listeners", "below `spec` of a Gateway"),
    ("parametersRef", "below `spec` of a GatewayClass"),
    ("parameters", "below `spec` of an IngressClass"),
    ("rules", "below `spec` of an Ingress"),
    ("vipNetworks", "below `spec.network` of an AviInfraSetting"),
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for file in context.files() {
        for document in file.documents.iter().filter(|document| document.parsed.unrecognised) {
            let tree = &document.parsed.tree;
            if tree.is_read_around() {
                continue;
            }
            let Some(root) = tree.root.filter(|root| pairs(tree, *root).is_none()) else { continue };
            let span = tree.place(root, &FieldPath::root()).shifted(document.span.start);
            let report = findings.in_file(file, span).effect("kubectl refuses it, and AKO never sees what it says");
            match piece(tree, root) {
                Some((key, place)) => report
                    .message(format!("a loose `{key}:` block is no Kubernetes object"))
                    .help(format!("move it {place}")),
                None => report
                    .message("this document has no `kind`: it is no Kubernetes object")
                    .help("add `apiVersion` and `kind`, or take the document out if it belongs to another tool"),
            };
        }
    }
}

fn piece(tree: &Tree, root: NodeId) -> Option<(&'static str, &'static str)> {
    let first = tree.scalar(tree.entries(root).first()?.key)?;
    PIECES.into_iter().find(|(key, _)| *key == first)
}
