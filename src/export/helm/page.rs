//! `charts/README.md`: what there is, whose it is, in which order it goes, and how it goes away again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::keep;
use super::notes::{shell, waits};
use super::order::Needs;
use super::{Chart, Charts};
use crate::analysis::Analysis;
use crate::export::ako_values::needs::of_workspace;
use crate::export::ako_values::unknown_here;
use crate::export::shell::code;
use crate::export::{LeftOut, provenance};
use crate::model::AviInfraSetting;
use crate::workspace::Workspace;

/// Namespace of the platform's release in examples: AKO's own. The objects of its chart stand in none.
pub(super) const PLATFORM_NAMESPACE: &str = "avi-system";

pub(super) fn page(
    workspace: &Workspace,
    analysis: &Analysis,
    charts: &Charts,
    needs: &Needs<'_>,
    has_kept: bool,
) -> String {
    let mut text = format!("# Charts\n\n{}", provenance::section(workspace, analysis, None));
    text += "\nRendered with their own values they give the objects of the project";
    if has_kept {
        let _ = write!(
            text,
            "; Namespaces and definitions have the annotation `{}: keep` beside, so that they stay when the chart goes \
             (`{}: false` leaves it out)",
            keep::ANNOTATION,
            keep::VALUE
        );
    }
    text += ".\n\n\
             | chart | what it holds | release namespace |\n| --- | --- | --- |\n";
    for chart in &charts.charts {
        let namespace = chart.namespace.as_deref().map_or("any".to_owned(), code);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| `{}` | {} | {namespace} |", chart.name, chart.purpose);
    }
    before(&mut text, workspace);
    install(&mut text, workspace, charts, needs);
    uninstall(&mut text, charts, has_kept);
    if !charts.left_out.is_empty() {
        text += "\n## Not in them\n\n";
    }
    for LeftOut { file, line: number, reason } in &charts.left_out {
        let _ = writeln!(text, "- {}, line {number}: {reason}", code(file));
    }
    text
}

/// What AKO itself must run with.
fn before(text: &mut String, workspace: &Workspace) {
    let (needed, unknown) = (of_workspace(workspace), unknown_here(workspace));
    if needed.is_empty() && unknown.is_empty() {
        return;
    }
    *text += "\n## Before: AKO's own values\n";
    if !needed.is_empty() {
        *text += "\nOff in AKO's own chart, and on before the first chart of an application:\n";
    }
    for (switch, is_on) in needed {
        let known = match is_on {
            Some(true) => "The project's values have it.",
            Some(false) => "**The project's values have it off.**",
            None => "The project's values do not say.",
        };
        let _ = writeln!(
            text,
            "\n- `{}: true`: {}. {known} {} To see whether it is on:\n\n  ```\n  {}\n  ```\n\n  This must print `{}`.",
            switch.path, switch.why, switch.also, switch.command, switch.output
        );
    }
    if !unknown.is_empty() {
        *text += "\nNot known here, and AKO's for you to see to:\n\n";
    }
    for (path, why) in unknown {
        let _ = writeln!(text, "- `{path}`: {why}.");
    }
    *text += "\n`akoplan export --layout ako-values` (**AKO values** on the page) writes what AKO's own chart needs \
              for this project:\n`helm upgrade … --reuse-values -f ako-values.yaml`.\n";
}

fn install(text: &mut String, workspace: &Workspace, charts: &Charts, needs: &Needs<'_>) {
    *text += "\n## Install, in this order\n";
    for chart in &charts.charts {
        let _ = writeln!(
            text,
            "\n```\nhelm upgrade --install {} ./{} --namespace {}\n```",
            chart.release(),
            chart.name,
            shell(release_namespace(chart)),
        );
        let settings: BTreeSet<_> = workspace.all::<AviInfraSetting>().map(|(object, _)| object.name()).collect();
        if chart.namespace.is_none() && !settings.is_empty() {
            let waits = waits(settings.into_iter().filter(|name| !name.is_empty())).join("\n");
            let _ = write!(text, "\nThen wait until AKO has accepted the settings:\n\n```\n{waits}\n```\n");
        }
    }
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    for chart in &charts.charts {
        let Some(namespace) = chart.namespace.as_deref() else { continue };
        let first = needs.get(namespace).into_iter().flatten().filter_map(|other| before.get(other));
        let first: Vec<String> = first.map(|name| code(name)).collect();
        if !first.is_empty() {
            let _ =
                write!(text, "\n`{}` comes after {}: it attaches to what is there.\n", chart.name, first.join(", "));
        }
        before.insert(namespace, &chart.name);
    }
    *text += "\nAdd `--create-namespace` where the release's namespace is not there yet, and, the first time, \
              `--take-ownership` where `kubectl` has made the objects before.\n";
}

/// The way back: applications first. AKO was seen to move live virtual services once their setting is gone
/// (`tests/conformance`, 802, 804).
fn uninstall(text: &mut String, charts: &Charts, has_kept: bool) {
    *text += "\n## Uninstall, in this order\n";
    if charts.charts.iter().any(|chart| chart.namespace.is_none()) && charts.charts.len() > 1 {
        *text += "\nThe platform's chart goes last: a setting that is deleted while something uses it moves live \
                  virtual services of Gateways and Services to the global network, and takes the pools from \
                  Ingresses.\n";
    }
    if has_kept {
        *text += "\nIts Namespaces and definitions stay, with all that is in them: whoever wants them gone too deletes \
                  them by `kubectl delete`.\n";
    }
    let commands: Vec<String> = uninstalls(charts.charts.iter().rev()).collect();
    let _ = write!(text, "\n```\n{}\n```\n", commands.join("\n"));
}

/// The commands that uninstall charts, each once AKO has let go of what was in it.
pub(super) fn uninstalls<'a>(charts: impl Iterator<Item = &'a Chart>) -> impl Iterator<Item = String> {
    charts.map(|chart| {
        let namespace = shell(release_namespace(chart));
        format!("helm uninstall {} --namespace {namespace} --wait", chart.release())
    })
}

fn release_namespace(chart: &Chart) -> &str {
    chart.namespace.as_deref().unwrap_or(PLATFORM_NAMESPACE)
}
