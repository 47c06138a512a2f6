//! Tests of what is decided about projects.

use proptest::prelude::*;

use super::*;
use crate::project;
use crate::text::SourceFile;
use crate::workspace::Workspace;

fn head(id: &str, name: &str, revision: u64, writer: &str) -> Head {
    Head { revision, writer: writer.to_owned(), saved: revision, ..Head::new(id, Some(name)) }
}

fn kept(name: &str, text: &str) -> Kept {
    Kept { head: head(name, name, 1, "a"), text: project::encode(&[SourceFile::new("a.yaml", text)]) }
}

#[test]
fn a_head_comes_back() {
    for deleted in [None, Some(7)] {
        let whole = Head { objects: 3, deleted, ..head("x", "Größe \"1\"", 4, "w") };
        assert_eq!(Head::decode(&whole.encode()), Some(whole));
    }
    for text in ["", "[]", "{}", "{\"id\":\"\"}", "{\"id\":7}"] {
        assert_eq!(Head::decode(text), None, "{text}");
    }
    assert_eq!(Head::decode("{\"id\":\"x\",\"revision\":-1}"), Some(Head::new("x", None)));
}

#[test]
fn a_tab_saves_what_it_has_open() {
    let Decision::Write(first) = save(None, &Head::new("x", None), "a", 10) else { panic!() };
    assert_eq!((first.revision, first.saved, first.writer.as_str()), (1, 10, "a"));
    // The next save may begin before the tab knows of the last one.
    let Decision::Write(second) = save(Some(&first), &Head::new("x", None), "a", 11) else { panic!() };
    assert_eq!(second.revision, 2);
    // Another tab opened the second one and goes on.
    let Decision::Write(third) = save(Some(&second), &second, "b", 12) else { panic!() };
    assert_eq!((third.revision, third.writer.as_str()), (3, "b"));
    // Now the first tab stands behind.
    assert_eq!(save(Some(&third), &second, "a", 13), Decision::Conflict(third));
}

#[test]
fn a_save_keeps_the_name_that_was_given_meanwhile_and_brings_back_what_was_deleted() {
    let mine = Head::new("x", None);
    let renamed = Head { name: "Lab".to_owned(), is_named: true, deleted: Some(5), ..mine.clone() };
    let Decision::Write(saved) = save(Some(&renamed), &Head { name: "tkg".to_owned(), ..mine.clone() }, "a", 9) else {
        panic!()
    };
    assert_eq!((saved.name.as_str(), saved.is_named, saved.deleted), ("Lab", true, None));
    // Deleted for good, or by a browser that cleans up.
    let Decision::Write(saved) = save(None, &head("x", "Lab", 8, "b"), "a", 9) else { panic!() };
    assert_eq!((saved.name.as_str(), saved.revision), ("Lab", 9));
}

#[test]
fn lists_and_what_is_opened_first() {
    let heads = [head("a", "A", 1, ""), Head { deleted: Some(100), ..head("b", "B", 9, "") }, head("c", "C", 5, "")];
    let ids = |heads: Vec<Head>| heads.into_iter().map(|head| head.id).collect::<Vec<_>>();
    assert_eq!(ids(listed(&heads)), ["c", "a"]);
    assert_eq!(ids(deleted(&heads)), ["b"]);
    let open = |wishes: &[Option<&str>]| {
        let wishes: Vec<Option<String>> = wishes.iter().map(|wish| wish.map(str::to_owned)).collect();
        to_open(&heads, &wishes).map(|head| head.id.as_str())
    };
    assert_eq!(open(&[None, Some("a")]), Some("a"));
    assert_eq!(open(&[Some("b"), Some("x")]), Some("c"), "deleted or unknown: the last saved");
    assert_eq!(to_open(&[], &[]), None);
    assert!(expired(&heads, 100 + KEPT_AFTER_DELETION).is_empty());
    assert_eq!(expired(&heads, 101 + KEPT_AFTER_DELETION), ["b"]);
    assert!(expired(&heads, 0).is_empty(), "a clock that goes backwards deletes nothing");
}

