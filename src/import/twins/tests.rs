//! Which objects are twins, and the files by each choice, to the byte.

use super::Choice::{KeepBoth, KeepOld, TakeNew};
use super::{Choice, Sifted, Twins, common};
use crate::analysis::analyse;
use crate::text::SourceFile;
use crate::workspace::Workspace;

fn service(name: &str, port: u16) -> String {
    format!(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: red\nspec:\n  ports:\n  - port: {port} # own\n"
    )
}

fn workspace(files: &[(&str, &str)]) -> Workspace {
    Workspace::new(&sources(files))
}

fn sources(files: &[(&str, &str)]) -> Vec<SourceFile> {
    files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect()
}

fn twins(old: &[(&str, &str)], new: &[(&str, &str)]) -> Twins {
    Twins::of(&workspace(old), &sources(new))
}

fn texts(sifted: &Sifted) -> Vec<(&str, &str)> {
    sifted.files.iter().map(|file| (file.name.as_str(), &*file.text)).collect()
}

fn told(sifted: &Sifted) -> Vec<String> {
    let notes = sifted.notes.iter().map(|noted| format!("{} {}", noted.name, noted.note));
    notes.chain(sifted.skipped.iter().map(|skipped| format!("{}: {}", skipped.name, skipped.why))).collect()
}

#[test]
fn without_twins_files_stand_beside_each_other() {
    let (a, b) = (service("a", 1), service("b", 2));
    let twins = twins(&[("a.yaml", &a)], &[("b.yaml", &b)]);
    assert!(twins.list.is_empty() && !twins.are_open());
    let sifted = twins.sifted(&[]);
    assert_eq!(texts(&sifted), [("a.yaml", a.as_str()), ("b.yaml", &b)]);
    assert_eq!((sifted.taken, told(&sifted)), (1, vec![]));
}

#[test]
fn both_places_are_named() {
    let old = service("a", 1) + "---\n" + &service("b", 2);
    let new = "# of today\n---\n".to_owned() + &service("b", 3) + "---\n" + &service("b", 4);
    let twins = twins(&[("old.yaml", &old)], &[("new.yaml", &new)]);
    let told: Vec<String> = twins
        .list
        .iter()
        .map(|it| {
            format!(
                "{} {}:{} {}:{} {}",
                it.object, it.old.file, it.old.line, it.new.file, it.new.line, it.within_import
            )
        })
        .collect();
    assert_eq!(told, ["Service/red/b old.yaml:10 new.yaml:3 false", "Service/red/b new.yaml:3 new.yaml:12 true"]);
    assert_eq!(twins.defaults(), [Choice::KeepBoth; 2]);
    assert!(twins.are_open());
}

#[test]
fn what_says_the_same_is_left_out_unasked() {
    let (one, other) = (
        service("a", 1).replace(" # own", ""),
        "{apiVersion: v1, kind: Service, spec: {ports: [{port: 1}]}, metadata: {namespace: red, name: a}}\n",
    );
    let same = twins(&[("old.yaml", &one)], &[("new.yaml", other)]);
    assert!(!same.are_open() && same.list[0].is_same);
    let sifted = same.sifted(&same.defaults());
    assert_eq!(texts(&sifted), [("old.yaml", one.as_str())]);
    assert_eq!(told(&sifted), ["new.yaml: its object is here already"]);
    // A comment that is not there yet is not lost unasked.
    assert!(twins(&[("old.yaml", &one)], &[("new.yaml", &service("a", 1))]).are_open());
    assert!(
        !twins(&[("old.yaml", &service("a", 1))], &[("new.yaml", &("---\n".to_owned() + &service("a", 1)))]).are_open()
    );
    // The very same file is no object twice.
    let again = twins(&[("a.yaml", &one)], &[("a.yaml", &one), ("b.yaml", "a: 1\n"), ("b.yaml", "a: 1\n")]);
    let sifted = again.sifted(&[]);
    assert_eq!((again.list.len(), sifted.taken), (0, 1));
    assert_eq!(told(&sifted), ["a.yaml: it is here already, byte for byte"]);
}

