//! Scalars are read as Kubernetes reads them, and what we write is read back as the same string.
//!
//! The golden table was made with the real `sigs.k8s.io/yaml`: each text as a value in `v: TEXT` and
//! as a key in `TEXT: 1`.

use akoplan::edit::{render, same, set, value_of};
use akoplan::syntax::{FieldPath, NodeKind, Tree, key_text, parse};
use akoplan::text::apply_edits;
use serde_json::{Value, json};

#[derive(Debug)]
struct Row {
    plain: String,
    kind: String,
    json: Option<Value>,
    as_key: Option<String>,
}

fn table() -> Vec<Row> {
    let rows: Vec<Value> =
        serde_json::from_str(include_str!("data/sigs_yaml_plain_scalars.json")).expect("the table is JSON");
    let text = |row: &Value, field: &str| row[field].as_str().map(str::to_owned);
    rows.iter()
        .map(|row| Row {
            plain: text(row, "plain").expect("each row has a text"),
            kind: text(row, "type").expect("each row has a type"),
            json: text(row, "json").map(|json| serde_json::from_str(&json).expect("values are JSON")),
            as_key: text(row, "as_key"),
        })
        .collect()
}

fn read(tree: &Tree) -> Option<Value> {
    if tree.is_readable() { tree.root.and_then(|root| value_of(tree, root)) } else { None }
}

/// What Kubernetes refuses and we read, so that a form can show it, or the reverse.
const OTHER_VALUES: &[(&str, &str)] = &[
    (".inf", "no JSON value: Kubernetes refuses the document, we keep the text"),
    (".Inf", "as .inf"),
    (".INF", "as .inf"),
    ("+.inf", "as .inf"),
    ("+.Inf", "as .inf"),
    ("+.INF", "as .inf"),
    ("-.inf", "as .inf"),
    ("-.Inf", "as .inf"),
    ("-.INF", "as .inf"),
    (".nan", "as .inf"),
    (".NaN", "as .inf"),
    (".NAN", "as .inf"),
    ("---", "after a key it is a text in YAML 1.2; go-yaml takes it for the next document"),
    ("\u{85}x", "a line break in YAML 1.1 only"),
    ("\u{2028}", "a line break in YAML 1.1 only"),
    ("\u{feff}x", "our parser refuses a byte-order mark inside a document"),
    ("{{ .Values.x }}", "what helm renders is read around: AKP004 says that it is no YAML yet"),
];

