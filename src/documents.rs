//! Moves documents: before another one, in its file or from file to file, and a whole file into an order.
//!
//! A document moves with its `---` line and its comments. Only the first one of a file may be without that
//! line: who takes its place gives its own to it. Comments on top of a file that a blank line parts from the
//! first object are the file's, and stay.

use std::path::Path;

use crate::command::Command;
use crate::edit;
use crate::ordered::sort_by_key;
use crate::syntax::{FieldPath, Step, parse};
use crate::text::{Edit, Span};
use crate::workspace::{Address, Document, File, Workspace};

/// The byte-order mark.
const MARK: char = '\u{feff}';

/// A document in its parts.
struct Piece<'a> {
    /// The byte-order mark, and comments that are the file's: they stay on top.
    top: &'a str,
    /// The `---` line; empty where the first document has none.
    marker: &'a str,
    /// All else, comments included.
    body: &'a str,
}

/// The change that puts the document of one object before that of another, which comes earlier in the same
/// file or in another one; of two items of one `List` the item. `None` where the text does not allow it: JSON,
/// `...` and directives, blocks of helm templates over several documents, an item of another `List`.
#[must_use]
pub fn move_before(workspace: &Workspace, late: &Address, early: &Address) -> Option<Command> {
    let (from, to) = (workspace.file(&late.file)?, workspace.file(&early.file)?);
    if late.file == early.file && late.document == early.document {
        return move_item(from, late.document, late.item?, early.item?);
    }
    if late.item.is_some() || !is_plain(from) || !is_plain(to) {
        return None;
    }
    let (moved, target) = (piece(from, late.document)?, piece(to, early.document)?);
    let is_only_one = from.documents.len() == 1;
    let mut body = closed(from, late.document, &moved)?;
    if is_only_one {
        body.insert_str(0, moved.top.trim_start_matches(MARK));
    }
    let put = insertion(to, early.document, marker_of(from, &moved), &body, &target)?;
    let edit_text = |file: &File, edits: Vec<Edit>| Command::EditText { file: file.source.name.clone(), edits };
    if late.file == early.file {
        let gone = from.documents.get(late.document)?.span;
        return (early.document < late.document).then(|| edit_text(from, vec![put, Edit::delete(gone)]));
    }
    let taken = if is_only_one {
        Command::RemoveFile { file: from.source.name.clone() }
    } else {
        edit_text(from, vec![removal(from, late.document, &moved)?])
    };
    Some(Command::Batch(vec![edit_text(to, vec![put]), taken]))
}

/// The change that brings the documents of a file into the order of their ranks; those of one rank keep theirs.
/// `None` where they have it already, or the text does not allow it; see [`move_before`].
#[must_use]
pub fn order_by<K: Ord>(file: &File, rank: impl Fn(usize) -> K) -> Option<Command> {
    let mut order: Vec<usize> = (0..file.documents.len()).collect();
    sort_by_key(&mut order, |document| rank(*document));
    let is_moved = |(place, document): (usize, &usize)| place != *document;
    let first = order.iter().enumerate().position(is_moved)?;
    let last = order.iter().enumerate().rposition(is_moved)?;
    if !is_plain(file) {
        return None;
    }
    let on_top = piece(file, first)?;
    let has_marker = !on_top.marker.is_empty();
    let mut text = String::new();
    for document in order.get(first..=last)? {
        let piece = piece(file, *document)?;
        let is_first = text.is_empty() && !has_marker;
        text.push_str(if is_first && is_bare(piece.marker) { "" } else { marker_of(file, &piece) });
        text.push_str(&closed(file, *document, &piece)?);
    }
    let start = file.documents.get(first)?.span.start + on_top.top.len();
    let edit = Edit::replace(Span::new(start, file.documents.get(last)?.span.end), text);
    Some(Command::EditText { file: file.source.name.clone(), edits: vec![edit] })
}

/// Moves an item of a `List` forward.
fn move_item(file: &File, document: usize, from: usize, to: usize) -> Option<Command> {
    let Document { span, parsed } = file.documents.get(document)?;
    let mut list = FieldPath::root();
    list.push(Step::key("items"));
    let edits = edit::move_item(span.slice(&file.source.text), &parsed.tree, parsed.tree.root?, &list, from, to);
    let moved = edits.ok()?.into_iter().map(|edit| Edit { span: edit.span.shifted(span.start), ..edit });
    Some(Command::EditText { file: file.source.name.clone(), edits: moved.collect() })
}