#[test]
fn the_new_one_stands_in_the_place_of_the_old_byte_for_byte() {
    let (a, c) = (service("a", 1), service("c", 3));
    let old = format!("# head\n---\n{a}--- # second\n{}---\n{c}", service("b", 2));
    let new = format!("# of today\n---\n{}\n---\n{}", service("b", 9).replace('\n', "\r\n"), service("d", 4));
    let twins = twins(&[("old.yaml", &old)], &[("new.yaml", &new)]);
    let sifted = twins.sifted(&[Choice::TakeNew]);
    let replaced = format!("# of today\n{}\n", service("b", 9).replace('\n', "\r\n"));
    let expected = old.replace(&service("b", 2), &replaced);
    assert_eq!(texts(&sifted), [("old.yaml", expected.as_str()), ("new.yaml", &format!("---\n{}", service("d", 4)))]);
    assert_eq!(told(&sifted), ["new.yaml has an object that takes the place of the one that was here"]);
    assert!(Workspace::new(&sifted.files).objects().len() == 4);
}

#[test]
fn a_text_without_a_last_line_end_keeps_documents_apart() {
    let (a, b) = (service("a", 1), service("b", 2));
    let old = format!("{a}---\n{b}");
    let new = service("a", 9);
    let twins = twins(&[("old.yaml", &old)], &[("new.yaml", new.trim_end())]);
    let sifted = twins.sifted(&[Choice::TakeNew]);
    assert_eq!(texts(&sifted), [("old.yaml", format!("{new}---\n{b}").as_str())]);
    assert_eq!(told(&sifted), ["new.yaml has an object that takes the place of the one that was here"]);
}

#[test]
fn the_new_one_is_left_out_and_the_rest_of_its_file_comes() {
    let old = service("a", 1);
    let new = format!("{}---\n{}---\n# end\n", service("a", 2), service("b", 2));
    let twins = twins(&[("old.yaml", &old)], &[("new.yaml", &new)]);
    let sifted = twins.sifted(&[Choice::KeepOld]);
    assert_eq!(
        texts(&sifted),
        [("old.yaml", old.as_str()), ("new.yaml", &format!("---\n{}---\n# end\n", service("b", 2)))]
    );
    assert_eq!(told(&sifted), ["new.yaml has an object that is here already and is left out"]);
    let both = twins.sifted(&[Choice::KeepBoth]);
    assert_eq!(texts(&both), [("old.yaml", old.as_str()), ("new.yaml", &new)]);
    let findings = analyse(&Workspace::new(&both.files)).findings;
    let duplicate = findings.iter().find(|finding| finding.code == "AKP401").unwrap();
    assert_eq!((&*duplicate.file, &*duplicate.related[0].file), ("new.yaml", "old.yaml"));
}

/// `kubectl get -o yaml`, and the same as JSON.
fn lists(ports: &[(&str, u16)]) -> [String; 2] {
    let item = |(name, port): &(&str, u16)| {
        let lines = service(name, *port);
        let lines: Vec<String> = lines.lines().map(|line| format!("  {line}\n")).collect();
        format!("# {name}\n- {}", lines.concat().trim_start())
    };
    let items: String = ports.iter().map(item).collect();
    let json = |(name, port): &(&str, u16)| {
        serde_json::json!({ "apiVersion": "v1", "kind": "Service", "metadata": { "name": name, "namespace": "red" },
            "spec": { "ports": [{ "port": port }] } })
    };
    let json =
        serde_json::json!({ "apiVersion": "v1", "items": ports.iter().map(json).collect::<Vec<_>>(), "kind": "List" });
    [
        format!("apiVersion: v1\nitems:\n{items}kind: List\nmetadata: {{}}\n"),
        serde_json::to_string_pretty(&json).unwrap() + "\n",
    ]
}

#[test]
fn items_of_lists_go_by_themselves() {
    let all = [("a", 1), ("b", 2), ("c", 3), ("d", 4)];
    for (format, text) in lists(&all).iter().enumerate() {
        for gone in [vec!["a"], vec!["b", "c"], vec!["d"], vec!["a", "d"], vec!["c", "d"]] {
            let old: String = gone.iter().map(|name| service(name, 9) + "---\n").collect();
            let twins = twins(&[("old.yaml", &old)], &[("list.yaml", text)]);
            let sifted = twins.sifted(&vec![Choice::KeepOld; gone.len()]);
            let kept: Vec<(&str, u16)> = all.into_iter().filter(|(name, _)| !gone.contains(name)).collect();
            assert_eq!(&*sifted.files[1].text, lists(&kept)[format].as_str(), "{gone:?}");
        }
    }
    let twins =
        twins(&[("old.yaml", &(service("a", 9) + "---\n" + &service("b", 2)))], &[("list.yaml", &lists(&all[..2])[0])]);
    assert_eq!(twins.list.iter().map(|it| it.is_same).collect::<Vec<_>>(), [false, false]);
    let sifted = twins.sifted(&[Choice::TakeNew, Choice::TakeNew]);
    let expected = format!("# a\n{}---\n# b\n{}", service("a", 1), service("b", 2));
    assert_eq!(texts(&sifted), [("old.yaml", expected.as_str())]);
}

