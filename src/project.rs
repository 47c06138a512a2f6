//! A project as one text, for the browser's storage and for files: names and texts, those of the last
//! import, and the steps that led to them, nothing derived.
//!
//! Texts stand once in a table, since a step changes few files; steps refer to them by number. The table comes first,
//! so that it can be written and read in steps.

mod texts;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::history::{History, Snapshot};
use crate::pace::{Boxed, Progress, finish};
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// The version that is written; older ones stay readable.
const VERSION: u64 = 1;
/// Steps are stored from the newest on as long as their own texts fit in here, in bytes.
const MOST_HISTORY: usize = 4_000_000;

/// Why a stored project cannot be read, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged(pub String);

/// Writes the files as JSON.
#[must_use]
pub fn encode(files: &[SourceFile]) -> String {
    let mut texts = Texts::default();
    let files = texts.refer(files);
    finish(texts.written(json!({ "files": files })))
}

/// Writes the files, those of the last import, and the steps that can be undone and done again.
#[must_use]
pub fn encode_history(history: &History) -> String {
    finish(encoding(history))
}

/// [`encode_history`] in steps.
pub async fn encoding(history: &History) -> String {
    let mut texts = Texts::default();
    let files = texts.refer(&history.workspace().sources());
    let baseline = history.baseline().map(|files| texts.refer(files));
    let own = texts.bytes;
    let mut steps = |snapshots: Vec<Snapshot>| {
        let mut kept = Vec::new();
        for Snapshot { label, files } in snapshots.into_iter().rev() {
            if texts.bytes - own > MOST_HISTORY {
                break;
            }
            kept.push(json!({ "label": label, "files": texts.refer(&files) }));
        }
        kept.reverse();
        kept
    };
    let past = steps(history.past());
    let future = steps(history.future());
    let mut members = json!({ "files": files, "past": past, "future": future });
    if let (Value::Object(members), Some(baseline)) = (&mut members, baseline) {
        members.insert("baseline".to_owned(), baseline.into());
    }
    texts.written(members).await
}

/// Whether a text can be a project at all: far quicker than to try.
#[must_use]
pub fn may_be_one(text: &str) -> bool {
    text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('{') && text.contains("\"akoplan\"")
}

/// Reads the files that [`encode`] or [`encode_history`] wrote.
///
/// # Errors
/// If the text is no project, or one of a newer version.
pub fn decode(text: &str) -> Result<Vec<SourceFile>, Damaged> {
    finish(decoding(text))
}

/// [`decode`] in steps.
///
/// # Errors
/// As [`decode`].
pub async fn decoding(text: &str) -> Result<Vec<SourceFile>, Damaged> {
    let stored = Stored::reading(text).await?;
    stored.files(stored.value.get("files"))
}

/// Reads the files and, as far as they are there and whole, the steps and the last import.
///
/// # Errors
/// If the files cannot be read; damaged steps and a damaged import are left out.
pub fn decode_history(text: &str) -> Result<History, Damaged> {
    finish(decoding_history(text, Progress::default()))
}

/// [`decode_history`] in steps.
///
/// # Errors
/// As [`decode_history`].
pub async fn decoding_history(text: &str, progress: Progress) -> Result<History, Damaged> {
    let stored = Stored::reading(text).await?;
    let files = stored.files(stored.value.get("files"))?;
    let workspace = Workspace::default().reading(files, progress).await;
    let steps = |name: &str| stored.steps(name).unwrap_or_default();
    let history = History::restored(workspace, steps("past"), steps("future"));
    // Projects of before have none.
    Ok(match stored.files(stored.value.get("baseline")) {
        Ok(files) => history.with_baseline(files),
        Err(_) => history,
    })
}

/// The table of texts while it is written.
#[derive(Default)]
struct Texts {
    table: Vec<Arc<str>>,
    /// Places by where a text stands in memory: files and steps share their texts.
    places: HashMap<(*const u8, usize), usize>,
    bytes: usize,
}

impl Texts {
    /// Name and place in the table of each file.
    fn refer(&mut self, files: &[SourceFile]) -> Vec<Value> {
        let place = |file: &SourceFile| {
            let next = self.table.len();
            let place = *self.places.entry((file.text.as_ptr(), file.text.len())).or_insert(next);
            if place == next {
                self.table.push(Arc::clone(&file.text));
                self.bytes += file.text.len();
            }
            json!([file.name, place])
        };
        files.iter().map(place).collect()
    }

    /// The whole project: the table, then what refers to it.
    async fn written(self, members: Value) -> String {
        let mut written = texts::head(VERSION);
        texts::write(&self.table, &mut written).await;
        written.push(',');
        written.push_str(members.to_string().trim_start_matches('{'));
        written
    }
}

/// A stored project while it is read.
struct Stored {
    value: Value,
    texts: Vec<Arc<str>>,
}

