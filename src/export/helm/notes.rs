//! What a chart says of itself: `Chart.yaml`, `NOTES.txt`, and the page that goes with all charts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::go::escape;
use super::{Chart, Charts};
use crate::ako::versions::CHECKED_UP_TO;
use crate::ako::{Outcome, Prediction};
use crate::edit::render_scalar;
use crate::export::shell::word;
use crate::export::steps::wait;
use crate::export::{LeftOut, Piece};
use crate::model::{AviInfraSetting, Kind, Typed};
use crate::syntax::ScalarStyle;
use crate::workspace::{Address, Workspace};

/// Version of every chart when it is made; who keeps it in a repository counts on from there.
pub(super) const VERSION: &str = "1.0.0";
/// So many objects of a kind are named in notes.
const MOST: usize = 20;

/// The version of AKO that the project is for, and whether it says so.
pub(super) fn ako_version(workspace: &Workspace) -> (String, bool) {
    match &workspace.settings().spec.ako_version {
        Some(version) if !version.trim().is_empty() => (version.trim().to_owned(), true),
        _ => (CHECKED_UP_TO.to_string(), false),
    }
}

/// `Chart.yaml`.
pub(super) fn chart_file(workspace: &Workspace, chart: &Chart) -> String {
    let (ako, is_named) = ako_version(workspace);
    let about =
        if is_named { "The AKO that it was made for." } else { "No AKO is named: the newest that was looked at." };
    format!(
        "apiVersion: v2\nname: {}\ndescription: {}\ntype: application\n\
         # Count it up with each change.\nversion: {VERSION}\n# {about}\nappVersion: {}\n",
        chart.name,
        render_scalar(&chart.purpose.clone().into(), ScalarStyle::Plain),
        render_scalar(&ako.into(), ScalarStyle::DoubleQuoted),
    )
}

/// The comment at the top of `values.yaml`.
pub(super) fn values_head(workspace: &Workspace, chart: &Chart) -> String {
    let (ako, _) = ako_version(workspace);
    format!(
        "# Values of the chart {}, made by akoplan for AKO {}.\n\
         # They are those of the project: change here what differs on your cluster.\n",
        chart.name,
        line(&ako)
    )
}

