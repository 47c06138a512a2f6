//! What lopsided projects cost: each shape at a size and at ten times that size: `cargo bench`.
//! Prints a table; judges nothing by the clock alone. Linear growth costs ten times as much.

mod common;

use std::hint::black_box;

use akoplan::ako::{predict, predict_fully};
use akoplan::workspace::Workspace;
use common::shapes::SHAPES;
use common::{milliseconds, quickest};

fn main() {
    println!("{:<28} {:>7} {:>11} {:>8} {:>11} {:>8}", "shape", "size", "predict ms", "growth", "outlook ms", "growth");
    for (name, project) in SHAPES {
        let mut last: Option<[f64; 2]> = None;
        for size in [1_000, 10_000] {
            let workspace = Workspace::new(&project(size));
            let runs = if size > 5_000 { 1 } else { 3 };
            let times = [
                quickest(runs, || drop(black_box(predict(&workspace)))),
                quickest(runs, || drop(black_box(predict_fully(&workspace)))),
            ]
            .map(milliseconds);
            let growth = last
                .map_or([String::new(), String::new()], |last| [0, 1].map(|at| format!("{:.1}", times[at] / last[at])));
            println!("{name:<28} {size:>7} {:>11.1} {:>8} {:>11.1} {:>8}", times[0], growth[0], times[1], growth[1]);
            last = Some(times);
        }
    }
}
