//! Any text is predicted, and every time the same way. A line of `=` begins another file.
#![no_main]

use akoplan::ako::predict_fully;
use akoplan::report::{predict_json, predict_text};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parts = text.split("\n=\n").enumerate();
    let files: Vec<SourceFile> = parts.map(|(index, part)| SourceFile::new(format!("{index}.yaml"), part)).collect();
    let workspace = Workspace::new(&files);
    let prediction = predict_fully(&workspace);
    let shown = predict_text(&prediction);
    let _ = predict_json(&prediction);
    // Every so often only: it costs as much as all the rest.
    if text.len().is_multiple_of(8) {
        assert_eq!(shown, predict_text(&predict_fully(&workspace)));
    }
});