/// `NOTES.txt` of the platform's chart.
pub(super) fn of_platform(pieces: &[&Piece<'_>]) -> String {
    let mut text = installed(pieces);
    let settings = named(pieces, Kind::AviInfraSetting);
    if settings.is_empty() {
        return text;
    }
    text += "\nAKO uses a setting only once it has accepted it: until then whatever refers to it lands on the global\n\
             network. So wait before you install anything that uses these settings:\n\n";
    text += &commands(&waits(settings.iter().map(|piece| piece.object.name())));
    text += "\nA setting that is not accepted says why:\n\n  kubectl get aviinfrasettings \
             -o custom-columns=NAME:.metadata.name,STATUS:.status.status,ERROR:.status.error\n\n\
             Never uninstall this chart while anything uses its settings: their virtual services would move to the\n\
             global network.\n";
    text
}

/// `NOTES.txt` of an application's chart.
pub(super) fn of_application(prediction: &Prediction, pieces: &[&Piece<'_>]) -> String {
    let mut text = installed(pieces);
    let own: BTreeSet<&Address> = pieces.iter().map(|piece| &piece.object.address).collect();
    let landings: Vec<_> =
        prediction.landings.iter().filter(|landing| own.contains(&landing.subject.address)).collect();
    let mut settings: BTreeSet<&str> = BTreeSet::new();
    for landing in &landings {
        settings.extend(landing.intended.as_ref().map(|intended| intended.segment.as_str()));
        if let Outcome::Lands(target) = &landing.outcome {
            settings.extend(target.segment.as_deref());
        }
    }
    if !settings.is_empty() {
        text += "\nIt uses these settings of the platform. AKO must have accepted them before, or else it lands\n\
                 on the global network:\n\n";
        text += &commands(&waits(settings.into_iter()));
    }
    let checks = [
        (Kind::Gateway, "gateways.networking.x-k8s.io", "{.status.addresses[*].value}"),
        (Kind::GatewayV1, "gateways.gateway.networking.k8s.io", "{.status.addresses[*].value}"),
        (Kind::Service, "service", "{.status.loadBalancer.ingress[*].ip}"),
        (Kind::Ingress, "ingress", "{.status.loadBalancer.ingress[*].ip}"),
    ];
    let mut lines = String::new();
    for (kind, resource, path) in checks {
        for piece in named(pieces, kind).into_iter().filter(|piece| has_address(piece)).take(MOST) {
            let name = escape(&shell(piece.object.name()));
            let _ = writeln!(
                lines,
                "  kubectl get {resource} {name} -n {{{{ .Release.Namespace }}}} -o jsonpath='{path}{{\"\\n\"}}'"
            );
        }
    }
    if !lines.is_empty() {
        text += "\nAsk for the addresses that AKO got from Avi:\n\n";
        text += &lines;
    }
    let lands = landings.iter().filter(|landing| !matches!(landing.outcome, Outcome::NotForAko { .. }));
    let lands: Vec<String> = lands.take(MOST).map(|landing| format!("  {}\n", line(&landing.to_string()))).collect();
    if !lands.is_empty() {
        text += "\nWith the values that the chart came with, they lie here:\n\n";
        text += &escape(&lands.concat());
    }
    text
}

/// Whether AKO writes an address to the object.
fn has_address(piece: &Piece<'_>) -> bool {
    match &piece.object.value {
        Typed::Service(service) => service.spec.service_type.as_deref() == Some("LoadBalancer"),
        _ => true,
    }
}

fn named<'a, 'b>(pieces: &'a [&'b Piece<'b>], kind: Kind) -> Vec<&'a &'b Piece<'b>> {
    pieces.iter().filter(|piece| piece.object.kind == kind && !piece.object.name().is_empty()).collect()
}

fn installed(pieces: &[&Piece<'_>]) -> String {
    let mut text = "{{ .Chart.Name }} {{ .Chart.Version }} is installed as {{ .Release.Name }}:\n\n".to_owned();
    let mut kinds: BTreeMap<(usize, &str), Vec<&str>> = BTreeMap::new();
    for piece in pieces {
        let identity = &piece.object.identity;
        kinds.entry((piece.object.kind.apply_rank(), &identity.kind)).or_default().push(&identity.name);
    }
    for ((_, kind), names) in kinds {
        let shown: Vec<String> = names.iter().take(MOST).map(|name| line(name)).collect();
        let more = if names.len() > MOST { format!(" and {} more", names.len() - MOST) } else { String::new() };
        text += &escape(&format!("  {}: {}{more}\n", line(kind), shown.join(", ")));
    }
    text
}

/// A text on one line.
fn line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// The commands that wait for settings.
fn waits<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(|name| wait(&shell(name))).collect()
}

/// Commands in a text for helm.
fn commands(lines: &[String]) -> String {
    lines.iter().flat_map(|line| ["  ".to_owned(), escape(line), "\n".to_owned()]).collect()
}

/// A text as one word of a shell.
fn shell(text: &str) -> String {
    word(&line(text))
}

/// `charts/README.md`: what there is, whose it is, and in which order it goes.
pub(super) fn readme(workspace: &Workspace, charts: &Charts) -> String {
    let mut text = "# Charts\n\nMade by akoplan.\n".to_owned();
    let (ako, _) = ako_version(workspace);
    if charts.open_errors > 0 {
        let (word, them) = if charts.open_errors == 1 { ("error was", "it") } else { ("errors were", "them") };
        let _ = writeln!(
            text,
            "\n**{} {word} open** when they were made: `akoplan check` lists {them}.",
            charts.open_errors
        );
    }
    let _ = writeln!(
        text,
        "\nMade for AKO {}. Rendered with their own values they give the objects of the project.\n",
        line(&ako)
    );
    text += "| chart | what it holds | release namespace |\n| --- | --- | --- |\n";
    for chart in &charts.charts {
        let namespace =
            chart.namespace.as_deref().map_or("any".to_owned(), |namespace| format!("`{}`", line(namespace)));
        let _ = writeln!(text, "| `{}` | {} | {namespace} |", chart.name, chart.purpose);
    }
    text += "\n## Install, in this order\n";
    for chart in &charts.charts {
        let namespace = chart.namespace.as_deref().unwrap_or("avi-system");
        let _ = writeln!(
            text,
            "\n```\nhelm upgrade --install {name} ./{name} --namespace {}\n```",
            shell(namespace),
            name = chart.name
        );
        let settings: Vec<_> = workspace.all::<AviInfraSetting>().map(|(object, _)| object.name()).collect();
        if chart.namespace.is_none() && !settings.is_empty() {
            let waits = waits(settings.into_iter().filter(|name| !name.is_empty())).join("\n");
            let _ = write!(text, "\nThen wait until AKO has accepted the settings:\n\n```\n{waits}\n```\n");
        }
    }
    text += "\nWhere `kubectl` has made the objects before, add `--take-ownership` the first time.\n";
    if !charts.left_out.is_empty() {
        text += "\n## Not in them\n\n";
    }
    for LeftOut { file, line: number, reason } in &charts.left_out {
        let _ = writeln!(text, "- `{}`, line {number}: {reason}", line(file));
    }
    text
}
