//! Marks of findings that stay the same when lines move: for baselines and code review tools.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Finding;
use crate::syntax::{NodeId, Step, Tree};
use crate::workspace::{Object, Workspace};

/// What tells the items of a list apart, the best first: their place does not, as another item may come before.
const NAMES: [&str; 6] = ["name", "networkName", "networkUUID", "host", "path", "port"];

/// The marks of findings, in their order: 16 hexadecimal digits, and `-2` and so on for those that equal earlier ones.
///
/// Made of the code, the object with its API group (the file where there is none), the field with list items by
/// their names, and what decides: the field's value and the names in the message. Neither lines nor other words of
/// the message count, so a mark outlives an edit elsewhere and a better wording. FNV-1a is enough: 64 bits
/// keep a project's findings apart, nobody gains by forging one, and it is the same on every machine.
#[must_use]
pub fn fingerprints(workspace: &Workspace, findings: &[Finding]) -> Vec<String> {
    let mut seen = HashMap::new();
    let files: HashSet<&str> = workspace.files().iter().map(|file| file.source.name.as_str()).collect();
    let fingerprint = |finding: &Finding| {
        let hash = fnv1a(&parts(workspace, &files, finding));
        let count = seen.entry(hash).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{count}") }
    };
    findings.iter().map(fingerprint).collect()
}

fn parts(workspace: &Workspace, files: &HashSet<&str>, finding: &Finding) -> Vec<String> {
    let mut parts = vec![finding.code.to_owned()];
    if let Some(object) = object_of(workspace, finding) {
        parts.push(object.identity.key(true));
        let (path, value) = field(object, finding);
        parts.extend([path, value]);
    } else {
        parts.push(finding.object.clone().unwrap_or_else(|| finding.file.to_string()));
        parts.extend([finding.path.to_string(), line(workspace, finding)]);
    }
    // Backticks come in pairs: what stands between them is every second part. Where another file lies is no matter.
    let named = finding.message.split('`').skip(1).step_by(2).filter(|name| !files.contains(name));
    parts.extend(named.map(without_places));
    parts
}

/// A text without the places of list items in paths: `spec.ports[].name`.
fn without_places(text: &str) -> String {
    let mut rest = text.split('[');
    let mut kept = rest.next().unwrap_or_default().to_owned();
    for part in rest {
        kept.push('[');
        let after = part.trim_start_matches(|character: char| character.is_ascii_digit());
        kept.push_str(if after.starts_with(']') { after } else { part });
    }
    kept
}

/// The object that a finding is about.
fn object_of<'a>(workspace: &'a Workspace, finding: &Finding) -> Option<&'a Object> {
    let key = finding.object.as_ref()?;
    let around = workspace.objects_around(&finding.file, finding.span.start).iter();
    around.rev().find(|object| object.whole().start <= finding.span.start && workspace.key(object) == *key)
}

/// The field with its list items by name, and its value; no value for collections and for what is not there.
fn field(object: &Object, finding: &Finding) -> (String, String) {
    let tree = object.tree();
    let mut at = Some(object.node());
    let mut path = String::new();
    for step in finding.path.steps() {
        let below = at.and_then(|at| match step {
            Step::Key(key) => tree.get(at, key),
            Step::Index(index) => tree.items(at).get(*index).copied(),
        });
        path.push('/');
        match step {
            Step::Key(key) => path.push_str(key),
            Step::Index(_) => path.push_str(&below.map(|item| item_name(tree, item)).unwrap_or_default()),
        }
        at = below;
    }
    let value = at.filter(|node| *node != object.node()).and_then(|node| tree.scalar(node)).unwrap_or_default();
    (path, value.to_owned())
}

/// What an item of a list is known by; `*` where it is known by nothing.
fn item_name(tree: &Tree, item: NodeId) -> String {
    if let Some(value) = tree.scalar(item) {
        return value.to_owned();
    }
    let text = |key: &str| tree.get(item, key).and_then(|value| tree.scalar(value));
    let name = NAMES.iter().find_map(|key| text(key)).unwrap_or("*");
    match text("protocol") {
        // One number may be listened to twice, by TCP and UDP.
        Some(protocol) => format!("{name} {protocol}"),
        None => name.to_owned(),
    }
}

