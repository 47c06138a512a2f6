//! Joins edits that were made one after the other into edits of the first text.

use crate::ordered::sort_by_key;
use crate::text::{Edit, Span};

/// A stretch of the present text.
#[derive(Clone, Debug)]
enum Piece {
    /// Bytes of the first text.
    Kept(Span),
    /// Bytes that an edit wrote.
    Written(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(span) => span.len(),
            Self::Written(text) => text.len(),
        }
    }

    fn split_at(self, at: usize) -> (Self, Self) {
        match self {
            Self::Kept(span) => {
                (Self::Kept(Span::new(span.start, span.start + at)), Self::Kept(Span::new(span.start + at, span.end)))
            }
            Self::Written(mut text) => {
                let rest = text.split_off(at);
                (Self::Written(text), Self::Written(rest))
            }
        }
    }
}

/// The present text as pieces of the first one.
#[derive(Clone, Debug)]
pub(super) struct Pieces(Vec<Piece>);

impl Pieces {
    pub fn new(length: usize) -> Self {
        Self(vec![Piece::Kept(Span::new(0, length))])
    }

    /// Applies edits of the present text, none of which overlap.
    pub fn apply(&mut self, edits: &[Edit]) {
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sort_by_key(&mut sorted, |edit| (edit.span.start, edit.span.end));
        for edit in sorted.into_iter().rev() {
            let after = self.take_from(edit.span.end);
            self.take_from(edit.span.start);
            self.0.push(Piece::Written(edit.replacement.clone()));
            self.0.extend(after);
        }
    }

    /// Cuts off and gives the pieces from an offset on.
    fn take_from(&mut self, offset: usize) -> Vec<Piece> {
        let mut at = 0;
        for index in 0..self.0.len() {
            let length = self.0[index].len();
            if at + length > offset {
                let mut after = self.0.split_off(index);
                if offset > at {
                    let (before, rest) = after.remove(0).split_at(offset - at);
                    self.0.push(before);
                    after.insert(0, rest);
                }
                return after;
            }
            at += length;
        }
        Vec::new()
    }

    /// The edits that lead from the first text to the present one.
    pub fn into_edits(self, text: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut at = 0;
        let mut written = String::new();
        for piece in self.0.into_iter().chain([Piece::Kept(Span::at(text.len()))]) {
            match piece {
                Piece::Written(new) => written += &new,
                Piece::Kept(span) => {
                    if span.start > at || !written.is_empty() {
                        edits.extend(narrowed(text, Span::new(at, span.start), &std::mem::take(&mut written)));
                    }
                    at = span.end;
                }
            }
        }
        edits
    }
}

/// Leaves out of an edit what it writes as it was.
fn narrowed(text: &str, span: Span, new: &str) -> Option<Edit> {
    let old = span.slice(text);
    let prefix: usize =
        old.chars().zip(new.chars()).take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum();
    let (old, rest) = (&old[prefix..], &new[prefix..]);
    let both = old.chars().rev().zip(rest.chars().rev());
    let suffix: usize = both.take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum();
    let replacement = rest[..rest.len() - suffix].to_owned();
    let span = Span::new(span.start + prefix, span.end - suffix);
    (!span.is_empty() || !replacement.is_empty()).then_some(Edit { span, replacement })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply_edits;

    #[test]
    fn edits_of_edits_are_edits_of_the_first_text() {
        let first = "one two three";
        let mut pieces = Pieces::new(first.len());
        let steps = [
            vec![Edit::replace(Span::new(4, 7), "2"), Edit::insert(0, "> ")],
            vec![Edit::replace(Span::new(0, 5), "ONE")],
            vec![Edit::insert(3, "!"), Edit::delete(Span::new(4, 6))],
        ];
        let mut present = first.to_owned();
        for edits in &steps {
            present = apply_edits(&present, edits);
            pieces.apply(edits);
        }
        let edits = pieces.into_edits(first);
        assert_eq!(apply_edits(first, &edits), present);
    }
}
