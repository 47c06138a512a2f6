//! Writes values as YAML: whole documents in the one canonical style, parts in the style around them.

use std::fmt::Write;

use serde::{Serialize, Serializer};
use serde_json::Map;

use super::Value;
use crate::syntax::{Plain, ScalarStyle, resolve_plain};

/// Writes a whole document or object as canonical block YAML, as `kubectl` does: lists not indented
/// under their key, no folding of long strings, a line break at the end.
///
/// Strings are quoted so that readers of YAML 1.1 (Kubernetes) and of YAML 1.2 read the same.
#[must_use]
pub fn render(value: &Value) -> String {
    let options = serde_yaml::ser_options! { folded_wrap_chars: usize::MAX, min_fold_chars: usize::MAX };
    let mut text = serde_yaml::to_string_with_options(&Canonical(value), options).unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// A value whose strings are literal blocks only where every reader takes them: go-yaml refuses a
/// block whose text begins with a tab, which the crate writes.
struct Canonical<'a>(&'a Value);

impl Serialize for Canonical<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if text.contains('\n') && literal(text).is_none() => {
                serde_yaml::DoubleQuoted(text).serialize(serializer)
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Canonical)),
            Value::Object(map) => serializer.collect_map(map.iter().map(|(key, value)| (key, Canonical(value)))),
            other => other.serialize(serializer),
        }
    }
}

/// Writes a scalar on one line for block style, in the quotes it had where that is possible.
/// Collections come out in flow style.
#[must_use]
pub fn render_scalar(value: &Value, style: ScalarStyle) -> String {
    match (value, style) {
        (Value::String(text), ScalarStyle::SingleQuoted) if is_printable(text) => single_quoted(text),
        (Value::String(text), ScalarStyle::DoubleQuoted) => double_quoted(text),
        (Value::Array(_) | Value::Object(_), _) => Flow::default().write(value),
        _ => scalar(value, false),
    }
}

pub(super) fn scalar(value: &Value, in_flow: bool) -> String {
    match value {
        Value::String(text) if is_plain_safe(text, in_flow) => text.clone(),
        Value::String(text) => double_quoted(text),
        Value::Number(_) => serde_yaml::to_string(value).map_or_else(|_| value.to_string(), |text| text.trim().into()),
        _ => value.to_string(),
    }
}

/// Whether every reader takes the text as this string without quotes.
fn is_plain_safe(text: &str, in_flow: bool) -> bool {
    if resolve_plain(text) != Plain::String || !is_printable(text) {
        return false;
    }
    if in_flow && (text.contains([',', '[', ']', '{', '}']) || text.starts_with('?')) {
        return false;
    }
    // The crate knows the readers' quirks; on one line it writes the text bare only if it is safe.
    let options = serde_yaml::ser_options! { prefer_block_scalars: false };
    serde_yaml::to_string_with_options(&text, options).is_ok_and(|written| written.trim_end_matches('\n') == text)
}

/// Whether a text can stand in a document unescaped, on one line.
fn is_printable(text: &str) -> bool {
    !text.chars().any(needs_escape)
}

