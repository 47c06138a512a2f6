//! AKO's messages read backwards: from a pasted status, event or log line to its meaning.

mod shortened;

use super::{Message, all};
use crate::ordered::sort_by_key;

/// A value that varies is no longer than this.
const LONGEST_VALUE: usize = 300;
/// Fewer fixed characters than this say too little to be looked for inside a text.
const SHORTEST_TEMPLATE: usize = 10;

/// A message found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The message.
    pub message: &'static Message,
    /// What stands where it varies, in order; empty where only the reason was found.
    pub values: Vec<String>,
    /// Line of the text, from 1.
    pub line: usize,
}

/// The messages in a pasted text, in its order: statuses as YAML or JSON, events, log lines.
///
/// Line breaks inside a message and escaped quotes do not matter. Where a text has only a reason
/// (`InvalidGatewayClass`), all messages with that reason are given; where it has a part of a message, as
/// people remember it, the messages that the part fits best.
#[must_use]
pub fn read(text: &str) -> Vec<Reading> {
    let flat = Flat::new(text);
    let mut found: Vec<Found> = all().flat_map(|message| flat.find_all(message)).collect();
    // Of messages that overlap the one with more of its own words counts.
    sort_by_key(&mut found, |it| std::cmp::Reverse(it.fixed));
    let mut kept: Vec<Found> = Vec::new();
    for it in found {
        if !kept.iter().any(|other| it.start < other.end && other.start < it.end) {
            kept.push(it);
        }
    }
    if kept.is_empty() {
        kept = all().filter(|message| !message.fix.is_empty()).filter_map(|it| flat.find_reason(it)).collect();
    }
    if kept.is_empty() {
        kept = shortened::find(&flat.lower);
    }
    if kept.is_empty() {
        // What is said where all is well is told only where a text has nothing else.
        kept = all().filter(|message| message.fix.is_empty()).filter_map(|it| flat.find_reason(it)).collect();
    }
    sort_by_key(&mut kept, |it| it.start);
    let line = |at: usize| flat.lines.get(at).copied().unwrap_or(1);
    kept.into_iter().map(|it| Reading { message: it.message, line: line(it.start), values: it.values }).collect()
}

/// A message at a place of the flat text.
struct Found {
    message: &'static Message,
    values: Vec<String>,
    start: usize,
    end: usize,
    fixed: usize,
}

/// A text with one blank for all blanks, and the line of each byte.
struct Flat {
    text: String,
    lower: String,
    lines: Vec<usize>,
}

impl Flat {
    fn new(text: &str) -> Self {
        let mut flat = Self { text: String::new(), lower: String::new(), lines: Vec::new() };
        let mut line = 1;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let shown = match letter {
                '\\' if matches!(letters.peek(), Some('"')) => continue,
                letter if letter.is_whitespace() => ' ',
                letter => letter,
            };
            if !(shown == ' ' && flat.text.ends_with(' ')) {
                flat.text.push(shown);
                flat.lines.resize(flat.text.len(), line);
            }
            line += usize::from(letter == '\n');
        }
        flat.lower = flat.text.to_ascii_lowercase();
        flat
    }

    /// Every place of a message.
    fn find_all(&self, message: &'static Message) -> Vec<Found> {
        let pieces: Vec<String> = message.template.split("{}").map(|part| part.trim().to_ascii_lowercase()).collect();
        let fixed: usize = pieces.iter().map(String::len).sum();
        let Some(first) = pieces.first().filter(|first| !first.is_empty() && fixed >= SHORTEST_TEMPLATE) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = self.lower.get(from..).and_then(|rest| rest.find(first.as_str())).map(|at| from + at) {
            from = start + first.len();
            if let Some((values, end)) = self.values(&pieces, from) {
                found.push(Found { message, values, start, end, fixed });
                from = end.max(from);
            }
        }
        found
    }

    /// What stands between the pieces after the first, which ends at `at`; with the end of it all.
    fn values(&self, pieces: &[String], at: usize) -> Option<(Vec<String>, usize)> {
        let mut at = at;
        let mut values = Vec::new();
        for piece in pieces.get(1..)? {
            let rest = self.lower.get(at..)?;
            let (length, next) = if piece.is_empty() {
                let length = last_value(self.text.get(at..)?);
                (length, at + length)
            } else {
                let length = rest.find(piece.as_str()).filter(|length| *length <= LONGEST_VALUE)?;
                (length, at + length + piece.len())
            };
            values.push(self.text.get(at..at + length)?.trim().to_owned());
            at = next;
        }
        Some((values, at))
    }

    /// A reason as a word of its own.
    fn find_reason(&self, message: &'static Message) -> Option<Found> {
        let reason = message.reason;
        if reason.is_empty() {
            return None;
        }
        let is_word = |letter: char| letter.is_ascii_alphanumeric();
        let start = self.text.match_indices(reason).map(|(start, _)| start).find(|start| {
            let before = self.text.get(..*start).and_then(|text| text.chars().next_back());
            let after = self.text.get(start + reason.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })?;
        Some(Found { message, values: Vec::new(), start, end: start + reason.len(), fixed: reason.len() })
    }
}

