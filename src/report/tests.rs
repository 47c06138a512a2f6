//! Reports: text with excerpts, JSON, fingerprints.

use expect_test::expect;

use super::*;
use crate::ako::predict_fully;
use crate::analysis::{Analysis, analyse};
use crate::check::Checked;
use crate::command::Command;
use crate::diagnostic::{Finding, Fix, Related, Severity};
use crate::edit::Value;
use crate::syntax::FieldPath;
use crate::text::{SourceFile, Span};
use crate::workspace::Workspace;

const TEXT: &str = "apiVersion: v1\nkind: Service\nmetadata:\n\u{20}\u{20}name: wéb\nspec:\n\tports: x\n";

fn workspace(text: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("apps/a.yaml", text)])
}

/// A finding at the first place of `at`, made by hand so that no rule's words matter here.
fn finding(text: &str, at: &str) -> Finding {
    let start = text.find(at).unwrap();
    Finding {
        code: "AKP999",
        severity: Severity::Warning,
        file: "apps/a.yaml".into(),
        span: Span::new(start, start + at.len()),
        object: Some("Service/default/wéb".to_owned()),
        path: FieldPath::from("metadata.name"),
        message: "the name `wéb` is \u{1b}[31mno DNS label".to_owned(),
        effect: "the API server refuses it".to_owned(),
        help: "use small letters".to_owned(),
        fixes: Vec::new(),
        asks: Vec::new(),
        related: vec![Related { file: "apps/a.yaml".into(), span: Span::new(12, 14), message: "here, too".to_owned() }],
    }
}

fn of(findings: Vec<Finding>) -> Analysis {
    Analysis { findings, ..Analysis::default() }
}

fn plain(workspace: &Workspace, analysis: &Analysis) -> String {
    check_text(workspace, &Checked::new(workspace, analysis), Colours::Without)
}

