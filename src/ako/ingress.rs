//! Ingress: whether AKO takes it, and where each of its hosts lands.
//!
//! Source: AKO 2.2.1 `internal/lib/lib.go` `ValidateIngressForClass`,
//! `internal/nodes/route_ingress_model.go` `getL7IngressInfraSetting`,
//! `internal/nodes/validator.go` `ParseHostPathForIngress`.

use std::collections::BTreeSet;

use super::cluster::Cluster;
use super::landing::{Hop, HopState, Landing, Outcome, Subject, Via};
use super::layer4::intention;
use super::names;
use super::output::Output;
use super::trace::{Choice, LAYER7, Reference, Resolution, hop, resolve};
use crate::model::{AKO_GROUP, AVI_CONTROLLER, Ingress, IngressClass};
use crate::syntax::FieldPath;
use crate::workspace::Object;

const CLASS: &str = "AKO 2.2.1 internal/lib/lib.go ValidateIngressForClass";
const HOSTS: &str = "AKO 2.2.1 internal/nodes/validator.go ParseHostPathForIngress";
const SHARDS: &str = "AKO 2.2.1 internal/nodes/avi_model_l7_hostname_shard.go DeriveShardVS";
const API: &str = "AKO 1.6.1 release notes; Kubernetes 1.22 removed networking.k8s.io/v1beta1";
const DEFAULT_CLASS_ANNOTATION: &str = "ingressclass.kubernetes.io/is-default-class";

/// Whose an Ingress is.
enum ClassChoice<'a> {
    /// AKO's, with the class.
    Taken(&'a Object, &'a IngressClass),
    /// A class outside this project.
    External(&'a str),
    /// A class that is not there.
    NotServed(Hop),
    /// Another controller's, or nobody's.
    NotForAko(Hop),
}

/// Whether AKO takes an Ingress.
#[must_use]
pub fn is_taken(cluster: &Cluster<'_>, object: &Object, ingress: &Ingress) -> bool {
    old_version(object, ingress).is_none()
        && matches!(class_of(cluster, object, ingress, default_class(cluster)), ClassChoice::Taken(..))
        && cluster.leaves_alone(object.namespace()).is_none()
}

/// Predicts all Ingresses.
pub fn predict(cluster: &Cluster<'_>, output: &mut Output) {
    let default = default_class(cluster);
    for (object, ingress) in cluster.workspace.all::<Ingress>() {
        let choice = class_of(cluster, object, ingress, default);
        let resolution = resolution(cluster, object, &choice);
        let (hops, end) = way(cluster, object, ingress, choice, &resolution);
        for (index, rule) in ingress.spec.rules.iter().enumerate() {
            let path = FieldPath::parse("spec.rules").index(index);
            let host = rule.host.as_deref().filter(|host| !host.is_empty());
            let landing = landing(cluster, object, path.clone(), host, resolution.written);
            let (mut hops, mut outcome) = (hops.clone(), end.clone());
            if outcome.is_none() {
                let at = path.key(if host.is_some() { "host" } else { "http" });
                outcome = Some(land_host(cluster, object, host, &at, &resolution, &mut hops));
            }
            if let Some(outcome) = outcome {
                output.land_at((object.order, index), landing, hops, outcome);
            }
        }
        if ingress.spec.rules.is_empty() {
            let landing = landing(cluster, object, "spec".into(), None, resolution.written);
            let reason = "the Ingress has no rule; AKO does nothing with a default backend";
            let outcome = end.unwrap_or_else(|| Outcome::NotServed { reason: reason.to_owned() });
            output.land_at((object.order, 0), landing, hops, outcome);
        }
    }
}

/// The classes of AKO that are marked as default; of several AKO takes a random one, we the first.
fn default_class<'a>(cluster: &Cluster<'a>) -> Option<(&'a Object, &'a IngressClass)> {
    let classes = cluster.ingress_classes.values().copied();
    let mut defaults = classes.filter(|(object, class)| {
        class.spec.controller.as_deref() == Some(AVI_CONTROLLER)
            && object.annotation(DEFAULT_CLASS_ANNOTATION) == Some("true")
    });
    defaults.next()
}