/// Whether the documents of a file are YAML that ends where the next `---` stands.
fn is_plain(file: &File) -> bool {
    let ending = Path::new(&file.source.name).extension();
    ending.is_none_or(|ending| !ending.eq_ignore_ascii_case("json"))
}

/// A document in its parts; `None` where it cannot be moved, nor another one before it.
fn piece(file: &File, document: usize) -> Option<Piece<'_>> {
    let Document { span, parsed } = file.documents.get(document)?;
    let text = span.slice(&file.source.text);
    let tree = &parsed.tree;
    if tree.has_unread_template() || tree.template.as_ref().is_some_and(|template| template.begins + template.ends > 0)
    {
        return None;
    }
    let mark = if document == 0 && text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
    let (top, rest) = text.split_at(mark);
    if has_end(rest) {
        return None;
    }
    if rest.starts_with("---") {
        let (marker, body) = rest.split_at(rest.find('\n').map_or(rest.len(), |end| end + 1));
        return Some(Piece { top, marker, body });
    }
    let mut lines = rest.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    if document > 0 || lines.next().is_some_and(|line| line.starts_with('%')) {
        return None;
    }
    let (top, body) = text.split_at(mark + of_file(rest));
    Some(Piece { top, marker: "", body })
}

/// Whether a line ends the document before the next one begins.
fn has_end(text: &str) -> bool {
    text.starts_with("...") || text.contains("\n...")
}

/// How much of a text's begin are comments with a blank line behind them.
fn of_file(text: &str) -> usize {
    let (mut at, mut end, mut has_comment) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        if !is_blank && !line.starts_with('#') {
            break;
        }
        at += line.len();
        has_comment |= !is_blank;
        if is_blank && has_comment {
            end = at;
        }
    }
    end
}

/// Whether a marker says nothing but that a document begins.
fn is_bare(marker: &str) -> bool {
    matches!(marker.trim_end(), "" | "---")
}

/// A document's marker, or one for it.
fn marker_of<'a>(file: &File, piece: &Piece<'a>) -> &'a str {
    match piece.marker {
        "" if file.source.text.contains("\r\n") => "---\r\n",
        "" => "---\n",
        marker => marker,
    }
}

/// A document's body with a line break at its end; `None` where that is a part of its value.
fn closed(file: &File, document: usize, piece: &Piece<'_>) -> Option<String> {
    let mut body = piece.body.to_owned();
    if !body.is_empty() && !body.ends_with('\n') {
        body.push_str(if file.source.text.contains("\r\n") { "\r\n" } else { "\n" });
        let (before, after) = (&file.documents.get(document)?.parsed.tree, parse(&body));
        let value = |tree, root: Option<_>| edit::value_of(tree, root?);
        if value(before, before.root) != value(&after, after.root) {
            return None;
        }
    }
    Some(body)
}

/// Puts a document, which may be of another file, before one of this file.
fn insertion(file: &File, before: usize, marker: &str, body: &str, target: &Piece<'_>) -> Option<Edit> {
    let text = match (target.marker, is_bare(marker)) {
        // The first document of a file gets the line that the new first one needs no more.
        ("", true) => format!("{body}{marker}"),
        ("", false) => format!("{marker}{body}{}", marker_of(file, target)),
        _ => format!("{marker}{body}"),
    };
    Some(Edit::insert(file.documents.get(before)?.span.start + target.top.len(), text))
}

