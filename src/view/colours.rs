//! The colours of YAML text: which stretch of a line is a key, a string, a number, a comment.
//!
//! Decoration only, read line by line, so that a text which does not parse has its colours, too, and a
//! part of a long text can be coloured without reading all of it.

use std::ops::Range;

use crate::syntax::{Plain, resolve_plain};
use crate::text::LineIndex;

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// A key, without its colon.
    Key,
    /// A quoted string, or a line of a block scalar.
    Text,
    /// A plain number.
    Number,
    /// `true`, `null` and the like.
    Constant,
    /// From `#` to the end of the line.
    Comment,
    /// `&anchor`, `*alias`, `!tag`.
    Anchor,
    /// `---`, `...`, `%YAML`.
    Marker,
}

impl Colour {
    /// The class of the style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Key => "code-key",
            Self::Text => "code-text",
            Self::Number => "code-number",
            Self::Constant => "code-constant",
            Self::Comment => "code-comment",
            Self::Anchor => "code-anchor",
            Self::Marker => "code-marker",
        }
    }
}

/// A coloured stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coloured {
    /// Bytes of the line.
    pub range: Range<usize>,
    /// What it is.
    pub colour: Colour,
}

/// What a line inherits from the lines above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inside {
    /// Nothing.
    #[default]
    Lines,
    /// A block scalar; lines further in than this are its text.
    Block { column: Option<usize> },
    /// A string that is still open.
    Quotes(u8),
}

/// Reads one line after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Colours {
    inside: Inside,
    /// Depth of `{` and `[`.
    flow: usize,
}

/// Lines read before those that are shown, to know whether they stand in a block scalar or a string.
const LINES_BEFORE: usize = 2000;

/// What stands further right has no colour: nobody reads it, and one line can be the whole file.
const LONGEST_LINE: usize = 5000;

/// The colours of some lines (from 1, the last included) of a text, line by line.
#[must_use]
pub fn of_lines(text: &str, lines: &LineIndex, shown: Range<usize>) -> Vec<Vec<Coloured>> {
    let line = |number: usize| {
        let line = lines.line_span(text, number).slice(text);
        let mut end = line.len().min(LONGEST_LINE);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        &line[..end]
    };
    let least = shown.start.saturating_sub(LINES_BEFORE).max(1);
    let first = (least..=shown.start).rev().find(|number| is_marker(line(*number))).unwrap_or(least);
    let mut colours = Colours::default();
    for number in first..shown.start {
        colours.line(line(number));
    }
    shown.map(|number| colours.line(line(number))).collect()
}

impl Colours {
    /// The colours of the next line, given without its line break.
    pub fn line(&mut self, line: &str) -> Vec<Coloured> {
        let mut reader = Reader { line, bytes: line.as_bytes(), at: 0, found: Vec::new(), column: None };
        if is_marker(line) {
            *self = Self::default();
            reader.give(0..3, Colour::Marker);
            reader.at = 3;
        } else if line.starts_with('%') && *self == Self::default() {
            reader.give(0..line.len(), Colour::Marker);
            return reader.found;
        }
        match self.inside {
            Inside::Block { column } => {
                let indentation = line.len() - line.trim_start().len();
                if line.trim().is_empty() || column.is_none_or(|column| indentation > column) {
                    reader.give(indentation..line.len(), Colour::Text);
                    return reader.found;
                }
                self.inside = Inside::Lines;
            }
            Inside::Quotes(quote) => reader.string(0, quote, self),
            Inside::Lines => {}
        }
        while reader.at < line.len() {
            reader.token(self);
        }
        reader.found
    }
}

impl PartialEq for Colours {
    fn eq(&self, other: &Self) -> bool {
        self.inside == other.inside && self.flow == other.flow
    }
}

/// Whether a line is `---` or `...`, perhaps with something after it.
#[must_use]
pub fn is_marker(line: &str) -> bool {
    let rest = line.strip_prefix("---").or_else(|| line.strip_prefix("..."));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}

/// One line while it is read.
struct Reader<'l> {
    line: &'l str,
    bytes: &'l [u8],
    at: usize,
    found: Vec<Coloured>,
    /// Where the innermost key or dash of the line stands: a block scalar is further in.
    column: Option<usize>,
}

