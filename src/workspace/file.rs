//! Files with their documents, and how they are read: what stood there before is not read again.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::{OBJECTS, Parsed};
use crate::pace::{Progress, Rest, pause};
use crate::syntax::splitting;
use crate::text::{LineIndex, Position, SourceFile, Span};

/// A file with its documents.
#[derive(Clone, Debug)]
pub struct File {
    /// Name and text.
    pub source: SourceFile,
    /// The name again, to be shared by all that stands in the file.
    pub name: Rc<str>,
    /// Where its lines begin.
    pub lines: Rc<LineIndex>,
    /// Its documents in order; their texts joined are the file's text.
    pub documents: Vec<Document>,
}

/// A document of a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it stands in the file, its `---` line included.
    pub span: Span,
    /// What was read from it; spans inside count from the document's start.
    pub parsed: Rc<Parsed>,
}

/// A file that is split into documents, most of which may be known.
pub(super) struct Split {
    source: SourceFile,
    pub(super) spans: Vec<Span>,
    lines: LineIndex,
    /// What is known of the first documents, and of the last ones: before and after the first change.
    first: Vec<Rc<Parsed>>,
    last: Vec<Rc<Parsed>>,
}

impl Split {
    /// Splits a text; gives the earlier documents of the same file that are not in it as they were, too.
    pub(super) async fn splitting(
        source: SourceFile,
        earlier: Option<&Rc<File>>,
    ) -> (Self, Vec<(Rc<File>, Range<usize>)>) {
        let (chunks, lines) = splitting(&source.text).await;
        let spans: Vec<Span> = chunks.into_iter().map(|chunk| chunk.span).collect();
        let mut split = Self { source, spans, lines, first: Vec::new(), last: Vec::new() };
        let Some(earlier) = earlier else { return (split, Vec::new()) };
        let (old, mut rest) = (&earlier.documents, Rest::every(OBJECTS));
        let is_same = |at: usize, document: &Document| {
            split.spans[at].slice(&split.source.text) == document.span.slice(&earlier.source.text)
        };
        let both = old.len().min(split.spans.len());
        let mut first = 0;
        while first < both && is_same(first, &old[first]) {
            first += 1;
            rest.round().await;
        }
        let mut last = 0;
        while last < both - first && is_same(split.spans.len() - 1 - last, &old[old.len() - 1 - last]) {
            last += 1;
            rest.round().await;
        }
        let parsed = |documents: &[Document]| documents.iter().map(|document| Rc::clone(&document.parsed)).collect();
        let changed = first..old.len() - last;
        split.first = parsed(&old[..changed.start]);
        split.last = parsed(&old[changed.end..]);
        (split, vec![(Rc::clone(earlier), changed)])
    }

    pub(super) async fn reading(self, known: &HashMap<&str, Rc<Parsed>>, progress: &Progress) -> File {
        let Self { source, spans, lines, first, last } = self;
        let begin_of_last = spans.len() - last.len();
        let mut documents = Vec::with_capacity(spans.len());
        for (at, span) in spans.into_iter().enumerate() {
            let text = span.slice(&source.text);
            let kept = first.get(at).or_else(|| last.get(at.checked_sub(begin_of_last)?));
            let parsed = match kept.or_else(|| known.get(text)) {
                Some(parsed) => Rc::clone(parsed),
                None => Rc::new(Parsed::reading(text).await),
            };
            documents.push(Document { span, parsed });
            progress.update(|measure| measure.read += 1);
            pause().await;
        }
        File { name: source.name.as_str().into(), source, lines: Rc::new(lines), documents }
    }
}

impl File {
    /// Line and column of an offset in this file.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(&self.source.text, offset)
    }
}
