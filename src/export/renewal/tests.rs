//! What an export does in a folder where something stands.

use std::collections::BTreeMap;

use super::*;

/// A folder by its files' names.
type Folder = BTreeMap<String, String>;

fn files(all: &[(&str, &str)]) -> Vec<SourceFile> {
    all.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect()
}

fn standing(folder: &Folder) -> impl Fn(&str) -> Standing {
    |name| match folder.get(name) {
        Some(text) => Standing::File { bytes: text.clone().into_bytes(), is_source: text.contains("source") },
        None => Standing::Nothing,
    }
}

/// Exports into a folder, and says what was left: `name: why`.
fn export(folder: &mut Folder, made: &[(&str, &str)], overwrite: bool) -> (Renewal, Vec<String>) {
    let files = files(made);
    let earlier = Listing::parse(folder.get(LISTING_FILE).map_or("", String::as_str));
    let plan = Renewal::plan(&files, &earlier, overwrite, standing(folder));
    for name in &plan.remove {
        folder.remove(name);
    }
    for at in &plan.write {
        folder.insert(files[*at].name.clone(), files[*at].text.to_string());
    }
    folder.insert(LISTING_FILE.to_owned(), plan.listing.to_string());
    let kept = plan.kept.iter().map(|kept| format!("{}: {:?} {}", kept.name, kept.why, kept.is_wanted)).collect();
    (plan, kept)
}

fn names(folder: &Folder) -> Vec<&str> {
    folder.keys().map(String::as_str).filter(|name| *name != LISTING_FILE).collect()
}

#[test]
fn what_is_no_longer_made_goes_and_what_is_the_same_stays() {
    let mut folder = Folder::new();
    export(&mut folder, &[("README.md", "1"), ("platform/10-a.yaml", "a"), ("platform/10-b.yaml", "b")], false);
    let first = folder.clone();
    let (plan, kept) = export(&mut folder, &[("README.md", "2"), ("platform/10-a.yaml", "a")], false);
    assert_eq!((plan.remove.as_slice(), kept.len()), (&["platform/10-b.yaml".to_owned()][..], 0));
    assert_eq!((plan.write, plan.same), (vec![0], vec![1]));
    assert_eq!(names(&folder), ["README.md", "platform/10-a.yaml"]);
    // And back: the same files, the same listing.
    export(&mut folder, &[("platform/10-b.yaml", "b"), ("README.md", "1"), ("platform/10-a.yaml", "a")], false);
    assert_eq!(folder, first);
}

#[test]
fn what_people_changed_or_put_there_stays_and_is_told() {
    let made = [("apps/a.yaml", "a"), ("apps/b.yaml", "b"), ("apps/c.yaml", "c")];
    let mut folder = Folder::new();
    folder.insert("apps/c.yaml".to_owned(), "mine".to_owned());
    folder.insert("apps/d.yaml".to_owned(), "mine".to_owned());
    let (plan, kept) = export(&mut folder, &made, false);
    assert_eq!((kept, plan.is_whole()), (vec!["apps/c.yaml: Foreign true".to_owned()], false));
    folder.insert("apps/a.yaml".to_owned(), "by hand".to_owned());
    folder.insert("apps/b.yaml".to_owned(), "by hand".to_owned());
    let (_, kept) = export(&mut folder, &[("apps/a.yaml", "new")], false);
    assert_eq!(kept, ["apps/b.yaml: Changed false", "apps/a.yaml: Changed true"]);
    assert_eq!(names(&folder), ["apps/a.yaml", "apps/b.yaml", "apps/c.yaml", "apps/d.yaml"]);
    assert_eq!((folder["apps/a.yaml"].as_str(), folder["apps/c.yaml"].as_str()), ("by hand", "mine"));
    // As it was when it was written it is the export's again.
    folder.insert("apps/b.yaml".to_owned(), "b".to_owned());
    let (plan, kept) = export(&mut folder, &[("apps/a.yaml", "new")], true);
    assert_eq!((plan.remove, kept.len()), (vec!["apps/b.yaml".to_owned()], 0));
    assert_eq!(folder["apps/a.yaml"], "new");
}

#[test]
fn what_stood_there_before_is_never_taken_away() {
    let mut folder = Folder::new();
    folder.insert("a.yaml".to_owned(), "a".to_owned());
    export(&mut folder, &[("a.yaml", "a")], false);
    let (plan, kept) = export(&mut folder, &[], false);
    assert_eq!((plan.remove.len(), kept.len(), names(&folder)), (0, 0, vec!["a.yaml"]));
    // Neither is what the export is made from.
    export(&mut folder, &[("b.yaml", "source")], false);
    let (plan, kept) = export(&mut folder, &[], true);
    assert_eq!((plan.remove.len(), kept), (0, vec!["b.yaml: Source false".to_owned()]));
}