#[test]
fn an_old_item_of_a_list_makes_room_for_the_document_that_comes() {
    let [list, _] = lists(&[("a", 1), ("b", 2)]);
    let new = service("a", 9);
    let twins = twins(&[("list.yaml", &list)], &[("new.yaml", &new)]);
    let sifted = twins.sifted(&[Choice::TakeNew]);
    assert_eq!(texts(&sifted), [("list.yaml", lists(&[("b", 2)])[0].as_str()), ("new.yaml", &new)]);
    let [whole, _] = lists(&[("a", 1)]);
    let twins = self::twins(&[("list.yaml", &whole)], &[("new.yaml", &new)]);
    assert_eq!(texts(&twins.sifted(&[Choice::TakeNew])), [("new.yaml", new.as_str())]);
}

#[test]
fn an_item_whose_anchor_others_need_goes_too() {
    let list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a, namespace: red, \
                labels: &l {x: w}}\n- apiVersion: v1\n  kind: Service\n  metadata: {name: b, namespace: red, labels: *l}\n";
    let twins = twins(&[("old.yaml", &service("a", 1))], &[("list.yaml", list)]);
    let sifted = twins.sifted(&[Choice::KeepOld]);
    let after = Workspace::new(&sifted.files);
    assert_eq!(
        after.objects().iter().map(|it| (it.name(), it.label("x"))).collect::<Vec<_>>(),
        [("a", None), ("b", Some("w"))]
    );
}

#[test]
fn choices_are_made_by_file_and_what_differs_is_shown_first() {
    let same = service("a", 1) + "---\n" + &service("b", 1);
    let new = [("x.yaml", same.replace("port: 1", "port: 2")), ("y.yaml", same.clone()), ("z.yaml", same.clone())];
    let new: Vec<(&str, &str)> = new.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let twins = twins(&[("old.yaml", &same)], &new);
    let differing = [true, true, true, true, false, false];
    assert_eq!(twins.list.iter().map(|it| !it.is_same).collect::<Vec<_>>(), differing);
    assert_eq!(twins.by_file(), [("x.yaml", 0..2), ("y.yaml", 2..4), ("z.yaml", 4..6)]);
    assert_eq!(twins.shown(), [0, 1, 2, 3, 4, 5]);
    assert_eq!(twins.heading(), "6 objects are here already");
    assert_eq!((common(&twins.defaults()), common(&twins.defaults()[4..])), (None, Some(Choice::KeepOld)));
    assert!(Choice::ALL.into_iter().all(|choice| Choice::named(choice.name()) == Some(choice)));
    assert_eq!((common(&[]), twins.are_of(&Workspace::default())), (None, false));
}

#[test]
fn three_of_one_name_follow_each_other() {
    let old = service("a", 1);
    let new = service("a", 2) + "---\n" + &service("a", 3);
    let twins = twins(&[("old.yaml", &old)], &[("new.yaml", &new)]);
    let cases = [
        ([TakeNew, TakeNew], vec![("old.yaml", service("a", 3))]),
        ([TakeNew, KeepOld], vec![("old.yaml", service("a", 2))]),
        ([KeepOld, TakeNew], vec![("old.yaml", service("a", 3))]),
        ([KeepOld, KeepOld], vec![("old.yaml", old.clone())]),
        ([KeepBoth, TakeNew], vec![("old.yaml", old.clone()), ("new.yaml", service("a", 3))]),
        ([KeepBoth, KeepOld], vec![("old.yaml", old.clone()), ("new.yaml", service("a", 2))]),
        ([KeepBoth, KeepBoth], vec![("old.yaml", old.clone()), ("new.yaml", new.clone())]),
    ];
    for (choices, expected) in cases {
        let sifted = twins.sifted(&choices);
        let expected: Vec<(&str, &str)> = expected.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(texts(&sifted), expected, "{choices:?}");
    }
}

