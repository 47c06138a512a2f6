//! Repairs inside a line: characters that only look like the ones that YAML knows.

use super::lines::{INVISIBLE, Says, in_block_scalars, is_blank, lex};
use super::quotes;
use crate::text::{Edit, Span};

/// What is wrong with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// A blank that is none, or nothing at all.
    Invisible,
    /// A tab that indents.
    Tab,
    /// A typographic quote.
    Quote,
}

/// A repair of a line: what is odd, and the edit in bytes of the line.
pub type LineEdit = (Odd, Edit);

/// The repairs of the lines of a document, line by line; block scalars, comments and what stands
/// inside values are left alone.
pub fn odd_characters(lines: &[&str]) -> Vec<Vec<LineEdit>> {
    let in_block = in_block_scalars(lines);
    lines
        .iter()
        .zip(in_block)
        .map(|(line, in_block)| {
            let mut edits = indentation(line, in_block);
            if !in_block {
                edits.extend(value(line));
            }
            edits
        })
        .collect()
}

/// Blanks for what indents a line and is none. In a block scalar the indentation is what comes first;
/// behind a plain blank its text may have begun.
fn indentation(line: &str, in_block: bool) -> Vec<LineEdit> {
    let lexed = lex(line);
    let own = &line[..lexed.indentation];
    if lexed.says == Says::Blank || (in_block && own.starts_with(' ')) {
        return Vec::new();
    }
    own.char_indices()
        .filter_map(|(at, character)| {
            let span = Span::new(at, at + character.len_utf8());
            match character {
                ' ' => None,
                '\t' => Some((Odd::Tab, Edit::replace(span, "  "))),
                odd => Some((Odd::Invisible, Edit::replace(span, plain(odd)))),
            }
        })
        .collect()
}

/// What stands between dash, key and value, at the line's end, and the quotes of the value.
fn value(line: &str) -> Vec<LineEdit> {
    let lexed = lex(line);
    let (Says::Pair { value, .. } | Says::Item(value)) = lexed.says else { return Vec::new() };
    let end = line.trim_end_matches(|character| is_blank(character) || character == '\r').len();
    // The value goes up to the line's end.
    let value_at = end - value.len().min(end);
    let mut edits = Vec::new();
    for range in [Span::new(lexed.indentation, value_at), Span::new(end, line.len())] {
        let odd = range.slice(line).char_indices().filter(|(_, character)| INVISIBLE.contains(character));
        edits.extend(odd.map(|(at, character)| {
            let at = range.start + at;
            (Odd::Invisible, Edit::replace(Span::new(at, at + character.len_utf8()), plain(character)))
        }));
    }
    let is_quoted = value.starts_with(['"', '\'']);
    let own = if is_quoted { value } else { value.split(" #").next().unwrap_or(value).trim_end() };
    if let Some(edit) = quotes::straight(own) {
        edits.push((Odd::Quote, Edit { span: edit.span.shifted(value_at), ..edit }));
    }
    edits
}

/// What an odd character should have been: a blank, or nothing where it has no width.
const fn plain(character: char) -> &'static str {
    match character {
        '\u{200b}' | '\u{feff}' => "",
        _ => " ",
    }
}
