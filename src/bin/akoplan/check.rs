//! `akoplan check`: what is wrong, in the format that is wished for.

use std::path::PathBuf;

use akoplan::analysis::analyse;
use akoplan::check::{Checked, FailOn};
use akoplan::report;
use clap::ValueEnum;

use crate::Outcome;
use crate::commands::{Result, print_json, read};
use crate::output::{colours, print};

/// What to print.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: each finding with its line.
    #[default]
    Text,
    /// For programs, as docs/json.md describes it.
    Json,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// Workflow commands of GitHub Actions: annotations beside the lines.
    Github,
    /// JUnit XML, for the test reports of CI servers.
    Junit,
}

/// What is asked for.
pub struct Wish {
    /// What to print.
    pub format: Format,
    /// From which severity on the check fails.
    pub fail_on: FailOn,
}

/// `akoplan check`
pub fn check(paths: &[PathBuf], wish: &Wish) -> Result {
    let workspace = read(paths)?;
    let checked = Checked::new(&workspace, &analyse(&workspace));
    match wish.format {
        Format::Text => print(&report::check_text(&workspace, &checked, colours()))?,
        Format::Json => print_json(&report::check_json(&workspace, &checked))?,
        Format::Sarif => print_json(&report::check_sarif(&workspace, &checked))?,
        Format::Github => print(&report::check_github(&workspace, &checked))?,
        Format::Junit => print(&report::check_junit(&workspace, &checked, wish.fail_on))?,
    }
    Ok(if checked.fails(&workspace, wish.fail_on) { Outcome::Found } else { Outcome::Well })
}
