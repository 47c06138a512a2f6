//! Repair of damaged pastes: manifests that a web page, a letter or a terminal has spoilt.
//!
//! A document that reads well is left alone, byte for byte. In what is left the lines are sorted into
//! documents and what stands around them; a document then gets the least that makes it read well. All
//! repairs are edits of the text as given and never overlap, so that any of them can be taken or left.

mod changes;
mod characters;
mod document;
mod health;
mod indentation;
mod lines;
mod prefixes;
mod prose;
pub(crate) mod quotes;
mod regions;
mod shapes;
#[cfg(test)]
mod tests;

pub use changes::Change;

use characters::Odd;
use lines::{Line, Says, lex, lines};
use regions::{Part, Regions, What};

use crate::pace::{finish, pause};
use crate::syntax::splitting;
use crate::text::{Edit, Span, apply_edits};
use crate::workspace::Parsed;

/// A longer text is not looked at for damage, in bytes: no paste is that long.
pub const MOST_TEXT: usize = 4 << 20;

/// What a repair is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RepairKind {
    /// Lines are numbered.
    LineNumbers,
    /// Each line begins with `>`.
    QuoteMarks,
    /// Words for people, list bullets among them, around documents.
    Prose,
    /// Lines that mark code in a text.
    CodeFence,
    /// A shell's prompt or command.
    ShellPrompt,
    /// No `---` between two documents.
    Separator,
    /// Lines have lost their indentation.
    Indentation,
    /// Tabs indent.
    Tab,
    /// Blanks that are none to YAML.
    InvisibleCharacter,
    /// Quotes that are none to YAML.
    TypographicQuote,
}

impl RepairKind {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LineNumbers => "line numbers",
            Self::QuoteMarks => "quotation marks of a letter",
            Self::Prose => "prose",
            Self::CodeFence => "code fence",
            Self::ShellPrompt => "shell prompt",
            Self::Separator => "missing ---",
            Self::Indentation => "lost indentation",
            Self::Tab => "tab",
            Self::InvisibleCharacter => "invisible character",
            Self::TypographicQuote => "typographic quote",
        }
    }
}

/// A repair, which can be taken or left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What it is about.
    pub kind: RepairKind,
    /// What is done and why, in a sentence.
    pub reason: String,
    /// The edits, in bytes of the text as given; those of all repairs of a text are disjoint.
    pub edits: Vec<Edit>,
}

/// Something that was noticed and that no repair changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line of the text as given, from 1.
    pub line: usize,
    /// What it is, in sentences.
    pub message: String,
}

/// What a text needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// In the order of the text.
    pub repairs: Vec<Repair>,
    /// In the order of the text.
    pub notes: Vec<Note>,
}

impl Repairs {
    /// The text with all repairs.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        self.apply_some(text, |_| true)
    }

    /// The text with those repairs whose place in the list is taken.
    #[must_use]
    pub fn apply_some(&self, text: &str, taken: impl Fn(usize) -> bool) -> String {
        let chosen = self.repairs.iter().enumerate().filter(|(at, _)| taken(*at));
        let edits: Vec<Edit> = chosen.flat_map(|(_, repair)| repair.edits.iter().cloned()).collect();
        apply_edits(text, &edits)
    }

    /// Whether there is nothing to repair and nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.repairs.is_empty() && self.notes.is_empty()
    }
}

/// What a text needs to be read as it was meant; nothing for a text that reads well. Never fails.
#[must_use]
pub fn repair(text: &str) -> Repairs {
    finish(repairing(text))
}

