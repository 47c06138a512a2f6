//! What the prediction costs, alone, with its outlook and of a change, and how it grows: `cargo bench`.
//! Prints a table; judges nothing by the clock alone.

mod common;

use std::hint::black_box;
use std::time::Duration;

use akoplan::ako::{predict, predict_change, predict_fully};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use common::{milliseconds, project, quickest};

fn main() {
    println!("{:>8} {:>11} {:>11} {:>11}", "objects", "predict ms", "outlook ms", "change ms");
    let mut last: Option<(usize, [Duration; 3])> = None;
    for objects in [1_000, 10_000] {
        let files = project(objects);
        let workspace = Workspace::new(&files);
        // Every setting is another one: an event for everything.
        let edited: Vec<SourceFile> = files
            .iter()
            .map(|file| SourceFile::new(file.name.as_str(), file.text.replace(".0/26", ".64/26")))
            .collect();
        let after = Workspace::new(&edited);
        let runs = if objects > 5_000 { 3 } else { 10 };
        let times = [
            quickest(runs, || drop(black_box(predict(&workspace)))),
            quickest(runs, || drop(black_box(predict_fully(&workspace)))),
            quickest(runs, || drop(black_box(predict_change(&workspace, &after)))),
        ];
        let [alone, outlook, change] = times.map(milliseconds);
        println!("{:>8} {alone:>11.1} {outlook:>11.1} {change:>11.1}", workspace.objects().len());
        if let Some((fewer, quicker)) = last {
            #[allow(clippy::cast_precision_loss, reason = "for people to read")]
            let growth = workspace.objects().len() as f64 / fewer as f64;
            let per_object = [0, 1, 2].map(|at| times[at].as_secs_f64() / quicker[at].as_secs_f64() / growth);
            println!("{growth:.1} times the objects; a single one costs {per_object:.2?} times as much");
        }
        last = Some((workspace.objects().len(), times));
    }
}
