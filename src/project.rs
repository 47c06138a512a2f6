//! A project as one text, for the browser's storage and for files: names and texts, nothing derived.

use serde_json::{Value, json};

use crate::text::SourceFile;

/// The version that is written; older ones stay readable.
const VERSION: u64 = 1;

/// Why a stored project cannot be read, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged(pub String);

/// Writes the files as JSON.
#[must_use]
pub fn encode(files: &[SourceFile]) -> String {
    let files: Vec<Value> = files.iter().map(|file| json!({ "name": file.name, "text": &*file.text })).collect();
    json!({ "akoplan": VERSION, "files": files }).to_string()
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// If the text is no project, or one of a newer version.
pub fn decode(text: &str) -> Result<Vec<SourceFile>, Damaged> {
    let damaged = |what: &str| Damaged(what.to_owned());
    let value: Value = serde_json::from_str(text).map_err(|error| Damaged(format!("it is no JSON: {error}")))?;
    match value.get("akoplan").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(newer) => return Err(Damaged(format!("it was written by a newer akoplan (format {newer})"))),
        None => return Err(damaged("it is no akoplan project")),
    }
    let files = value.get("files").and_then(Value::as_array).ok_or_else(|| damaged("its list of files is missing"))?;
    files
        .iter()
        .map(|file| {
            let field =
                |name| file.get(name).and_then(Value::as_str).ok_or_else(|| damaged("a file in it is incomplete"));
            Ok(SourceFile::new(field("name")?, field("text")?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let files = [SourceFile::new("a.yaml", "\u{feff}a: \"\\u0000\"\r\n\t💥\u{2028}"), SourceFile::new("", "")];
        assert_eq!(decode(&encode(&files)).unwrap(), files);
    }

    #[test]
    fn damage_is_told_and_never_panics() {
        for text in ["", "{", "[]", "{\"akoplan\":1}", "{\"akoplan\":1,\"files\":[{}]}", "{\"akoplan\":9,\"files\":[]}"]
        {
            assert!(decode(text).is_err(), "{text}");
        }
    }
}
