//! Writes values as YAML in the usual styles: quotes, block scalars, lists indented or not, comments.

use std::fmt::Write as _;

use serde_json::Value;

use super::dice::Dice;

/// How one author writes.
#[derive(Clone, Copy)]
pub struct Style {
    indented_lists: bool,
    double_quotes: bool,
    /// One comment in so many lines; 0 for none.
    comments: u32,
    pub line_break: &'static str,
}

impl Style {
    pub fn any(dice: &mut Dice) -> Self {
        Self {
            indented_lists: dice.once_in(2),
            double_quotes: dice.once_in(2),
            comments: *dice.of(&[0, 6, 15]),
            line_break: if dice.once_in(8) { "\r\n" } else { "\n" },
        }
    }

    /// Another author's, with the same line breaks.
    pub fn another(self, dice: &mut Dice) -> Self {
        Self { line_break: self.line_break, ..Self::any(dice) }
    }
}

/// An object as a document that ends with a line break.
pub fn write(value: &Value, style: Style, dice: &mut Dice) -> String {
    let mut writer = Writer { style, dice, out: String::new() };
    writer.entries(value, 0, false);
    match style.line_break {
        "\n" => writer.out,
        other => writer.out.replace('\n', other),
    }
}

/// What people note, also what looks like something else.
const COMMENTS: [&str; 8] = [
    "see the network plan",
    "agreed with {{ .Values.team }} on 2024-01-01",
    "{{ end }}",
    "was: on",
    "😀 new",
    "key: value",
    "--- old ---",
    "\"quoted\"",
];

struct Writer<'a> {
    style: Style,
    dice: &'a mut Dice,
    out: String,
}

impl Writer<'_> {
    fn has_comment(&mut self) -> bool {
        self.style.comments > 0 && self.dice.once_in(self.style.comments)
    }

    fn comment_line(&mut self, column: usize) {
        if self.has_comment() {
            let comment = *self.dice.of(&COMMENTS);
            let _ = writeln!(self.out, "{}# {comment}", " ".repeat(column));
        }
    }

    fn end_line(&mut self) {
        if self.has_comment() {
            self.out += "  # ";
            self.out += *self.dice.of(&COMMENTS);
        }
        self.out.push('\n');
    }

    /// A mapping's or a sequence's entries from a column on; the first may stand on a begun line.
    fn entries(&mut self, value: &Value, column: usize, begun: bool) {
        let entries: Vec<(Option<&str>, &Value)> = match value {
            Value::Object(map) => map.iter().map(|(key, value)| (Some(key.as_str()), value)).collect(),
            Value::Array(items) => items.iter().map(|item| (None, item)).collect(),
            _ => Vec::new(),
        };
        for (at, (key, value)) in entries.into_iter().enumerate() {
            if at > 0 || !begun {
                self.comment_line(column);
                self.out += &" ".repeat(column);
            }
            if let Some(key) = key {
                self.quoted(key);
                self.out.push(':');
            } else {
                self.out.push('-');
            }
            self.value(value, column, key.is_none());
        }
    }

    /// A value after `key:` or `-`, with its line break.
    fn value(&mut self, value: &Value, column: usize, in_list: bool) {
        match value {
            Value::Object(map) if !map.is_empty() => {
                if in_list {
                    self.out.push(' ');
                    return self.entries(value, column + 2, true);
                }
                if self.dice.once_in(12) && map.values().all(|value| !value.is_array() && !value.is_object()) {
                    return self.flow(value);
                }
                self.end_line();
                self.entries(value, column + 2, false);
            }
            Value::Array(items) if !items.is_empty() => {
                if self.dice.once_in(8) && items.iter().all(|item| !item.is_array() && !item.is_object()) {
                    return self.flow(value);
                }
                self.end_line();
                let column = if self.style.indented_lists || in_list { column + 2 } else { column };
                self.entries(value, column, false);
            }
            Value::String(text) => {
                self.out.push(' ');
                self.text(text, column);
            }
            plain => {
                let _ = write!(self.out, " {plain}");
                self.end_line();
            }
        }
    }

    fn flow(&mut self, value: &Value) {
        let mut parts = Vec::new();
        let mut part = |key: Option<&str>, value: &Value| {
            let shown = match value {
                Value::String(text) => escaped(text),
                other => other.to_string(),
            };
            parts.push(key.map_or(shown.clone(), |key| format!("{}: {shown}", escaped(key))));
        };
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| part(Some(key), value)),
            Value::Array(items) => items.iter().for_each(|item| part(None, item)),
            _ => {}
        }
        let inside = parts.join(", ");
        let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
        let _ = write!(self.out, " {open}{inside}{close}");
        self.end_line();
    }

    /// A text on its line, or as a block of lines below it.
    fn text(&mut self, text: &str, column: usize) {
        let body = text.trim_end_matches('\n');
        let is_simple = !body.starts_with([' ', '\t', '\n']) && !body.is_empty() && is_printable(body);
        let breaks = text.len() - body.len();
        let folds = breaks == 0 && !body.contains('\n') && body.len() > 8 && self.dice.once_in(9);
        if is_simple && (folds || (text.contains('\n') && !self.dice.once_in(3))) {
            self.out += if folds { ">" } else { "|" };
            self.out += ["-", "", "+"][breaks.min(2)];
            self.out.push('\n');
            for line in body.split('\n') {
                let indent = if line.is_empty() { 0 } else { column + 2 };
                let _ = writeln!(self.out, "{}{line}", " ".repeat(indent));
            }
            self.out += &"\n".repeat(breaks.saturating_sub(1));
            return;
        }
        self.quoted(text);
        self.end_line();
    }

    fn quoted(&mut self, text: &str) {
        if is_plain(text) && !self.dice.once_in(6) {
            self.out += text;
        } else if self.style.double_quotes || !is_printable(text) || text.contains('\n') {
            self.out += &escaped(text);
        } else {
            let _ = write!(self.out, "'{}'", text.replace('\'', "''"));
        }
    }
}

/// Whether YAML takes every character as it is, a line break aside.
fn is_printable(text: &str) -> bool {
    text.chars().all(|character| {
        character == '\n' || !(character.is_control() || matches!(character, '\u{feff}' | '\u{2028}' | '\u{2029}'))
    })
}

/// What is a string without quotes beyond doubt, for every reader.
fn is_plain(text: &str) -> bool {
    const DOUBTFUL: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let mut characters = text.chars();
    let is_word = characters.next().is_some_and(|first| first.is_ascii_alphabetic());
    is_word
        && characters.all(|character| character.is_ascii_alphanumeric() || "-_./".contains(character))
        && !DOUBTFUL.contains(&text.to_lowercase().as_str())
}

/// JSON's quotes, with what nobody sees as escapes.
fn escaped(text: &str) -> String {
    let escape = |character: char| match u32::from(character) {
        code @ (0x7f..=0x9f | 0xfeff | 0x2028 | 0x2029) => format!("\\u{code:04x}"),
        _ => character.to_string(),
    };
    Value::from(text).to_string().chars().map(escape).collect()
}
