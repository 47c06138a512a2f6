//! What the lines of a damaged text are: documents, loose pieces of objects, and what stands around them.

use std::ops::Range;

use super::health;
use super::indentation::bare;
use super::lines::{Lexed, Line, Says, Value, lex, open_brackets, value_of};
use super::shapes;
use crate::lower::shape::ObjectShape;
use crate::model::ako_values::RECOGNISED_BY;
use crate::workspace::Parsed;

/// Lines that belong together.
#[derive(Clone, Debug)]
pub struct Part {
    /// What they are.
    pub what: What,
    /// Which lines.
    pub lines: Range<usize>,
}

/// What lines are.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// An object, and its fields where its kind is known.
    Document(Option<&'static ObjectShape>),
    /// A piece of an object, as `annotations:`.
    Piece(Option<&'static ObjectShape>),
    /// A document's marker, or a blank line.
    Between,
    /// A line that marks code in a text.
    Fence,
    /// A command that was typed, or its prompt.
    Prompt,
    /// Words for people.
    Prose,
}

/// Fields with which a loose piece of an object may begin.
const PIECES: [&str; 14] = [
    "annotations",
    "labels",
    "matchLabels",
    "selector",
    "metadata",
    "spec",
    "ports",
    "listeners",
    "parametersRef",
    "parameters",
    "rules",
    "vipNetworks",
    "network",
    "tls",
];

/// Finds the parts of lines that lie between documents that are well.
pub struct Regions<'a> {
    lines: &'a [Line<'a>],
    lexed: Vec<Lexed<'a>>,
}