/// [`repair`] in steps, as far as it looks for what is damaged.
pub(crate) async fn repairing(text: &str) -> Repairs {
    let mut found = Repairs::default();
    if text.len() > MOST_TEXT {
        let message = format!("longer than {} MB: not looked at for damage; split it", MOST_TEXT >> 20);
        found.notes.push(Note { line: 1, message });
        return found;
    }
    let mut lines = lines(text);
    let is_well = well_lines(text, &lines).await;
    if is_well.iter().all(|well| *well) {
        return found;
    }
    for run in prefixes::find(&lines, |at| !is_well[at]) {
        found.repairs.push(prefix_repair(&lines, &run));
        for (at, prefix) in run.lines {
            lines[at] = lines[at].without(prefix);
        }
    }
    let mut plan = Plan { text, lines: &lines, found, objects: 0 };
    let mut at = 0;
    while at < lines.len() {
        let stretch = is_well[at..].iter().take_while(|well| **well == is_well[at]).count();
        let stretch = at..at + stretch;
        if is_well[at] {
            plan.objects += 1;
        } else {
            plan.stretch(stretch.clone());
        }
        at = stretch.end;
    }
    plan.finish()
}

/// Which lines belong to documents that read well.
async fn well_lines(text: &str, lines: &[Line<'_>]) -> Vec<bool> {
    let mut is_well = Vec::with_capacity(lines.len());
    let mut at = 0;
    for chunk in splitting(text).await.0 {
        let own = chunk.span.slice(text);
        let well = health::is_well(&Parsed::reading(own).await, own);
        let end =
            lines[at..].iter().position(|line| line.start >= chunk.span.end).map_or(lines.len(), |count| at + count);
        is_well.resize(end, well);
        at = end;
        pause().await;
    }
    is_well.resize(lines.len(), true);
    is_well
}

fn prefix_repair(lines: &[Line<'_>], run: &prefixes::Prefixed) -> Repair {
    let edit = |(at, prefix): &(usize, usize)| Edit::delete(Span::new(lines[*at].content, lines[*at].content + prefix));
    let edits = run.lines.iter().filter(|(_, prefix)| *prefix > 0).map(edit).collect();
    let count = run.lines.len();
    let (kind, reason) = if run.numbers {
        (RepairKind::LineNumbers, format!("{count} lines are numbered: the numbers are no YAML"))
    } else {
        (RepairKind::QuoteMarks, format!("{count} lines begin with `>`, as in a quotation: the signs are no YAML"))
    };
    Repair { kind, reason, edits }
}

/// Collects the repairs of a text.
struct Plan<'a> {
    text: &'a str,
    lines: &'a [Line<'a>],
    found: Repairs,
    /// Documents and pieces so far: without any, prose is not around anything.
    objects: usize,
}

