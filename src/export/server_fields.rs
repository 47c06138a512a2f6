//! A project without what the API server wrote into it: what `kubectl get -o yaml` printed becomes a manifest again.
//!
//! Sources: Kubernetes `apimachinery` `ObjectMeta` (fields "populated by the system"), `kubectl apply`'s
//! annotation, and the allocators of `core/v1` Services. Everything else stays byte for byte.

use crate::edit;
use crate::pace::{Rest, finish};
use crate::syntax::{FieldPath, NodeId, Tree, parse};
use crate::text::{SourceFile, apply_edits};
use crate::workspace::{Document, Object, Workspace};

/// What the server writes into every object.
const OF_EVERY_OBJECT: [&str; 7] = [
    "status",
    "metadata.managedFields",
    "metadata.creationTimestamp",
    "metadata.generation",
    "metadata.resourceVersion",
    "metadata.selfLink",
    "metadata.uid",
];
/// So many objects are looked at between two pauses.
const OBJECTS: usize = 256;
/// What `kubectl apply` keeps of the manifest before.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";
/// What is allocated to a Service of this cluster and would be refused or taken in another one.
const ALLOCATED: [&str; 3] = ["spec.clusterIP", "spec.clusterIPs", "spec.healthCheckNodePort"];

/// Whether there is anything that [`without_server_fields`] would leave out.
#[must_use]
pub fn has_server_fields(workspace: &Workspace) -> bool {
    finish(looking_for_server_fields(workspace))
}

/// [`has_server_fields`] in steps.
pub async fn looking_for_server_fields(workspace: &Workspace) -> bool {
    let mut rest = Rest::every(OBJECTS);
    for object in workspace.objects() {
        if object.kind.is_applied() && next(object.tree(), object.node()).is_some() {
            return true;
        }
        rest.round().await;
    }
    false
}

/// The project without `status`, `managedFields` and the like. Documents without them stay as they are,
/// and so do those that cannot be read.
#[must_use]
pub fn without_server_fields(workspace: &Workspace) -> Workspace {
    let mut objects = workspace.objects().iter().peekable();
    let mut files = Vec::new();
    for file in workspace.files() {
        let mut text = String::new();
        for (at, document) in file.documents.iter().enumerate() {
            let mut items = Vec::new();
            let of_document = |object: &&Object| *object.address.file == *file.name && object.address.document == at;
            while let Some(object) = objects.next_if(of_document) {
                if object.kind.is_applied() && next(object.tree(), object.node()).is_some() {
                    items.push(object.address.item);
                }
            }
            text.push_str(&without(document, document.span.slice(&file.source.text), &items));
        }
        let is_same = text == *file.source.text;
        files.push(if is_same { file.source.clone() } else { SourceFile::new(file.source.name.clone(), text) });
    }
    workspace.with_files(&files)
}

/// A document's text without the server's fields of these objects.
fn without(document: &Document, text: &str, items: &[Option<usize>]) -> String {
    let mut text = text.to_owned();
    if !document.parsed.tree.is_readable() {
        return text;
    }
    for item in items {
        let mut tree = parse(&text);
        while let Some((root, path)) = root_of(&tree, *item).and_then(|root| Some((root, next(&tree, root)?))) {
            // What an alias or a merge key brings cannot be taken away here alone.
            let Ok(edits) = edit::remove(&text, &tree, root, &path) else { break };
            let after = apply_edits(&text, &edits);
            if after == text {
                break;
            }
            text = after;
            tree = parse(&text);
        }
    }
    text
}

fn root_of(tree: &Tree, item: Option<usize>) -> Option<NodeId> {
    let root = tree.root?;
    match item {
        None => Some(root),
        Some(item) => tree.find(root, &FieldPath::parse("items").index(item)),
    }
}

