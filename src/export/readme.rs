//! The page that goes with a bundle: how to apply it, what is not in it.

use std::fmt::Write;

use super::steps::{MISSING_NAMESPACES, has_used_settings, missing_namespaces};
use super::{Bundle, LeftOut, Step, VALUES_FILE, provenance, steps};
use crate::analysis::Analysis;
use crate::model::Kind;
use crate::view::sentence;
use crate::workspace::Workspace;

pub(super) fn readme(workspace: &Workspace, analysis: &Analysis, address: Option<&str>, bundle: &Bundle) -> String {
    let prediction = &analysis.prediction;
    let has = |start: &str| bundle.files.iter().any(|file| file.name.starts_with(start));
    let mut text = format!("# Bundle\n\n{}", provenance::section(workspace, analysis, address));
    // Writing to a String cannot fail.
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        let _ = text.write_fmt(arguments);
    };
    line(format_args!("\n## Apply\n"));
    if has_used_settings(workspace) {
        line(format_args!(
            "\nStep by step; all at once (`kubectl apply -R -f .`) is not safe the first time: AKO uses an AviInfraSetting \
             only once it has accepted it. Where a command fails, stop there. The apply kit (`akoplan export … --layout \
             kit`) has these steps with what each must show.\n"
        ));
    }
    let namespaces = missing_namespaces(workspace);
    if !namespaces.is_empty() {
        line(format_args!("\n{MISSING_NAMESPACES}\n\n```\n{}\n```\n", namespaces.join("\n")));
    }
    for Step { about, why, commands, .. } in steps(workspace, &bundle.files) {
        line(format_args!("\n{about}. {why}\n\n```\n{}\n```\n", commands.join("\n")));
    }
    line(format_args!(
        "\nThe numbers in the names are the order within each folder: what is referred to comes first.\n"
    ));
    if has(VALUES_FILE) {
        line(format_args!(
            "\n`{VALUES_FILE}` is no manifest: it is for AKO's own chart (`helm upgrade … --reuse-values -f {VALUES_FILE}`).\n"
        ));
    }
    if !prediction.assumptions.is_empty() {
        line(format_args!("\n## Taken for granted\n\nNo file of the project says it, so see whether it is so:\n\n"));
    }
    for assumption in &prediction.assumptions {
        line(format_args!("- `{}`: {}.\n", assumption.about, sentence(&assumption.sentence)));
    }
    let has_settings = workspace.objects().iter().any(|object| object.kind == Kind::AkoplanSettings);
    if !bundle.left_out.is_empty() || has_settings {
        line(format_args!("\n## Not in it\n\n"));
    }
    if has_settings {
        line(format_args!("- akoplan's own settings\n"));
    }
    for LeftOut { file, line: number, reason } in &bundle.left_out {
        line(format_args!("- `{file}`, line {number}: {reason}\n"));
    }
    text
}
