//! What a call of akoplan costs beside one of `true`, in turn in one run: `cargo bench --bench startup`. Prints a
//! table; judges nothing by the clock alone.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod common;

use common::milliseconds;

/// Calls of each command; the middle one and the quickest count.
const CALLS: usize = 200;

fn main() {
    let akoplan = env!("CARGO_BIN_EXE_akoplan");
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/static/examples/clean");
    let commands: [(&str, Vec<&str>); 4] = [
        ("true", vec!["true"]),
        ("akoplan --version", vec![akoplan, "--version"]),
        ("akoplan check EXAMPLE", vec![akoplan, "check", example]),
        ("akoplan check EXAMPLE --format sarif", vec![akoplan, "check", example, "--format", "sarif"]),
    ];
    let mut times = vec![Vec::with_capacity(CALLS); commands.len()];
    for _ in 0..CALLS {
        for ((name, call), times) in commands.iter().zip(&mut times) {
            let mut command = Command::new(call[0]);
            command.args(&call[1..]).stdin(Stdio::null()).stdout(Stdio::null());
            let start = Instant::now();
            let status = command.status();
            times.push(start.elapsed());
            assert!(status.is_ok_and(|status| status.success()), "{name} does not run");
        }
    }
    println!("{:<40} {:>12} {:>10} {:>12}", "command", "quickest ms", "median ms", "times `true`");
    let mut of_true = None;
    for ((name, _), mut times) in commands.iter().zip(times) {
        times.sort_unstable();
        let median: Duration = times[times.len() / 2];
        let unit = *of_true.get_or_insert(median);
        println!(
            "{name:<40} {:>12.2} {:>10.2} {:>12.1}",
            milliseconds(times[0]),
            milliseconds(median),
            median.as_secs_f64() / unit.as_secs_f64()
        );
    }
}