impl<'a> Regions<'a> {
    /// For these lines.
    #[must_use]
    pub fn new(lines: &'a [Line<'a>]) -> Self {
        Self { lines, lexed: lines.iter().map(|line| lex(line.text)).collect() }
    }

    /// The parts, in order; together they are all lines.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut at = 0;
        while at < self.lexed.len() {
            let part = self.part(at);
            at = part.lines.end.max(at + 1);
            if matches!(part.what, What::Document(_) | What::Piece(_)) {
                self.take_comments(&mut parts, part);
            } else {
                self.add(&mut parts, part);
            }
        }
        parts
    }

    fn part(&self, at: usize) -> Part {
        let line = |what| Part { what, lines: at..at + 1 };
        if let Some(start) = self.document_start(at) {
            return Part { what: What::Document(start.shape), lines: at..self.document_end(at, &start) };
        }
        if self.starts_piece(at) {
            let key = self.key(at).unwrap_or_default();
            return Part { what: What::Piece(shapes::of_piece(key)), lines: at..self.piece_end(at) };
        }
        match self.lexed[at].says {
            Says::Blank | Says::Marker => line(What::Between),
            _ if is_fence(self.lines[at].text) => line(What::Fence),
            _ if is_prompt(self.lines[at].text) => line(What::Prompt),
            _ => line(What::Prose),
        }
    }

    /// Lines of the same sort are one part; blank lines within prose belong to it.
    fn add(&self, parts: &mut Vec<Part>, part: Part) {
        if let Some(last) = parts.last_mut() {
            let same = std::mem::discriminant(&last.what) == std::mem::discriminant(&part.what);
            let is_blank = self.lexed[part.lines.start].says == Says::Blank;
            if (same && !matches!(part.what, What::Between)) || (is_blank && matches!(last.what, What::Prose)) {
                last.lines.end = part.lines.end;
                return;
            }
        }
        parts.push(part);
    }

    /// Comments directly above a document are its own.
    fn take_comments(&self, parts: &mut Vec<Part>, mut part: Part) {
        while let Some(last) = parts.last_mut().filter(|last| matches!(last.what, What::Prose)) {
            let above = last.lines.end - 1;
            if self.lexed[above].says != Says::Comment {
                break;
            }
            part.lines.start = above;
            last.lines.end = above;
            if last.lines.is_empty() {
                parts.pop();
            }
        }
        parts.push(part);
    }

    fn key(&self, at: usize) -> Option<&'a str> {
        match self.lexed.get(at)?.says {
            Says::Pair { dash: false, key, .. } => Some(key),
            _ => None,
        }
    }

    fn value(&self, at: usize) -> Option<&'a str> {
        match self.lexed.get(at)?.says {
            Says::Pair { dash: false, value, .. } => Some(bare(value)),
            _ => None,
        }
    }

    /// The next line with something in it.
    fn next(&self, at: usize) -> Option<usize> {
        const MOST_BLANK: usize = 50;
        let says = |at: &usize| self.lexed.get(*at).map(|line| line.says);
        (at + 1..at + MOST_BLANK).find(|at| !matches!(says(at), Some(Says::Blank | Says::Comment)))
    }

    /// Whether an object begins here: `apiVersion` and `kind` one after the other, or AKO's values.
    fn document_start(&self, at: usize) -> Option<Start> {
        let (key, value) = (self.key(at)?, self.value(at)?);
        let columns = self.lexed[at].columns;
        if self.starts_values(at, key) {
            return Some(Start { shape: Some(&shapes::AKO_VALUES), columns });
        }
        let second = self.next(at)?;
        let second_key = self.key(second);
        let (api_version, kind) = match (key, second_key) {
            ("apiVersion", Some("kind")) => (value, self.value(second)?),
            ("kind", Some("apiVersion")) => (self.value(second)?, value),
            ("apiVersion", Some(_)) => (value, self.kind_below(second, columns)?),
            _ => return None,
        };
        // Other keys than an object's stand there where these two are part of a reference.
        let third = self.next(second).and_then(|third| self.key(third));
        if matches!(third, Some("apiVersion" | "kind" | "name" | "namespace" | "uid" | "group" | "fieldPath")) {
            return None;
        }
        let is_kind = kind.starts_with(|first: char| first.is_ascii_uppercase())
            && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_version = !api_version.is_empty()
            && api_version.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./-".contains(&byte));
        (is_kind && is_version).then(|| Start {
            shape: shapes::of_kind(api_version, kind),
            columns: columns.max(self.lexed[second].columns),
        })
    }

    /// Whether AKO's values begin here: with one of the keys that only they have, or with others before it.
    fn starts_values(&self, at: usize, key: &str) -> bool {
        const LOOK_AHEAD: usize = 100;
        if shapes::field(&shapes::AKO_VALUES, key).is_none() {
            return false;
        }
        let below = (at..self.lexed.len().min(at + LOOK_AHEAD))
            .take_while(|at| !matches!(self.lexed[*at].says, Says::Text | Says::Marker))
            .take_while(|at| !matches!(self.key(*at), Some("apiVersion" | "kind")));
        below
            .into_iter()
            .any(|at| self.key(at).is_some_and(|key| RECOGNISED_BY.contains(&key)) && self.value(at) == Some(""))
    }

    /// The kind of an object whose fields are sorted, `data` before `kind`.
    fn kind_below(&self, from: usize, columns: usize) -> Option<&'a str> {
        const LOOK_AHEAD: usize = 300;
        let same_level = |at: &usize| self.lexed[*at].columns == columns && self.key(*at).is_some();
        let end = (from + LOOK_AHEAD).min(self.lexed.len());
        let own = (from..end).take_while(|at| self.lexed[*at].says != Says::Marker).filter(same_level);
        let mut own = own.take_while(|at| self.key(*at) != Some("apiVersion"));
        own.find(|at| self.key(*at) == Some("kind")).and_then(|at| self.value(at))
    }

    fn document_end(&self, from: usize, start: &Start) -> usize {
        let mut end = from + 1;
        let mut block: Option<usize> = None;
        let mut brackets = 0;
        let mut swallows = false;
        for at in from + 1..self.lexed.len() {
            let line = &self.lexed[at];
            let deeper = line.columns > start.columns;
            match line.says {
                Says::Marker => break,
                Says::Blank | Says::Comment => continue,
                _ => {}
            }
            let in_block = block.is_some_and(|header| line.columns > header);
            if !in_block {
                block = None;
            }
            if brackets > 0 {
                brackets += open_brackets(self.lines[at].text);
                end = at + 1;
                continue;
            }
            if !in_block && !deeper && !start.goes_on(self, at) && self.document_start(at).is_some() {
                break;
            }
            if !(in_block || deeper || swallows || self.belongs(at, end, start)) {
                let is_around = is_fence(self.lines[at].text) || is_prompt(self.lines[at].text);
                if start.shape.is_some() || is_around || self.reads_well(from..end) {
                    break;
                }
                // What an object that is not known may hold is anybody's guess.
                swallows = true;
            }
            end = at + 1;
            if in_block {
                continue;
            }
            if let Says::Pair { value, .. } | Says::Item(value) = line.says {
                match value_of(value) {
                    Value::Block => block = Some(line.columns),
                    Value::Flow => brackets = open_brackets(value).max(0),
                    _ => {}
                }
            }
        }
        // Comments below the last line belong to the document when nothing else could own them.
        let comments = self.lexed[end..].iter().take_while(|line| line.says == Says::Comment).count();
        end + comments
    }

    /// Whether a line on the level of an object's fields is part of it.
    fn belongs(&self, at: usize, end: usize, start: &Start) -> bool {
        match self.lexed[at].says {
            Says::Pair { key, value, .. } => {
                let known = start.shape.is_some_and(|shape| shapes::has_field(shape, key));
                let is_field = key.starts_with(|first: char| first.is_ascii_lowercase());
                known || key.contains(['/', '.']) || (is_field && !is_sentence(value))
            }
            Says::Item(value) => !is_sentence(value),
            // Text without indentation that follows the header of a block scalar.
            Says::Text => {
                let above = self.lexed[..end].last().map(|line| line.says);
                let value = match above {
                    Some(Says::Pair { value, .. } | Says::Item(value)) => value,
                    _ => "",
                };
                value_of(value) == Value::Block
            }
            _ => true,
        }
    }

    fn reads_well(&self, lines: Range<usize>) -> bool {
        let text = joined(&self.lines[lines]);
        let parsed = Parsed::new(&text);
        !parsed.unrecognised && health::is_well(&parsed, &text)
    }

    /// Whether a loose piece of an object begins here.
    fn starts_piece(&self, at: usize) -> bool {
        let is_piece = self.key(at).is_some_and(|key| PIECES.contains(&key)) && self.value(at) == Some("");
        let below = self.next(at).and_then(|next| self.lexed.get(next)).map(|line| line.says);
        is_piece
            && match below {
                Some(Says::Pair { key, value, .. }) => {
                    key.contains(['/', '.'])
                        || (key.starts_with(|first: char| first.is_ascii_lowercase()) && !is_sentence(value))
                }
                _ => false,
            }
    }

    fn piece_end(&self, from: usize) -> usize {
        let columns = self.lexed[from].columns;
        let strings = self.key(from).is_some_and(|key| shapes::of_piece(key).is_some());
        let mut end = from + 1;
        let mut is_indented = None;
        for at in from + 1..self.lexed.len() {
            let line = &self.lexed[at];
            let deeper = line.columns > columns;
            match line.says {
                Says::Blank | Says::Comment => continue,
                Says::Marker => break,
                _ => {}
            }
            let is_indented = *is_indented.get_or_insert(deeper);
            let belongs = match line.says {
                _ if is_indented => deeper,
                Says::Pair { dash, key, value } => {
                    self.document_start(at).is_none()
                        && (!dash || !strings)
                        && (key.contains(['/', '.']) || key.starts_with(|first: char| first.is_ascii_lowercase()))
                        && !(strings && value_of(value) == Value::Empty)
                        && !is_sentence(value)
                }
                Says::Item(value) => !strings && !is_sentence(value),
                _ => false,
            };
            if !belongs {
                break;
            }
            end = at + 1;
        }
        end
    }
}

