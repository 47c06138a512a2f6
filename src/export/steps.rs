//! The steps to apply a bundle, in an order that is safe: for its README, the page and the apply kit alike.
//!
//! AKO uses an AviInfraSetting only once it has accepted it, so everything waits for the settings; and what
//! refers to a class comes after the class. Each step can be taken back, the last one first.

mod since;

use std::collections::{BTreeMap, BTreeSet};

use super::kit::Check;
use super::shell::{is_name, word};
use super::{VALUES_FILE, file_of, namespace_of};
use crate::model::{
    AviInfraSetting, GatewayClass, GatewayV1, IngressClass, Kind, Namespace, SHARED_VIP_ANNOTATION, Service,
};
use crate::ordered::IntoOrdered;
use crate::segment::{of_annotation, of_gateway_class, of_ingress_class};
use crate::text::SourceFile;
use crate::workspace::{Object, Workspace};

pub(super) use since::keys;
pub use since::{Notice, Since};

/// A step of applying a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What it applies, in a few words.
    pub about: &'static str,
    /// Why it stands here, in a sentence.
    pub why: &'static str,
    /// Its commands, for a POSIX shell in the bundle's folder.
    pub commands: Vec<String>,
    /// Commands that take it back.
    pub back: Vec<String>,
    /// What needs to be made again, or is an outage: a sentence each.
    pub notes: Vec<&'static str>,
    /// Places of its files in the bundle, in the order in which they are applied.
    pub files: Vec<usize>,
    /// How to verify it; only the apply kit tells.
    pub checks: Vec<Check>,
    /// Errors that touch it, as places in [`super::kit::Kit::errors`]; only the apply kit tells.
    pub errors: Vec<usize>,
    /// What it does to what is there; only an apply kit beside an earlier state tells.
    pub since: Option<Since>,
}

/// A group of ranks ([`Kind::apply_rank`]) that are applied together.
struct Group {
    ranks: &'static [usize],
    about: &'static str,
    why: &'static str,
}

const SETTINGS: usize = 1;

/// Whys: AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go` `getL4InfraSetting`, `internal/k8s/services_api.go`,
/// `internal/k8s/controller.go` (Ingress add handler), `ako-gateway-api/nodes/dequeue_ingestion.go`.
const GROUPS: [Group; 7] = [
    Group {
        ranks: &[0],
        about: "Namespaces and definitions",
        why: "Nothing can be made in a namespace, or of a kind, that is not there yet.",
    },
    Group {
        ranks: &[SETTINGS],
        about: "AviInfraSettings",
        why: "AKO uses a setting only once it has accepted it: what comes earlier begins on the global network, and \
              loses its range when AKO moves it.",
    },
    Group {
        ranks: &[2, 3],
        about: "Classes",
        why: "An Ingress that comes before its class is dropped until somebody edits it, and a Gateway says \
              `InvalidGatewayClass` for ever.",
    },
    Group {
        ranks: &[4],
        about: "Gateways",
        why: "Their virtual services are there before the Services that they serve.",
    },
    Group {
        ranks: &[5],
        about: "Other objects",
        why: "Services, Gateways and routes refer to some of them, such as Secrets.",
    },
    Group { ranks: &[6], about: "Services", why: "Their Gateways and settings are there." },
    Group {
        ranks: &[7],
        about: "Ingresses and routes",
        why: "Their classes, Gateways, Secrets and Services are there.",
    },
];

/// The steps to apply a bundle's files, in order.
#[must_use]
pub fn steps(workspace: &Workspace, files: &[SourceFile]) -> Vec<Step> {
    let unnamed = namespaces_left_out(workspace);
    let has_v1_gateways = workspace.every::<GatewayV1>().next().is_some();
    let by_rank = by_rank(files);
    let mut steps = Vec::new();
    for group in &GROUPS {
        let own: Vec<usize> = group.ranks.iter().filter_map(|rank| by_rank.get(rank)).flatten().copied().collect();
        if own.is_empty() {
            continue;
        }
        let mut step = Step { about: group.about, why: group.why, files: own, ..Step::default() };
        if group.about == "Services" && has_v1_gateways {
            step.about = "Services, and Gateways of Gateway API v1";
            step.why = "Their Gateways, classes, settings and Secrets are there.";
        }
        for (options, patterns) in targets(files, &step.files, &unnamed) {
            step.commands.push(format!("kubectl apply{options}{patterns}"));
            // Whatever stands in a namespace, or is of a kind, goes with it.
            if group.ranks != [0] {
                step.back.push(format!("kubectl delete --ignore-not-found{options}{patterns}"));
            }
        }
        if group.ranks == [SETTINGS] {
            let settings = workspace.all::<AviInfraSetting>().map(|(object, _)| object.name());
            let names: BTreeSet<&str> = settings.filter(|name| is_name(name)).into_set();
            step.commands.extend(names.into_iter().map(wait));
        }
        step.back.reverse();
        step.notes = notes(workspace, group.ranks);
        steps.push(step);
    }
    steps
}