impl Plan<'_> {
    /// Lines between documents that are well.
    fn stretch(&mut self, stretch: std::ops::Range<usize>) {
        let lines = self.lines;
        let parts = Regions::new(&lines[stretch.clone()]).parts();
        // The document before ends with a marker or with the text's begin.
        let mut separated = stretch.start == 0;
        for part in parts {
            let own = stretch.start + part.lines.start..stretch.start + part.lines.end;
            match part.what {
                What::Between => {
                    separated |= lex(lines[own.start].text).says == Says::Marker;
                }
                What::Document(shape) | What::Piece(shape) => {
                    self.objects += 1;
                    if !separated {
                        self.separator(own.start);
                    }
                    separated = false;
                    self.document(own, &part, shape);
                }
                What::Prose => self.prose(own),
                What::Fence => self.remove(RepairKind::CodeFence, own, "marks code in a text and is no YAML"),
                What::Prompt => self.remove(RepairKind::ShellPrompt, own, "was typed to a shell and is no YAML"),
            }
        }
    }

    fn note(&mut self, line: usize, message: impl Into<String>) {
        self.found.notes.push(Note { line: line + 1, message: message.into() });
    }

    fn add(&mut self, kind: RepairKind, reason: String, edits: Vec<Edit>) {
        if !edits.is_empty() {
            self.found.repairs.push(Repair { kind, reason, edits });
        }
    }

    fn separator(&mut self, at: usize) {
        let line = &self.lines[at];
        let ending = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let reason = "a document begins here without a line of `---` before it".to_owned();
        self.add(RepairKind::Separator, reason, vec![Edit::insert(line.start, format!("---{ending}"))]);
    }

    fn remove(&mut self, kind: RepairKind, own: std::ops::Range<usize>, reason: &str) {
        let edits = self.taken_out(&own);
        let reason =
            if own.len() == 1 { format!("the line {reason}") } else { format!("{} lines: each {reason}", own.len()) };
        self.add(kind, reason, edits);
    }

    /// The edits that take lines out. What a line has in front is another repair's.
    fn taken_out(&self, own: &std::ops::Range<usize>) -> Vec<Edit> {
        let mut spans: Vec<Span> = Vec::new();
        for line in &self.lines[own.clone()] {
            match spans.last_mut() {
                Some(last) if last.end == line.content => last.end = line.end,
                _ => spans.push(Span::new(line.content, line.end)),
            }
        }
        spans.into_iter().map(Edit::delete).collect()
    }

    fn prose(&mut self, own: std::ops::Range<usize>) {
        let texts: Vec<&str> = self.lines[own.clone()].iter().map(|line| line.text).collect();
        for (line, note) in prose::doubtful(&texts) {
            self.note(own.start + line, note);
        }
        let says: Vec<Says<'_>> = texts.iter().map(|text| lex(text).says).collect();
        if !says.iter().any(|says| !matches!(says, Says::Blank | Says::Comment)) {
            return;
        }
        let pairs = says.iter().filter(|says| matches!(says, Says::Pair { .. })).count();
        if let (1.., Some(first)) = (pairs, says.iter().position(|says| matches!(says, Says::Pair { .. }))) {
            let lines = if pairs == 1 { "A line looks".to_owned() } else { format!("{pairs} lines look") };
            self.note(
                own.start + first,
                format!("{lines} like YAML and belong to no object; taken out with the words around."),
            );
        }
        let count = says.iter().filter(|says| **says != Says::Blank).count();
        let reason = match count {
            1 => "a line of text for people, no YAML".to_owned(),
            count => format!("{count} lines of text for people, no YAML"),
        };
        let edits = self.taken_out(&own);
        self.add(RepairKind::Prose, reason, edits);
    }

    fn document(
        &mut self,
        own: std::ops::Range<usize>,
        part: &Part,
        shape: Option<&'static crate::lower::shape::ObjectShape>,
    ) {
        let mend = document::mend(&self.lines[own.clone()], shape);
        let what = match (&part.what, mend.name.as_str()) {
            (What::Piece(_), _) => "a loose piece of an object".to_owned(),
            (_, "") => "an object".to_owned(),
            (_, name) => format!("`{name}`"),
        };
        if mend.is_given_up {
            let why = if shape.is_some() {
                "what it says does not fit its kind"
            } else {
                "the fields of its kind are not known"
            };
            self.note(own.start, format!("{what} does not read as Kubernetes YAML and is left as it is: {why}."));
            return;
        }
        let by = if matches!(part.what, What::Piece(_)) { "" } else { ", by the fields of its kind" };
        let lines = mend.indentation.len();
        let lines = if lines == 1 { "1 line gets its".to_owned() } else { format!("{lines} lines get their") };
        self.add(RepairKind::Indentation, format!("{what}: {lines} indentation back{by}"), mend.indentation);
        for (odd, kind, reason) in [
            (Odd::Tab, RepairKind::Tab, "a tab that indents, which YAML forbids"),
            (Odd::Invisible, RepairKind::InvisibleCharacter, "a blank that is a letter to YAML"),
            (Odd::Quote, RepairKind::TypographicQuote, "a typographic quote, which is a letter to YAML"),
        ] {
            let own = mend.odd.iter().filter(|(own, _)| *own == odd);
            let edits: Vec<Edit> = own.map(|(_, edit)| edit.clone()).collect();
            self.add(kind, format!("{what}: {reason}{}", times(edits.len())), edits);
        }
    }

    fn finish(self) -> Repairs {
        let Self { mut found, objects, .. } = self;
        if objects == 0 {
            return Repairs::default();
        }
        crate::ordered::sort_by_key(&mut found.repairs, |repair| {
            repair.edits.first().map_or(0, |edit| edit.span.start)
        });
        crate::ordered::sort_by_key(&mut found.notes, |note| note.line);
        found
    }
}

/// ", 3 times" where it is more than once.
fn times(count: usize) -> String {
    if count > 1 { format!(", {count} times") } else { String::new() }
}