#[test]
fn text_shows_the_line() {
    let analysis = of(vec![finding(TEXT, "wéb"), finding(TEXT, "ports")]);
    expect![[r#"
        warning[AKP999]: the name `wéb` is �[31mno DNS label
         --> apps/a.yaml:4:9
          |
        4 |   name: wéb
          |         ^^^
          = effect: the API server refuses it
          = help: use small letters
          = see also: here, too
         ::: apps/a.yaml:1:13
          |
        1 | apiVersion: v1
          |             ^^

        warning[AKP999]: the name `wéb` is �[31mno DNS label
         --> apps/a.yaml:6:2
          |
        6 |     ports: x
          |     ^^^^^
          = effect: the API server refuses it
          = help: use small letters
          = see also: here, too
         ::: apps/a.yaml:1:13
          |
        1 | apiVersion: v1
          |             ^^

        2 warnings
    "#]]
    .assert_eq(&plain(&workspace(TEXT), &analysis));
    assert_eq!(plain(&workspace(TEXT), &Analysis::default()), "");
}

#[test]
fn colours_add_escapes_and_change_no_letter() {
    let (workspace, analysis) = (workspace(TEXT), of(vec![finding(TEXT, "wéb")]));
    let coloured = check_text(&workspace, &Checked::new(&workspace, &analysis), Colours::Ansi);
    let head: Vec<String> = coloured.lines().take(5).map(|line| line.replace('\u{1b}', "␛")).collect();
    expect![[r#"
        ␛[1;33mwarning[AKP999]␛[0m␛[1m: the name `wéb` is �[31mno DNS label␛[0m
        ␛[1;34m -->␛[0m apps/a.yaml:4:9
        ␛[1;34m  |␛[0m
        ␛[1;34m4 |␛[0m   name: wéb
        ␛[1;34m  |␛[0m         ␛[1;33m^^^␛[0m"#]]
    .assert_eq(&head.join("\n"));
    let mut parts = coloured.split('\u{1b}');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    bare.extend(parts.filter_map(|part| part.split_once('m')).map(|(_, rest)| rest));
    assert_eq!(bare, plain(&workspace, &analysis));
}

#[test]
fn what_helm_rendered_names_its_template() {
    let text = format!("---\n# Source: chart/templates/a.yaml\n{TEXT}");
    let shown = plain(&workspace(&text), &of(vec![finding(&text, "wéb")]));
    assert_eq!(shown.lines().nth(1), Some(" --> apps/a.yaml:6:9 (from chart/templates/a.yaml)"));
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("{}HERE{}", "a".repeat(10_000), "b".repeat(10_000));
    let shown = plain(&workspace(&text), &of(vec![finding(&text, "HERE")]));
    assert!(shown.lines().all(|line| line.chars().count() < 140), "{shown}");
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines[3].find("HERE").unwrap();
    assert_eq!(lines[4].find("^^^^"), Some(at - "…".len() + 1));
}

#[test]
fn json_has_every_member() {
    let text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: Web\n";
    let workspace = workspace(text);
    let mut finding = finding(text, "Web");
    let at = &workspace.objects()[0].address;
    finding.fixes.push(Fix {
        title: "use small letters".to_owned(),
        safe: false,
        command: Command::set(at, "metadata.name", Value::from("web")),
    });
    let printed =
        serde_json::to_string_pretty(&check_json(&workspace, &Checked::new(&workspace, &of(vec![finding])))).unwrap();
    expect![[r#"
        {
          "version": 1,
          "findings": [
            {
              "code": "AKP999",
              "severity": "warning",
              "file": "apps/a.yaml",
              "start": {
                "line": 4,
                "column": 9,
                "byte": 47
              },
              "end": {
                "line": 4,
                "column": 12,
                "byte": 50
              },
              "template": null,
              "object": "Service/default/wéb",
              "path": "metadata.name",
              "message": "the name `wéb` is \u001b[31mno DNS label",
              "effect": "the API server refuses it",
              "help": "use small letters",
              "fixes": [
                {
                  "title": "use small letters",
                  "safe": false,
                  "edits": [
                    {
                      "file": "apps/a.yaml",
                      "start": {
                        "line": 4,
                        "column": 9,
                        "byte": 47
                      },
                      "end": {
                        "line": 4,
                        "column": 10,
                        "byte": 48
                      },
                      "replacement": "w"
                    }
                  ]
                }
              ],
              "asks": [],
              "related": [
                {
                  "file": "apps/a.yaml",
                  "start": {
                    "line": 1,
                    "column": 13,
                    "byte": 12
                  },
                  "end": {
                    "line": 1,
                    "column": 15,
                    "byte": 14
                  },
                  "message": "here, too"
                }
              ],
              "fingerprint": "3303fcf3df3aa927"
            }
          ],
          "hidden": [],
          "gone": []
        }"#]]
    .assert_eq(&printed);
}

#[test]
fn a_prediction_is_printed() {
    let analysis = analyse(&workspace("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"));
    assert!(predict_json(&analysis.prediction).get("virtualServices").is_some());
    let _ = predict_text(&analysis.prediction);
}

#[test]
fn what_comes_out_otherwise_later_is_told() {
    let values = "NetworkSettings: {vipNetworkList: [{networkName: global, cidr: 10.1.0.0/24}]}\n---\n";
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red, annotations: {aviinfrasetting.ako.vmware.com/name: seg}}\nspec: {type: LoadBalancer, ports: [{port: 80}]}\n---\n";
    let setting = |more: &str| {
        format!(
            "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: seg}}\nspec: {{network: {{vipNetworks: [{{networkName: own, cidr: 10.2.0.0/24}}]{more}}}}}\n---\n"
        )
    };
    let lines = |text: &str| outlook_lines(&predict_fully(&workspace(text))).join("\n");
    expect![[r"
        VIP my-cluster--red-web is sent as own without subnet, though AKO wants own 10.2.0.0/24: a VIP that AKO moves loses its subnet; delete and make again what it belongs to
        after a restart: VIP my-cluster--red-web is sent as own 10.2.0.0/24"]]
    .assert_eq(&lines(&format!("{values}{service}{}", setting(""))));
    expect![[r"
        VIP my-cluster--red-web is sent as global 10.1.0.0/24, though AKO wants own 10.2.0.0/24: AKO refuses to move it, as BGP labels need route health injection first; delete and make again what it belongs to
        after a restart: VIP my-cluster--red-web is sent as own 10.2.0.0/24"]]
    .assert_eq(&lines(&format!("{values}{service}{}", setting(", enableRhi: true, bgpPeerLabels: [p]"))));
    expect!["all at once: VIP my-cluster--red-web is sent as own without subnet"]
        .assert_eq(&lines(&format!("{values}{}{service}", setting(""))));
}
