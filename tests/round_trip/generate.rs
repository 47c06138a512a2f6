//! Makes documents in every style of writing from a list of small numbers, with the value they have.
//!
//! Numbers instead of proptest strategies: what proptest shrinks are the decisions, and fewer or
//! smaller decisions give a simpler document.

use serde_json::{Map, Value, json};

const WORDS: &[&str] = &[
    "x",
    "web",
    "on",
    "yes",
    "0123",
    "1e3",
    "12:30",
    "",
    " lead",
    "trail ",
    "# x",
    "a #b",
    "a: b",
    "a:",
    "emoji 😀",
    "{{ x }}",
    "*",
    "*.example.com",
    "&a",
    "- a",
    "it's",
    "\"q\"",
    "a, b",
    "[",
    "}",
    "two\nlines",
    "three\n\nlines\n",
    "end\n",
    "\n",
    " odd\nlines",
    "tab\there",
    "~",
    "null",
    "<<",
    "=",
    "---",
    "\\n",
    "10.0.0.0/26",
    "plain words here",
];
const KEYS: &[&str] = &["a", "b", "spec", "name", "x/y.z", "long key", "on", "0123", "a: b", "q", "😀", "", "#k", "'s"];

/// A document with the value it must read as.
#[derive(Debug)]
pub struct Document {
    pub text: String,
    pub value: Value,
}

/// Gives decisions from a list; zeros once it is used up.
pub struct Choices<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Choices<'a> {
    pub fn new(numbers: &'a [u16]) -> Self {
        Self { numbers, at: 0 }
    }

    /// A number below `count`.
    pub fn pick(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(number) % count.max(1)
    }

    /// Whether something that happens once in `count` times happens.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.pick(count) == count - 1
    }

    pub fn word(&mut self) -> String {
        match self.pick(WORDS.len() + 1) {
            at if at < WORDS.len() => WORDS[at].to_owned(),
            _ => "long words ".repeat(28).trim().to_owned(),
        }
    }

    pub fn scalar(&mut self) -> Value {
        match self.pick(9) {
            0 => json!(self.pick(70_000)),
            1 => json!(self.pick(2) == 0),
            2 => Value::Null,
            3 => json!(-1.5),
            _ => Value::from(self.word()),
        }
    }

    pub fn value(&mut self, depth: usize) -> Value {
        match self.pick(if depth > 2 { 3 } else { 6 }) {
            3 => Value::Array((0..self.pick(4)).map(|_| self.value(depth + 1)).collect()),
            4 | 5 => {
                let count = self.pick(4);
                Value::Object((0..count).map(|_| (self.key(), self.value(depth + 1))).collect())
            }
            _ => self.scalar(),
        }
    }

    pub fn key(&mut self) -> String {
        KEYS[self.pick(KEYS.len())].to_owned()
    }
}

/// Writes a document from decisions.
pub fn document(choices: &mut Choices) -> Document {
    if choices.pick(8) == 0 {
        return json_document(choices);
    }
    let (text, value) = super::writer::write(choices);
    Document { text, value }
}

fn json_document(choices: &mut Choices) -> Document {
    let mut map = Map::new();
    for _ in 0..=choices.pick(4) {
        map.insert(choices.key(), choices.value(0));
    }
    let value = Value::Object(map);
    let indentation: &[u8] = match choices.pick(5) {
        0 | 1 => b"  ",
        2 => b"    ",
        3 => b"\t",
        _ => return Document { text: value.to_string() + ["", "\n"][choices.pick(2)], value },
    };
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indentation);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    serde::Serialize::serialize(&value, &mut serializer).expect("JSON of a value");
    let text = String::from_utf8(bytes).expect("JSON is UTF-8");
    let text = if choices.once_in(4) { text.replace('\n', "\r\n") } else { text };
    Document { text, value }
}
