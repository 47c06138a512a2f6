//! Input on which AKO's process dies, and dies again after each restart, as the object stays.
//!
//! The IPv6 range without a mask is found where VIPs are built, see `Output::check_vip`.

use super::change::setting_event;
use super::cluster::Cluster;
use super::ingress;
use super::moment::Timing;
use super::output::Output;
use crate::model::{INFRA_SETTING_ANNOTATION, Ingress};

/// Looks for objects that AKO does not survive.
pub fn find(cluster: &Cluster<'_>, output: &mut Output) {
    namespace_setting_with_services_api(cluster, output);
    class_parameters_without_group(cluster, output);
    resource_backend(cluster, output);
}

/// With `servicesAPI`, an event on a setting that a namespace names asks an informer that exists only
/// on Supervisor clusters. The setting has such an event when it comes after the namespace, when it
/// is edited, and always when AKO starts.
fn namespace_setting_with_services_api(cluster: &Cluster<'_>, output: &mut Output) {
    if !cluster.values.services_api {
        return;
    }
    for (namespace, name) in cluster.namespaces_with_setting() {
        let setting = cluster.settings.get(name);
        let is_deleted = setting.is_none() && cluster.changes.events.contains(&setting_event(name));
        if setting.is_none() && !is_deleted {
            continue;
        }
        let reason = format!(
            "with `servicesAPI: true`, AKO dies on any event of AviInfraSetting `{name}`, since namespace `{}` names it by annotation",
            namespace.name()
        );
        let path = format!("metadata.annotations[{INFRA_SETTING_ANNOTATION}]");
        let source = "internal/nodes/ingress_model_rel.go:1139";
        let comes_after = setting.is_some_and(|setting| cluster.seen(namespace) < cluster.seen(setting.object));
        let happens = match cluster.timing {
            Timing::AtStart => setting.is_some(),
            Timing::Change => comes_after || is_deleted,
            Timing::InOrder | Timing::AtOnce => comes_after,
        };
        if happens {
            output.crash(namespace, cluster, &path, reason, source);
        } else if setting.is_some() {
            output.crash_at_restart(namespace, cluster, &path, reason, source);
        }
    }
}

/// Whatever controller the class is of.
fn class_parameters_without_group(cluster: &Cluster<'_>, output: &mut Output) {
    for (object, class) in cluster.ingress_classes.values() {
        if class.spec.parameters.as_ref().is_none_or(|parameters| parameters.api_group.is_some()) {
            continue;
        }
        let reason = format!(
            "AKO dies on IngressClass `{}`, whose `spec.parameters` have no `apiGroup` (of any controller's class)",
            object.name()
        );
        output.crash(object, cluster, "spec.parameters", reason, "internal/k8s/ako_init.go:669");
    }
}

/// Only in an Ingress that AKO takes.
fn resource_backend(cluster: &Cluster<'_>, output: &mut Output) {
    for (object, ingress) in cluster.workspace.all::<Ingress>() {
        let Some(path) = resource_path(ingress) else { continue };
        if !ingress::is_taken(cluster, object, ingress) {
            continue;
        }
        let reason = format!(
            "AKO dies on Ingress `{}/{}`, which has a `backend.resource` in place of a `backend.service`",
            object.namespace(),
            object.name()
        );
        output.crash(object, cluster, &path, reason, "internal/nodes/ingress_model_rel.go:978");
    }
}

fn resource_path(ingress: &Ingress) -> Option<String> {
    ingress.spec.rules.iter().enumerate().find_map(|(rule, value)| {
        let paths = &value.http.as_ref()?.paths;
        let path = paths.iter().position(|path| path.backend.resource.is_some() && path.backend.service.is_none())?;
        Some(format!("spec.rules[{rule}].http.paths[{path}].backend.resource"))
    })
}
