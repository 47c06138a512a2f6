//! Tests of the editor's text: an editor that does what it is told shows what the project has.

use proptest::prelude::*;

use super::*;

/// An editor of the simplest kind: lines, and columns in UTF-16.
fn change(shown: &str, changes: &[Change]) -> String {
    let lines = LineIndex::new(shown);
    let offset = |place: LineColumn| {
        let line = lines.line_span(shown, place.line);
        let units: Vec<u16> = line.slice(shown).encode_utf16().collect();
        line.start + String::from_utf16(&units[..place.column]).unwrap().len()
    };
    let edit =
        |change: &Change| Edit::replace(Span::new(offset(change.from), offset(change.to)), change.insert.clone());
    apply_edits(shown, &changes.iter().map(edit).collect::<Vec<_>>())
}

fn at(line: usize, column: usize) -> LineColumn {
    LineColumn { line, column }
}

fn typed(from: LineColumn, to: LineColumn, insert: &str) -> Vec<Change> {
    vec![Change { from, to, insert: insert.to_owned() }]
}

#[test]
fn typing_keeps_the_line_ends_of_the_file() {
    let mut editor = EditorText::new(&"a: 1\r\n𝄞é: 2\r\n".into());
    editor.typed(&typed(at(1, 4), at(2, 2), "\nx: "));
    assert_eq!(&**editor.text(), "a: 1\r\nx: é: 2\r\n");
    editor.typed(&typed(at(2, 4), at(2, 99), "y"));
    assert_eq!(&**editor.text(), "a: 1\r\nx: éy\r\n");
    assert_eq!(editor.place(editor.offset(at(2, 4))), at(2, 4));
}

#[test]
fn late_answers_take_no_letters_away() {
    let first: Arc<str> = "a".into();
    let mut editor = EditorText::new(&first);
    assert_eq!(editor.send(), None);
    assert!(!editor.typed(&typed(at(1, 1), at(1, 1), "b")));
    let second = editor.send().unwrap();
    assert!(editor.typed(&typed(at(1, 2), at(1, 2), "c")));
    let third = editor.send().unwrap();
    assert_eq!(editor.send(), None);
    for answer in [&first, &second, &second, &third] {
        assert_eq!(editor.answered(answer), []);
        assert_eq!(&**editor.text(), "abc");
    }
    // Undo: the same text as before is another one by now.
    assert_eq!(editor.answered(&second), typed(at(1, 2), at(1, 3), ""));
    assert_eq!(&**editor.text(), "ab");
    assert_eq!(editor.send(), None);
}

#[test]
fn a_change_from_elsewhere_touches_what_differs() {
    let before = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n";
    let mut editor = EditorText::new(&before.into());
    let changes = editor.answered(&"a: 1\nb: 20\nc: 3\ne: 6\n".into());
    let drawn: Vec<_> = changes.iter().map(|it| (it.from, it.to, it.insert.as_str())).collect();
    assert_eq!(drawn, [(at(2, 4), at(2, 4), "0"), (at(4, 0), at(5, 4), "e: 6")]);
}

#[test]
fn changes_elsewhere_are_another_step() {
    let mut editor = EditorText::new(&"a\nb\n".into());
    editor.typed(&typed(at(1, 1), at(1, 1), "x"));
    assert!(editor.typed(&typed(at(1, 1), at(1, 2), "")), "the letter is taken back");
    assert!(!editor.typed(&typed(at(2, 0), at(2, 0), "x")));
}

#[test]
fn what_is_found_follows_the_text() {
    let mut editor = EditorText::new(&"a a".into());
    editor.search(Search { what: "A".into(), case: false });
    assert_eq!(editor.found().len(), 2);
    editor.typed(&typed(at(1, 0), at(1, 0), "a"));
    assert_eq!(editor.found().len(), 3);
}

proptest! {
    #[test]
    fn an_editor_that_is_told_shows_the_text(before in "([a-c:é𝄞 ]{0,3}\r?\n){0,8}", after in "([a-c:é𝄞 ]{0,3}\r?\n){0,8}") {
        let mut editor = EditorText::new(&before.as_str().into());
        let shown = editor.shown();
        let changes = editor.answered(&after.as_str().into());
        prop_assert_eq!(change(&shown, &changes), editor.shown());
        prop_assert_eq!(&**editor.text(), after.as_str());
    }

    #[test]
    fn typing_gives_what_the_editor_shows(
        before in "([a-c:é𝄞 ]{0,3}\r?\n){0,4}", insert in "[ab\né]{0,5}",
        from in (1_usize..5, 0_usize..4), to in (1_usize..5, 0_usize..4),
    ) {
        let mut editor = EditorText::new(&before.as_str().into());
        let shown = editor.shown();
        let place = |(line, column)| editor.place(editor.offset(at(line, column)));
        let (from, to) = (place(from).min(place(to)), place(from).max(place(to)));
        let changes = typed(from, to, &insert);
        editor.typed(&changes);
        prop_assert_eq!(editor.shown(), change(&shown, &changes));
    }
}
