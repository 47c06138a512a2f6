//! The command line as people call it: what it prints, where, and its exit code.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::{Expect, expect, expect_file};

const GATEWAY_WITHOUT_CLASS: &str = "\
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: gw, namespace: default}
spec: {gatewayClassName: missing, listeners: []}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: other}
spec: {controller: ako.vmware.com/avi-lb}
";
const GOOD: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n";

struct Answer {
    code: i32,
    out: String,
    err: String,
}

/// Runs akoplan in the folder of this package.
fn akoplan(arguments: &[&str]) -> Answer {
    run(arguments, Path::new(env!("CARGO_MANIFEST_DIR")), b"")
}

fn run(arguments: &[&str], folder: &Path, input: &[u8]) -> Answer {
    let mut process = Command::new(env!("CARGO_BIN_EXE_akoplan"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Commands that read no input may be gone already.
    let _ = process.stdin.take().unwrap().write_all(input);
    let output = process.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn piped(arguments: &[&str], input: &str) -> Answer {
    run(arguments, Path::new(env!("CARGO_MANIFEST_DIR")), input.as_bytes())
}

/// An empty folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

#[track_caller]
fn expect_call(arguments: &[&str], folder: &Path, input: &str, expected: &Expect) {
    let Answer { code, out, err } = run(arguments, folder, input.as_bytes());
    let part = |title: &str, text: &str| if text.is_empty() { String::new() } else { format!("{title}:\n{text}") };
    expected.assert_eq(&format!("exit {code}\n{}{}", part("out", &out), part("err", &err)));
}

#[test]
fn the_clean_example_is_silent() {
    let answer = akoplan(&["check", "static/examples/clean", "--fail-on", "warning"]);
    assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (0, "", ""));
}

#[test]
fn the_mistaken_example_is_told() {
    let answer = akoplan(&["check", "static/examples/mistakes"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    expect_file!["golden/mistakes.txt"].assert_eq(&answer.out);
    let answer = akoplan(&["check", "static/examples/mistakes", "--format", "json"]);
    assert_eq!(answer.code, 1);
    expect_file!["golden/mistakes.json"].assert_eq(&answer.out);
}

#[test]
fn predictions_of_the_examples() {
    for example in ["clean", "mistakes"] {
        let path = format!("static/examples/{example}");
        let answer = akoplan(&["predict", &path]);
        expect_file![format!("golden/{example}.predict.txt")].assert_eq(&(answer.out + &answer.err));
        let answer = akoplan(&["predict", &path, "--format", "json"]);
        let value: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        assert!(value.get("virtualServices").is_some_and(serde_json::Value::is_object));
    }
}

#[test]
fn what_a_change_means() {
    let folders = ["static/examples/clean", "static/examples/mistakes"];
    let answer = akoplan(&["diff", folders[0], folders[1]]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    expect_file!["golden/clean_to_mistakes.diff.txt"].assert_eq(&answer.out);
    let answer = akoplan(&["diff", folders[1], folders[0], "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(answer.code, 0, "what is mended is no error");
    assert_eq!(value["introduced"].as_array().map(Vec::len), Some(0));
    assert!(value["fixed"].as_array().is_some_and(|fixed| fixed.len() > 5));
    let same = akoplan(&["diff", folders[0], folders[0]]);
    assert_eq!((same.code, same.out.as_str()), (0, ""));
}

#[test]
fn a_file_against_another_file_is_the_same_file() {
    let folder = folder("diff");
    write(&folder, &[("old.yaml", GOOD), ("new.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: blue\n")]);
    let expected = expect![[r#"
        exit 0
        out:
        objects:
          + Namespace/blue
          - Namespace/red

        --- new.yaml
        +++ new.yaml
        @@ -2,3 +2,3 @@
         kind: Namespace
         metadata:
        -  name: red
        +  name: blue
    "#]];
    expect_call(&["diff", "old.yaml", "new.yaml"], &folder, "", &expected);
}

#[test]
fn exit_codes() {
    let warning = "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: default}\nspec: {ports: [{port: 80}], typ: ClusterIP}\n";
    assert_eq!(piped(&["check", "-"], GOOD).code, 0);
    assert_eq!(piped(&["check", "-"], GATEWAY_WITHOUT_CLASS).code, 1);
    assert_eq!(piped(&["check", "-", "--format", "json"], GATEWAY_WITHOUT_CLASS).code, 1);
    assert_eq!(piped(&["check", "-", "--fail-on", "warning"], warning).code, 1);
    assert_eq!(piped(&["check", "-"], "a: [\n").code, 1, "what does not parse counts");
    assert_eq!(piped(&["predict", "-"], "a: [\n").code, 1);
    assert_eq!(piped(&["predict", "-"], GATEWAY_WITHOUT_CLASS).code, 0);
    assert_eq!(akoplan(&["rules"]).code, 0);
    assert_eq!(akoplan(&["explain", "AKP301"]).code, 0);
    assert_eq!(akoplan(&["--version"]).code, 0);
    assert_eq!(akoplan(&["--help"]).code, 0);
    for wrong in [&[][..], &["check"], &["check", "--format", "xml", "-"], &["chek", "-"], &["export", "-"]] {
        assert_eq!(akoplan(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn what_ako_says_is_explained() {
    let at = folder("explained");
    expect_call(
        &["explain", "Incorrect gateway matchLabels configuration"],
        &at,
        "",
        &expect![[r#"
        exit 0
        out:
        Incorrect gateway matchLabels configuration
          = where: Gateway `status.conditions`, reason InvalidMatchLabels
          = means: A listener's selector does not carry both labels `ako.vmware.com/gateway-name` and `ako.vmware.com/gateway-namespace` with the name and namespace of this Gateway. AKO makes no virtual service for the whole Gateway.
          = field: Gateway `spec.listeners[].routes.selector.matchLabels`
          = fix: Give every listener both labels with the Gateway's own name and namespace.
          = rule: AKP309
          = source: AKO 2.2.1 internal/k8s/services_api.go, ValidateGatewayObj
    "#]],
    );
    expect_call(
        &["explain", "-"],
        &at,
        "status:\n  error: 'network \"oam\"\n    not found on controller'\n",
        &expect![[r#"
            exit 0
            out:
            network "oam" not found on controller
              = where: AviInfraSetting `status.error`
              = means: The Avi Controller has no network of this name or UUID in AKO's cloud. AKO rejects the setting, and what uses it lands on the global network.
              = field: AviInfraSetting `spec.network.vipNetworks[].networkName`
              = fix: Correct the name, or make the network on the controller and touch the setting.
              = rule: AKP315
              = source: AKO 2.2.1 internal/k8s/crdcontroller.go, checkRefsOnController
        "#]],
    );
    expect_call(
        &["explain", "all is well"],
        &at,
        "",
        &expect![[r#"
        exit 2
        err:
        error: `all is well` is neither a rule nor a message of AKO that is known here; `akoplan rules` lists the rules
    "#]],
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    let at = folder("unreadable");
    write(&at, &[("notes.txt", "x"), ("empty/notes.txt", "x"), ("good.yaml", GOOD)]);
    expect_call(
        &["check", "missing.yaml", "good.yaml", "also-missing"],
        &at,
        "",
        &expect![[r#"
        exit 2
        err:
        error: cannot read `missing.yaml`: No such file or directory (os error 2)
        error: cannot read `also-missing`: No such file or directory (os error 2)
    "#]],
    );
    expect_call(
        &["check", "empty"],
        &at,
        "",
        &expect![[r#"
        exit 2
        err:
        error: no *.yaml, *.yml or *.json in `empty`
    "#]],
    );
    expect_call(
        &["explain", "AKP000"],
        &at,
        "",
        &expect![[r#"
        exit 2
        err:
        error: there is no rule `AKP000`; `akoplan rules` lists all
    "#]],
    );
    expect_call(
        &["export", "good.yaml", "--out", "good.yaml"],
        &at,
        "",
        &expect![[r#"
        exit 2
        err:
        error: cannot write `good.yaml/README.md`: File exists (os error 17)
    "#]],
    );
}

#[test]
fn folders_are_walked_by_name() {
    let at = folder("walk");
    let named = |name: &str| GATEWAY_WITHOUT_CLASS.replace("name: gw", &format!("name: {name}"));
    write(
        &at,
        &[
            ("b/z.yml", &named("b-z")),
            ("b/a.YAML", &named("b-a")),
            ("a.yaml", &named("a")),
            ("c.json", "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"red\"}}"),
            ("b/.hidden.yaml", &named("hidden")),
            (".git/x.yaml", &named("git")),
            ("note.txt", &named("text")),
        ],
    );
    let files = |arguments: &[&str]| {
        let answer = run(arguments, &at, b"");
        let found: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        let files =
            found["findings"].as_array().unwrap().iter().map(|finding| finding["file"].as_str().unwrap().to_owned());
        let mut files: Vec<String> = files.collect();
        files.dedup();
        files
    };
    assert_eq!(files(&["check", "--format", "json", "."]), ["a.yaml", "b/a.YAML", "b/z.yml"]);
    assert_eq!(files(&["check", "--format", "json", "b", "a.yaml", "./b/a.YAML"]), ["b/a.YAML", "b/z.yml", "a.yaml"]);
}

#[test]
fn standard_input_is_a_file() {
    expect_call(
        &["check", "-"],
        Path::new("/"),
        GATEWAY_WITHOUT_CLASS,
        &expect![[r#"
            exit 1
            out:
            error[AKP301]: no GatewayClass is called `missing`
             --> <stdin>:4:26
              |
            4 | spec: {gatewayClassName: missing, listeners: []}
              |                          ^^^^^^^
              = effect: AKO makes no virtual service for this Gateway and reports `Scheduled: True`, reason `InvalidGatewayClass`
              = help: name an existing GatewayClass, or define this one

            1 error
        "#]],
    );
}

#[test]
fn colours_are_for_terminals() {
    // `script` of util-linux gives the process a terminal.
    let on_terminal = |variables: &[(&str, &str)]| {
        let command = format!("{} check static/examples/mistakes", env!("CARGO_BIN_EXE_akoplan"));
        let mut script = Command::new("script");
        script.args(["-qec", &command, "/dev/null"]).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("NO_COLOR");
        let output = script.env("TERM", "xterm").envs(variables.iter().copied()).stdin(Stdio::null()).output().ok()?;
        output.status.code().map(|_| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert!(!akoplan(&["check", "static/examples/mistakes"]).out.contains('\u{1b}'), "a pipe is no terminal");
    let Some(coloured) = on_terminal(&[]) else {
        assert!(std::env::var_os("CI").is_none(), "script of util-linux is missing");
        return eprintln!("skipped: no script (util-linux)");
    };
    assert!(coloured.contains("\u{1b}[1;31merror[AKP"), "{coloured}");
    for without in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let plain = on_terminal(&[without]).unwrap();
        assert!(plain.contains("error[AKP") && !plain.contains('\u{1b}'), "{without:?}: {plain}");
    }
}

#[test]
fn json_has_the_agreed_members() {
    let answer = piped(&["check", "-", "--format", "json"], GATEWAY_WITHOUT_CLASS);
    let found: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(found["version"], 1);
    let members: Vec<&str> = found["findings"][0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        members.join(" "),
        "code severity file start end template object path message effect help fixes asks related fingerprint"
    );
}

#[test]
fn odd_encodings_are_told() {
    let at = folder("encodings");
    std::fs::write(at.join("latin1.yaml"), b"# caf\xE9\napiVersion: v1\nkind: Namespace\nmetadata: {name: red}\n")
        .unwrap();
    expect_call(
        &["check", "latin1.yaml"],
        &at,
        "",
        &expect![[r#"
        exit 0
        err:
        warning: `latin1.yaml` is neither UTF-8 nor UTF-16; bytes that are no text are shown as �
    "#]],
    );
    expect_call(
        &["export", "latin1.yaml", "--out", "out"],
        &at,
        "",
        &expect![[r#"
        exit 2
        err:
        error: `latin1.yaml` is neither UTF-8 nor UTF-16: save it as UTF-8 first
    "#]],
    );
    assert!(!at.join("out").exists());
}

#[test]
fn a_reader_that_leaves_is_no_mistake() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_akoplan"))
        .args(["check", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let many = format!("{GATEWAY_WITHOUT_CLASS}---\n").repeat(500);
    process.stdin.take().unwrap().write_all(many.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn repair_prints_the_text_and_says_what_it_did() {
    let damaged = "Some words about it.\napiVersion: v1\nkind: Namespace\nmetadata:\nname: red\n";
    let answer = piped(&["repair", "-"], damaged);
    assert_eq!((answer.code, answer.out.as_str()), (0, GOOD));
    expect![[r#"
        <stdin>:1: prose: a line of text for people, no YAML
          - Some words about it.
        <stdin>:5: lost indentation: `Namespace red`: 1 line gets its indentation back, by the fields of its kind
          - name: red
          +   name: red
    "#]]
    .assert_eq(&answer.err);
    let folder = folder("repair");
    std::fs::write(folder.join("a.yaml"), damaged).unwrap();
    let answer = run(&["repair", "a.yaml", "--write"], &folder, b"");
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(folder.join("a.yaml")).unwrap(), GOOD);
    let answer = run(&["repair", "a.yaml"], &folder, b"");
    assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (0, GOOD, ""), "what is well stays");
    let answer = piped(&["repair", "-"], "a: [\n");
    assert_eq!((answer.code, answer.out.as_str()), (1, "a: [\n"));
}

#[test]
fn archives_are_read_like_folders() {
    use akoplan::text::SourceFile;
    let folder = folder("archives");
    let files = [
        SourceFile::new("good.yaml", GOOD),
        SourceFile::new("../bad.yaml", GATEWAY_WITHOUT_CLASS),
        SourceFile::new("notes.txt", "words"),
    ];
    let mut archive = akoplan::export::zip(&files);
    std::fs::write(folder.join("all.zip"), &archive).unwrap();
    let answer = run(&["check", "all.zip"], &folder, b"");
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    assert!(answer.out.contains("all.zip/bad.yaml:4:"), "{}", answer.out);
    // Damage in the second file: its first letters, as they stand in the archive.
    let place = archive.windows(11).position(|part| part == b"../bad.yaml").unwrap();
    archive[place + 15] ^= 0xFF;
    std::fs::write(folder.join("all.zip"), &archive).unwrap();
    expect_call(
        &["check", "all.zip"],
        &folder,
        "",
        &expect![[r#"
            exit 0
            err:
            warning: not read: `all.zip/bad.yaml`: it is damaged: it does not unpack to what the archive says of it
        "#]],
    );
    std::fs::write(folder.join("all.zip"), &archive[..archive.len() - 30]).unwrap();
    assert_eq!(run(&["check", "all.zip"], &folder, b"").code, 2);
    std::fs::write(folder.join("one.zip"), akoplan::export::zip(&files[..1])).unwrap();
    assert_eq!(run(&["repair", "--write", "one.zip"], &folder, b"").code, 2);
    assert_eq!(std::fs::read(folder.join("one.zip")).unwrap(), akoplan::export::zip(&files[..1]));
}
