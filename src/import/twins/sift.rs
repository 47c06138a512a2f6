//! The files after an import by the choices for its twins.

use std::collections::{HashMap, HashSet};

use super::super::report::{Note, Noted, Skipped, Why};
use super::place::{body, lines_of_item, marker};
use super::{Choice, Key, Twins};
use crate::edit::{Value, render, value_of};
use crate::export::document_text;
use crate::repair::MOST_TEXT;
use crate::syntax::{NodeKind, Tree, parse};
use crate::text::{Edit, SourceFile, Span, apply_edits};
use crate::workspace::{Document, File, Object};

/// What an import comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// All files of the project after it.
    pub files: Vec<SourceFile>,
    /// How many of the files that came gave something.
    pub taken: usize,
    /// What became of objects that were there already, by file.
    pub notes: Vec<Noted>,
    /// Files of which everything was there already.
    pub skipped: Vec<Skipped>,
}

/// What stands in the place of each object: itself, another one, nothing.
struct Places {
    content: Vec<Option<usize>>,
    /// Those that stand in the place of others, which were there.
    taken_over: HashSet<usize>,
}

impl Twins {
    /// The files of the project after the import; `choices` are for [`Twins::list`], missing ones are the default.
    #[must_use]
    pub fn sifted(&self, choices: &[Choice]) -> Sifted {
        let places = self.places(choices);
        let known = self.known_files.iter().map(|name| Skipped::new(name.as_str(), Why::Here));
        let mut sifted = Sifted { skipped: known.collect(), ..Sifted::default() };
        let mut objects = self.joint.objects().iter().peekable();
        for file in self.joint.files() {
            let mut own: Vec<&Object> = Vec::new();
            while let Some(object) = objects.next_if(|object| *object.address.file == *file.source.name) {
                own.push(object);
            }
            let is_new = self.coming.contains(&file.source.name);
            let is_whole = own.iter().all(|object| places.content[object.order] == Some(object.order));
            let text = if is_whole {
                Some(file.source.clone())
            } else {
                let rewritten = self.rewritten(file, &own, &places, is_new);
                rewritten.map(|text| SourceFile::new(file.source.name.as_str(), text))
            };
            if is_new {
                if is_damaged_and_long(file) {
                    sifted.notes.push(Noted { name: file.source.name.clone(), note: Note::TooLongToRepair });
                }
                sifted.tell(&file.source.name, text.is_some(), &own, &places);
            }
            sifted.files.extend(text);
        }
        sifted
    }

    fn places(&self, choices: &[Choice]) -> Places {
        let objects = self.joint.objects();
        let mut places = Places { content: (0..objects.len()).map(Some).collect(), taken_over: HashSet::new() };
        let choice_of: HashMap<usize, Choice> = self
            .list
            .iter()
            .enumerate()
            .map(|(index, twin)| (twin.at, choices.get(index).copied().unwrap_or_else(|| twin.default_choice())))
            .collect();
        let mut holders: HashMap<Key<'_>, usize> = HashMap::new();
        for (at, object) in objects.iter().enumerate() {
            let Some(key) = Key::of(object) else { continue };
            let holder = holders.get(&key).copied();
            let (Some(old), Some(choice)) = (holder, choice_of.get(&at)) else {
                holders.insert(key, at);
                continue;
            };
            match choice {
                Choice::KeepBoth => {
                    holders.insert(key, at);
                }
                Choice::KeepOld => places.content[at] = None,
                Choice::TakeNew => {
                    places.taken_over.insert(at);
                    // An item of a list has its indentation: the new object stays where it comes.
                    if objects[old].address.item.is_none() && self.moved(object).is_some() {
                        places.content[old] = Some(at);
                        places.content[at] = None;
                    } else {
                        places.content[old] = None;
                        holders.insert(key, at);
                    }
                }
            }
        }
        places
    }

    /// An object as a document without a marker, with the comments that stand above it as documents of their own.
    fn moved(&self, object: &Object) -> Option<String> {
        let file = self.joint.file(&object.address.file)?;
        let document = file.documents.get(object.address.document)?;
        if object.address.item.is_none() {
            let text = document.span.slice(&file.source.text);
            let own = body(text);
            if !own.starts_with("---") && !own.lines().any(|line| line.starts_with('%') || line.trim_end() == "...") {
                let above = file.documents.get(..object.address.document).unwrap_or_default();
                let is_comment = |of: &&Document| of.parsed.tree.root.is_none();
                let mut comments: Vec<&str> = above
                    .iter()
                    .rev()
                    .take_while(is_comment)
                    .map(|of| body(of.span.slice(&file.source.text)))
                    .collect();
                comments.reverse();
                return Some(comments.concat() + own);
            }
        }
        document_text(file, object)
    }

