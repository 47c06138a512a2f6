//! AKP206: no listener of a setting has TLS.

use crate::command::Command;
use crate::model::AviInfraSetting;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings with `listeners` of which none has `enableSSL: true`.
    ///
    /// ## Why it matters
    /// AKO sets the setting to `Rejected` ("One of the port in aviInfraSetting must have SSL enabled"),
    /// and everything that refers to it falls back to the global network or is not programmed
    /// (AKO 2.2.1 `internal/k8s/validator.go`, `validateAviInfraSetting`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     listeners:
    ///     - port: 8080
    ///     - port: 8443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     listeners:
    ///     - port: 8080
    ///     - port: 8443
    ///       enableSSL: true
    /// ```
    pub static LISTENERS_WITHOUT_SSL = {
        code: "AKP206",
        name: "listeners-without-ssl",
        severity: Error,
        reads: [AviInfraSetting],
        since: "0.1.0",
        needs: SettingListeners,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, setting) in context.every::<AviInfraSetting>() {
        let Some(network) = &setting.spec.network else { continue };
        let listeners = &network.listeners;
        if listeners.is_empty() || listeners.iter().any(|listener| listener.enable_ssl == Some(true)) {
            continue;
        }
        // By custom the port with TLS ends in 443.
        let secure = listeners.iter().position(|listener| listener.port.is_some_and(|port| port % 1000 == 443));
        let at = secure.unwrap_or(listeners.len() - 1);
        let port = listeners[at].port.map_or_else(|| format!("item {at}"), |port| port.to_string());
        let path = format!("spec.network.listeners[{at}].enableSSL");
        findings
            .at(object, "spec.network.listeners")
            .message("none of the `listeners` has `enableSSL: true`")
            .effect("AKO sets the setting to `Rejected`; Gateways and Services with it fall back to the global network, Ingresses are not programmed")
            .help("turn TLS on for one port")
            .fix(format!("turn TLS on for port {port}"), Command::set(&object.address, path.as_str(), true));
    }
}
