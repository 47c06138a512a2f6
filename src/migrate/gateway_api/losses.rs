//! What AKO does for an Ingress and does not do for Gateway API v1.

use super::routes::Host;
use crate::migrate::draft::Draft;
use crate::model::{AviInfraSetting, Ingress, Kind};
use crate::workspace::{Object, OfKind, Workspace};

const PASSTHROUGH_ANNOTATION: &str = "passthrough.ako.vmware.com/enabled";
const SETTING: &str = "AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent";
const LISTENER: &str = "AKO 2.2.1 ako-gateway-api/k8s/validator.go isValidListener";
const REDIRECT: &str = "AKO 2.2.1 internal/nodes/validator.go ParseHostPathForIngress; ako-gateway-api/nodes/avi_model_l7_translator.go BuildHTTPPolicySetHTTPRequestRedirectRules";
/// Kinds of AKO's that apply to hosts of Ingresses, and where each names its host.
const BY_HOST: [(&str, &str); 3] =
    [("HostRule", "spec.virtualhost.fqdn"), ("HTTPRule", "spec.fqdn"), ("SSORule", "spec.fqdn")];

/// What of the class and of the Ingresses has no place.
pub fn tell(draft: &mut Draft<'_>, ingresses: &[(&Object, &Ingress)], setting: &str) {
    for (object, ingress) in ingresses {
        let key = draft.before.key(object);
        if object.annotation(PASSTHROUGH_ANNOTATION) == Some("true") {
            draft.lose(
                &key,
                "TLS is no longer passed through to the pods",
                "AKO takes the mode `Terminate` only",
                LISTENER,
            );
            draft.stop(format!("`{key}` passes TLS through, which AKO does not do in Gateway API v1."));
        }
        if ingress.spec.default_backend.is_some() {
            let reason = "AKO did nothing with it for an Ingress either";
            draft.lose(&key, "`spec.defaultBackend` goes", reason, "AKO 2.2.1 internal/nodes/validator.go");
        }
        let own = object.metadata().annotations;
        let rest: Vec<String> = own.into_keys().filter(|name| name != PASSTHROUGH_ANNOTATION).collect();
        if !rest.is_empty() {
            let what = format!("its annotations go: {}", rest.join(", "));
            draft.lose(&key, what, "they are about an Ingress; labels go along", SETTING);
        }
        if !object.tree().comments.is_empty() {
            draft.lose(&key, "comments in its document go", "Gateway and HTTPRoute are written anew", "akoplan");
        }
    }
    if !setting.is_empty() {
        tell_parameters(draft, &format!("AviInfraSetting/{setting}"), setting);
    }
}

/// What of a setting AKO takes for a Gateway of v1: nothing by a class, and little by the Namespace.
pub fn tell_parameters(draft: &mut Draft<'_>, about: &str, setting: &str) {
    let words = "in Gateway API v1 AKO reads no `parametersRef`; of the setting that the Namespace names it takes the SE group and the Tier-1 router, nothing else";
    draft.lose(about, format!("the class no longer leads to `{setting}`"), words, SETTING);
    let Some((_, value)) = draft.before.get::<AviInfraSetting>("", setting) else { return };
    let network = value.spec.network.as_ref();
    let parts = [
        (network.is_some_and(|it| !it.vip_networks.is_empty()), "the VIP networks: VIPs are on the global network"),
        (
            network.is_some_and(|it| it.enable_rhi == Some(true)),
            "`enableRhi`: the VIPs are announced only if AKO's values say so",
        ),
        (network.is_some_and(|it| !it.bgp_peer_labels.is_empty()), "`bgpPeerLabels`"),
        (network.is_some_and(|it| it.enable_public_ip == Some(true)), "`enablePublicIP`"),
        (network.is_some_and(|it| !it.listeners.is_empty()), "`listeners`: the Gateway's ports are 80 and 443"),
        (value.spec.l7_settings.is_some(), "`l7Settings`: the Gateway has one virtual service of its own"),
    ];
    for what in parts.into_iter().filter(|(is_there, _)| *is_there).map(|(_, what)| what) {
        draft.lose(about, format!("AKO ignores {what}"), "AKO does not read it for a Gateway of v1", SETTING);
    }
}

/// What goes with single hosts.
pub fn tell_hosts(draft: &mut Draft<'_>, ingresses: &[(&Object, &Ingress)], hosts: &[Host]) {
    let before = draft.before;
    for host in hosts.iter().filter(|host| host.secret.is_some()) {
        let what = "HTTP on port 80 is no longer redirected to HTTPS, and not served";
        let reason = "AKO adds that redirect for Ingresses only, and a redirect of an HTTPRoute always leads to HTTP";
        draft.lose(&host.name, what, reason, REDIRECT);
    }
    for object in before.objects().iter().filter(|object| object.kind == Kind::Foreign) {
        let field = BY_HOST.iter().find(|(kind, _)| object.identity.kind == *kind).map(|(_, field)| *field);
        let host = field.and_then(|field| object.text(field));
        if let Some(host) = host.filter(|host| hosts.iter().any(|own| own.name == *host)) {
            let what = format!("`{}` no longer applies to it", before.key(object));
            let reason = "AKO applies it to hosts of Ingresses; an HTTPRoute refers to an L7Rule instead";
            draft.lose(host, what, reason, "AKO 2.2.1 ako-gateway-api/nodes/route_validator.go validateHTTPRouteRules");
        }
    }
    let is_own = |object: &Object| ingresses.iter().any(|(own, _)| own.identity == object.identity);
    for (object, ingress) in before.all::<Ingress>().filter(|(object, _)| !is_own(object)) {
        let shared = ingress.spec.rules.iter().filter_map(|rule| rule.host.as_deref());
        for host in shared.filter(|host| hosts.iter().any(|own| own.name == *host)) {
            let what = format!("is served on two VIPs: `{}` has it, too, and stays an Ingress", before.key(object));
            draft.lose(host, what, "a Gateway has a virtual service of its own", SETTING);
        }
    }
}

/// Whether an Ingress has a rule for a host, written out.
pub fn has_host(workspace: &Workspace, object: &Object, host: &str) -> bool {
    let ingress = workspace.at(&object.address).and_then(|object| Ingress::of(&object.value));
    ingress.is_some_and(|ingress| ingress.spec.rules.iter().any(|rule| rule.host.as_deref() == Some(host)))
}
