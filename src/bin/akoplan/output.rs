//! Standard output and error, without a panic when the reader has gone.

use std::io::{ErrorKind, Write, stderr, stdout};

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
