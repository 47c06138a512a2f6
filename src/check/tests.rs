//! What is hidden, by what, and what is told of it.

use super::*;
use crate::analysis::analyse;
use crate::report::{check_json, check_junit, check_notes, check_text};
use crate::text::SourceFile;

/// Two Services with two findings each: no namespace (info), an unknown field (error).
fn project() -> Vec<SourceFile> {
    let service = |name: &str| {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{typ: x, ports: [{{port: 80}}]}}\n"
        );
        SourceFile::new(format!("apps/{name}.yaml"), text)
    };
    vec![service("a"), service("b")]
}

fn checked(files: &[SourceFile]) -> (Workspace, Checked) {
    let workspace = Workspace::new(files);
    let checked = Checked::new(&workspace, &analyse(&workspace));
    (workspace, checked)
}

fn codes(checked: &Checked) -> Vec<(&'static str, &str)> {
    checked.findings().map(|finding| (finding.code, &*finding.file)).collect()
}

#[test]
fn levels_turn_rules_off_and_make_them_worse() {
    let (workspace, checked) = checked(&project());
    assert_eq!(codes(&checked).len(), 4, "{:?}", codes(&checked));
    let config = Config::read("c.yaml", "levels: {AKP901: off, AKP101: error}\n").unwrap();
    let under = checked.clone().under(&workspace, &config);
    assert_eq!(codes(&under), [("AKP101", "apps/a.yaml"), ("AKP101", "apps/b.yaml")]);
    assert!(under.hidden.is_empty() && under.fails(&workspace, FailOn::Error));
    let config = Config::read("c.yaml", "levels: {AKP101: info, AKP901: info}\n").unwrap();
    let under = checked.under(&workspace, &config);
    assert!(under.fails(&workspace, FailOn::Info) && !under.fails(&workspace, FailOn::Warning));
}

#[test]
fn a_config_ignores_by_code_and_path_and_says_what_ignores_nothing() {
    let (workspace, checked) = checked(&project());
    let text = "ignore:\n- {code: AKP901, reason: helm knows}\n- {code: AKP101, path: 'apps/a*', reason: of old}\n\
                - {code: AKP101, path: platform, reason: none}\n- {code: AKP301, reason: none}\n";
    let under = checked.under(&workspace, &Config::read("c.yaml", text).unwrap());
    assert_eq!(codes(&under), [("AKP101", "apps/b.yaml")]);
    assert_eq!(
        check_notes(&under),
        [
            "3 findings are ignored by the config",
            "c.yaml:4: AKP101 in `platform` ignores nothing",
            "c.yaml:5: AKP301 ignores nothing"
        ]
    );
    assert!(under.hidden.iter().all(|hidden| hidden.by == HiddenBy::Config));
    assert!(under.hidden.iter().any(|hidden| hidden.reason == "of old"));
}

#[test]
fn a_baseline_hides_the_old_shows_the_new_and_tells_what_is_gone() {
    let mut files = project();
    let (_, before) = checked(&files);
    let baseline = Baseline::read(&Baseline::of(&before.open).text()).unwrap();
    let (_, same) = checked(&files);
    let same = same.against(&baseline);
    assert!(same.open.is_empty() && same.gone.is_empty());
    assert_eq!(check_notes(&same), ["4 findings are hidden by the baseline"]);
    // Lines move, one finding is mended, one is new.
    files[0].text = format!("# moved\n\n{}", files[0].text.replace("typ: x, ", "")).into();
    files[1].text = files[1].text.replace("typ: x", "typ: x, other: y").into();
    let (workspace, after) = checked(&files);
    let after = after.against(&baseline);
    assert_eq!(codes(&after), [("AKP101", "apps/b.yaml")]);
    assert!(after.open[0].finding.message.contains("`other`"), "{}", after.open[0].finding.message);
    let notes = check_notes(&after);
    assert_eq!(notes[0], "3 findings are hidden by the baseline");
    assert!(notes[1].starts_with("in the baseline and gone: AKP101 Service/default/a spec"), "{notes:?}");
    assert_eq!(notes.len(), 2);
    let json = check_json(&workspace, &after);
    assert_eq!(json["hidden"].as_array().map(Vec::len), Some(3));
    assert_eq!((&json["hidden"][0]["by"], &json["gone"][0]["code"]), (&"baseline".into(), &"AKP101".into()));
    let junit = check_junit(&workspace, &after, FailOn::Warning);
    assert!(junit.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"3\""), "{junit}");
    assert!(junit.contains("<skipped message=\"baseline\"/>"), "{junit}");
    assert!(check_text(&workspace, &after, crate::report::Colours::Without).ends_with("\n1 error\n"));
}

#[test]
fn what_an_annotation_ignores_is_not_gone_from_the_baseline() {
    let mut files = project();
    let (_, before) = checked(&files);
    let baseline = Baseline::of(&before.open);
    let annotated = "{name: a, annotations: {akoplan/ignore: 'AKP901 AKP101 of old'}}";
    files[0].text = files[0].text.replace("{name: a}", annotated).into();
    let (_, after) = checked(&files);
    let after = after.against(&baseline);
    assert!(after.open.is_empty() && after.gone.is_empty(), "{:?}", after.gone);
    assert_eq!(check_notes(&after), ["2 findings are ignored by annotations", "2 findings are hidden by the baseline"]);
}

#[test]
fn a_file_that_is_no_baseline_is_refused() {
    for (text, words) in [
        ("", "this is no baseline: "),
        ("[]", "this is no baseline: "),
        ("{\"version\": 2, \"findings\": []}", "its version is 2"),
        ("{\"version\": 1, \"findings\": [{}]}", "missing field `fingerprint`"),
    ] {
        let wrong = Baseline::read(text).unwrap_err();
        assert!(wrong.contains(words), "{wrong}");
    }
    assert!(Baseline::read("{\"version\": 1, \"findings\": [{\"fingerprint\": \"0\"}]}").is_ok());
}

#[test]
fn yaml_that_cannot_be_read_fails_unless_it_is_hidden() {
    let files = [SourceFile::new("a.yaml", "a: [\n")];
    let (workspace, checked) = checked(&files);
    let config = |text: &str| Config::read("c.yaml", text).unwrap();
    let mild = checked.clone().under(&workspace, &config("levels: {AKP001: info}\n"));
    assert!(mild.findings().all(|finding| finding.severity == Severity::Info) && !mild.open.is_empty());
    assert!(mild.fails(&workspace, FailOn::Error) && !mild.fails(&workspace, FailOn::Never));
    let ignored = "ignore: [{code: AKP001, path: a.yaml, reason: a template of another tool}]\n";
    assert!(!checked.under(&workspace, &config(ignored)).fails(&workspace, FailOn::Error));
}