fn class_of<'a>(
    cluster: &Cluster<'a>,
    object: &'a Object,
    ingress: &'a Ingress,
    default: Option<(&'a Object, &'a IngressClass)>,
) -> ClassChoice<'a> {
    let broken = |at: String, path: &str, reason: String| hop(at, Some(object), path, reason, CLASS, HopState::Broken);
    let Some(name) = ingress.spec.ingress_class_name.as_deref() else {
        if let Some((class_object, class)) = default {
            return ClassChoice::Taken(class_object, class);
        }
        let reason = "`spec.ingressClassName` is not set and no class of AKO is marked as default";
        return ClassChoice::NotForAko(broken("no IngressClass".to_owned(), "spec", reason.to_owned()));
    };
    let at = format!("IngressClass/{name}");
    match cluster.ingress_classes.get(name) {
        Some((class_object, class)) if class.spec.controller.as_deref() == Some(AVI_CONTROLLER) => {
            ClassChoice::Taken(class_object, class)
        }
        Some((_, class)) => {
            let controller = class.spec.controller.as_deref().unwrap_or_default();
            let reason = format!("class `{name}` is of controller `{controller}`, not `{AVI_CONTROLLER}`");
            ClassChoice::NotForAko(broken(at, "spec.ingressClassName", reason))
        }
        None if cluster.is_external("IngressClass", "", name) => ClassChoice::External(name),
        None => {
            let reason = format!("IngressClass `{name}` is not defined");
            ClassChoice::NotServed(broken(at, "spec.ingressClassName", reason))
        }
    }
}

/// The hop of an Ingress of an API that is gone.
fn old_version(object: &Object, ingress: &Ingress) -> Option<Hop> {
    if object.version == "v1" && object.identity.group == "networking.k8s.io" {
        return None;
    }
    let version = ingress.api_version.as_deref().unwrap_or_default();
    let reason =
        format!("AKO reads Ingresses of `networking.k8s.io/v1` only, and Kubernetes has had no `{version}` since 1.22");
    Some(hop("no Ingress", Some(object), "apiVersion", reason, API, HopState::Broken))
}

/// Which setting applies under an Ingress' class. `scope` and `namespace` are not read.
fn resolution<'a>(cluster: &'a Cluster<'a>, object: &Object, choice: &ClassChoice<'a>) -> Resolution<'a> {
    let (class_object, class) = match choice {
        ClassChoice::Taken(object, class) => (*object, *class),
        ClassChoice::External(_) => return Resolution::unknown(),
        ClassChoice::NotServed(_) | ClassChoice::NotForAko(_) => {
            return Resolution { choice: Choice::Global, hops: Vec::new(), written: None };
        }
    };
    let Some(parameters) = &class.spec.parameters else { return resolve(cluster, None, object.namespace()) };
    let text = |value: &'a Option<String>| value.as_deref().unwrap_or_default();
    let (group, kind, name) = (text(&parameters.api_group), text(&parameters.kind), text(&parameters.name));
    if (group, kind) == (AKO_GROUP, "AviInfraSetting") {
        let path = FieldPath::parse("spec.parameters.name");
        let reference = Reference { object: class_object, path, name, source: LAYER7 };
        return resolve(cluster, Some(reference), object.namespace());
    }
    let mut resolution = resolve(cluster, None, object.namespace());
    let (path, found) =
        if group == AKO_GROUP { ("spec.parameters.kind", kind) } else { ("spec.parameters.apiGroup", group) };
    let class_name = class_object.name();
    let reason = format!(
        "AKO passes over the parameters of class `{class_name}`: `{found}` is not of `{AKO_GROUP}/AviInfraSetting`"
    );
    let at = format!("{kind}/{name}");
    resolution.hops.insert(0, hop(at, Some(class_object), path, reason, LAYER7, HopState::Broken));
    resolution.written = Some(name);
    resolution
}

/// The hops that all hosts of an Ingress share, and the end, if it is the same for all.
fn way(
    cluster: &Cluster<'_>,
    object: &Object,
    ingress: &Ingress,
    choice: ClassChoice<'_>,
    resolution: &Resolution<'_>,
) -> (Vec<Hop>, Option<Outcome>) {
    if let Some(hop) = old_version(object, ingress) {
        let reason = hop.reason.clone();
        return (vec![hop], Some(Outcome::NotServed { reason }));
    }
    let first = match choice {
        ClassChoice::NotServed(hop) => {
            let reason = hop.reason.clone();
            return (vec![hop], Some(Outcome::NotServed { reason }));
        }
        ClassChoice::NotForAko(hop) => {
            let reason = hop.reason.clone();
            return (vec![hop], Some(Outcome::NotForAko { reason }));
        }
        ClassChoice::External(name) => {
            let reason = format!("`{name}` exists outside this project");
            let at = format!("IngressClass/{name}");
            hop(at, Some(object), "spec.ingressClassName", reason, CLASS, HopState::Good)
        }
        ClassChoice::Taken(class, _) => {
            let (path, reason) = match &ingress.spec.ingress_class_name {
                Some(_) => {
                    ("spec.ingressClassName", format!("the controller of `{}` is `{AVI_CONTROLLER}`", class.name()))
                }
                None => ("spec", format!("no class is written, and `{}` is marked as AKO's default", class.name())),
            };
            hop(format!("IngressClass/{}", class.name()), Some(object), path, reason, CLASS, HopState::Good)
        }
    };
    if let Some(reason) = cluster.leaves_alone(object.namespace()) {
        return (vec![first], Some(Outcome::NotServed { reason }));
    }
    let mut hops = vec![first];
    hops.extend(resolution.hops.iter().cloned());
    if let Choice::Refused(reason) = &resolution.choice {
        // The opposite of layer 4: no fall-back, no virtual service, no word in the status.
        let reason = format!("{reason}; AKO does not program an Ingress whose AviInfraSetting it cannot use");
        return (hops, Some(Outcome::NotServed { reason }));
    }
    let without_http = ingress.spec.rules.iter().position(|rule| rule.http.is_none());
    let end = without_http.map(|index| {
        let reason = format!("rule {index} has no `http`, and AKO then leaves out the whole Ingress");
        let path = FieldPath::parse("spec.rules").index(index);
        hops.push(hop("no rule", Some(object), path, reason.clone(), HOSTS, HopState::Broken));
        Outcome::NotServed { reason }
    });
    (hops, end)
}

