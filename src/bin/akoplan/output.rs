//! Standard output and error, without a panic when the reader has gone.

use std::env;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};

use akoplan::report::Colours;

/// Colours only where people look: on a terminal that can, and not where `NO_COLOR` is set (no-color.org).
pub fn colours() -> Colours {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb { Colours::Ansi } else { Colours::Without }
}

/// Prints to standard output. A reader that has seen enough (`| head`) is no mistake.
pub fn print(text: &str) -> Result<(), Vec<String>> {
    let mut stdout = stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(vec![format!("cannot print: {error}")]),
        _ => Ok(()),
    }
}

/// Prints a line to standard error; where even that fails there is nobody left to tell.
pub fn complain(line: &str) {
    let _ = writeln!(stderr().lock(), "{line}");
}