#[test]
fn values_are_read_as_in_the_golden_table() {
    let mut wrong = Vec::new();
    for row in table() {
        let tree = parse(&format!("v: {}\n", row.plain));
        let found = read(&tree).map(|value| value["v"].clone());
        let agrees = match (&row.json, &found) {
            (Some(expected), Some(found)) => same(expected, found),
            (None, None) => true,
            _ => false,
        };
        let listed = OTHER_VALUES.iter().any(|(plain, _)| *plain == row.plain);
        if agrees == listed {
            wrong.push(format!("{:?} ({}): {:?}, we read {found:?}", row.plain, row.kind, row.json));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Keys that are read otherwise; rows of the table that hold no key at all are here too.
const OTHER_KEYS: &[(&str, &str)] = &[
    ("!", "`!: 1` is the text 1 with a tag, no mapping"),
    ("!!str", "as !"),
    ("!t", "as !"),
    ("a #b", "`a #b: 1` is the text a with a comment, no mapping"),
    ("<<", "the merge key: its text is <<, but no field has that name"),
    ("\u{85}x", "a line break in YAML 1.1 only"),
    ("\u{2028}", "a line break in YAML 1.1 only"),
    ("{{ .Values.x }}", "what helm renders is read around"),
];

#[test]
fn keys_are_read_as_in_the_golden_table() {
    let mut wrong = Vec::new();
    for row in table() {
        let tree = parse(&format!("{}: 1\n", row.plain));
        let key = tree.root.and_then(|root| match &tree.node(root).kind {
            NodeKind::Mapping { entries, .. } => entries.first().map(|entry| entry.key),
            _ => None,
        });
        let found = if tree.is_readable() { key.and_then(|key| key_text(&tree, key)) } else { None };
        let listed = OTHER_KEYS.iter().any(|(plain, _)| *plain == row.plain);
        if (found.as_deref() == row.as_key.as_deref()) == listed {
            wrong.push(format!("{:?} ({}): {:?}, we read {found:?}", row.plain, row.kind, row.as_key));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const NASTY: &[&str] = &[
    "",
    " ",
    "  lead",
    "trail  ",
    "\n",
    "\n\n",
    "a\n",
    "a\n\n",
    "\na",
    "a\nb",
    "a\n b\n",
    " a\nb",
    "a\n\nb\n",
    "a \nb",
    "a\n  \nb",
    "\ta\nb",
    "a\tb",
    "a\r\nb",
    "a\rb",
    "# x\ny",
    "- a\n- b",
    "a: b",
    "a:",
    ":a",
    "key: |",
    "[a",
    "{a",
    "a, b",
    "a]",
    "a}",
    "'",
    "\"",
    "it's",
    "say \"hi\"",
    "\\",
    "C:\\x",
    "%d",
    "@a",
    "`a`",
    "!",
    "!t",
    "&a",
    "*",
    "*.example.com",
    "{{ .Values.x }}",
    "{{",
    "}}",
    "|",
    ">",
    "?",
    "? a",
    "-",
    "- a",
    "---",
    "--- a",
    "...",
    "<<",
    "=",
    "~",
    "null",
    "y",
    "Y",
    "on",
    "On",
    "off",
    "yes",
    "no",
    "0123",
    "1e3",
    "12:30",
    "1_000",
    "0x_1",
    "0o17",
    "0b+1",
    "._5",
    "1e400",
    "+.inf",
    ".NaN",
    "2024-01-01",
    "2024-01-01T00:00:00Z",
    "10.0.0.0/26",
    "fd00::/64",
    "::",
    "::1",
    "é",
    "😀",
    "\u{85}x",
    "\u{a0}x",
    "\u{2028}",
    "\u{2029}x",
    "\u{feff}x",
    "x\u{feff}",
    "\u{ffff}",
    "\u{7f}",
    "\u{0}",
    "\u{1}",
    "\u{1b}[0m",
    "a #b",
    "a# b",
    "#",
    "a\\nb",
    "\u{200b}",
    "1 ",
    "0",
    "-0",
    "1.0",
    "true",
    "False",
    "nan",
    "inf",
];

fn nasty_strings() -> Vec<String> {
    let mut strings: Vec<String> = table().into_iter().map(|row| row.plain).collect();
    strings.extend(NASTY.iter().map(|text| (*text).to_owned()));
    strings.push("long words ".repeat(30).trim().to_owned());
    strings.push("x".repeat(300));
    strings.push(format!("{}\n{}\n", "a b ".repeat(60), "c".repeat(200)));
    strings
}

fn places(text: &str) -> Value {
    json!({"value": text, "list": [text, [text], {"in": text}], "map": {text: {"deep": text}}, "last": text})
}

#[test]
fn written_strings_read_back_as_they_were() {
    for text in nasty_strings() {
        let expected = places(&text);
        let written = render(&expected);
        assert_eq!(read(&parse(&written)), Some(expected), "{text:?} was written as\n{written}");
        assert_eq!(read(&parse(&render(&json!(text)))), Some(json!(text)), "{text:?}");
    }
}

/// Whole documents, and edits in each style of writing. `PyYAML` reads YAML 1.1, and has more types
/// than go-yaml: what it reads as a string is one to Kubernetes.
#[test]
fn written_strings_read_back_by_another_reader() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let has_yaml = Command::new("python3").args(["-c", "import yaml"]).stderr(Stdio::null()).status();
    if !has_yaml.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no python3 with PyYAML here");
        return;
    }
    let mut documents = Vec::new();
    for text in nasty_strings() {
        let value = places(&text);
        documents.push([json!(render(&value)), value.clone()]);
        for before in
            ["a: 1\n", "{a: 1}\n", "{\"a\": 1}\n", "{\n  \"a\": 1\n}\n", "a: 'x'\nb: \"x\"\nc: |\n  x\nd:\n  - x\n"]
        {
            let mut text = before.to_owned();
            for path in ["a", "b", "c", "d"] {
                let tree = parse(&text);
                let root = tree.root.expect("a mapping");
                let edits = set(&text, &tree, root, &FieldPath::parse(path), &value["last"]).expect("a field");
                text = apply_edits(&text, &edits);
            }
            let tree = parse(&text);
            let edits =
                set(&text, &tree, tree.root.expect("a mapping"), &FieldPath::parse("e"), &value).expect("a field");
            let last = &value["last"];
            let expected = json!({"a": last, "b": last, "c": last, "d": last, "e": value});
            documents.push([json!(apply_edits(&text, &edits)), expected]);
        }
    }
    let script = "import json, sys, yaml\n\
        loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)\n\
        wrong = [(text, value) for text, value in json.load(sys.stdin) if yaml.load(text, loader) != value]\n\
        print(wrong); sys.exit(bool(wrong))";
    let mut python = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 was there");
    let input = serde_json::to_string(&documents).expect("documents are JSON");
    python.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("python3 reads");
    let output = python.wait_with_output().expect("python3 ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