impl Reader<'_> {
    fn give(&mut self, range: Range<usize>, colour: Colour) {
        if !range.is_empty() {
            self.found.push(Coloured { range, colour });
        }
    }

    fn ends_token(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
    }

    /// Reads what begins here; always goes on by a byte at least.
    fn token(&mut self, state: &mut Colours) {
        let start = self.at;
        match self.bytes[start] {
            b'#' if start == 0 || self.ends_token(start - 1) => {
                self.give(start..self.line.len(), Colour::Comment);
                self.at = self.line.len();
            }
            b'-' | b'?' if state.flow == 0 && self.ends_token(start + 1) => {
                self.column = Some(start);
                self.at += 1;
            }
            b'&' | b'*' | b'!' => {
                self.at = self.until(start, |byte| matches!(byte, b' ' | b'\t' | b'\r' | b',' | b']' | b'}'));
                self.give(start..self.at, Colour::Anchor);
            }
            b'{' | b'[' => {
                state.flow += 1;
                self.at += 1;
            }
            b'}' | b']' => {
                state.flow = state.flow.saturating_sub(1);
                self.at += 1;
            }
            b'|' | b'>' if state.flow == 0 && self.is_block_header(start) => {
                self.at = self.until(start, |byte| matches!(byte, b' ' | b'\t' | b'\r'));
                state.inside = Inside::Block { column: self.column };
            }
            quote @ (b'"' | b'\'') => self.string(start, quote, state),
            b' ' | b'\t' | b'\r' | b',' | b':' => self.at += 1,
            _ => self.plain(start, state.flow > 0),
        }
    }

    fn until(&self, start: usize, ends: impl Fn(u8) -> bool) -> usize {
        self.bytes[start..].iter().position(|byte| ends(*byte)).map_or(self.line.len(), |found| start + found)
    }

    fn is_block_header(&self, start: usize) -> bool {
        let rest = self.line[start + 1..].trim_start_matches(|letter: char| matches!(letter, '+' | '-' | '0'..='9'));
        rest.is_empty() || rest.starts_with([' ', '\t', '\r'])
    }

    /// A quoted string from its first byte here on: a key where a colon follows.
    fn string(&mut self, start: usize, quote: u8, state: &mut Colours) {
        let mut at = if state.inside == Inside::Lines { start + 1 } else { start };
        let begun = state.inside != Inside::Lines;
        state.inside = Inside::Quotes(quote);
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            at += 1;
            if byte == b'\\' && quote == b'"' {
                at += 1;
            } else if byte == quote {
                if quote == b'\'' && self.bytes.get(at) == Some(&quote) {
                    at += 1;
                    continue;
                }
                state.inside = Inside::Lines;
                break;
            }
        }
        self.at = at.min(self.line.len());
        let is_key = !begun && state.inside == Inside::Lines && self.bytes.get(self.at) == Some(&b':');
        if is_key {
            self.column = Some(start);
        }
        self.give(start..self.at, if is_key { Colour::Key } else { Colour::Text });
    }

    /// A plain scalar up to `: `, ` #` or, in flow style, a bracket or comma.
    fn plain(&mut self, start: usize, flow: bool) {
        let mut at = start;
        let mut is_key = false;
        while at < self.bytes.len() {
            match self.bytes[at] {
                b':' if self.ends_token(at + 1) => {
                    is_key = true;
                    break;
                }
                b'#' if self.ends_token(at - 1) => break,
                b',' | b'[' | b']' | b'{' | b'}' if flow => break,
                _ => at += 1,
            }
        }
        self.at = at;
        let text = self.line[start..at].trim_end();
        let range = start..start + text.len();
        if is_key {
            self.column = Some(start);
            self.give(range, Colour::Key);
        } else {
            match resolve_plain(text) {
                Plain::Int(_) | Plain::Float(_) => self.give(range, Colour::Number),
                Plain::Bool(_) | Plain::Null => self.give(range, Colour::Constant),
                Plain::String => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    /// Each line with its stretches as `K(key)`.
    fn drawn(text: &str) -> Vec<String> {
        let mut colours = Colours::default();
        let draw = |line: &str, found: Vec<Coloured>| {
            let mut drawn = String::new();
            let mut at = 0;
            for Coloured { range, colour } in found {
                drawn.push_str(&line[at..range.start]);
                drawn.push_str(&format!("{colour:?}")[..1]);
                let _ = write!(drawn, "({})", &line[range.clone()]);
                at = range.end;
            }
            drawn + &line[at..]
        };
        text.lines().map(|line| draw(line, colours.line(line))).collect()
    }

    #[test]
    fn keys_and_values_have_their_colours() {
        assert_eq!(
            drawn("---\n# all\nport: 80 # http\nname: web\nok: true\nnone: ~\nurl: http://a#b\n- \"a\": 'it''s'\n"),
            [
                "M(---)",
                "C(# all)",
                "K(port): N(80) C(# http)",
                "K(name): web",
                "K(ok): C(true)",
                "K(none): C(~)",
                "K(url): http://a#b",
                "- K(\"a\"): T('it''s')",
            ]
        );
        assert_eq!(drawn("a: &x {b: [1, *x], \"c\":!t d}"), ["K(a): A(&x) {K(b): [N(1), A(*x)], K(\"c\"):A(!t) d}"]);
        assert_eq!(drawn("%YAML 1.2\n--- |\n x\n"), ["M(%YAML 1.2)", "M(---) |", " T(x)"]);
    }

    #[test]
    fn block_scalars_end_where_the_indentation_ends() {
        assert_eq!(
            drawn("a:\n- b: |-\n    c: 1\n\n     # d\n  e: 1\n"),
            ["K(a):", "- K(b): |-", "    T(c: 1)", "", "     T(# d)", "  K(e): N(1)"]
        );
        assert_eq!(drawn("a: |\n  x\n---\nb: 1"), ["K(a): |", "  T(x)", "M(---)", "K(b): N(1)"]);
        assert_eq!(drawn("a: >x\n  b: 1"), ["K(a): >x", "  K(b): N(1)"]);
    }

    #[test]
    fn strings_go_on_over_lines() {
        assert_eq!(drawn("a: \"b\n  c: \\\"\n  d\" # e"), ["K(a): T(\"b)", "T(  c: \\\")", "T(  d\") C(# e)"]);
    }

    #[test]
    fn a_part_of_a_text_is_coloured_as_the_whole() {
        let text = "a: |\n  x: 1\n  y: 2\nb: 1\n";
        let part = of_lines(text, &LineIndex::new(text), 3..5);
        assert_eq!(part[0], [Coloured { range: 2..6, colour: Colour::Text }]);
        assert_eq!(part[1][0], Coloured { range: 0..1, colour: Colour::Key });
    }

    proptest! {
        #[test]
        fn stretches_are_in_order_and_fit(text in "[-a: \"'#|>&*{},\\[\\]%.é\t\r\n0-9\\\\]{0,80}") {
            let mut colours = Colours::default();
            for line in text.split('\n') {
                let mut at = 0;
                for Coloured { range, .. } in colours.line(line) {
                    prop_assert!(at <= range.start && range.start < range.end);
                    prop_assert!(line.get(range.clone()).is_some());
                    at = range.end;
                }
            }
        }
    }
}
