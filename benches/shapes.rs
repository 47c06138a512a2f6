//! What lopsided projects cost, and how it grows: `cargo bench --bench shapes`.
//!
//! Doubling steps, and beside each the growth of reading the same text, which is linear by its nature:
//! what the larger memory costs anyone shows in both. Prints a table; judges nothing by the clock alone.
//! `cargo bench --bench shapes -- SHAPE SIZE` predicts one shape once, for tools that count
//! instructions: `valgrind --tool=callgrind --toggle-collect='akoplan::ako::predict'`.

mod common;

use std::hint::black_box;

use akoplan::ako::{predict, predict_fully};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use common::shapes::SHAPES;
use common::{milliseconds, project, quickest};

const SIZES: [usize; 5] = [1_000, 5_000, 10_000, 20_000, 40_000];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [shape, size] = arguments.as_slice() {
        let size = size.parse().unwrap_or(1_000);
        let workspace = Workspace::new(&named(shape)(size));
        drop(black_box(predict(&workspace)));
        return;
    }
    println!("growth beside each time: against the row above; `per` is the growth of one object's cost over all steps");
    for (name, shape) in SHAPES.into_iter().chain([("mixed", project as fn(usize) -> Vec<SourceFile>)]) {
        measure(name, shape);
    }
}

fn named(name: &str) -> fn(usize) -> Vec<SourceFile> {
    SHAPES.iter().find(|shape| shape.0 == name).map_or(project, |shape| shape.1)
}

#[allow(clippy::cast_precision_loss, reason = "for people to read")]
fn measure(name: &str, shape: fn(usize) -> Vec<SourceFile>) {
    println!("\n{name}");
    println!("{:>7} {:>13} {:>16} {:>16}", "size", "read ms", "predict ms", "outlook ms");
    let mut rows: Vec<(usize, [f64; 3])> = Vec::new();
    for size in SIZES {
        let files = shape(size);
        let workspace = Workspace::new(&files);
        let runs = if size > 10_000 { 2 } else { 5 };
        let times = [
            quickest(runs, || drop(black_box(Workspace::new(&files)))),
            quickest(runs, || drop(black_box(predict(&workspace)))),
            quickest(runs, || drop(black_box(predict_fully(&workspace)))),
        ]
        .map(milliseconds);
        print!("{size:>7}");
        for at in 0..times.len() {
            let growth = rows.last().map_or(String::new(), |(_, last)| format!("x{:.1}", times[at] / last[at]));
            print!(" {:>9.1} {growth:>5}", times[at]);
        }
        println!();
        rows.push((size, times));
    }
    if let (Some((small, first)), Some((large, last))) = (rows.first(), rows.last()) {
        let grown = *large as f64 / *small as f64;
        let per = [0, 1, 2].map(|at| format!("{:.2}", last[at] / first[at] / grown));
        println!("{:>7} {:>15} {:>15} {:>15}", "per", per[0], per[1], per[2]);
    }
}