/// How far a value at the end of a message goes: through its brackets, else to the end of the word.
fn last_value(text: &str) -> usize {
    let blanks = text.len() - text.trim_start().len();
    let value = text.trim_start();
    let length = if value.starts_with('[') {
        value.find(']').map_or(value.len(), |end| end + 1)
    } else {
        let end = value.find(|letter: char| letter.is_whitespace() || "\"',}".contains(letter)).unwrap_or(value.len());
        value.get(..end).map_or(0, |word| word.trim_end_matches('.').len())
    };
    blanks + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ako::messages::*;

    fn names(text: &str) -> Vec<(&'static str, usize)> {
        read(text).into_iter().map(|reading| (reading.message.template, reading.line)).collect()
    }

    #[test]
    fn a_status_as_kubectl_prints_it() {
        let text = "status:\n  error: 'invalid CIDR configuration 10.0.0.0 detected for networkName\n    oam-vip in vipNetworkList'\n  status: Rejected\n";
        let readings = read(text);
        assert_eq!(readings.len(), 1);
        assert_eq!(*readings[0].message, INVALID_CIDR);
        assert_eq!(readings[0].values, ["10.0.0.0", "oam-vip"]);
        assert_eq!(readings[0].line, 2);
    }

    #[test]
    fn escaped_quotes_of_a_log_line() {
        let text = r#"{"level":"warn","msg":"key: x, msg: serviceenginegroup \"oam-group\" not found on controller"}"#;
        let readings = read(text);
        assert_eq!(readings[0].message, &SE_GROUP_NOT_FOUND);
        assert_eq!(readings[0].values, ["oam-group"]);
    }

    #[test]
    fn a_whole_line_around_a_message() {
        let event = "Warning  InvalidGatewayClass  2m (x3 over 9m)  ako  Corresponding networking.x-k8s.io/gatewayclass \
                     not found oam, see Gateway default/gw";
        assert_eq!(names(event), [(GATEWAY_CLASS_NOT_FOUND.template, 1)]);
        let log = "W1128 10:00:00.1 1 x.go:9] key: a/b, msg: Host a.example.com already claimed, by Ingress default/b";
        assert_eq!(names(log), [(HOST_CLAIMED.template, 1)]);
    }

    #[test]
    fn several_messages_in_their_order() {
        let text = "a\nnetwork \"n\" not found on controller\nb\nUnable to identify controller example.com/x.\n";
        assert_eq!(names(text), [(NETWORK_NOT_FOUND.template, 2), (UNIDENTIFIED_CONTROLLER.template, 4)]);
        assert_eq!(read(text)[1].values, ["example.com/x"]);
    }

    #[test]
    fn the_longer_message_wins_where_two_overlap() {
        let text = "Dedicated Gateway Mode is enabled. Only one route is allowed per listener in Gateway";
        assert_eq!(names(text), [(DEDICATED_SECOND_ROUTE.template, 1)]);
    }

    #[test]
    fn a_reason_alone() {
        assert_eq!(names("reason: InvalidMatchLabels"), [(INCORRECT_MATCH_LABELS.template, 1)]);
        assert_eq!(names("reason: NotInvalidMatchLabelsAtAll"), []);
        for text in ["NotReconciled", "Scheduled=False NotReconciled", "gw  False  NotReconciled  5m"] {
            assert_eq!(names(text), [(WAITING_FOR_CONTROLLER.template, 1), (INITIALIZING.template, 1)], "{text}");
        }
        let both = "reason: NotReconciled\nreason: InvalidMatchLabels\n";
        assert_eq!(names(both), [(INCORRECT_MATCH_LABELS.template, 2)], "what is wrong counts");
        assert_eq!(names("all is well"), []);
        assert_eq!(names(""), []);
    }
}
