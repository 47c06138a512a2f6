//! Search in a text: where something stands, which one comes next, and what replacing it changes.

use crate::text::{Edit, Span};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The text; nothing is found where it is empty.
    pub what: String,
    /// Whether `a` and `A` differ. Only letters of ASCII are taken for each other.
    pub case: bool,
}

impl Search {
    /// All places in a text, in order; none overlaps the one before.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Span> {
        if self.what.is_empty() {
            return Vec::new();
        }
        let spans = |text: &str, what: &str| {
            text.match_indices(what).map(|(start, found)| Span::new(start, start + found.len())).collect()
        };
        if self.case {
            spans(text, &self.what)
        } else {
            // The same length byte for byte, so the places are those of the text itself.
            spans(&text.to_ascii_lowercase(), &self.what.to_ascii_lowercase())
        }
    }
}

/// The place in `found` of the match to go to from a selection: the next one that begins after the
/// selection's start, or the one before it; past the end it begins again.
#[must_use]
pub fn next(found: &[Span], selection: Span, backwards: bool) -> Option<usize> {
    if found.is_empty() {
        return None;
    }
    let at_or_after = found.partition_point(|span| span.start < selection.start);
    let is_current = found.get(at_or_after).is_some_and(|span| *span == selection);
    Some(match (backwards, is_current) {
        (false, true) => (at_or_after + 1) % found.len(),
        (false, false) => at_or_after % found.len(),
        (true, _) => (at_or_after + found.len() - 1) % found.len(),
    })
}

/// Which of the matches is selected.
#[must_use]
pub fn current(found: &[Span], selection: Span) -> Option<usize> {
    let at = found.partition_point(|span| span.start < selection.start);
    (found.get(at) == Some(&selection)).then_some(at)
}

/// Where one is, in words: `2 of 17`.
#[must_use]
pub fn count(found: &[Span], selection: Span) -> String {
    match (found.len(), current(found, selection)) {
        (0, _) => "nothing found".to_owned(),
        (all, Some(at)) => format!("{} of {all}", at + 1),
        (1, None) => "1 place".to_owned(),
        (all, None) => format!("{all} places"),
    }
}

/// The edits that put a text in place of all that was found.
#[must_use]
pub fn replace_all(found: &[Span], with: &str) -> Vec<Edit> {
    found.iter().map(|span| Edit::replace(*span, with)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply_edits;

    fn find(text: &str, what: &str, case: bool) -> Vec<usize> {
        Search { what: what.to_owned(), case }.find(text).iter().map(|span| span.start).collect()
    }

    #[test]
    fn places_are_those_of_the_text() {
        assert_eq!(find("é Oam oam", "oam", false), [3, 7]);
        assert_eq!(find("é Oam oam", "oam", true), [7]);
        assert_eq!(find("aaaa", "aa", true), [0, 2]);
        assert_eq!(find("aaaa", "", true), [] as [usize; 0]);
    }

    #[test]
    fn the_next_one_is_after_the_selection_and_goes_round() {
        let found = Search { what: "a".to_owned(), case: true }.find("a.a.a");
        assert_eq!(next(&found, Span::at(0), false), Some(0));
        assert_eq!(next(&found, found[0], false), Some(1));
        assert_eq!(next(&found, Span::at(1), false), Some(1));
        assert_eq!(next(&found, found[2], false), Some(0));
        assert_eq!(next(&found, found[0], true), Some(2));
        assert_eq!(next(&found, Span::at(3), true), Some(1));
        assert_eq!(next(&[], Span::at(3), true), None);
        assert_eq!(count(&found, found[1]), "2 of 3");
        assert_eq!(count(&found, Span::at(1)), "3 places");
        assert_eq!(count(&[], Span::at(1)), "nothing found");
    }

    #[test]
    fn replacing_keeps_all_else() {
        let text = "a: oam\r\nb: Oam\r\n";
        let found = Search { what: "OAM".to_owned(), case: false }.find(text);
        assert_eq!(apply_edits(text, &replace_all(&found, "trf")), "a: trf\r\nb: trf\r\n");
    }
}
