//! `akoplan export` as people call it: where files go, what becomes of those of an earlier export, and their names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use akoplan::analysis::analyse;
use akoplan::export::layout::{Choice, Layout, make};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use expect_test::{Expect, expect, expect_file};

const GOOD: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n";
const BLUE: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: blue\n";
const SERVICE: &str =
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\nspec:\n  ports:\n  - port: 80\n";

struct Answer {
    code: i32,
    out: String,
    err: String,
}

/// Runs akoplan in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_akoplan")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
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

/// Names of all files below a folder but the listing, sorted.
fn names(folder: &Path) -> BTreeSet<String> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if !path.ends_with(".akoplan-export") {
                found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(folder, folder, &mut found);
    found
}

#[track_caller]
fn expect_call(folder: &Path, arguments: &[&str], expected: &Expect) {
    let Answer { code, out, err } = run(folder, arguments);
    let part = |title: &str, text: &str| if text.is_empty() { String::new() } else { format!("{title}:\n{text}") };
    expected.assert_eq(&format!("exit {code}\n{}{}", part("out", &out), part("err", &err)));
}

#[test]
fn an_export_is_written_and_checks_the_same() {
    let at = folder("export");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/examples/clean");
    let example = example.to_str().unwrap();
    let answer = run(&at, &["export", example, "--out", "bundle"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    for line in answer.out.lines() {
        assert!(at.join(line).is_file(), "{line}");
    }
    let settings = format!("{example}/akoplan.yaml");
    let answer = run(&at, &["check", "bundle", &settings]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
}

#[test]
fn files_are_exported_as_they_came_and_without_what_the_server_wrote() {
    const OTHER: &str = "kind: Other\napiVersion: example.com/v1\nmetadata: {name: a} # b\n";
    let at = folder("export-files");
    let printed = "apiVersion: v1 # as printed\r\nkind: Namespace\r\nmetadata:\r\n  name: red\r\n  uid: 0-1\r\nstatus:\r\n  phase: Active\r\n";
    write(&at, &[("in/a/red.yaml", printed), ("in/other.yml", OTHER)]);
    let read = |name: &str| std::fs::read_to_string(at.join(name)).unwrap();
    let answer = run(&at, &["export", "in", "--out", "same", "--layout", "files"]);
    assert_eq!((answer.code, answer.err.as_str(), answer.out.lines().count()), (0, "", 2));
    assert_eq!((read("same/in/a/red.yaml").as_str(), read("same/in/other.yml").as_str()), (printed, OTHER));
    let answer = run(&at, &["export", "in", "--out", "clean", "--layout", "files", "--without-server-fields"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let clean = "apiVersion: v1 # as printed\r\nkind: Namespace\r\nmetadata:\r\n  name: red\r\n";
    assert_eq!((read("clean/in/a/red.yaml").as_str(), read("clean/in/other.yml").as_str()), (clean, OTHER));
    let answer = run(&at, &["export", "in", "--out", "bundle", "--without-server-fields"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let header = "# akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.\r\n";
    assert_eq!(read("bundle/platform/00-namespace-red.yaml"), format!("{header}{clean}"));
}

#[test]
fn what_people_have_to_know_of_an_export_is_said_once_it_is_made() {
    let at = folder("warnings");
    let live =
        format!("{SERVICE}---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n  resourceVersion: \"7\"\n");
    write(&at, &[("live.yaml", &live), ("values.yaml", "AKOSettings: {}\navicredentials: {password: hush}\n")]);
    let told = |more: &[&str]| {
        let answer = run(&at, &[&["export", "live.yaml", "values.yaml", "--overwrite"], more].concat());
        assert_eq!(answer.code, 0, "{}", answer.err);
        let words = ["API server wrote", "reads the secrets", "no link", "avicredentials` of AKO"];
        words.map(|word| answer.err.lines().filter(|line| line.starts_with("warning: ") && line.contains(word)).count())
    };
    assert_eq!(told(&["--out", "a"]), [1, 0, 0, 1]);
    assert_eq!(told(&["--out", "a", "--without-server-fields"]), [0, 0, 0, 1]);
    assert_eq!(told(&["--out", "a", "--link", "https://example.com/"]), [1, 1, 0, 1]);
    assert_eq!(told(&["--out", "b", "--layout", "kit", "--link", "https://example.com/"]), [1, 0, 1, 1]);
    assert_eq!(told(&["--out", "c", "--layout", "files"]), [0, 0, 0, 0]);
    for (layout, page) in
        [("kit", "APPLY.md"), ("helm", "charts/README.md"), ("kustomize", "README.md"), ("argocd", "README.md")]
    {
        for without in [&[][..], &["--without-server-fields"]] {
            told(&[&["--out", layout, "--layout", layout], without].concat());
            let text = std::fs::read_to_string(at.join(layout).join(page)).unwrap();
            assert_eq!(text.contains("--without-server-fields"), without.is_empty(), "{layout}: {text}");
        }
    }
}

#[test]
fn every_layout_of_the_table_is_written_as_the_core_makes_it() {
    let at = folder("layouts");
    let inside = |file: SourceFile| SourceFile::new(format!("in/{}", file.name), file.text);
    let mut files: Vec<SourceFile> = akoplan::examples::clean().into_iter().map(inside).collect();
    files.sort_by_key(|file| file.name.clone());
    for file in &files {
        write(&at, &[(&file.name, &file.text)]);
    }
    let workspace = Workspace::new(&files);
    let analysis = analyse(&workspace);
    for layout in Layout::ALL {
        let out = layout.about().id;
        let answer = run(&at, &["export", "in", "--out", out, "--layout", out]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{out}");
        let made = make(&workspace, &analysis, Choice::of(layout), "");
        let names: Vec<String> = made.files.iter().map(|file| format!("{out}/{}", file.name)).collect();
        assert_eq!(answer.out.lines().collect::<Vec<_>>(), names);
        for file in &made.files {
            let written = std::fs::read_to_string(at.join(out).join(&file.name)).unwrap();
            assert_eq!(written, *file.text, "{}", file.name);
        }
        assert!(run(&at, &["export", "--help"]).out.contains(&format!("- {out}:")));
    }
    assert_eq!(run(&at, &["export", "in", "--out", "other", "--layout", "other"]).code, 2);
}

/// The same page as `export::kit` makes in its own tests, where the files stand in another order.
#[test]
fn kits_of_the_examples_are_made_from_their_folders() {
    for example in ["clean", "mistakes"] {
        let at = folder(&format!("kit-{example}"));
        let (kit, example_folder) = (at.join("kit"), Path::new(env!("CARGO_MANIFEST_DIR")).join("static/examples"));
        let answer =
            run(&example_folder.join(example), &["export", ".", "--layout", "kit", "--out", kit.to_str().unwrap()]);
        // What cannot be read cannot be exported.
        assert_eq!(answer.code, i32::from(example == "mistakes"), "{}", answer.err);
        let page = std::fs::read_to_string(kit.join("APPLY.md")).unwrap();
        expect_file![format!("golden/{example}.apply.md")].assert_eq(&page);
    }
}

#[test]
fn a_second_export_takes_away_what_it_no_longer_makes() {
    let at = folder("export-again");
    write(&at, &[("in/red.yaml", GOOD), ("in/blue.yaml", BLUE), ("in/web.yaml", SERVICE)]);
    let first = run(&at, &["export", "in", "--layout", "kit", "--out", "out"]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    let listing = std::fs::read_to_string(at.join("out/.akoplan-export")).unwrap();
    std::fs::remove_file(at.join("in/web.yaml")).unwrap();
    expect_call(
        &at,
        &["export", "in", "--layout", "kit", "--out", "out"],
        &expect![[r#"
        exit 0
        out:
        out/APPLY.md
        out/platform/00-namespace-blue.yaml
        out/platform/00-namespace-red.yaml
        err:
        removed: `out/apps/red/60-service-web.yaml` is from an earlier export and no longer part of it
        1 written, 2 as they were, 1 removed, 0 left
    "#]],
    );
    // With the folder that is empty now.
    assert!(!at.join("out/apps").exists());
    write(&at, &[("in/web.yaml", SERVICE)]);
    assert_eq!(run(&at, &["export", "in", "--layout", "kit", "--out", "out"]).code, 0);
    assert_eq!(std::fs::read_to_string(at.join("out/.akoplan-export")).unwrap(), listing);
}

#[test]
fn what_people_put_beside_an_export_or_changed_stays() {
    let at = folder("export-changed");
    write(&at, &[("in/red.yaml", GOOD), ("in/blue.yaml", BLUE), ("in/web.yaml", SERVICE)]);
    assert_eq!(run(&at, &["export", "in", "--out", "out"]).code, 0);
    let mine = format!("{GOOD}# mine\n");
    write(
        &at,
        &[
            ("out/platform/00-namespace-red.yaml", &mine),
            ("out/apps/red/60-service-web.yaml", "# mine\n"),
            ("out/platform/99-mine.yaml", "# mine\n"),
            ("out/notes.txt", "mine"),
        ],
    );
    std::fs::remove_file(at.join("in/web.yaml")).unwrap();
    expect_call(
        &at,
        &["export", "in", "--out", "out"],
        &expect![[r#"
        exit 1
        out:
        out/README.md
        out/platform/00-namespace-blue.yaml
        err:
        warning: left: `out/apps/red/60-service-web.yaml` is from an earlier export and was changed since: it stays, delete it where it is not wanted
        warning: left: `out/platform/00-namespace-red.yaml` was changed since an export wrote it and stays so; --overwrite writes this export's
        warning: left: `out/platform/99-mine.yaml` is not from an export and stays: what applies its folder applies it, too
        1 written, 1 as they were, 0 removed, 3 left
    "#]],
    );
    let read = |name: &str| std::fs::read_to_string(at.join("out").join(name)).unwrap();
    assert_eq!(read("platform/00-namespace-red.yaml"), mine);
    let answer = run(&at, &["export", "in", "--out", "out", "--overwrite"]);
    assert_eq!((answer.code, answer.err.lines().last()), (0, Some("1 written, 2 as they were, 0 removed, 2 left")));
    assert_eq!(
        read("platform/00-namespace-red.yaml"),
        format!("# akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.\n{GOOD}")
    );
    assert_eq!((read("platform/99-mine.yaml").as_str(), read("notes.txt").as_str()), ("# mine\n", "mine"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_outside_the_folder() {
    let at = folder("export-outside");
    write(&at, &[("in/red.yaml", GOOD), ("else/00-namespace-old.yaml", GOOD), ("precious.yaml", GOOD)]);
    let digest = "0".repeat(40);
    write(
        &at,
        &[("out/.akoplan-export", &format!("{digest}  ../precious.yaml\n{digest}  platform/00-namespace-old.yaml\n"))],
    );
    std::os::unix::fs::symlink("../else", at.join("out/platform")).unwrap();
    let answer = run(&at, &["export", "in", "--out", "out", "--overwrite"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("left: `out/platform/00-namespace-red.yaml` is no plain file"), "{}", answer.err);
    assert_eq!(names(&at.join("else")), BTreeSet::from(["00-namespace-old.yaml".to_owned()]));
    assert!(at.join("precious.yaml").exists());
}

#[test]
fn an_earlier_export_is_no_part_of_the_next_one() {
    let at = folder("export-inside");
    write(&at, &[("red.yaml", GOOD), ("web.yaml", SERVICE)]);
    let first = run(&at, &["export", ".", "--out", "out"]);
    let again = run(&at, &["export", ".", "--out", "out"]);
    assert_eq!((first.code, first.out), (again.code, again.out));
    assert_eq!(again.err, "not read: `out`, an earlier export\n0 written, 3 as they were, 0 removed, 0 left\n");
    // Asked for itself it is read, and what was read stays.
    let inside = run(&at, &["export", "out/platform", "--out", "out", "--layout", "single"]);
    assert!(inside.err.contains("left: `out/platform/00-namespace-red.yaml` is from an earlier export and was read"));
    assert_eq!(names(&at.join("out")).len(), 2, "{:?}", names(&at.join("out")));
}

#[test]
fn the_listing_is_nothing_that_is_read_or_applied() {
    let at = folder("export-listing");
    write(&at, &[("red.yaml", GOOD)]);
    assert_eq!(run(&at, &["export", "red.yaml", "--out", "out"]).code, 0);
    let answer = run(&at, &["check", "out", "--format", "json", "--fail-on", "info"]);
    assert_eq!((answer.code, answer.out.contains(".akoplan-export")), (0, false), "{}", answer.out);
}

#[test]
fn nothing_of_the_machine_s_paths_gets_into_an_export() {
    const BROKEN: &str = "a: [\n";
    let at = folder("export-absolute");
    let at = std::fs::canonicalize(at).unwrap();
    write(&at, &[("in/a/red.yaml", GOOD), ("in/broken.yaml", BROKEN)]);
    for file in akoplan::examples::clean() {
        write(&at, &[(&format!("in/{}", file.name), &file.text)]);
    }
    let wanted: BTreeSet<String> = names(&at.join("in"));
    let input = at.join("in");
    let input = input.to_str().unwrap();
    for layout in Layout::ALL {
        let out = layout.about().id;
        let link = ["--link", "https://example.com/"];
        let link = if layout.takes_link() { &link[..] } else { &[] };
        let answer = run(&at, &[&["export", input, "--out", out, "--layout", out], link].concat());
        assert_eq!(answer.code, 1, "a file is broken: {}", answer.err);
        for name in names(&at.join(out)) {
            let text = std::fs::read_to_string(at.join(out).join(&name)).unwrap();
            assert!(!text.contains(at.to_str().unwrap()), "{name}: {text}");
            if let Some(link) = text.split("https://example.com/#/share/").nth(1) {
                let link = link.split(|letter: char| letter == '`' || letter.is_whitespace()).next().unwrap();
                let Ok(akoplan::share::Link::Plain(content)) = akoplan::share::read(link) else { panic!("{link}") };
                let shared: BTreeSet<String> = content.files.into_iter().map(|file| file.name).collect();
                assert_eq!(shared, wanted);
            }
        }
        // On the terminal places are as they were typed.
        let place = format!("left out: {input}/broken.yaml:1: ");
        assert_eq!(answer.err.contains(&place), answer.err.contains("left out: "), "{}", answer.err);
    }
    assert_eq!(names(&at.join("files")), wanted);
    let readme = std::fs::read_to_string(at.join("manifests/README.md")).unwrap();
    assert!(readme.contains("- `broken.yaml`, line 1: "), "{readme}");
}

#[test]
fn a_kit_beside_an_earlier_state_deletes_what_is_gone() {
    let at = folder("export-from");
    write(&at, &[("old/red.yaml", GOOD), ("old/web.yaml", SERVICE), ("new/red.yaml", GOOD)]);
    let answer = run(&at, &["export", "new", "--layout", "kit", "--from", "old", "--out", "out"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let page = std::fs::read_to_string(at.join("out/APPLY.md")).unwrap();
    assert!(page.contains("\nkubectl delete --ignore-not-found -n red service web\n"), "{page}");
    let answer = run(&at, &["export", "new", "--from", "old", "--out", "other"]);
    assert_eq!((answer.code, at.join("other").exists()), (2, false));
    assert!(answer.err.contains("--from goes with --layout kit"), "{}", answer.err);
}
