//! AKP219: an HTTPS listener in plain text.

use std::collections::BTreeMap;

use serde_json::json;

use crate::command::Command;
use crate::model::{GatewayV1, Kind};
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds listeners of Gateway API v1 with the protocol `HTTPS` and without `tls`, where the class is
    /// AKO's or not in this project.
    ///
    /// ## Why it matters
    /// AKO reports such a listener as valid and programmed, and opens its port without TLS: clients that
    /// speak TLS get no answer they understand, and what was meant to be secret is not (AKO 2.2.1
    /// `ako-gateway-api/nodes/gateway_model.go` `BuildPortProtocols`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: https
    ///     port: 443
    ///     protocol: HTTPS
    ///     hostname: shop.example.com
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: shop-tls
    ///   namespace: shop
    /// type: kubernetes.io/tls
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: https
    ///     port: 443
    ///     protocol: HTTPS
    ///     hostname: shop.example.com
    ///     tls:
    ///       certificateRefs:
    ///       - name: shop-tls
    /// ```
    pub static HTTPS_WITHOUT_CERTIFICATE = {
        code: "AKP219",
        name: "https-without-certificate",
        severity: Warning,
        reads: [GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<GatewayV1>().next().is_none() {
        return;
    }
    let secrets = certificates(context);
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        for (index, listener) in gateway.spec.listeners.iter().enumerate() {
            if listener.protocol.as_deref() != Some("HTTPS") || listener.tls.is_some() {
                continue;
            }
            let path = item_path("spec.listeners", index);
            let own = secrets.get(object.namespace()).map_or(&[][..], Vec::as_slice);
            let only = only_secret(own, object).map(|secret| {
                let tls = json!({ "certificateRefs": [{ "name": secret }] });
                (format!("use the Secret `{secret}`"), Command::set(&object.address, path.key("tls"), tls))
            });
            findings
                .at(object, path.key("protocol"))
                .message("the HTTPS listener has no certificate")
                .effect("AKO accepts it, and opens the port in plain text")
                .help("name a Secret of the Gateway's namespace in `tls.certificateRefs`, or use HTTP")
                .maybe_fix(only)
                .fix("write `HTTP`, as AKO serves it", Command::set(&object.address, path.key("protocol"), "HTTP"));
        }
    }
}

/// The Secrets that hold certificates, by namespace.
fn certificates<'a>(context: &Context<'a>) -> BTreeMap<&'a str, Vec<&'a Object>> {
    let is_one = |object: &&Object| {
        let is_secret = object.kind == Kind::Foreign && object.identity.kind == "Secret";
        is_secret && object.text("type") == Some("kubernetes.io/tls")
    };
    let mut secrets: BTreeMap<&str, Vec<&Object>> = BTreeMap::new();
    for secret in context.objects().iter().filter(is_one) {
        secrets.entry(secret.namespace()).or_default().push(secret);
    }
    secrets
}

/// The only one of a namespace's Secrets, if it comes before the Gateway.
fn only_secret<'a>(own: &[&'a Object], gateway: &Object) -> Option<&'a str> {
    match own {
        [only] if only.order < gateway.order => Some(only.name()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    fn titles(secrets: &[&str]) -> Vec<String> {
        let secret = |name: &&str| {
            format!(
                "apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: red}}\ntype: kubernetes.io/tls\n---\n"
            )
        };
        let gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: red}\n\
                       spec:\n  gatewayClassName: avi\n  listeners:\n  - {name: a, protocol: HTTPS, port: 443, hostname: a.example.com}\n";
        let text = secrets.iter().map(secret).collect::<String>() + gateway;
        let findings = analyse(&Workspace::new(&[SourceFile::new("a.yaml", text)])).findings;
        let own = findings.into_iter().filter(|finding| finding.code == "AKP219");
        own.flat_map(|finding| finding.fixes).map(|fix| fix.title).collect()
    }

    #[test]
    fn a_secret_is_offered_where_only_one_can_be_meant() {
        let http = "write `HTTP`, as AKO serves it";
        assert_eq!(titles(&["one"]), ["use the Secret `one`", http]);
        assert_eq!(titles(&["one", "two"]), [http]);
        assert_eq!(titles(&[]), [http]);
    }
}