impl Stored {
    fn reading(text: &str) -> Boxed<'_, Result<Self, Damaged>> {
        Box::pin(Self::read(text))
    }

    async fn read(text: &str) -> Result<Self, Damaged> {
        // A table in the place where we write it is taken out and read in steps; any other comes with the rest.
        let table = texts::read(text, &texts::head(VERSION)).await;
        let rest = table.as_ref().map_or(text, |(_, rest)| rest);
        let value: Value = serde_json::from_str(rest).map_err(|error| Damaged(format!("it is no JSON: {error}")))?;
        match value.get("akoplan").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(newer) => return Err(Damaged(format!("it was written by a newer akoplan (format {newer})"))),
            None => return Err(damaged("it is no akoplan project")),
        }
        if let Some((texts, _)) = table {
            return Ok(Self { value, texts });
        }
        let texts = value.get("texts").and_then(Value::as_array).ok_or_else(|| damaged("its texts are missing"))?;
        let texts = texts.iter().map(|text| text.as_str().map(Arc::from)).collect::<Option<_>>();
        let texts = texts.ok_or_else(|| damaged("a text in it is no text"))?;
        Ok(Self { value, texts })
    }

    fn files(&self, list: Option<&Value>) -> Result<Vec<SourceFile>, Damaged> {
        let list = list.and_then(Value::as_array).ok_or_else(|| damaged("its list of files is missing"))?;
        let file = |file: &Value| {
            let name = file.get(0)?.as_str()?;
            let text = self.texts.get(usize::try_from(file.get(1)?.as_u64()?).ok()?)?;
            Some(SourceFile::new(name, Arc::clone(text)))
        };
        list.iter().map(|item| file(item).ok_or_else(|| damaged("a file in it is incomplete"))).collect()
    }

    fn steps(&self, name: &str) -> Option<Vec<Snapshot>> {
        let steps = self.value.get(name)?.as_array()?.iter();
        steps
            .map(|step| {
                let label = step.get("label")?.as_str()?.to_owned();
                Some(Snapshot { label, files: self.files(step.get("files")).ok()? })
            })
            .collect()
    }
}

fn damaged(what: &str) -> Damaged {
    Damaged(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;

    #[test]
    fn every_byte_comes_back() {
        let files = [SourceFile::new("a.yaml", "\u{feff}a: \"\\u0000\"\r\n\t💥\u{2028}"), SourceFile::new("", "")];
        assert_eq!(decode(&encode(&files)).unwrap(), files);
    }

    #[test]
    fn what_is_written_is_the_json_of_before() {
        let files = [SourceFile::new("a.yaml", "a: \"\\u0000\"\r\n💥"), SourceFile::new("b.yaml", "b: 1\n")];
        let texts: Vec<&str> = files.iter().map(|file| &*file.text).collect();
        let plain = json!({ "akoplan": VERSION, "texts": texts, "files": [["a.yaml", 0], ["b.yaml", 1]] }).to_string();
        assert_eq!(encode(&files), plain);
        // Whoever writes it otherwise is understood, too.
        let other = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&plain).unwrap()).unwrap();
        assert_eq!(decode(&other).unwrap(), files);
    }

    #[test]
    fn steps_come_back() {
        let mut history = History::default();
        for text in ["a: 1\n", "a: 2\n", "a: 3\n"] {
            let command = Command::SetFile { file: "a.yaml".into(), text: text.into() };
            history.edit(&format!("Write {text}"), None, &command).unwrap();
        }
        history.undo();
        let mut back = decode_history(&encode_history(&history)).unwrap();
        assert_eq!(back.workspace().sources(), history.workspace().sources());
        assert_eq!(back.redo_label(), Some("Write a: 3\n"));
        back.undo();
        back.undo();
        assert!(back.workspace().files().is_empty());
        assert_eq!(back.undo_label(), None);
    }

    #[test]
    fn the_last_import_comes_back_and_may_be_missing() {
        let mut history = History::default();
        history.import("Import", Workspace::new(&[SourceFile::new("a.yaml", "a: 1\n")]));
        history.edit("Write", None, &Command::SetFile { file: "a.yaml".into(), text: "a: 2\n".into() }).unwrap();
        let text = encode_history(&history);
        let back = decode_history(&text).unwrap();
        assert_eq!(back.baseline(), Some(&[SourceFile::new("a.yaml", "a: 1\n")][..]));
        assert_eq!(back.workspace().sources(), history.workspace().sources());
        let of_before = text.replace("\"baseline\"", "\"other\"");
        assert_eq!(decode_history(&of_before).unwrap().baseline(), None);
        let damaged = decode_history(&text.replace("\"baseline\":[[", "\"baseline\":[[7,")).unwrap();
        assert_eq!((damaged.baseline(), damaged.undo_label()), (None, Some("Write")));
    }

    #[test]
    fn old_steps_are_left_out_when_they_are_large() {
        let mut history = History::default();
        for step in 0..10 {
            let text = format!("{step}").repeat(1_000_000);
            history.edit("Write", None, &Command::SetFile { file: "a.yaml".into(), text: text.into() }).unwrap();
        }
        assert!(encode_history(&history).len() < MOST_HISTORY + 3_000_000);
    }

    #[test]
    fn damage_is_told_and_never_panics() {
        let bad =
            ["", "{", "[]", "{\"akoplan\":1}", "{\"akoplan\":1,\"texts\":[],\"files\":[[\"a\",7]]}", "{\"akoplan\":9}"];
        for text in bad {
            assert!(decode(text).is_err(), "{text}");
            assert!(decode_history(text).is_err(), "{text}");
        }
        let without_steps = "{\"akoplan\":1,\"texts\":[],\"files\":[],\"past\":[{}]}";
        assert_eq!(decode_history(without_steps).unwrap().undo_label(), None);
    }
}