    /// The text of a file of which some objects go or are replaced; `None` where nothing is left.
    fn rewritten(&self, file: &File, own: &[&Object], places: &Places, is_new: bool) -> Option<String> {
        let mut written = String::new();
        let mut is_left = false;
        // Comments go with the document below them, but those that were in the project stay.
        let mut waiting = String::new();
        let mut own = own.iter().peekable();
        for (at, document) in file.documents.iter().enumerate() {
            let text = document.span.slice(&file.source.text);
            let mut here: Vec<&Object> = Vec::new();
            while let Some(object) = own.next_if(|object| object.address.document == at) {
                here.push(object);
            }
            let kept = here.iter().filter(|object| places.content[object.order].is_some()).count();
            let new = match here[..] {
                [] if document.parsed.tree.root.is_none() => {
                    waiting.push_str(text);
                    continue;
                }
                _ if !here.is_empty() && kept == 0 => {
                    if is_new {
                        waiting.clear();
                    }
                    continue;
                }
                [object] if places.content[object.order] != Some(object.order) => {
                    let other = places.content[object.order].and_then(|other| self.joint.objects().get(other))?;
                    self.in_place(text, at, other)
                }
                _ if kept < here.len() => without_items(text, &document.parsed.tree, &|item| {
                    let object = here.iter().find(|object| object.address.item == Some(item));
                    object.is_none_or(|object| places.content[object.order].is_some())
                }),
                _ => text.to_owned(),
            };
            for text in [std::mem::take(&mut waiting), new] {
                end_line(&mut written, &text);
                written.push_str(&text);
            }
            is_left = true;
        }
        written.push_str(&waiting);
        let has_words = !is_new && !written.trim().is_empty();
        (is_left || has_words).then_some(written)
    }

    /// Another object's document in the place of a document, whose marker stays.
    fn in_place(&self, old: &str, at: usize, new: &Object) -> String {
        let mark = old.chars().next().filter(|first| *first == '\u{feff}').map(String::from).unwrap_or_default();
        let rest = &old[mark.len()..];
        let line = match marker(rest) {
            Some(line) => &rest[..line],
            None if at > 0 || rest.starts_with("---") => "---\n",
            None => "",
        };
        let mut text = mark + line;
        end_line(&mut text, "-");
        text.push_str(&self.moved(new).unwrap_or_default());
        text
    }
}

impl Sifted {
    /// What became of a file that came.
    fn tell(&mut self, name: &str, is_there: bool, own: &[&Object], places: &Places) {
        let taken_over = own.iter().filter(|object| places.taken_over.contains(&object.order)).count();
        let is_gone =
            |object: &&&Object| places.content[object.order].is_none() && !places.taken_over.contains(&object.order);
        let left_out = own.iter().filter(is_gone).count();
        if !is_there && taken_over == 0 {
            self.skipped.push(Skipped::new(name, Why::Known(left_out)));
            return;
        }
        self.taken += 1;
        let mut note = |count: usize, note: fn(usize) -> Note| {
            if count > 0 {
                self.notes.push(Noted { name: name.to_owned(), note: note(count) });
            }
        };
        note(taken_over, Note::TakenOver);
        note(left_out, Note::Known);
    }
}

/// Whether a file was too long to be looked at for damage and has documents that do not read well.
fn is_damaged_and_long(file: &File) -> bool {
    let reads_well = |document: &Document| {
        !document.parsed.unrecognised && (document.parsed.tree.root.is_none() || document.parsed.tree.is_readable())
    };
    let has_issues = |document: &Document| !document.parsed.tree.issues.is_empty();
    file.source.text.len() > MOST_TEXT && file.documents.iter().any(|it| !reads_well(it) || has_issues(it))
}

/// Ends the line, so that more can follow.
fn end_line(written: &mut String, next: &str) {
    if !next.is_empty() && !written.is_empty() && !written.ends_with('\n') && written != "\u{feff}" {
        written.push('\n');
    }
}

/// A list without the items that go; written anew as it is where that cannot be done on its text.
fn without_items(text: &str, tree: &Tree, stays: &dyn Fn(usize) -> bool) -> String {
    let list = tree.root.and_then(|root| tree.get(root, "items"));
    let Some(list) = list else { return text.to_owned() };
    let items = tree.items(list);
    let span = |index: usize| tree.node(items[index]).span;
    let is_flow = matches!(tree.kind(list), NodeKind::Sequence { flow: true, .. });
    let mut edits = Vec::new();
    let mut last_kept: Option<usize> = None;
    let mut first_gone: Option<usize> = None;
    for index in 0..items.len() {
        match (stays(index), first_gone) {
            (false, None) => first_gone = Some(index),
            (false, Some(_)) => {}
            (true, gone) => {
                edits.extend(gone.filter(|_| is_flow).map(|gone| Span::new(span(gone).start, span(index).start)));
                (last_kept, first_gone) = (Some(index), None);
            }
        }
        if !is_flow && !stays(index) {
            edits.extend(lines_of_item(text, span(index).start, span(index).end));
        }
    }
    if let (true, Some(kept), Some(_)) = (is_flow, last_kept, first_gone) {
        edits.push(Span::new(span(kept).end, span(items.len() - 1).end));
    }
    let edits: Vec<Edit> = edits.into_iter().map(Edit::delete).collect();
    let shorter = apply_edits(text, &edits);
    let again = parse(&shorter);
    let count = again.root.filter(|_| again.is_readable()).and_then(|root| again.get(root, "items"));
    let wanted = (0..items.len()).filter(|index| stays(*index)).count();
    if count.is_some_and(|list| again.items(list).len() == wanted) {
        return shorter;
    }
    let Some(mut value) = tree.root.and_then(|root| value_of(tree, root)) else { return text.to_owned() };
    if let Some(items) = value.get_mut("items").and_then(Value::as_array_mut) {
        let mut index = 0..;
        items.retain(|_| index.next().is_some_and(stays));
    }
    let marker_line = marker(text).map_or("", |line| &text[..line]);
    format!("{marker_line}{}", render(&value))
}
