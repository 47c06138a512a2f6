//! Bad input: a clear answer, never a panic, never a lost byte, never a wait.

#[path = "support/exercise.rs"]
mod exercise;

use std::time::{Duration, Instant};

use akoplan::analysis::Analysis;
use akoplan::command::Command;
use akoplan::diagnostic::Severity;
use akoplan::edit::Value;
use akoplan::text::{Encoding, SourceFile, decode};
use akoplan::workspace::Workspace;
use exercise::exercise;

/// Far more than any of these inputs may take, on a slow machine in a debug build.
const LONGEST: Duration = Duration::from_secs(60);

/// Reads bytes as the command line does, checks that nothing is lost, and gives the findings.
fn answer(bytes: &[u8]) -> Analysis {
    let started = Instant::now();
    let (text, encoding) = decode(bytes);
    if encoding == Encoding::Utf8 {
        assert_eq!(text.as_bytes(), bytes);
    }
    let workspace = Workspace::new(&[SourceFile::new("bad.yaml", text.as_str())]);
    assert_eq!(*workspace.files()[0].source.text, *text, "the file is kept as it is");
    let joined: String = workspace.files()[0].documents.iter().map(|document| document.span.slice(&text)).collect();
    assert_eq!(joined, text, "documents cover the file");
    let analysis = exercise(&workspace, None);
    assert!(started.elapsed() < LONGEST, "took {:?}", started.elapsed());
    analysis
}

/// Asserts that an input gives a finding of a severity, and returns the first one's message.
#[track_caller]
fn found(severity: Severity, bytes: &[u8]) -> String {
    let analysis = answer(bytes);
    let first = analysis.findings.iter().find(|finding| finding.severity == severity);
    first.expect("a finding").message.clone()
}

#[track_caller]
fn error(bytes: &[u8]) -> String {
    found(Severity::Error, bytes)
}

const SERVICE: &str =
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\nspec:\n  ports:\n  - port: 80\n";

#[test]
fn nothing_at_all() {
    for text in ["", "\n\n", "# only words\n", "---\n", "---\n---\n", "\u{feff}", "null\n", "~"] {
        let analysis = answer(text.as_bytes());
        assert_eq!(analysis.count(Severity::Error), 0, "{text:?}: {:?}", analysis.findings);
    }
}

#[test]
fn binary() {
    let gzip = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0, 0x86, 0xA6, 0x10, 0x36];
    let _ = error(&gzip);
    let all: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let _ = error(&all);
    let _ = error(b"kind: Service\0\n");
}

#[test]
fn ten_megabytes_of_one_letter() {
    let _ = answer(&vec![b'a'; 10_000_000]);
    let _ = answer(&b"a\n".repeat(1_000_000));
}

#[test]
fn alias_bombs() {
    let mut bomb = String::from("apiVersion: v1\nkind: Service\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.extend([format!("a{level}: &a{level} [{inner}]\n")]);
    }
    let _ = error(bomb.as_bytes());
    let _ = error(b"kind: Service\nmetadata: &a\n  labels: *a\n");
    let _ = error(b"kind: Service\nmetadata: *nobody\n");
    // Many uses of one large anchor: quadratic, not exponential.
    let lines = |line: &dyn Fn(usize) -> String| (0..2_000).map(line).collect::<Vec<_>>().concat();
    let labels = lines(&|at| format!("  k{at}: v\n"));
    let uses = lines(&|at| format!("u{at}: *a\n"));
    let _ = answer(format!("apiVersion: v1\nkind: X\nbase: &a\n{labels}{uses}").as_bytes());
    let merges = lines(&|at| format!("m{at}: {{<<: *a}}\n"));
    let _ = answer(format!("apiVersion: v1\nkind: Service\nbase: &a\n{labels}{merges}").as_bytes());
}

#[test]
fn helm_templates() {
    for text in [
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n",
        "{{- if .Values.on }}\napiVersion: v1\nkind: Service\n{{- end }}\n",
    ] {
        let message = found(Severity::Warning, text.as_bytes());
        assert!(message.contains("helm template"), "{message}");
    }
    let after = format!("{{{{ include \"x\" . }}}}\n---\n{SERVICE}");
    let workspace = Workspace::new(&[SourceFile::new("bad.yaml", after.as_str())]);
    assert_eq!(workspace.objects().len(), 1, "other documents stay readable");
}

