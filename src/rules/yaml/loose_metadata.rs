//! AKP015: annotations or labels that belong to no object.

use crate::command::Command;
use crate::edit::Value;
use crate::model::{INFRA_SETTING_ANNOTATION, Service};
use crate::ordered::sort_by_key;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{FieldPath, NodeId, Tree};
use crate::text::{Edit, Span};
use crate::workspace::{Document, File, Object, Workspace};

rule! {
    /// ## What it does
    /// Finds documents that are nothing but an `annotations:` or a `labels:` block.
    ///
    /// ## Why it matters
    /// Guides show such blocks by themselves. `kubectl apply` refuses them ("apiVersion not set, kind not
    /// set"), and AKO reads them on objects only: the annotation that names the AviInfraSetting counts on
    /// Services of type LoadBalancer. The fixes put the block on a Service of the project; which one is
    /// meant, nobody but you can know.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// annotations:
    ///   aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static LOOSE_METADATA = {
        code: "AKP015",
        name: "loose-metadata",
        severity: Warning,
        reads: [Service],
        since: "0.1.0",
        check: check,
    };
}

/// More Services than this are not offered.
const MOST_OFFERS: usize = 12;

/// A field of `metadata`, a key in it, and its value.
type Pair<'a> = (&'a str, &'a str, &'a str);

/// What a loose block sets; `None` where a document is something else.
pub(super) fn pairs(tree: &Tree, root: NodeId) -> Option<Vec<Pair<'_>>> {
    let mut pairs = Vec::new();
    for entry in tree.entries(root) {
        let field = tree.scalar(entry.key).filter(|key| matches!(*key, "annotations" | "labels"))?;
        for own in tree.entries(entry.value) {
            pairs.push((field, tree.scalar(own.key)?, tree.scalar(own.value)?));
        }
    }
    (!pairs.is_empty()).then_some(pairs)
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut services: Vec<(&Object, &Service)> = context.every::<Service>().collect();
    // AKO reads the annotation of a setting on Services of this type only.
    sort_by_key(&mut services, |(_, service)| !is_load_balancer(service));
    for file in context.files() {
        for (at, document) in file.documents.iter().enumerate().filter(|(_, own)| own.parsed.unrecognised) {
            let tree = &document.parsed.tree;
            if tree.is_read_around() {
                continue;
            }
            let Some((root, pairs)) = tree.root.and_then(|root| Some((root, pairs(tree, root)?))) else { continue };
            let span = tree.place(root, &FieldPath::root()).shifted(document.span.start);
            let field = pairs.first().map_or("annotations", |(field, ..)| *field);
            let mut report = findings
                .in_file(file, span)
                .message(format!("a loose `{field}:` block belongs to no object"))
                .effect("kubectl refuses it, and AKO never sees what it says")
                .help("put it into the `metadata` of the Service that it is meant for, or take it out");
            for (object, service) in services.iter().take(MOST_OFFERS) {
                let ignored =
                    !is_load_balancer(service) && pairs.iter().any(|(_, key, _)| *key == INFRA_SETTING_ANNOTATION);
                let but = if ignored { ", where AKO does not read it: its type is not LoadBalancer" } else { "" };
                let title = format!("put it on `{}`{but}", context.key(object));
                let command = put_on(context.workspace(), (file, at), (object, service), &pairs);
                report = report.maybe_fix(command.map(|command| (title, command)));
            }
        }
    }
}

fn is_load_balancer(service: &Service) -> bool {
    service.spec.service_type.as_deref() == Some("LoadBalancer")
}

/// Takes the block out, and sets what it says on a Service.
fn put_on(
    workspace: &Workspace,
    loose: (&File, usize),
    service: (&Object, &Service),
    pairs: &[Pair<'_>],
) -> Option<Command> {
    let ((file, at), (object, service)) = (loose, service);
    let mut edits = Vec::new();
    for field in ["annotations", "labels"] {
        let own = || pairs.iter().filter(|(name, ..)| *name == field);
        let metadata = &service.metadata;
        let has_field = !(if field == "labels" { &metadata.labels } else { &metadata.annotations }).is_empty();
        let path = FieldPath::from("metadata").key(field);
        let mut set = |path: FieldPath, value: Value| {
            edits.extend(Command::set(&object.address, path, value).edits(workspace).ok()?.into_values().flatten());
            Some(())
        };
        if has_field {
            for (_, key, value) in own() {
                set(path.key(key), Value::from(*value))?;
            }
        } else if own().next().is_some() {
            set(path, own().map(|(_, key, value)| ((*key).to_owned(), Value::from(*value))).collect())?;
        }
    }
    let taken_out = Edit::delete(whole(file, at, file.documents.get(at)?));
    let edit_text = |file: &str, edits: Vec<Edit>| Command::EditText { file: file.to_owned(), edits };
    if object.address.file == file.name {
        edits.push(taken_out);
        return Some(edit_text(&file.name, edits));
    }
    let loose = match file.documents.len() {
        1 => Command::RemoveFile { file: file.source.name.clone() },
        _ => edit_text(&file.name, vec![taken_out]),
    };
    Some(Command::Batch(vec![edit_text(&object.address.file, edits), loose]))
}

/// A document with the marker that stands for it: its own, or for the first one without that of the next.
fn whole(file: &File, at: usize, document: &Document) -> Span {
    let text = &file.source.text;
    let begins = |document: &Document| document.span.slice(text).starts_with("---");
    match file.documents.get(at + 1) {
        Some(next) if at == 0 && !begins(document) && begins(next) => {
            let line = next.span.slice(text).find('\n').map_or(next.span.len(), |end| end + 1);
            Span::new(document.span.start, next.span.start + line)
        }
        _ => document.span,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    const LOOSE: &str = "annotations:\n  aviinfrasetting.ako.vmware.com/name: oam\n  a/b: c\n";
    const SERVICE: &str =
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\nspec:\n  ports:\n  - port: 80\n";

    fn fixed(files: &[(&str, String)]) -> Vec<(String, String)> {
        let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, text.as_str())).collect();
        let workspace = Workspace::new(&files);
        let analysis = analyse(&workspace);
        let finding = analysis.findings.iter().find(|finding| finding.code == "AKP015").unwrap();
        assert_eq!(
            finding.fixes[0].title,
            "put it on `Service/red/web`, where AKO does not read it: its type is not LoadBalancer"
        );
        let after = finding.fixes[0].command.apply(&workspace).unwrap();
        after.sources().into_iter().map(|file| (file.name, file.text.to_string())).collect()
    }

    #[test]
    fn the_block_goes_to_the_service_from_wherever_it_is() {
        let mended = SERVICE.replace(
            "  namespace: red\n",
            "  namespace: red\n  annotations:\n    aviinfrasetting.ako.vmware.com/name: oam\n    a/b: c\n",
        );
        for text in [format!("{LOOSE}---\n{SERVICE}"), format!("{SERVICE}---\n{LOOSE}")] {
            assert_eq!(fixed(&[("a.yaml", text)]), [("a.yaml".to_owned(), mended.clone())]);
        }
        let apart = [("a.yaml", SERVICE.to_owned()), ("b.yaml", LOOSE.to_owned())];
        assert_eq!(fixed(&apart), [("a.yaml".to_owned(), mended)]);
    }
}