/// How an object begins.
struct Start {
    shape: Option<&'static ObjectShape>,
    /// Column of its own fields.
    columns: usize,
}

impl Start {
    /// AKO's values begin with any of several keys: the others are no new beginning.
    fn goes_on(&self, regions: &Regions<'_>, at: usize) -> bool {
        let is_values = self.shape.is_some_and(|shape| std::ptr::eq(shape, &raw const shapes::AKO_VALUES));
        is_values && regions.key(at).is_some_and(|key| !matches!(key, "apiVersion" | "kind"))
    }
}

/// The texts of lines, one below the other.
pub fn joined(lines: &[Line<'_>]) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for line in lines {
        text.push_str(line.text);
        text.push('\n');
    }
    text
}

/// Whether a value is words for people: several, and no quotes around them.
fn is_sentence(value: &str) -> bool {
    const WORDS: usize = 4;
    !value.starts_with(['"', '\'', '{', '[', '|', '>'])
        && value.split(" #").next().unwrap_or(value).split_whitespace().count() >= WORDS
}

fn is_fence(line: &str) -> bool {
    let text = line.trim();
    text.starts_with("```") || text.starts_with("~~~")
}

/// Whether a line is a command at a prompt, or the end of a text that was typed to one.
fn is_prompt(line: &str) -> bool {
    const PROMPTS: [&str; 4] = ["$ ", "% ", "> ", "PS "];
    const COMMANDS: [&str; 5] = ["kubectl ", "helm ", "oc ", "cat ", "k "];
    let text = line.trim();
    let at_host = text.split_once(['$', '#']).is_some_and(|(host, rest)| {
        rest.starts_with(' ') && host.contains('@') && !host.contains(' ')
            || host.starts_with('[') && host.ends_with(']')
    });
    matches!(text, "EOF" | "$" | ">")
        || at_host
        || PROMPTS.iter().chain(&COMMANDS).any(|prompt| text.starts_with(prompt))
}
