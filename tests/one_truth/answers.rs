//! What the core answers to a list of cases: the same program for the browser's core and the native one.

use akoplan::ako::{predict_change, predict_fully};
use akoplan::analysis::analyse;
use akoplan::check::Checked;
use akoplan::report::{check_json, diff_json, predict_json};
use akoplan::review::review;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use serde_json::{Value, json};

/// Reads `[{"files": [[NAME, TEXT], …], "before": [[NAME, TEXT], …]?}, …]`; gives a line of JSON for each case, with
/// what `check` and `predict` say of it, and, where there is something before, `diff` and `predict --from`.
pub fn answers(cases: &str) -> String {
    let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
    cases.iter().flat_map(|case| [answer(case).to_string(), "\n".to_owned()]).collect()
}

fn answer(case: &Value) -> Value {
    let new = Workspace::new(&sources(&case["files"]));
    let check = check_json(&new, &Checked::new(&new, &analyse(&new)));
    let mut answer = json!({"check": check, "predict": predict_json(&predict_fully(&new))});
    if case["before"].is_array() {
        let old = Workspace::new(&sources(&case["before"]));
        answer["diff"] = diff_json(&old, &new, &review(&old, &new));
        answer["predictFrom"] = predict_json(&predict_change(&old, &new));
    }
    answer
}

fn sources(files: &Value) -> Vec<SourceFile> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    files.as_array().unwrap().iter().map(|file| SourceFile::new(text(&file[0]), text(&file[1]))).collect()
}