fn landing(
    cluster: &Cluster<'_>,
    object: &Object,
    path: FieldPath,
    host: Option<&str>,
    written: Option<&str>,
) -> Landing {
    let explicit = cluster.intent("Ingress", object, None, host);
    Landing {
        subject: Subject {
            object: cluster.workspace.key(object),
            address: object.address.clone(),
            path,
            namespace: object.namespace().to_owned(),
            name: object.name().to_owned(),
            protocol: None,
            port: None,
            host: host.map(str::to_owned),
        },
        via: Via::Ingress,
        hops: Vec::new(),
        outcome: Outcome::NotServed { reason: String::new() },
        intended: intention(explicit, written),
    }
}

/// Lands one host; a rule without host gets the host `<ingress>.<namespace>.<sub-domain>`.
fn land_host(
    cluster: &Cluster<'_>,
    object: &Object,
    host: Option<&str>,
    path: &FieldPath,
    resolution: &Resolution<'_>,
    hops: &mut Vec<Hop>,
) -> Outcome {
    let sub_domains: Option<BTreeSet<&str>> =
        cluster.values.sub_domains.as_ref().map(|domains| domains.iter().copied().collect());
    let own = format!(
        "{}.{}.{}",
        object.name(),
        object.namespace(),
        cluster.values.sub_domain.as_deref().unwrap_or("(sub-domain not known)")
    );
    let host = host.unwrap_or(&own);
    // A cloud without DNS profile takes every host.
    if let Some(domains) = sub_domains.filter(|domains| !domains.is_empty())
        && !domains.iter().any(|domain| host.ends_with(domain))
    {
        let list = domains.iter().map(|domain| format!("`{domain}`")).collect::<Vec<_>>().join(", ");
        let reason =
            format!("host `{host}` ends in none of the cloud's DNS sub-domains ({list}), so AKO passes over its rule");
        hops.push(hop("no virtual service", Some(object), path.clone(), reason.clone(), HOSTS, HopState::Broken));
        return Outcome::NotServed { reason };
    }
    let (name, reason) = virtual_service(cluster, host, resolution);
    hops.push(hop(format!("VirtualService/{name}"), Some(object), path.clone(), reason, SHARDS, HopState::Good));
    let key = format!("{}/{name}", cluster.tenant(object.namespace()));
    let (target, last) = resolution.target(cluster, key, None);
    hops.push(last);
    Outcome::Lands(target)
}

/// The virtual service of a host: a shard by the host's hash, or one of its own.
///
/// A namespace's setting says how many shards, but leaves the global names.
fn virtual_service(cluster: &Cluster<'_>, host: &str, resolution: &Resolution<'_>) -> (String, String) {
    let own_size = match &resolution.choice {
        Choice::Applies(setting, _) => {
            setting.value.spec.l7_settings.as_ref().and_then(|settings| settings.shard_size.as_deref())
        }
        _ => None,
    };
    let size = own_size.unwrap_or(cluster.values.shard_size);
    let by_class = resolution.hops.last().is_some_and(|hop| hop.source == LAYER7);
    let infra = match resolution.setting_name().filter(|_| by_class) {
        Some(name) => format!("{name}-"),
        None => String::new(),
    };
    let evh = if cluster.values.evh { "EVH-" } else { "" };
    if let Some(shard) = names::shard(host, size) {
        let name = cluster.names.plain(&format!("Shared-L7-{evh}{infra}{shard}"));
        (name, format!("the hash of `{host}` chooses the shard (size {size})"))
    } else {
        let suffix = if cluster.values.evh { "-EVH" } else { "" };
        let name = cluster.names.plain(&format!("{infra}{host}-L7-dedicated{suffix}"));
        (name, "with shard size DEDICATED every host has a virtual service of its own".to_owned())
    }
}
