//! Writes YAML by hand, in every style that people and tools use.

use serde_json::{Map, Value};

use super::generate::Choices;

/// A document's text and value.
pub fn write(choices: &mut Choices) -> (String, Value) {
    let mut writer = Writer::new(choices);
    let value = writer.document();
    (writer.out, value)
}

/// Where a value is written.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Key,
    Dash,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Mapping,
    List,
}

struct Writer<'a, 'b> {
    choices: &'a mut Choices<'b>,
    out: String,
    line_break: &'static str,
    unit: usize,
    indented_lists: bool,
    comments: usize,
    anchors: Vec<(String, Value)>,
    /// Whether the last thing written ends with its line break as part of its value.
    ends_in_block: bool,
}

impl<'a, 'b> Writer<'a, 'b> {
    fn new(choices: &'a mut Choices<'b>) -> Self {
        let line_break = if choices.once_in(4) { "\r\n" } else { "\n" };
        let unit = [2, 2, 4, 3][choices.pick(4)];
        let indented_lists = choices.once_in(2);
        Self {
            choices,
            out: String::new(),
            line_break,
            unit,
            indented_lists,
            comments: 0,
            anchors: Vec::new(),
            ends_in_block: false,
        }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn indent(&mut self, column: usize) {
        self.push(&" ".repeat(column));
    }

    fn comment(&mut self) {
        self.comments += 1;
        self.push(&format!("# c{}", self.comments));
    }

    /// Ends a line, sometimes with a comment.
    fn end_line(&mut self) {
        if self.choices.once_in(5) {
            let tab = if (self.out.ends_with(['-', '?']) || self.out.ends_with(" :") || self.out.ends_with("\n:"))
                && !self.out.ends_with("---")
            {
                "   "
            } else {
                "\t"
            };
            let blank = [" ", "  ", tab][self.choices.pick(3)];
            self.push(blank);
            self.comment();
        }
        self.push(self.line_break);
        self.ends_in_block = false;
    }

    /// Sometimes comment lines and blank lines between entries.
    fn between(&mut self, column: usize) {
        if self.choices.once_in(6) {
            let column = if self.ends_in_block { 0 } else { [column, 0, column + 1][self.choices.pick(3)] };
            self.indent(column);
            self.comment();
            self.push(self.line_break);
            self.ends_in_block = false;
        }
        if self.choices.once_in(8) && !self.ends_in_block {
            self.push(self.line_break);
        }
    }

    fn document(&mut self) -> Value {
        match self.choices.pick(8) {
            0 => self.push("---"),
            1 => self.push("\u{feff}"),
            2 => {
                self.comment();
                self.push(self.line_break);
                self.push("---");
            }
            3 => {
                self.comment();
                self.push(self.line_break);
            }
            _ => {}
        }
        if self.out.ends_with("---") {
            self.end_line();
        }
        let value = match self.choices.pick(8) {
            0 => {
                let value = self.flow(0, 0);
                self.end_line();
                value
            }
            1 => {
                self.between(0);
                self.block_sequence(0, 0)
            }
            _ => {
                self.between(0);
                self.block_mapping(0, 0)
            }
        };
        self.between(0);
        if self.choices.once_in(12) {
            self.push("...");
            self.push(self.line_break);
        } else if self.choices.once_in(5)
            && !self.ends_in_block
            && !self.out.ends_with("\n\n")
            && !self.out.ends_with("\n\r\n")
        {
            let length = self.out.trim_end_matches(['\r', '\n']).len();
            self.out.truncate(length);
        }
        value
    }

    /// Entries from the present place on; the first stands where the line has been begun.
    fn block_mapping(&mut self, column: usize, depth: usize) -> Value {
        let mut own = Map::new();
        let mut merged = Map::new();
        let count = 1 + self.choices.pick(4);
        for at in 0..count {
            let mut key = self.choices.key();
            while own.contains_key(&key) {
                key.push('+');
            }
            if at > 0 {
                self.between(column);
                self.indent(column);
            }
            let maps: Vec<(String, Value)> =
                self.anchors.iter().filter(|(_, value)| value.is_object()).cloned().collect();
            if merged.is_empty() && !maps.is_empty() && self.choices.once_in(4) {
                let (name, value) = maps[self.choices.pick(maps.len())].clone();
                self.push(&format!("<<: *{name}"));
                self.end_line();
                if let Value::Object(map) = value {
                    merged = map;
                }
                continue;
            }
            if self.choices.once_in(20) {
                self.push("? ");
                self.key(&key, false);
                self.end_line();
                self.indent(column);
            } else {
                self.key(&key, false);
            }
            self.push(":");
            let value = self.block_value(column, After::Key, depth + 1);
            own.insert(key, value);
        }
        for (key, value) in merged {
            own.entry(key).or_insert(value);
        }
        Value::Object(own)
    }

    fn block_sequence(&mut self, column: usize, depth: usize) -> Value {
        let mut items = Vec::new();
        let count = 1 + self.choices.pick(4);
        for at in 0..count {
            if at > 0 {
                self.between(column);
                self.indent(column);
            }
            self.push("-");
            items.push(self.block_value(column, After::Dash, depth + 1));
        }
        Value::Array(items)
    }

    /// A value with its line break, after `:` or `-`.
    fn block_value(&mut self, column: usize, after: After, depth: usize) -> Value {
        let odd = [
            "  ",
            if after == After::Key && !self.out.ends_with(" :") && !self.out.ends_with("\n:") { "\t" } else { "   " },
        ];
        let blank = if self.choices.once_in(10) { odd[self.choices.pick(2)] } else { " " };
        if !self.anchors.is_empty() && self.choices.once_in(8) {
            let (name, value) = self.anchors[self.choices.pick(self.anchors.len())].clone();
            self.push(&format!("{blank}*{name}"));
            self.end_line();
            return value;
        }
        let anchor = self.choices.once_in(8).then(|| format!("n{}", self.comments + self.out.len()));
        if let Some(name) = &anchor {
            self.push(&format!(" &{name}"));
        }
        let value = match self.choices.pick(if depth > 3 { 4 } else { 8 }) {
            3 => {
                self.push(blank);
                let value = self.flow(column + 1, depth);
                self.end_line();
                value
            }
            4 | 5 => self.nested(column, after, anchor.is_some(), depth, Kind::Mapping),
            6 => self.nested(column, after, anchor.is_some(), depth, Kind::List),
            _ => {
                let value = self.choices.scalar();
                self.block_scalar(&value, column, blank);
                value
            }
        };
        if let Some(name) = anchor {
            self.anchors.push((name, value.clone()));
        }
        value
    }

    fn nested(&mut self, column: usize, after: After, anchored: bool, depth: usize, kind: Kind) -> Value {
        let write = if kind == Kind::List { Self::block_sequence } else { Self::block_mapping };
        let is_list = kind == Kind::List;
        if after == After::Dash && !anchored && !self.choices.once_in(5) {
            self.push(" ");
            return write(self, column + 2, depth);
        }
        let inner = if is_list && after == After::Key && !self.indented_lists { column } else { column + self.unit };
        self.end_line();
        self.between(inner);
        self.indent(inner);
        write(self, inner, depth)
    }

    fn block_scalar(&mut self, value: &Value, column: usize, blank: &str) {
        if value.is_null() && self.choices.once_in(2) {
            self.end_line();
            return;
        }
        self.push(blank);
        if let Value::String(text) = value {
            if self.choices.once_in(12) {
                self.push("!!str ");
            }
            let body = text.trim_end_matches('\n');
            let simple = !body.is_empty() && !body.starts_with([' ', '\t', '\n']) && !body.contains('\r');
            if simple && self.choices.once_in(3) {
                let breaks = text.len() - body.len();
                let folded = breaks == 0 && !body.contains('\n') && self.choices.once_in(3);
                self.push(if folded { ">" } else { "|" });
                self.push(["-", "", "+"][breaks.min(2)]);
                self.end_line();
                for line in body.split('\n') {
                    self.indent(if line.is_empty() { 0 } else { column + self.unit });
                    self.push(line);
                    self.push(self.line_break);
                }
                (1..breaks).for_each(|_| self.push(self.line_break));
                self.ends_in_block = true;
                return;
            }
            let words: Vec<&str> = text.split(' ').collect();
            if words.len() == 2
                && words.iter().all(|word| !word.is_empty())
                && self.choices.once_in(4)
                && !text.contains(['"', '\\', '\n', '\t'])
            {
                self.push(&format!("\"{}", words[0]));
                self.push(self.line_break);
                self.indent(column + 1);
                self.push(&format!("{}\"", words[1]));
                self.end_line();
                return;
            }
        }
        self.inline_scalar(value, false);
        self.end_line();
    }

    fn inline_scalar(&mut self, value: &Value, in_flow: bool) {
        let Value::String(text) = value else {
            self.push(&value.to_string());
            return;
        };
        let printable = !text.chars().any(char::is_control);
        match self.choices.pick(4) {
            0 | 1 if is_plain(text, in_flow) => self.push(text),
            2 if printable => self.push(&format!("'{}'", text.replace('\'', "''"))),
            _ => self.push(&value.to_string()),
        }
    }

    fn key(&mut self, key: &str, in_flow: bool) {
        self.inline_scalar(&Value::from(key), in_flow);
    }

    /// Flow style on one line or several; further lines are indented by at least `column`.
    fn flow(&mut self, column: usize, depth: usize) -> Value {
        let lines = self.choices.once_in(4);
        let blank = ["", " "][self.choices.pick(2)];
        let count = self.choices.pick(4);
        let is_list = self.choices.once_in(2);
        let mut items = Vec::new();
        let mut map = Map::new();
        self.push(if is_list { "[" } else { "{" });
        if lines {
            self.end_line();
        } else {
            self.push(blank);
        }
        for at in 0..count {
            if lines {
                self.indent(column + 2);
            }
            if is_list {
                items.push(self.flow_value(column + 2, depth + 1));
            } else {
                let mut key = self.choices.key();
                while map.contains_key(&key) {
                    key.push('+');
                }
                self.key(&key, true);
                self.push(": ");
                let value = self.flow_value(column + 2, depth + 1);
                map.insert(key, value);
            }
            if at + 1 < count || self.choices.once_in(6) {
                self.push(if lines { "," } else { ", " });
            }
            if lines {
                self.end_line();
                if self.choices.once_in(6) {
                    self.indent(column + 2);
                    self.comment();
                    self.push(self.line_break);
                }
            }
        }
        if lines {
            self.indent(column);
        } else {
            self.push(blank);
        }
        self.push(if is_list { "]" } else { "}" });
        if is_list { Value::Array(items) } else { Value::Object(map) }
    }

    fn flow_value(&mut self, column: usize, depth: usize) -> Value {
        if depth < 4 && self.choices.once_in(4) {
            return self.flow(column, depth);
        }
        if !self.anchors.is_empty() && self.choices.once_in(8) {
            let (name, value) = self.anchors[self.choices.pick(self.anchors.len())].clone();
            self.push(&format!("*{name} "));
            return value;
        }
        let value = self.choices.scalar();
        self.inline_scalar(&value, true);
        value
    }
}

/// What is a string without quotes beyond doubt.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let unsure = ["on", "yes", "null", "a:", "a: b", "a #b", "0123", "1e3"];
    let special: &[char] = if in_flow { &['\n', '\t', '#', '"', '{', ','] } else { &['\n', '\t', '#', '"', '{'] };
    let first = text.chars().next().is_some_and(|first| first.is_alphabetic() || first.is_ascii_digit());
    first && !(text.ends_with(' ') || unsure.contains(&text.trim_end_matches('+')) || text.contains(special))
}