/// Waits until AKO has accepted a setting; whatever version it was applied in, `kubectl` asks for the one with status.
pub(super) fn wait(name: &str) -> String {
    format!("kubectl wait aviinfrasetting/{name} --for=jsonpath='{{.status.status}}'=Accepted --timeout=60s")
}

/// Whether the project has settings that something in it uses: only then the order of what is applied matters to them.
pub(super) fn has_used_settings(workspace: &Workspace) -> bool {
    let settings: BTreeSet<&str> = workspace.all::<AviInfraSetting>().map(|(object, _)| object.name()).collect();
    let is_one = |name: Option<&str>| name.is_some_and(|name| settings.contains(name));
    let by_annotation =
        || workspace.objects().iter().filter(|object| matches!(object.kind, Kind::Service | Kind::Namespace));
    !settings.is_empty()
        && (workspace.all::<GatewayClass>().any(|(_, class)| is_one(of_gateway_class(class)))
            || workspace.all::<IngressClass>().any(|(_, class)| is_one(of_ingress_class(class)))
            || by_annotation().any(|object| is_one(of_annotation(object))))
}

/// Rank of a manifest by its file name, as in `platform/10-oam.yaml`.
pub(super) fn rank(name: &str) -> Option<usize> {
    let (folder, file) = name.rsplit_once('/')?;
    let is_manifest = folder == "platform" || folder.starts_with("apps/");
    let (number, _) = file.split_once('-')?;
    if is_manifest { number.strip_suffix('0')?.parse().ok() } else { None }
}

/// Places of the files by their ranks, as the bundle has them.
fn by_rank(files: &[SourceFile]) -> BTreeMap<usize, Vec<usize>> {
    let mut by_rank: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        if let Some(rank) = rank(&file.name) {
            by_rank.entry(rank).or_default().push(at);
        }
    }
    by_rank
}

/// Options and file patterns of one command for each folder. `kubectl` reads patterns itself since 1.23; they are
/// quoted so that the shell does not.
pub(super) fn targets(
    files: &[SourceFile],
    own: &[usize],
    unnamed: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let mut folders: Vec<(&str, Vec<(usize, &str)>)> = Vec::new();
    for name in own.iter().filter_map(|at| files.get(*at)).map(|file| file.name.as_str()) {
        let (Some((folder, _)), Some(rank)) = (name.rsplit_once('/'), rank(name)) else { continue };
        match folders.iter_mut().find(|(own, _)| *own == folder) {
            Some((_, names)) => names.push((rank, name)),
            None => folders.push((folder, vec![(rank, name)])),
        }
    }
    let pattern = |folder: &str, names: &[(usize, &str)]| {
        let mut ranks: Vec<usize> = names.iter().map(|(rank, _)| *rank).collect();
        ranks.dedup();
        ranks.into_iter().fold(String::new(), |patterns, rank| {
            let mut of_rank = names.iter().filter(|(own, _)| *own == rank).map(|(_, name)| *name);
            match (of_rank.next(), of_rank.next()) {
                (Some(only), None) => format!("{patterns} -f {}", word(only)),
                _ => format!("{patterns} -f {}", word(&format!("{folder}/{rank}0-*.yaml"))),
            }
        })
    };
    let options = |folder: &str| {
        let namespace = unnamed.get(folder).filter(|namespace| is_name(namespace));
        namespace.map(|namespace| format!(" -n {namespace}")).unwrap_or_default()
    };
    folders.iter().map(|(folder, names)| (options(folder), pattern(folder, names))).collect()
}

/// Folders of namespaces with objects that name none, and the namespace that is meant.
pub(super) fn namespaces_left_out(workspace: &Workspace) -> BTreeMap<String, String> {
    let default = workspace.settings().spec.default_namespace.as_deref().unwrap_or("default");
    let own = |object: &Object| object.value.metadata().and_then(|metadata| metadata.namespace.clone());
    let names_none = |object: &&Object| object.kind.is_exported() && own(object).is_none_or(|name| name.is_empty());
    let folders = workspace.objects().iter().filter(names_none).filter_map(|object| {
        let name = file_of(object, Some(namespace_of(object, default)?));
        let (folder, _) = name.rsplit_once('/')?;
        Some((folder.to_owned(), default.to_owned()))
    });
    folders.into_map()
}

