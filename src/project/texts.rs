//! The table of texts in a stored project, in steps: it is as large as all files together.

use std::sync::Arc;

use crate::pace::pause;

/// So many bytes are written or read between two pauses.
const PIECE: usize = 128 << 10;

/// What stands in front of the table.
pub fn head(version: u64) -> String {
    format!("{{\"akoplan\":{version},\"texts\":")
}

/// Writes the table as a JSON array of strings.
pub async fn write(texts: &[Arc<str>], to: &mut String) {
    to.reserve(texts.iter().map(|text| text.len() + text.len() / 16 + 3).sum());
    to.push('[');
    for (at, text) in texts.iter().enumerate() {
        to.push_str(if at == 0 { "\"" } else { ",\"" });
        let mut rest = &**text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(boundary(rest, PIECE));
            // Each character is escaped by itself, so a text may be cut between any two.
            let quoted = serde_json::Value::from(piece).to_string();
            to.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
            rest = after;
            pause().await;
        }
        to.push('"');
    }
    to.push(']');
}

/// The first place from which on a text can be cut, not before so many bytes.
fn boundary(text: &str, most: usize) -> usize {
    (most..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Reads the table that stands behind the head; gives it and the project without it. `None` where there is no such
/// table, or something in it is no text.
pub async fn read(text: &str, head: &str) -> Option<(Vec<Arc<str>>, String)> {
    let mut left = text.strip_prefix(head)?.strip_prefix('[')?;
    let mut texts = Vec::new();
    while !left.starts_with(']') {
        left = left.strip_prefix(if texts.is_empty() { "\"" } else { ",\"" })?;
        let (own, length) = unquoted(left).await?;
        left = left.get(length..)?;
        texts.push(Arc::from(own));
    }
    let rest = format!("{head}[{left}");
    Some((texts, rest))
}

/// The string that ends at the next quotation mark, and how many bytes it takes, the mark included.
async fn unquoted(text: &str) -> Option<(String, usize)> {
    let mut read = String::new();
    let (mut start, mut at) = (0, 0);
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at)? {
            b'"' => break,
            b'\\' => at += if bytes.get(at + 1) == Some(&b'u') { 6 } else { 2 },
            // Between two characters that are written plainly nothing is cut apart, no escaped pair either.
            _ if at - start >= PIECE && text.is_char_boundary(at) => {
                read.push_str(&plain(text.get(start..at)?)?);
                start = at;
                at += 1;
                pause().await;
            }
            _ => at += 1,
        }
    }
    read.push_str(&plain(text.get(start..at)?)?);
    pause().await;
    Some((read, at + 1))
}

/// A piece of a JSON string without its escapes.
fn plain(piece: &str) -> Option<String> {
    serde_json::from_str(&format!("\"{piece}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::finish;

    #[test]
    fn texts_of_any_length_come_back() {
        let long: String = "a\\\"\n\u{0}é💥\u{2028}".repeat(PIECE / 8);
        let texts: Vec<Arc<str>> = ["", "plain", &long, "\u{1}", "]\",["].map(Arc::from).to_vec();
        let mut written = head(1);
        finish(write(&texts, &mut written));
        written.push_str(",\"files\":[]}");
        let all: serde_json::Value = serde_json::from_str(&written).unwrap();
        let plain: Vec<&str> = all["texts"].as_array().unwrap().iter().filter_map(serde_json::Value::as_str).collect();
        assert!(plain.iter().zip(&texts).all(|(plain, text)| **plain == **text));
        let (read, rest) = finish(read(&written, &head(1))).unwrap();
        assert_eq!((read, rest.as_str()), (texts, "{\"akoplan\":1,\"texts\":[],\"files\":[]}"));
    }

    #[test]
    fn pairs_of_escapes_are_not_cut_apart() {
        let escaped = "\\ud83d\\udca5".repeat(PIECE / 6) + "end";
        let text = format!("{}[\"{escaped}\"]}}", head(1));
        let (read, _) = finish(read(&text, &head(1))).unwrap();
        assert_eq!(&*read[0], "💥".repeat(PIECE / 6) + "end");
    }

    #[test]
    fn what_is_no_table_of_texts_is_left_to_others() {
        for tail in ["", "[", "[1]", "[\"a\"", "[\"a\" ,\"b\"]", "[\"\\x\"]", "[\"\\", "{}"] {
            assert!(finish(read(&format!("{}{tail}", head(1)), &head(1))).is_none(), "{tail}");
        }
    }
}