/// The next field of an object to leave out.
fn next(tree: &Tree, root: NodeId) -> Option<FieldPath> {
    let has = |path: &FieldPath| tree.find(root, path).is_some();
    // Only the server gives these: without them the rest was written by people.
    if ["metadata.uid", "metadata.resourceVersion"].iter().any(|path| has(&FieldPath::parse(path)))
        && tree.get(root, "kind").and_then(|kind| tree.scalar(kind)) == Some("Service")
    {
        let is_none = |path: &FieldPath| tree.find(root, path).is_some_and(|node| tree.scalar(node) == Some("None"));
        let headless = |path: &FieldPath| is_none(path) || is_none(&path.index(0));
        let allocated = ALLOCATED.iter().map(|path| FieldPath::parse(path)).find(|path| has(path) && !headless(path));
        if allocated.is_some() {
            return allocated;
        }
    }
    let annotations = FieldPath::parse("metadata.annotations");
    let last_applied = annotations.key(LAST_APPLIED);
    if has(&last_applied) {
        let alone = tree.find(root, &annotations).is_some_and(|node| tree.entries(node).len() == 1);
        return Some(if alone { annotations } else { last_applied });
    }
    // The uid goes last: what comes before asks for it.
    OF_EVERY_OBJECT.iter().map(|path| FieldPath::parse(path)).find(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let cleaned = without_server_fields(&workspace);
        assert!(!has_server_fields(&cleaned));
        cleaned.files()[0].source.text.to_string()
    }

    #[test]
    fn what_kubectl_printed_becomes_a_manifest() {
        let text = "\
apiVersion: v1
kind: Service
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {\"a\": 1}
  creationTimestamp: \"2026-01-01T00:00:00Z\"
  generation: 1 # twice
  labels: {a: b} # kept
  managedFields:
  - apiVersion: v1
    manager: kubectl
  name: web
  namespace: red
  resourceVersion: \"1\"
  uid: 0-1
spec:
  clusterIP: 10.96.0.1
  clusterIPs:
  - 10.96.0.1
  ports:
  - nodePort: 30080
    port: 80
status:
  loadBalancer: {}
---
# a comment
apiVersion: v1
kind: Namespace
metadata: {name: red, uid: 2} # kept
";
        let wanted = "\
apiVersion: v1
kind: Service
metadata:
  labels: {a: b} # kept
  name: web
  namespace: red
spec:
  ports:
  - nodePort: 30080
    port: 80
---
# a comment
apiVersion: v1
kind: Namespace
metadata: {name: red} # kept
";
        assert_eq!(cleaned(text), wanted);
        assert_eq!(cleaned(&text.replace('\n', "\r\n")), wanted.replace('\n', "\r\n"));
    }

    #[test]
    fn items_of_a_list_and_json_are_cleaned_too() {
        let list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: a\n    uid: x\n  status: {}\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    uid: y\n    name: b\n";
        let wanted = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: a\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: b\n";
        assert_eq!(cleaned(list), wanted);
        let json = "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Namespace\",\n  \"metadata\": {\n    \"name\": \"a\",\n    \"uid\": \"x\"\n  },\n  \"status\": {}\n}\n";
        let wanted = "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Namespace\",\n  \"metadata\": {\n    \"name\": \"a\"\n  }\n}\n";
        assert_eq!(cleaned(json), wanted);
    }

    #[test]
    fn what_people_wrote_stays() {
        for text in [
            "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: 10.0.0.1}\n",
            "apiVersion: v1\nkind: Service\nmetadata: {name: a, annotations: {b: c}}\nspec: {clusterIP: None}\n",
            "status: no object\n",
            "a: [\nstatus: 1\n",
        ] {
            assert_eq!(cleaned(text), text);
        }
        let headless =
            "apiVersion: v1\nkind: Service\nmetadata: {name: a, uid: u}\nspec: {clusterIP: None, clusterIPs: [None]}\n";
        assert_eq!(cleaned(headless), headless.replace(", uid: u", ""));
        let without_uid = "apiVersion: v1\nkind: Service\nmetadata: {name: a, resourceVersion: \"7\"}\nspec: {clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1], type: ClusterIP}\n";
        let wanted = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: ClusterIP}\n";
        assert_eq!(cleaned(without_uid), wanted);
    }
}