/// The line that a finding begins in, or the first behind it that says something, without the blanks around.
fn line(workspace: &Workspace, finding: &Finding) -> String {
    let Some(file) = workspace.file(&finding.file) else { return String::new() };
    let first = file.lines.line_of(finding.span.start);
    let last = file.lines.line_of(finding.span.end);
    let lines =
        (first..=last).map(|line| file.lines.line_span(&file.source.text, line).slice(&file.source.text).trim());
    let mut lines = lines.filter(|line| !(line.is_empty() || line.starts_with('#') || line.starts_with("---")));
    lines.next().unwrap_or_default().to_owned()
}

/// FNV-1a of texts, a zero byte after each.
fn fnv1a(texts: &[String]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text::SourceFile;

    const GATEWAY: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\n\
                           metadata: {name: gw, namespace: red}\nspec: {gatewayClassName: none, listeners: []}\n";
    const CLASS: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\n\
                         metadata: {name: other}\nspec: {controller: ako.vmware.com/avi-lb}\n";

    fn marks(text: &str, code: &str) -> Vec<String> {
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let findings = analyse(&workspace).findings;
        let marks = fingerprints(&workspace, &findings).into_iter().zip(findings);
        marks.filter(|(_, finding)| finding.code == code).map(|(mark, _)| mark).collect()
    }

    #[test]
    fn the_hash_is_fnv1a() {
        assert_eq!(fnv1a(&[String::new()]), 0xaf63_bd4c_8601_b7df);
    }

    #[test]
    fn places_in_lists_are_taken_out_and_nothing_else() {
        for (text, kept) in [("a[0].b[12]", "a[].b[]"), ("[::1]:80 x[1", "[::1]:80 x[1"), ("a[1b]", "a[1b]"), ("", "")]
        {
            assert_eq!(without_places(text), kept);
        }
    }

    #[test]
    fn marks_outlive_what_has_nothing_to_do_with_them() {
        let text = format!("{GATEWAY}---\n{CLASS}");
        let before = marks(&text, "AKP301");
        assert_eq!(before.len(), 1);
        let moved = format!("# a comment\n\n---\n{CLASS}---\n{}", GATEWAY.replace(", listeners", ",\n\n  listeners"));
        assert_eq!(marks(&moved, "AKP301"), before);
        let quoted = text.replace("gatewayClassName: none", "gatewayClassName: \"none\"");
        assert_eq!(marks(&quoted, "AKP301"), before, "another writing of the same value");
        // A kind of two groups gives objects longer keys in what is printed.
        let other = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw2, namespace: red}\n\
                     spec: {gatewayClassName: c, listeners: [{name: a, port: 80, protocol: HTTP}]}\n";
        assert_eq!(marks(&format!("{text}{other}"), "AKP301"), before);
    }

    #[test]
    fn another_value_or_object_is_another_mark() {
        let text = format!("{GATEWAY}---\n{CLASS}");
        let before = marks(&text, "AKP301");
        for (old, new) in [("ClassName: none", "ClassName: gone"), ("name: gw", "name: gw2"), (": red", ": blue")] {
            let after = marks(&text.replace(old, new), "AKP301");
            assert!(after.len() == 1 && after != before, "{old} to {new}: {after:?}");
        }
    }

    #[test]
    fn items_of_lists_are_known_by_name() {
        let ports = |more: &str| {
            format!(
                "apiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: red}}\nspec:\n  ports:\n{more}  \
                 - {{name: web, port: 80, extra: 1}}\n"
            )
        };
        let before = marks(&ports(""), "AKP101");
        assert_eq!(before.len(), 1);
        assert_eq!(marks(&ports("  - {name: dns, port: 53}\n"), "AKP101"), before);
        let both = marks(&ports("  - {name: dns, port: 53, extra: 1}\n"), "AKP101");
        assert!(both.len() == 2 && both.contains(&before[0]), "{both:?}");
    }

    #[test]
    fn files_may_lie_elsewhere() {
        let in_folder = |folder: &str| {
            let file = |name: &str| SourceFile::new(format!("{folder}{name}.yaml"), GATEWAY);
            let workspace = Workspace::new(&[file("a"), file("b")]);
            let findings = analyse(&workspace).findings;
            assert!(findings.iter().any(|finding| finding.message.contains("a.yaml`")), "{findings:?}");
            fingerprints(&workspace, &findings)
        };
        assert_eq!(in_folder(""), in_folder("some/where/"));
    }

    #[test]
    fn equal_findings_are_counted() {
        let once = marks("a: [\n", "AKP001");
        let twice = marks("a: [\n---\na: [\n", "AKP001");
        assert_eq!(once.len(), 1);
        assert_eq!(twice, [once[0].clone(), format!("{}-2", once[0])]);
    }
}