#[test]
fn names() {
    let heads = [head("a", "tkg-wkld", 1, ""), head("b", "tkg-wkld copy", 1, "")];
    assert_eq!(free_name(&heads, "lab"), "lab");
    assert_eq!(free_name(&heads, " tkg-wkld "), "tkg-wkld 2");
    assert_eq!(free_name(&heads, "\n"), "Untitled");
    assert_eq!(copy_name(&heads, "tkg-wkld"), "tkg-wkld copy 2");
    assert_eq!(copy_name(&heads, "tkg-wkld copy"), "tkg-wkld copy 2");
    assert_eq!(copy_name(&heads, "photo copyright"), "photo copyright copy");
    let values = Workspace::new(&[SourceFile::new("values.yaml", "AKOSettings:\n  clusterName: tkg-wkld\n")]);
    assert_eq!(automatic_name(&values), "tkg-wkld");
    assert_eq!(unsaved_name(&Head::new("x", None), &Workspace::default()), "Untitled");
    assert_eq!(unsaved_name(&Head::new("x", Some("Lab")), &values), "Lab");
}

#[test]
fn all_projects_go_out_and_come_back() {
    let present = [kept("one", "a: 1\n"), kept("two", "b: 1\r\n")];
    let file = export_all(&present);
    assert!(is_all(&file));
    let added = import_all(&[], &file).unwrap();
    let texts: Vec<(&str, &str)> = added.projects.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(texts, [("one", present[0].text.as_str()), ("two", present[1].text.as_str())]);

    let added = import_all(&[kept("one", "a: 1\n"), kept("two", "b: 2\n")], &file).unwrap();
    assert_eq!(added.same, ["one"]);
    assert_eq!(added.projects, [("two 2".to_owned(), present[1].text.clone())]);
    assert_eq!(added.words(), "Added the project two 2. one is here already, the same to the byte.");
}

#[test]
fn a_file_that_holds_no_projects_is_told() {
    for text in ["", "a: 1", "{}", "{\"akoplanProjects\":9,\"projects\":[]}", "{\"akoplanProjects\":1}"] {
        assert!(import_all(&[], text).is_err(), "{text}");
    }
    let half = "{\"akoplanProjects\":1,\"projects\":[{\"name\":\"x\\u0000\",\"project\":\"{\"},7]}";
    let added = import_all(&[], half).unwrap();
    assert_eq!(added.projects, []);
    assert_eq!(added.damaged.len(), 2);
    assert!(added.words().starts_with("No project was added. x cannot be read: "), "{}", added.words());
    let single = project::encode(&[SourceFile::new("a.yaml", "a: 1\n")]);
    assert_eq!(import_all(&[], &single).unwrap().projects, [("Imported".to_owned(), single)]);
}

proptest! {
    /// Tabs that open, change and save one project as they like: no state that someone saved is written
    /// over by a tab that had not seen it.
    #[test]
    fn no_tab_writes_over_what_it_has_not_seen(steps in prop::collection::vec((0..3_usize, any::<bool>()), 1..40)) {
        let mut stored: Option<(Head, Vec<usize>)> = None;
        // What each tab began with, and all the changes it has seen.
        let mut tabs = vec![(Head::new("x", None), Vec::<usize>::new()); 3];
        for (step, (tab, opens)) in steps.into_iter().enumerate() {
            let writer = format!("tab {tab}");
            if opens {
                if let Some((head, seen)) = &stored {
                    tabs[tab] = (head.clone(), seen.clone());
                }
                continue;
            }
            let (mine, mut seen) = tabs[tab].clone();
            seen.push(step);
            match save(stored.as_ref().map(|(head, _)| head), &mine, &writer, step as u64) {
                Decision::Write(head) => {
                    if let Some((_, before)) = &stored {
                        prop_assert!(before.iter().all(|change| seen.contains(change)), "{before:?} {seen:?}");
                    }
                    tabs[tab] = (head.clone(), seen.clone());
                    stored = Some((head, seen));
                }
                Decision::Conflict(head) => prop_assert!(head.writer != writer),
            }
        }
    }
}
