//! The lines of a damaged text, each taken by itself: what it says without its neighbours.

use crate::text::Span;

/// Characters that look like a blank, or like nothing, and are neither to YAML.
pub const INVISIBLE: [char; 7] = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}', '\u{2003}', '\u{200b}', '\u{feff}'];

/// A line, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its text without a prefix that was found to be none of it, and without its line break.
    pub text: &'a str,
    /// Where the line begins in the whole text, prefix included.
    pub start: usize,
    /// Where its text begins.
    pub content: usize,
    /// Where the next line begins.
    pub end: usize,
}

impl Line<'_> {
    /// The same line without the first bytes of its text.
    #[must_use]
    pub fn without(self, prefix: usize) -> Self {
        Self { text: self.text.get(prefix..).unwrap_or_default(), content: self.content + prefix, ..self }
    }
}

/// All lines of a text; their spans follow one another without a gap.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let read = |whole: &'_ str| {
        let line = Span::new(start, start + whole.len());
        start = line.end;
        line
    };
    let spans: Vec<Span> = text.split_inclusive('\n').map(read).collect();
    let line = |span: Span| {
        let whole = span.slice(text);
        let own = whole.strip_suffix('\n').map_or(whole, |own| own.strip_suffix('\r').unwrap_or(own));
        Line { text: own, start: span.start, content: span.start, end: span.end }
    };
    spans.into_iter().map(line).collect()
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says<'a> {
    /// Nothing.
    Blank,
    /// A comment.
    Comment,
    /// `---` or `...`.
    Marker,
    /// `key: value`, or `- key: value`.
    Pair {
        /// With a dash in front.
        dash: bool,
        /// The key without quotes.
        key: &'a str,
        /// The value, with what follows it.
        value: &'a str,
    },
    /// `- value`.
    Item(&'a str),
    /// Anything else.
    Text,
}

/// A line as far as it can be understood alone.
#[derive(Clone, Copy, Debug)]
pub struct Lexed<'a> {
    /// Bytes of white space in front, whatever white space it is.
    pub indentation: usize,
    /// The same in columns, a tab being two.
    pub columns: usize,
    /// What it says.
    pub says: Says<'a>,
}

/// What a value is, as far as its first line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// What follows on the next lines, or nothing.
    Empty,
    /// The header of a block scalar.
    Block,
    /// `{…` or `[…`.
    Flow,
    /// A single value.
    Scalar,
}

/// Whether a character is white space to whoever looks at it.
pub fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t') || INVISIBLE.contains(&character)
}

/// Reads a line.
pub fn lex(line: &str) -> Lexed<'_> {
    let text = line.trim_start_matches(is_blank);
    let indentation = line.len() - text.len();
    let width = |character: char| if character == '\t' { 2 } else { 1 };
    let columns = line[..indentation].chars().map(width).sum();
    let text = text.trim_end_matches(|character| is_blank(character) || character == '\r');
    Lexed { indentation, columns, says: says(text, indentation) }
}

fn says(text: &str, indentation: usize) -> Says<'_> {
    if text.is_empty() {
        return Says::Blank;
    }
    if text.starts_with('#') {
        return Says::Comment;
    }
    let is_marker =
        |marker| text.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    if indentation == 0 && (is_marker("---") || is_marker("...")) {
        return Says::Marker;
    }
    if let Some(rest) = text.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(is_blank)) {
        let rest = rest.trim_start_matches(is_blank);
        return match pair(rest) {
            Some((key, value)) => Says::Pair { dash: true, key, value },
            None => Says::Item(rest),
        };
    }
    match pair(text) {
        Some((key, value)) => Says::Pair { dash: false, key, value },
        None => Says::Text,
    }
}

/// Key and value of `key: value`, where the key can be one of Kubernetes.
fn pair(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let (key, rest) = if let Some(quote) = quote {
        text[1..].split_once(quote)?
    } else {
        let colon = text.match_indices(':').map(|(at, _)| at).find(|at| {
            let rest = &text[at + 1..];
            rest.is_empty() || rest.starts_with(is_blank)
        })?;
        (&text[..colon], &text[colon..])
    };
    let value = rest.strip_prefix(':').filter(|rest| rest.is_empty() || rest.starts_with(is_blank))?;
    let fits = |character: char| character.is_ascii_graphic() && !r#""'{}[],`|"#.contains(character);
    let is_key = !key.is_empty() && key.chars().all(fits) && !key.starts_with(['&', '*', '!', '>', '%', '@', '?', ':']);
    is_key.then(|| (key, value.trim_start_matches(is_blank)))
}

/// What the value of a pair is.
pub fn value_of(value: &str) -> Value {
    match value.as_bytes() {
        [] | [b'#', ..] => Value::Empty,
        [b'|' | b'>', ..] => Value::Block,
        [b'{' | b'[', ..] => Value::Flow,
        // An anchor or a tag alone stands before what follows.
        [b'&' | b'!', ..] if !value.contains(' ') => Value::Empty,
        _ => Value::Scalar,
    }
}

/// How many flow brackets a value leaves open; quotes are looked through, comments are not.
pub fn open_brackets(text: &str) -> i32 {
    let mut open = 0;
    let mut quote = None;
    for character in text.chars() {
        match (quote, character) {
            (Some(end), _) if end == character => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '{' | '[') => open += 1,
            (None, '}' | ']') => open -= 1,
            _ => {}
        }
    }
    open
}

/// Which lines are content of block scalars, judged by their indentation.
pub fn in_block_scalars(lines: &[&str]) -> Vec<bool> {
    let mut header = None;
    lines
        .iter()
        .map(|line| {
            let lexed = lex(line);
            if let Some(columns) = header {
                if lexed.says == Says::Blank || lexed.columns > columns {
                    return true;
                }
                header = None;
            }
            let value = match lexed.says {
                Says::Pair { value, .. } | Says::Item(value) => value,
                _ => "",
            };
            header = (value_of(value) == Value::Block).then_some(lexed.columns);
            false
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_can_be_alone() {
        let says = |line| lex(line).says;
        assert_eq!(says("- port: 8443"), Says::Pair { dash: true, key: "port", value: "8443" });
        assert_eq!(says("\u{a0}\"a/b\":\u{a0}c"), Says::Pair { dash: false, key: "a/b", value: "c" });
        assert_eq!(says("A sample is as shown below:"), Says::Text);
        assert_eq!(says("Please see https://avinetworks.com/"), Says::Text);
        assert_eq!(says("- Shared IP"), Says::Item("Shared IP"));
        assert_eq!(says("--- # next"), Says::Marker);
        assert_eq!(says("\t "), Says::Blank);
    }

    #[test]
    fn lines_cover_the_text() {
        let text = "a\r\nb\n\nc";
        let found = lines(text);
        assert_eq!(found.iter().map(|line| line.text).collect::<Vec<_>>(), ["a", "b", "", "c"]);
        assert_eq!(found.iter().map(|line| Span::new(line.start, line.end).slice(text)).collect::<String>(), text);
    }
}
