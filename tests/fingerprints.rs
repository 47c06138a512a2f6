//! Fingerprints of all findings of all scenarios: they outlive edits that have nothing to do with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use akoplan::analysis::analyse;
use akoplan::examples;
use akoplan::report::fingerprints;
use akoplan::rules::ALL;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

fn projects() -> Vec<Vec<SourceFile>> {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/scenarios");
    let read = |folder: &Path| {
        let file = |name: &str| SourceFile::new(name, fs::read_to_string(folder.join(name)).unwrap());
        ["akoplan.yaml", "values.yaml", "manifests.yaml"].map(file).to_vec()
    };
    let folders = fs::read_dir(scenarios).unwrap().map(|entry| entry.unwrap().path());
    folders.map(|folder| read(&folder)).chain([examples::mistakes()]).collect()
}

fn marks(files: &[SourceFile]) -> Vec<String> {
    let workspace = Workspace::new(files);
    fingerprints(&workspace, &analyse(&workspace).findings)
}

/// Every file with other text.
fn changed(files: &[SourceFile], change: impl Fn(&str) -> String) -> Vec<SourceFile> {
    files.iter().map(|file| SourceFile::new(file.name.as_str(), change(&file.text))).collect()
}

#[test]
fn moved_lines_change_no_mark() {
    let mut seen = 0;
    for files in projects() {
        let before = marks(&files);
        let commented =
            changed(&files, |text| format!("# one\n#two\n{}", text.replace("\n---\n", "\n---\n# three\n\n")));
        assert_eq!(marks(&commented), before, "{files:#?}");
        seen += before.len();
    }
    assert!(seen > 250, "{seen}");
}

#[test]
fn no_rule_puts_lines_into_its_marks() {
    for rule in ALL {
        for example in rule.examples("Example") {
            // A byte-order mark counts at the very beginning only.
            let Some(text) = example.strip_prefix('\u{feff}').is_none().then_some(&example) else { continue };
            let of = |text: String| marks(&[SourceFile::new("example.yaml", text)]);
            assert_eq!(of(format!("# one\n# two\n{text}")), of(text.clone()), "{}", rule.code);
        }
    }
}

#[test]
fn another_object_changes_no_mark() {
    const NAMESPACE: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: nobody-asks-for-it\n";
    for mut files in projects() {
        let before = marks(&files);
        files.push(SourceFile::new("zz.yaml", NAMESPACE));
        let after = marks(&files);
        assert!(before.iter().all(|mark| after.contains(mark)), "{files:#?}");
        files.last_mut().unwrap().name = "00.yaml".to_owned();
        files.rotate_right(1);
        assert_eq!(marks(&files), after, "the same at another place: {files:#?}");
    }
}

#[test]
fn no_two_findings_of_a_project_share_a_mark() {
    for files in projects() {
        let all = marks(&files);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{files:#?}");
    }
}
