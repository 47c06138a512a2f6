//! What a chart says of itself: `Chart.yaml`, `NOTES.txt`, and the page that goes with all charts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Chart;
use super::go::escape;
use super::page::uninstalls;
use crate::ako::versions::CHECKED_UP_TO;
use crate::ako::{Landing, Outcome, Prediction};
use crate::edit::render_scalar;
use crate::export::Piece;
use crate::export::ako_values::needs::{Switch, needed};
use crate::export::shell::word;
use crate::export::steps::wait;
use crate::model::{Kind, Typed};
use crate::syntax::ScalarStyle;
use crate::version::Version;
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
pub(super) fn chart_file(workspace: &Workspace, chart: &Chart, pieces: &[&Piece<'_>]) -> String {
    let (ako, is_named) = ako_version(workspace);
    let about =
        if is_named { "The AKO that it was made for." } else { "No AKO is named: the newest that was looked at." };
    let quoted = |text: &str| render_scalar(&text.into(), ScalarStyle::DoubleQuoted);
    let mut text = format!(
        "apiVersion: v2\nname: {}\ndescription: {}\ntype: application\n\
         # Count it up with each change.\nversion: {VERSION}\n# {about}\nappVersion: {}\n",
        chart.name,
        render_scalar(&chart.purpose.into(), ScalarStyle::Plain),
        quoted(&ako),
    );
    // Writing to a String cannot fail.
    if let Some((minor, why)) = oldest_kubernetes(pieces) {
        let _ = writeln!(text, "# {why}\nkubeVersion: \">=1.{minor}.0-0\"");
    }
    let _ =
        writeln!(text, "annotations:\n  akoplan/made-by: {}", quoted(concat!("akoplan ", env!("CARGO_PKG_VERSION"))));
    if let Some(version) = workspace.settings().spec.kubernetes_version.as_deref().and_then(Version::parse) {
        let _ = writeln!(
            text,
            "  # The Kubernetes that it was made for.\n  akoplan/kubernetes-version: {}",
            quoted(&version.to_string())
        );
    }
    text
}

/// Minor version of the oldest Kubernetes that takes the objects as they are, and why: with an older one helm refuses.
fn oldest_kubernetes(pieces: &[&Piece<'_>]) -> Option<(u32, &'static str)> {
    let of = |piece: &&Piece<'_>| match &piece.object.value {
        Typed::Service(service) if service.spec.load_balancer_class.is_some() => {
            // Kubernetes documentation, Service: beta and on.
            Some((22, "Of a Service, `loadBalancerClass` is dropped before."))
        }
        _ if piece.object.identity.group == "networking.k8s.io" && piece.object.version == "v1" => {
            Some((19, "There is no `networking.k8s.io/v1` before."))
        }
        _ => None,
    };
    pieces.iter().filter_map(of).max()
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
pub(super) fn of_platform(workspace: &Workspace, charts: &[Chart], pieces: &[&Piece<'_>], has_kept: bool) -> String {
    let mut text = installed(pieces);
    if has_kept {
        text += "\nNamespaces and definitions stay when it is uninstalled, unless keepOnUninstall is false.\n";
    }
    text += &switches(&needed(&workspace.objects().iter()));
    let settings = named(pieces, Kind::AviInfraSetting);
    if settings.is_empty() {
        return text;
    }
    text += "\nAKO uses a setting only once it has accepted it: until then whatever refers to it lands on the global\n\
             network. So wait before you install anything that uses these settings:\n\n";
    text += &commands(&waits(settings.iter().map(|piece| piece.object.name())));
    text += "\nA setting that is not accepted says why:\n\n  kubectl get aviinfrasettings \
             -o custom-columns=NAME:.metadata.name,STATUS:.status.status,ERROR:.status.error\n\n\
             Never uninstall this chart while anything uses its settings: live virtual services would move to the\n\
             global network.";
    let mut applications = charts.iter().filter(|chart| chart.namespace.is_some()).rev().peekable();
    if applications.peek().is_none() {
        return text + "\n";
    }
    text += " First go the applications:\n\n";
    let more = applications.clone().count().saturating_sub(MOST);
    text += &commands(&uninstalls(applications.take(MOST)).collect::<Vec<_>>());
    if more > 0 {
        let _ = writeln!(text, "  … and {more} more");
    }
    text
}

/// What AKO itself must run with.
fn switches(needed: &[&Switch]) -> String {
    if needed.is_empty() {
        return String::new();
    }
    let mut text = "\nAKO must run with these values of its own, which are off in its chart:\n".to_owned();
    for switch in needed {
        let _ = write!(
            text,
            "\n  {}: true ({})\n\n  {}\n  must print: {}\n",
            switch.path, switch.why, switch.command, switch.output
        );
    }
    escape(&text)
}

/// Landings by what lands, each with its place in the prediction.
pub(super) type Landings<'a> = BTreeMap<&'a Address, Vec<(usize, &'a Landing)>>;

/// The landings of a prediction.
pub(super) fn landings(prediction: &Prediction) -> Landings<'_> {
    let mut landings = Landings::new();
    for (at, landing) in prediction.landings.iter().enumerate() {
        landings.entry(&landing.subject.address).or_default().push((at, landing));
    }
    landings
}

/// `NOTES.txt` of an application's chart.
pub(super) fn of_application(landings: &Landings<'_>, pieces: &[&Piece<'_>]) -> String {
    let mut text = installed(pieces);
    text += &switches(&needed(&pieces.iter().map(|piece| piece.object)));
    let mut own: Vec<_> = pieces.iter().filter_map(|piece| landings.get(&piece.object.address)).flatten().collect();
    own.sort_unstable_by_key(|(at, _)| *at);
    let landings: Vec<&Landing> = own.into_iter().map(|(_, landing)| *landing).collect();
    let mut settings: BTreeSet<&str> = BTreeSet::new();
    for landing in &landings {
        settings.extend(landing.intended.as_ref().map(|intended| intended.segment.as_str()));
        if let Outcome::Lands(target) = &landing.outcome {
            settings.extend(target.segment.as_deref());
        }
    }
    if !settings.is_empty() {
        let is_ingress = |landing: &&crate::ako::Landing| landing.subject.object.starts_with("Ingress/");
        let or_else = match (landings.iter().any(is_ingress), landings.iter().all(is_ingress)) {
            (true, true) => "AKO programs\nnone of the Ingresses",
            (true, false) => "AKO programs\nnone of the Ingresses, and all else lands on the global network",
            _ => "it lands\non the global network",
        };
        let before = "\nIt uses these settings of the platform. AKO must have accepted them before, or else";
        let _ = write!(text, "{before} {or_else}:\n\n");
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
pub(super) fn line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// The commands that wait for settings.
pub(super) fn waits<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(|name| wait(&shell(name))).collect()
}

/// Commands in a text for helm.
fn commands(lines: &[String]) -> String {
    lines.iter().flat_map(|line| ["  ".to_owned(), escape(line), "\n".to_owned()]).collect()
}

/// A text as one word of a shell.
pub(super) fn shell(text: &str) -> String {
    word(&line(text))
}
