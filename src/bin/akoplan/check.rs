//! `akoplan check`: what is wrong, in the format that is wished for.

use std::fs;
use std::path::{Path, PathBuf};

use akoplan::analysis::analyse;
use akoplan::check::{Baseline, CONFIG_NAMES, Checked, Config, FailOn, is_config};
use akoplan::report;
use clap::ValueEnum;

use crate::commands::{Result, print_json, read_but, write};
use crate::output::{colours, complain, print};
use crate::{Outcome, input};

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
pub struct Wish<'a> {
    /// What to print.
    pub format: Format,
    /// From which severity on the check fails; else the config's, else errors.
    pub fail_on: Option<FailOn>,
    /// The config; else the one beside the call.
    pub config: Option<&'a Path>,
    /// The baseline; else the config's.
    pub baseline: Option<&'a Path>,
    /// Where to write what is open as the new baseline.
    pub write_baseline: Option<&'a Path>,
}

/// `akoplan check`
pub fn check(paths: &[PathBuf], wish: &Wish<'_>) -> Result {
    let config_path = wish.config.map_or_else(found_config, |path| Ok(Some(path.to_owned())))?;
    let config = config_path.as_deref().map(read_config).transpose()?.unwrap_or_default();
    let folder = config_path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let baseline = wish.baseline.map(Path::to_owned).or_else(|| config.baseline.as_ref().map(|name| folder.join(name)));
    // A config and a baseline beside the manifests are none themselves.
    let own = [config_path, baseline.clone(), wish.write_baseline.map(Path::to_owned)];
    let own: Vec<PathBuf> = own.into_iter().flatten().collect();
    let mut workspace = read_but(paths, &own)?;
    if let Some(version) = &config.ako_version {
        workspace = workspace.for_ako(version);
    }
    let checked = Checked::new(&workspace, &analyse(&workspace)).under(&workspace, &config);
    let baseline = match (wish.write_baseline, baseline) {
        (Some(path), _) => Some(written_baseline(path, &checked)?),
        (None, path) => path.as_deref().map(read_baseline).transpose()?,
    };
    let checked = match &baseline {
        Some(baseline) => checked.against(baseline),
        None => checked,
    };
    let fail_on = wish.fail_on.or(config.fail_on).unwrap_or_default();
    match wish.format {
        Format::Text => print(&report::check_text(&workspace, &checked, colours()))?,
        Format::Json => print_json(&report::check_json(&workspace, &checked))?,
        Format::Sarif => print_json(&report::check_sarif(&workspace, &checked))?,
        Format::Github => print(&report::check_github(&workspace, &checked))?,
        Format::Junit => print(&report::check_junit(&workspace, &checked, fail_on))?,
    }
    for note in report::check_notes(&checked) {
        complain(&format!("note: {note}"));
    }
    Ok(if checked.fails(&workspace, fail_on) { Outcome::Found } else { Outcome::Well })
}

type Read<T> = std::result::Result<T, Vec<String>>;

/// The config beside the call.
fn found_config() -> Read<Option<PathBuf>> {
    let is_ours = |name: &&str| fs::read_to_string(name).is_ok_and(|text| is_config(&text));
    let found: Vec<&str> = CONFIG_NAMES.into_iter().filter(is_ours).collect();
    match found.as_slice() {
        [first, second] => {
            Err(vec![format!("`{first}` and `{second}` are both configs: keep one, or name it by --config")])
        }
        found => Ok(found.first().map(PathBuf::from)),
    }
}

fn read_config(path: &Path) -> Read<Config> {
    Config::read(&input::name(path), &text_of(path)?)
}

fn read_baseline(path: &Path) -> Read<Baseline> {
    Baseline::read(&text_of(path)?).map_err(|wrong| vec![format!("`{}`: {wrong}", path.display())])
}

fn text_of(path: &Path) -> Read<String> {
    fs::read_to_string(path).map_err(|error| vec![format!("cannot read `{}`: {error}", path.display())])
}

/// Writes what is open as the baseline.
fn written_baseline(path: &Path, checked: &Checked) -> Read<Baseline> {
    let baseline = Baseline::of(&checked.open);
    write(path, &baseline.text())?;
    let count = match baseline.findings.len() {
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    complain(&format!("note: `{}` now knows {count}", path.display()));
    Ok(baseline)
}