/// Takes a document out of a file that has others: the next one needs no marker where this one had none.
fn removal(file: &File, document: usize, moved: &Piece<'_>) -> Option<Edit> {
    let mut span = file.documents.get(document)?.span;
    span.start += moved.top.len();
    if moved.marker.is_empty() {
        let next = piece(file, document + 1)?;
        span.end += if is_bare(next.marker) { next.marker.len() } else { 0 };
    }
    Some(Edit::delete(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    fn workspace(files: &[(&str, &str)]) -> Workspace {
        let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
        Workspace::new(&files)
    }

    fn applied(workspace: &Workspace, command: &Command) -> Vec<(String, String)> {
        let after = command.apply(workspace).unwrap();
        after.sources().into_iter().map(|file| (file.name, file.text.to_string())).collect()
    }

    fn namespace(name: &str) -> String {
        format!("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n")
    }

    /// The files after the last object is put before the first one.
    fn moved(files: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        let workspace = workspace(files);
        let (early, late) = (workspace.objects().first()?, workspace.objects().last()?);
        let command = move_before(&workspace, &late.address, &early.address)?;
        Some(applied(&workspace, &command))
    }

    fn in_file(text: &str) -> Option<String> {
        moved(&[("a.yaml", text)]).map(|mut files| files.remove(0).1)
    }

    #[test]
    fn within_a_file_the_marker_and_the_comments_go_along() {
        let (a, b, c) = (namespace("a"), namespace("b"), namespace("c"));
        assert_eq!(in_file(&format!("{a}---\n{b}---\n# c\n{c}")), Some(format!("# c\n{c}---\n{a}---\n{b}")));
        assert_eq!(in_file(&format!("---\n{a}--- # c\n{c}")), Some(format!("--- # c\n{c}---\n{a}")));
        assert_eq!(in_file(&format!("{a}--- # c\n{c}")), Some(format!("--- # c\n{c}---\n{a}")));
        assert_eq!(in_file(&format!("{a}---\n{}", c.trim_end())), Some(format!("{c}---\n{a}")));
    }

    #[test]
    fn what_is_the_files_stays_on_top() {
        let (a, c) = (namespace("a"), namespace("c"));
        let text = format!("\u{feff}# ours\n\n# a\n{a}---\n{c}").replace('\n', "\r\n");
        let expected = format!("\u{feff}# ours\n\n{c}---\n# a\n{a}").replace('\n', "\r\n");
        assert_eq!(in_file(&text), Some(expected));
    }

    #[test]
    fn from_file_to_file_a_document_is_left_out_there() {
        let (a, b, c) = (namespace("a"), namespace("b"), namespace("c"));
        let both = |left: &str, right: &str| {
            Some(vec![("a.yaml".to_owned(), left.to_owned()), ("b.yaml".to_owned(), right.to_owned())])
        };
        let files = format!("{b}---\n{c}");
        assert_eq!(moved(&[("a.yaml", &a), ("b.yaml", &files)]), both(&format!("{c}---\n{a}"), &b));
        // A file that has nothing else goes, with what stands on top of it.
        let alone = format!("# ours\n\n{c}");
        let joined = vec![("a.yaml".to_owned(), format!("# ours\n\n{c}---\n{a}"))];
        assert_eq!(moved(&[("a.yaml", &a), ("b.yaml", &alone)]), Some(joined));
        let before = workspace(&[("a.yaml", &a), ("b.yaml", &format!("# ours\n\n{b}---\n{c}"))]);
        let late = &before.objects()[1].address;
        let command = move_before(&before, late, &before.objects()[0].address).unwrap();
        let expected = [("a.yaml".to_owned(), format!("{b}---\n{a}")), ("b.yaml".to_owned(), format!("# ours\n\n{c}"))];
        assert_eq!(applied(&before, &command), expected);
    }

    #[test]
    fn what_cannot_be_parted_stays() {
        let (a, c) = (namespace("a"), namespace("c"));
        assert_eq!(in_file(&format!("{a}...\n---\n{c}")), None);
        assert_eq!(in_file(&format!("{a}---\n{c}...\n")), None);
        assert_eq!(in_file(&format!("%YAML 1.1\n---\n{a}---\n{c}")), None);
        assert_eq!(in_file(&format!("{{{{ if .Values.a }}}}\n{a}---\n{c}{{{{ end }}}}\n")), None);
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |+\n    b";
        assert_eq!(in_file(&format!("{a}---\n{text}")), None);
    }

    #[test]
    fn items_of_one_list_move_in_it() {
        let item = |name: &str| format!("- apiVersion: v1\n  kind: Namespace\n  metadata: {{name: {name}}} # {name}\n");
        let list = |items: &str| format!("apiVersion: v1\nkind: List\nitems:\n{items}");
        let (a, b) = (item("a"), item("b"));
        assert_eq!(in_file(&list(&format!("{a}{b}"))), Some(list(&format!("{b}{a}"))));
    }

    #[test]
    fn a_file_is_ordered_by_rank() {
        let (a, b, c) = (namespace("a"), namespace("b"), namespace("c"));
        let ordered = |text: &str, ranks: [usize; 3]| {
            let workspace = workspace(&[("a.yaml", text)]);
            let command = order_by(&workspace.files()[0], |document| ranks[document])?;
            Some(applied(&workspace, &command).remove(0).1)
        };
        let text = format!("# ours\n\n{a}---\n{b}--- # c\n{c}");
        assert_eq!(ordered(&text, [0, 1, 1]), None);
        assert_eq!(ordered(&text, [1, 0, 0]), Some(format!("# ours\n\n{b}--- # c\n{c}---\n{a}")));
        assert_eq!(ordered(&text, [0, 2, 1]), Some(format!("# ours\n\n{a}--- # c\n{c}---\n{b}")));
    }
}