#[test]
fn values_and_settings_are_there_once() {
    let old = [
        ("values.yaml", "AKOSettings: {clusterName: a}\n"),
        ("akoplan.yaml", "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {}\n"),
    ];
    let new = [
        ("v.yaml", "AKOSettings: {clusterName: b}\n"),
        ("s.yaml", "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nmetadata: {name: x}\n"),
    ];
    let twins = twins(&old, &new);
    assert_eq!(
        twins.list.iter().map(|it| it.object.as_str()).collect::<Vec<_>>(),
        ["AKO's values", "AkoplanSettings/x"]
    );
    let sifted = twins.sifted(&[Choice::TakeNew, Choice::KeepOld]);
    assert_eq!(texts(&sifted), [("values.yaml", new[0].1), old[1]]);
}

#[test]
fn every_choice_of_every_shape_leaves_the_other_objects_alone() {
    // Shapes of old and new files by turns; what is no twin has to stay in any case.
    let shapes = |port: u16| {
        let [block, json] = lists(&[("a", port), ("b", port)]);
        vec![
            service("a", port),
            format!("%YAML 1.1\n---\n{}...\n", service("a", port)),
            format!("\u{feff}---\n{}---\n{}", service("b", port), service("a", port)),
            format!(
                "--- {{apiVersion: v1, kind: Service, metadata: {{name: a, namespace: red}}, spec: {{ports: [{{port: {port}}}]}}}}\n"
            ),
            format!("# words\n---\n---\n{}", service("a", port)),
            block,
            json,
        ]
    };
    for old in shapes(1) {
        for new in shapes(2) {
            let (before, rest) = (format!("{old}\n"), service("z", 7));
            let twins = twins(&[("old.yaml", &before), ("z.yaml", &rest)], &[("new.yaml", &new)]);
            assert!(!twins.list.is_empty());
            for choice in Choice::ALL {
                let sifted = twins.sifted(&vec![choice; twins.list.len()]);
                let after = Workspace::new(&sifted.files);
                let of_a: Vec<_> = after.objects().iter().filter(|object| object.name() == "a").collect();
                let ports = of_a.iter().map(|object| object.text("spec.ports[0].port").unwrap_or("none").to_owned());
                let expected: &[&str] = match choice {
                    Choice::KeepBoth => &["1", "2"],
                    Choice::TakeNew => &["2"],
                    Choice::KeepOld => &["1"],
                };
                assert_eq!(ports.collect::<Vec<_>>(), expected, "{choice:?}\n{before}\n{new}\n{:#?}", texts(&sifted));
                assert!(
                    after.files().iter().all(|file| file.documents.iter().all(|it| it.parsed.tree.issues.is_empty()))
                );
                assert_eq!(&*after.file("z.yaml").unwrap().source.text, rest.as_str());
            }
        }
    }
}

#[test]
fn a_damaged_text_that_is_too_long_to_be_repaired_is_told() {
    let long = "# words\n".repeat(crate::repair::MOST_TEXT / 8) + &service("a", 1);
    let damaged = long.clone() + "---\nkind: Service\nmetadata:\nname: b\n";
    let of = |text: &str| told(&twins(&[], &[("a.yaml", text)]).sifted(&[]));
    assert_eq!(of(&long), [""; 0]);
    let unreadable = long + "---\na: [\n";
    let words = "a.yaml does not read well, and is longer than the 4 MB that are looked at for damage: split it to have it repaired";
    assert_eq!(of(&unreadable), [words]);
    let notes = crate::repair::repair(&damaged).notes;
    assert_eq!(notes[0].message, "longer than 4 MB: not looked at for damage; split it");
}

#[test]
fn a_file_that_has_an_object_twice_itself_comes_as_it_is_unasked() {
    for second in [1, 2] {
        let text = service("a", 1) + "---\n" + &service("a", second);
        let twins = twins(&[("old.yaml", &service("b", 1))], &[("new.yaml", &text)]);
        assert_eq!((twins.list.len(), twins.list[0].is_same, twins.are_open()), (1, second == 1, false));
        let sifted = twins.sifted(&twins.defaults());
        assert_eq!((&*sifted.files[1].text, sifted.taken, told(&sifted)), (text.as_str(), 1, vec![]));
    }
}