#[test]
fn ends_of_lines_are_no_change() {
    let mut folder = Folder::new();
    export(&mut folder, &[("a.yaml", "a\nb\n"), ("b.yaml", "a\r\nb")], false);
    folder.insert("a.yaml".to_owned(), "a\r\nb\r\n".to_owned());
    folder.insert("b.yaml".to_owned(), "a\nb".to_owned());
    let (plan, kept) = export(&mut folder, &[], false);
    assert_eq!((plan.remove.len(), kept.len()), (2, 0));
    export(&mut folder, &[("a.yaml", "a\rb")], false);
    folder.insert("a.yaml".to_owned(), "a\nb".to_owned());
    assert_eq!(export(&mut folder, &[], false).1, ["a.yaml: Changed false"]);
}

#[test]
fn a_name_in_another_case_is_written_after_the_old_one_goes() {
    let mut folder = Folder::new();
    export(&mut folder, &[("A.yaml", "a")], false);
    let earlier = Listing::parse(&folder[LISTING_FILE]);
    // As a file system says it that knows no case.
    let plan = |made: &[(&str, &str)]| {
        Renewal::plan(&files(made), &earlier, false, |_| Standing::File { bytes: b"a".to_vec(), is_source: false })
    };
    for text in ["a", "b"] {
        let plan = plan(&[("a.yaml", text)]);
        assert_eq!((plan.remove, plan.write, plan.kept.len()), (vec!["A.yaml".to_owned()], vec![0], 0), "{text}");
    }
}

#[test]
fn no_name_leads_outside() {
    let digest = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8";
    let hostile = ["../a", "/a", "a/../../b", "C:/a", "..", "", LISTING_FILE, "a\\..\\..\\b", "./a", "a//b"];
    let lines = hostile.map(|name| format!("{digest}  {name}\n")).concat();
    assert_eq!(Listing::parse(&lines).names().count(), 0);
    assert_eq!(
        Listing::parse(&format!("{digest}  a b\n{digest} c\nxyz  d\n# e  f\n")).names().collect::<Vec<_>>(),
        ["a b"]
    );
    for name in hostile {
        let plan = Renewal::plan(&files(&[(name, "a")]), &Listing::default(), true, |_| Standing::Nothing);
        assert_eq!((plan.write.len(), plan.kept[0].why, plan.is_whole()), (0, Why::NoFile, false), "{name}");
    }
    let behind_a_link = |_: &str| Standing::Other;
    let earlier = Listing::parse(&format!("{digest}  a\n{digest}  b\n"));
    let plan = Renewal::plan(&files(&[("a", "a")]), &earlier, true, behind_a_link);
    assert_eq!((plan.remove.len(), plan.write.len(), plan.kept.len()), (0, 0, 2));
}

#[test]
fn a_call_that_was_cut_off_can_be_made_again() {
    let made = [("a.yaml", "new"), ("b.yaml", "new")];
    let mut folder = Folder::new();
    export(&mut folder, &[("a.yaml", "old"), ("b.yaml", "old"), ("c.yaml", "old")], false);
    let earlier = Listing::parse(&folder[LISTING_FILE]);
    let plan = Renewal::plan(&files(&made), &earlier, false, standing(&folder));
    folder.insert(LISTING_FILE.to_owned(), plan.meanwhile.to_string());
    folder.insert("a.yaml".to_owned(), "new".to_owned());
    let (plan, kept) = export(&mut folder, &made, false);
    assert_eq!((plan.write, plan.same, plan.remove.len(), kept.len()), (vec![1], vec![0], 1, 0));
    export(&mut folder, &[], false);
    assert!(names(&folder).is_empty());
}

#[test]
fn files_of_people_that_are_applied_along_are_told() {
    let made = files(&[("README.md", ""), ("platform/10-a.yaml", ""), ("charts/a/templates/a.yaml", "")]);
    let present = [
        "platform/mine.yaml",
        "platform/notes.md",
        "platform/10-a.yaml",
        "charts/a/templates/x.tpl",
        "charts/a/x.yaml",
    ];
    let present = present.map(str::to_owned);
    let told = |layout: Layout| {
        let mut plan = Renewal::plan(&made, &Listing::default(), false, |_| Standing::Nothing);
        plan.tell_foreign(layout, &made, &present);
        plan.kept.into_iter().map(|kept| kept.name).collect::<Vec<_>>()
    };
    assert_eq!(told(Layout::Kit), ["platform/mine.yaml", "charts/a/x.yaml"]);
    assert_eq!(told(Layout::Charts), ["charts/a/templates/x.tpl"]);
    assert!(told(Layout::Kustomize).is_empty() && told(Layout::Files).is_empty());
}

#[test]
fn a_listing_is_read_as_it_was_written() {
    let mut folder = Folder::new();
    export(&mut folder, &[("a b.yaml", "x"), ("ä.yaml", "")], false);
    let text = &folder[LISTING_FILE];
    assert_eq!(Listing::parse(text).to_string(), *text);
    assert!(text.starts_with("# ") && text.lines().count() == 3, "{text}");
}
