//! `akoplan check` in a pipeline: config, baseline, patterns, charts from a pipe.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};

/// A Service with an unknown field (an error) and without a namespace (an info).
const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {typ: x, ports: [{port: 80}]}\n";
const GATEWAY: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: gw, namespace: red}\n\
                       spec: {gatewayClassName: none, listeners: []}\n---\napiVersion: networking.x-k8s.io/v1alpha1\n\
                       kind: GatewayClass\nmetadata: {name: other}\nspec: {controller: ako.vmware.com/avi-lb}\n";

/// An empty folder of the test's own with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Exit code, standard output, standard error.
fn check(folder: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_akoplan"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Calls that are refused read no input.
    let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
    let output = process.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Where the findings are, `CODE file:line`, and standard error.
#[track_caller]
fn expect_places(folder: &Path, arguments: &[&str], expected: &Expect) {
    let json = [arguments, &["--format", "json"]].concat();
    let (code, out, err) = check(folder, &json, "");
    let mut text = format!("exit {code}\n");
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(&out) {
        for finding in value["findings"].as_array().unwrap() {
            let word = |member: &str| finding[member].as_str().unwrap_or_default();
            let (severity, code, file) = (word("severity"), word("code"), word("file"));
            let _ = writeln!(text, "{severity} {code} {file}:{}", finding["start"]["line"]);
        }
    }
    expected.assert_eq(&(text + &err));
}

#[test]
fn empty_standard_input_is_no_manifest_that_is_well() {
    let at = folder("nothing", &[("a.yaml", GATEWAY)]);
    for nothing in ["", "\n", " \r\n\n", "\u{feff}"] {
        for arguments in [&["-"][..], &["-", "a.yaml"]] {
            let (code, out, err) = check(&at, arguments, nothing);
            assert_eq!((code, out.as_str()), (2, ""), "{nothing:?}");
            assert!(err.starts_with("error: standard input is empty: "), "{err}");
        }
    }
    assert_eq!(check(&at, &["-"], "# a chart with nothing switched on\n").0, 0);
}

#[test]
fn patterns_are_expanded_where_the_shell_does_not() {
    let files =
        [("apps/a.yaml", SERVICE), ("apps/red/b.yml", SERVICE), ("apps/red/notes.txt", "x"), (".x/c.yaml", SERVICE)];
    let at = folder("patterns", &files);
    let files = |pattern: &str| {
        let (code, out, err) = check(&at, &[pattern, "--format", "json"], "");
        assert_eq!((code, err.as_str()), (1, ""), "{pattern}");
        let value: serde_json::Value = serde_json::from_str(&out).unwrap();
        let files =
            value["findings"].as_array().unwrap().iter().map(|finding| finding["file"].as_str().unwrap().to_owned());
        let mut files: Vec<String> = files.collect();
        files.dedup();
        files
    };
    assert_eq!(files("**/*.y*ml"), ["apps/a.yaml", "apps/red/b.yml"]);
    assert_eq!(files("./apps/*.yaml"), ["apps/a.yaml"]);
    assert_eq!(files("apps/r?d"), ["apps/red/b.yml"]);
    assert_eq!(files("**/[!a].yml"), ["apps/red/b.yml"]);
    let absolute = format!("{}/apps/*/b.*", at.display());
    assert_eq!(
        files(&absolute),
        [format!("{}/apps/red/b.yml", at.display()).trim_start_matches('/').to_owned()].map(|name| format!("/{name}"))
    );
    expect_places(
        &at,
        &["*.yaml", "apps/*.txt"],
        &expect![[r"
        exit 2
        error: no *.yaml, *.yml or *.json is called `*.yaml`
        error: no *.yaml, *.yml or *.json is called `apps/*.txt`
    "]],
    );
}

#[test]
fn a_config_beside_the_call_counts() {
    let config = "failOn: never\nlevels: {AKP901: off}\n";
    let at = folder("config", &[("web.yaml", SERVICE), (".akoplan.yaml", config)]);
    let expected = expect![[r#"
        exit 0
        error AKP101 web.yaml:4
    "#]];
    expect_places(&at, &["."], &expected);
    // What the call says goes first.
    assert_eq!(check(&at, &[".", "--fail-on", "error"], "").0, 1);
    // Under the other name it is not taken for a manifest.
    fs::rename(at.join(".akoplan.yaml"), at.join("akoplan.yaml")).unwrap();
    expect_places(&at, &["."], &expected);
    // The project's settings are none.
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {defaultNamespace: red}\n";
    fs::write(at.join("akoplan.yaml"), settings).unwrap();
    expect_places(
        &at,
        &["."],
        &expect![[r"
        exit 1
        info AKP901 web.yaml:3
        error AKP101 web.yaml:4
    "]],
    );
    fs::write(at.join("akoplan.yaml"), config).unwrap();
    fs::write(at.join(".akoplan.yaml"), config).unwrap();
    expect_places(
        &at,
        &["."],
        &expect![[r"
        exit 2
        error: `.akoplan.yaml` and `akoplan.yaml` are both configs: keep one, or name it by --config
    "]],
    );
}

#[test]
fn a_config_with_a_mistake_stops_the_check() {
    let at = folder(
        "wrong-config",
        &[("web.yaml", SERVICE), ("ci/config.yaml", "failon: error\nignore:\n- code: AKP901\n")],
    );
    expect_places(
        &at,
        &["web.yaml", "--config", "ci/config.yaml"],
        &expect![[r"
        exit 2
        error: ci/config.yaml:1:1: unknown key `failon`; there are akoVersion, failOn, levels, ignore, baseline
        error: ci/config.yaml:3:3: this ignore has no `reason`
    "]],
    );
    expect_places(
        &at,
        &["web.yaml", "--config", "none.yaml"],
        &expect![[r"
        exit 2
        error: cannot read `none.yaml`: No such file or directory (os error 2)
    "]],
    );
}

#[test]
fn the_config_names_the_ako_that_is_predicted_for() {
    let setting = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: seg}\n\
                   spec: {network: {vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]}}\n";
    let at = folder("ako-version", &[("seg.yaml", setting), (".akoplan.yaml", "akoVersion: 1.10.3\n")]);
    expect_places(
        &at,
        &["seg.yaml"],
        &expect![[r#"
            exit 1
            error AKP706 seg.yaml:1
        "#]],
    );
    fs::remove_file(at.join(".akoplan.yaml")).unwrap();
    assert_eq!(check(&at, &["seg.yaml"], "").0, 0);
}

#[test]
fn what_is_ignored_is_counted_and_what_ignores_nothing_is_told() {
    let config =
        "ignore:\n- code: unknown-field\n  path: 'apps/**'\n  reason: of old\n- {code: AKP501, reason: none}\n";
    let annotated = SERVICE.replace("name: web", "name: web, annotations: {akoplan/ignore: AKP901 AKP501}");
    let at = folder("ignore", &[("apps/web.yaml", &annotated), (".akoplan.yaml", config)]);
    expect_places(
        &at,
        &["apps"],
        &expect![[r"
        exit 0
        warning AKP990 apps/web.yaml:3
        warning AKP991 apps/web.yaml:3
        note: 1 finding is ignored by an annotation
        note: 1 finding is ignored by the config
        note: .akoplan.yaml:5: AKP501 ignores nothing
    "]],
    );
}

#[test]
fn a_baseline_is_written_read_and_compared() {
    let at = folder("baseline", &[("a.yaml", GATEWAY), ("b.yaml", SERVICE)]);
    let (code, out, err) = check(&at, &[".", "--write-baseline", "known.json"], "");
    assert_eq!((code, out.as_str()), (0, ""));
    expect![[r"
        note: `known.json` now knows 3 findings
        note: 3 findings are hidden by the baseline
    "]]
    .assert_eq(&err);
    // In the folder that is checked it is no manifest, and moved lines make no difference.
    fs::write(at.join("a.yaml"), format!("# moved\n\n{GATEWAY}")).unwrap();
    fs::write(at.join("b.yaml"), SERVICE.replace("typ: x, ", "")).unwrap();
    fs::write(at.join("c.yaml"), SERVICE.replace("web", "new")).unwrap();
    expect_places(
        &at,
        &[".", "--baseline", "known.json", "--fail-on", "warning"],
        &expect![[r#"
            exit 1
            info AKP901 c.yaml:3
            error AKP101 c.yaml:4
            note: 2 findings are hidden by the baseline
            note: in the baseline and gone: AKP101 Service/default/web spec.typ: `spec` has no field `typ`, did you mean `type`? (02ed828232cce8d5)
        "#]],
    );
    // The config names it from where the config is.
    fs::create_dir(at.join("ci")).unwrap();
    fs::rename(at.join("known.json"), at.join("ci/known.json")).unwrap();
    fs::write(at.join("ci/akoplan.yaml"), "baseline: known.json\n").unwrap();
    let (code, _, err) = check(&at, &["a.yaml", "--config", "ci/akoplan.yaml"], "");
    assert_eq!(code, 0);
    assert!(err.starts_with("note: 1 finding is hidden by the baseline\n"), "{err}");
    fs::write(at.join("ci/known.json"), "{}").unwrap();
    expect_places(
        &at,
        &["a.yaml", "--baseline", "ci/known.json"],
        &expect![[r"
        exit 2
        error: `ci/known.json`: this is no baseline: missing field `version` at line 1 column 2
    "]],
    );
    assert_eq!(check(&at, &["a.yaml", "--baseline", "none.json"], "").0, 2);
}

#[test]
fn a_chart_from_a_pipe_names_its_templates() {
    let rendered = format!("---\n# Source: chart/templates/gateway.yaml\n{GATEWAY}");
    let at = folder("pipe", &[]);
    let (code, out, _) = check(&at, &["-"], &rendered);
    assert_eq!((code, out.lines().nth(1)), (1, Some(" --> <stdin>:6:26 (from chart/templates/gateway.yaml)")));
    let (_, out, _) = check(&at, &["-", "--format", "github"], &rendered);
    assert!(out.starts_with("::error file=chart/templates/gateway.yaml,title=akoplan AKP301::"), "{out}");
    assert!(out.contains(" (line 6, column 26 of what was rendered)%0A"), "{out}");
    // A config can ignore by template.
    let config = "ignore: [{code: AKP301, path: chart/templates, reason: the class is elsewhere}]\n";
    fs::write(at.join(".akoplan.yaml"), config).unwrap();
    let (code, out, err) = check(&at, &["-"], &rendered);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "note: 1 finding is ignored by the config\n"));
}