fn needs_escape(character: char) -> bool {
    character.is_control() || matches!(character, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Quotes a string so that it is the same in YAML and in JSON.
pub(super) fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other if needs_escape(other) => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A key, quoted where it must be.
fn key(text: &str, in_flow: bool) -> String {
    if text.contains(':') || !is_plain_safe(text, in_flow) { double_quoted(text) } else { text.to_owned() }
}

/// The body and header of a literal block that reads as the text; `None` where quotes are safer.
fn literal(text: &str) -> Option<(&'static str, &str)> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let blank_line = |line: &str| !line.is_empty() && line.trim().is_empty();
    let safe = text.contains('\n')
        && !body.is_empty()
        && !body.ends_with('\n')
        && !body.starts_with(char::is_whitespace)
        && !body.chars().any(|character| needs_escape(character) && !matches!(character, '\n' | '\t'))
        && !body.split('\n').any(blank_line);
    safe.then_some((if body.len() < text.len() { "|" } else { "|-" }, body))
}

/// How blocks are written at a place of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// The document's line break.
    pub line_break: &'static str,
    /// Blanks per level.
    pub unit: usize,
    /// Whether lists are indented under their key.
    pub indented_lists: bool,
    /// Whether strings of several lines may become literal blocks.
    pub literals: bool,
}

impl Block {
    /// Starts a new line at a column.
    fn line(self, out: &mut String, column: usize) {
        out.push_str(self.line_break);
        out.extend(std::iter::repeat_n(' ', column));
    }

    /// `key: value`, the key at `column`, where the line has been begun.
    pub fn entry(self, out: &mut String, name: &str, value: &Value, column: usize) {
        out.push_str(&key(name, false));
        out.push(':');
        match value {
            Value::Object(map) if !map.is_empty() => {
                self.line(out, column + self.unit);
                self.mapping(out, map, column + self.unit);
            }
            Value::Array(items) if !items.is_empty() => {
                let inner = column + if self.indented_lists { self.unit } else { 0 };
                self.line(out, inner);
                self.sequence(out, items, inner);
            }
            _ => {
                out.push(' ');
                self.scalar(out, value, column + self.unit);
            }
        }
    }

    /// The entries of a mapping, the first where the line has been begun.
    fn mapping(self, out: &mut String, map: &Map<String, Value>, column: usize) {
        for (at, (name, value)) in map.iter().enumerate() {
            if at > 0 {
                self.line(out, column);
            }
            self.entry(out, name, value, column);
        }
    }

    fn sequence(self, out: &mut String, items: &[Value], column: usize) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.line(out, column);
            }
            self.item(out, item, column);
        }
    }

    /// `- value`, the dash at `column`, where the line has been begun.
    pub fn item(self, out: &mut String, value: &Value, column: usize) {
        out.push_str("- ");
        self.value(out, value, column + 2);
    }

    /// A value whose collections begin at `column` of the line that has been begun.
    pub fn value(self, out: &mut String, value: &Value, column: usize) {
        match value {
            Value::Object(map) if !map.is_empty() => self.mapping(out, map, column),
            Value::Array(items) if !items.is_empty() => self.sequence(out, items, column),
            _ => self.scalar(out, value, column),
        }
    }

    /// A scalar or an empty collection; the lines of a literal block at `column`.
    pub fn scalar(self, out: &mut String, value: &Value, column: usize) {
        match value {
            Value::String(text) if self.literals && literal(text).is_some() => {
                let Some((header, body)) = literal(text) else { return };
                out.push_str(header);
                self.body(out, body, column);
            }
            Value::Array(_) => out.push_str("[]"),
            Value::Object(_) => out.push_str("{}"),
            _ => out.push_str(&scalar(value, false)),
        }
    }

    fn body(self, out: &mut String, body: &str, column: usize) {
        for line in body.split('\n') {
            self.line(out, if line.is_empty() { 0 } else { column });
            out.push_str(line);
        }
    }
}

/// How flow style is written at a place of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flow {
    /// JSON: keys and strings in double quotes.
    pub quoted: bool,
    /// `{"a":1,"b":2}` without blanks; only where keys are quoted.
    pub tight: bool,
    /// New collections over several lines, as pretty JSON.
    pub pretty: Option<Pretty>,
}

/// The lines of pretty JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pretty {
    pub line_break: &'static str,
    pub unit: usize,
    /// Column of the line that the value begins on.
    pub column: usize,
    /// Indentation by tabs, one a level.
    pub tabs: bool,
}

impl Pretty {
    fn line(self, out: &mut String) {
        out.push_str(self.line_break);
        let indentation = if self.tabs { '\t' } else { ' ' };
        out.extend(std::iter::repeat_n(indentation, self.column));
    }

    fn deeper(self) -> Self {
        Self { column: self.column + if self.tabs { 1 } else { self.unit }, ..self }
    }
}

impl Flow {
    pub fn write(self, value: &Value) -> String {
        let mut out = String::new();
        self.value(&mut out, value);
        out
    }

    pub fn entry(self, name: &str, value: &Value) -> String {
        let mut out = String::new();
        self.key_value(&mut out, name, value);
        out
    }

    fn key_value(self, out: &mut String, name: &str, value: &Value) {
        out.push_str(&if self.quoted { double_quoted(name) } else { key(name, true) });
        out.push_str(if self.tight && self.quoted { ":" } else { ": " });
        self.value(out, value);
    }

    fn value(self, out: &mut String, value: &Value) {
        match value {
            Value::Object(map) => {
                out.push('{');
                self.children(out, map.iter(), |inner, out, (name, value)| inner.key_value(out, name, value));
                out.push('}');
            }
            Value::Array(items) => {
                out.push('[');
                self.children(out, items.iter(), Self::value);
                out.push(']');
            }
            Value::String(text) if self.quoted => out.push_str(&double_quoted(text)),
            Value::Number(_) if self.quoted => out.push_str(&value.to_string()),
            _ => out.push_str(&scalar(value, true)),
        }
    }

    fn children<T>(
        self,
        out: &mut String,
        children: impl ExactSizeIterator<Item = T>,
        write: impl Fn(Self, &mut String, T),
    ) {
        if children.len() == 0 {
            return;
        }
        let inner = Self { pretty: self.pretty.map(Pretty::deeper), ..self };
        for (at, child) in children.enumerate() {
            if at > 0 {
                out.push_str(if self.tight || self.pretty.is_some() { "," } else { ", " });
            }
            if let Some(pretty) = inner.pretty {
                pretty.line(out);
            }
            write(inner, out, child);
        }
        if let Some(pretty) = self.pretty {
            pretty.line(out);
        }
    }
}
