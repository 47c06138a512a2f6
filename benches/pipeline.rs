//! What the way from text to findings costs, against the YAML parser alone on the same text in the same
//! run, and how it grows: `cargo bench`. Prints a table; judges nothing by the clock alone.

use std::hint::black_box;
use std::time::Duration;

mod common;

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use common::{milliseconds, project, quickest};

fn parser_alone(files: &[SourceFile]) {
    for file in files {
        for event in granit_parser::Parser::new_from_str(&file.text) {
            let _ = black_box(event);
        }
    }
}

fn main() {
    println!(
        "{:>8} {:>8} {:>10} {:>10} {:>10} {:>12} {:>9}",
        "objects", "MB", "parser ms", "read ms", "analyse ms", "keystroke ms", "check/parser"
    );
    let mut last: Option<(usize, Duration)> = None;
    for objects in [1_000, 10_000] {
        let files = project(objects);
        let bytes: usize = files.iter().map(|file| file.text.len()).sum();
        let runs = if objects > 5_000 { 3 } else { 10 };
        let parser = quickest(runs, || parser_alone(&files));
        let read = quickest(runs, || drop(black_box(Workspace::new(&files))));
        let workspace = Workspace::new(&files);
        let analysis = quickest(runs, || drop(black_box(analyse(&workspace))));
        let at = workspace.objects()[workspace.objects().len() / 2].address.clone();
        let edit = Command::set(&at, "metadata.labels.tier", "x");
        let keystroke = quickest(runs, || {
            if let Ok(after) = edit.apply(&workspace) {
                drop(black_box(analyse(&after)));
            }
        });
        let check = read + analysis;
        #[allow(clippy::cast_precision_loss, reason = "for people to read")]
        let megabytes = bytes as f64 / 1e6;
        println!(
            "{:>8} {megabytes:>8.2} {:>10.1} {:>10.1} {:>10.1} {:>12.2} {:>9.2}",
            workspace.objects().len(),
            milliseconds(parser),
            milliseconds(read),
            milliseconds(analysis),
            milliseconds(keystroke),
            check.as_secs_f64() / parser.as_secs_f64(),
        );
        if let Some((fewer, quicker)) = last {
            println!(
                "growth: {:.1} times the objects take {:.1} times the time",
                workspace.objects().len() / fewer,
                check.as_secs_f64() / quicker.as_secs_f64()
            );
        }
        last = Some((workspace.objects().len(), check));
    }
}