#[test]
fn windows_files() {
    let text = SERVICE.replace('\n', "\r\n");
    for bytes in [text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes(), utf16(&text)] {
        let workspace = Workspace::new(&[SourceFile::new("bad.yaml", decode(&bytes).0)]);
        let keys: Vec<String> = workspace.objects().iter().map(|object| workspace.key(object)).collect();
        assert_eq!(keys, ["Service/red/web"]);
        assert_eq!(answer(&bytes).count(Severity::Error), 0);
        let renamed = Command::set(&workspace.objects()[0].address, "metadata.name", Value::from("api"));
        let renamed = renamed.apply(&workspace).unwrap().sources();
        let expected = workspace.sources()[0].text.replace("name: web", "name: api");
        assert_eq!(*renamed[0].text, *expected, "line ends and byte-order mark stay");
    }
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn odd_encodings() {
    // UTF-16 that ends in the middle, and with half a pair.
    let mut cut = utf16(SERVICE);
    cut.pop();
    let _ = answer(&cut);
    let _ = answer(&[0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00]);
    let _ = answer(&[0xFE, 0xFF]);
    let _ = answer(&[0xFF]);
    // Latin-1, and the three bytes that a lone surrogate would have in UTF-8.
    let _ = answer(b"apiVersion: v1\nkind: Service\nmetadata: {name: caf\xE9}\n");
    let _ = answer(b"apiVersion: v1\nkind: Service\nmetadata: {name: \"\xED\xA0\x80\"}\n");
    let _ = answer(b"apiVersion: v1\nkind: Service\nmetadata: {name: \"\\uD800\"}\n");
    let _ = answer("apiVersion: v1\nkind: Service\nmetadata: {name: \u{202E}abc}\n".as_bytes());
}

#[test]
fn tabs_as_indentation() {
    let message = error(b"apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n");
    assert!(message.to_lowercase().contains("tab"), "{message}");
}

#[test]
fn deep_nesting() {
    let _ = error("[".repeat(100_000).as_bytes());
    let _ = error(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).as_bytes());
    let _ = error("{a: ".repeat(100_000).as_bytes());
    let nested = (0..5_000).map(|depth| " ".repeat(depth) + "a:\n").collect::<Vec<_>>().concat();
    let _ = error(format!("apiVersion: v1\nkind: Service\n{nested}").as_bytes());
    let _ = error("- ".repeat(100_000).as_bytes());
    let _ = error("? ".repeat(100_000).as_bytes());
}

#[test]
fn many_small_things() {
    let _ = answer("---\n".repeat(100_000).as_bytes());
    let _ = answer("a: 1\n".repeat(20_000).as_bytes());
    let _ = answer(format!("\"{}", "\\\"".repeat(100_000)).as_bytes());
    let _ = answer("&a ".repeat(10_000).as_bytes());
    let _ = answer("!a ".repeat(10_000).as_bytes());
    let _ = answer("%YAML 1.2\n".repeat(10_000).as_bytes());
    let _ = answer(format!("a: |{}\n", "9".repeat(1000)).as_bytes());
}

#[test]
fn objects_that_are_none() {
    for text in [
        "kind: Service\n",
        "kind: 1\napiVersion: 2\n",
        "kind: Service\napiVersion: v1\nmetadata: []\nspec: 7\n",
        "kind: Service\napiVersion: v1\nmetadata: {name: [a]}\n",
        "kind: List\napiVersion: v1\nitems: 5\n",
        "kind: List\napiVersion: v1\nitems: [1, [2], {kind: List, items: []}]\n",
        "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nspec: {network: {vipNetworks: {}}}\n",
        "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nspec: {listeners: [1, null, {port: 1e999}]}\n",
        "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {akoVersion: [], intents: {a: 1}}\n",
        "AKOSettings: []\n",
        "kind: Service\napiVersion: v1\nmetadata: {name: ../../etc/passwd, namespace: ..}\n",
        "kind: Service\napiVersion: v1\nmetadata: {name: '', namespace: ''}\n",
    ] {
        let _ = answer(text.as_bytes());
    }
}