/// Commands that make the namespaces that objects stand in and that the project neither has nor names in
/// `spec.external`; those of every cluster are there.
pub(super) fn missing_namespaces(workspace: &Workspace) -> Vec<String> {
    const OF_EVERY_CLUSTER: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];
    let default = workspace.settings().spec.default_namespace.as_deref().unwrap_or("default");
    let exported = workspace.objects().iter().filter(|object| object.kind.is_exported());
    let used: BTreeSet<&str> = exported.filter_map(|object| namespace_of(object, default)).collect();
    let kind = Kind::Namespace.name();
    let is_missing = |name: &&str| {
        let is_known = workspace.get::<Namespace>("", name).is_some() || workspace.is_external(kind, "", name);
        is_name(name) && !OF_EVERY_CLUSTER.contains(name) && !is_known
    };
    used.into_iter().filter(is_missing).map(|name| format!("kubectl create namespace {name}")).collect()
}

/// What [`missing_namespaces`] are for.
pub(super) const MISSING_NAMESPACES: &str = "Namespaces that the project does not have, where they are not there yet; \
     nothing can be applied into one that is missing:";

/// What a step's kinds cannot take as a change, or only with an outage.
fn notes(workspace: &Workspace, ranks: &[usize]) -> Vec<&'static str> {
    let has = |kind: Kind| workspace.objects().iter().any(|object| object.kind == kind);
    let has_class = || workspace.every::<Service>().any(|(_, service)| service.spec.load_balancer_class.is_some());
    let shares = || workspace.every::<Service>().any(|(object, _)| object.annotation(SHARED_VIP_ANNOTATION).is_some());
    let of = |is_so: bool, note: &'static str| is_so.then_some(note);
    let notes = match ranks {
        [0] => vec![of(true, NAMESPACES_STAY)],
        [SETTINGS] => vec![of(true, DELETED_SETTINGS), of(true, OTHER_RANGES)],
        [2, 3] => vec![of(has(Kind::IngressClass) || has(Kind::GatewayClassV1), FIXED_CONTROLLER)],
        [4] => vec![of(true, FIXED_ADDRESS)],
        [6] => vec![of(has_class(), FIXED_CLASS), of(shares(), SHARED_VIPS)],
        [7] => vec![of(has(Kind::Ingress), PASSED_OVER)],
        _ => Vec::new(),
    };
    notes.into_iter().flatten().collect()
}

const NAMESPACES_STAY: &str =
    "They stay when all is taken back: whatever stands in a namespace, or is of a kind, goes with it.";
/// AKO was seen to do so (`tests/conformance`, 802, 804, 825, 826).
const DELETED_SETTINGS: &str = "A setting that is deleted, or that AKO rejects after an edit, moves live VIPs of \
     Gateways and LoadBalancer Services to the global network and takes the pools from Ingresses: delete what \
     uses it first.";
/// AKO 2.2.1 `internal/rest/avi_obj_vsvip.go` `AviVsVipBuild` (800).
const OTHER_RANGES: &str = "Another range (`cidr`) of the same network does not reach VIPs that are there: \
     delete what uses it and apply it again, which is an outage.";
/// Kubernetes `pkg/apis/networking/validation` `ValidateIngressClassUpdate`; the CRD of Gateway API v1.
const FIXED_CONTROLLER: &str = "The controller of an IngressClass, and of a GatewayClass of Gateway API v1, \
     cannot be changed: delete the class and apply it again.";
/// AKO's documentation of Gateways; its status never follows (810, 811).
const FIXED_ADDRESS: &str = "The address of a Gateway that is there does not follow a change: delete the Gateway \
     and apply it again, which is an outage. AKO must run when a Gateway is deleted, since its finalizer \
     `gateway.ako.vmware.com` waits for it.";
/// Kubernetes `pkg/apis/core/validation` `validateLoadBalancerClassField`.
const FIXED_CLASS: &str =
    "`spec.loadBalancerClass` cannot be changed: delete the Service and apply it again, which is an outage.";
/// AKO 2.2.1 `internal/k8s/crdcontroller.go`: no event of a setting reaches them.
const SHARED_VIPS: &str = "Services that share a VIP do not follow a later change of their setting: delete all \
     of them and apply them again, which is an outage.";
/// AKO 2.2.1 `internal/k8s/controller.go`, Ingress add handler (360, 824).
const PASSED_OVER: &str = "An Ingress that AKO passed over stays so until somebody edits it, or AKO starts again.";

/// Whether a bundle has values for AKO's own chart.
pub(super) fn has_values(files: &[SourceFile]) -> bool {
    files.iter().any(|file| file.name == VALUES_FILE)
}
