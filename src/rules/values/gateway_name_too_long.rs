//! AKP210: a Gateway that no label can name.

use super::invalid_name::is_taken;
use crate::command::Command;
use crate::model::Gateway;
use crate::rename::Rename;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways whose name has more than 63 characters.
    ///
    /// ## Why it matters
    /// Services name their Gateway in the label `ako.vmware.com/gateway-name`, and a label's value has
    /// at most 63 characters (Kubernetes documentation, *Labels and Selectors*). The API server takes
    /// the Gateway, AKO makes its virtual service, and no Service can ever stand behind it.
    ///
    /// The fix leaves as many words of the name as a label takes, and changes labels and intents along.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: application-gateway-for-administration-and-maintenance-of-the-core
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners: []
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway-admin-0
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners: []
    /// ```
    pub static GATEWAY_NAME_TOO_LONG = {
        code: "AKP210",
        name: "gateway-name-too-long",
        severity: Warning,
        reads: [Gateway],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

/// A label's value takes so many.
const MOST: usize = 63;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, _) in context.all::<Gateway>().filter(|(object, _)| object.name().len() > MOST) {
        findings
            .at(object, "metadata.name")
            .message(format!("the name has {} characters, a label that names it takes {MOST}", object.name().len()))
            .effect("AKO makes the virtual service, and no Service can stand behind it")
            .help(format!("use a name of at most {MOST} characters"))
            .maybe_fix(shorter(object.name()).filter(|name| !is_taken(context.workspace(), object, name)).map(
                |name| {
                    let rename = Rename::Object { at: object.address.clone(), name: name.clone() };
                    (format!("call it `{name}`, and wherever it is named"), Command::Rename(rename))
                },
            ));
    }
}

/// As many of a name's words as a label takes.
fn shorter(name: &str) -> Option<String> {
    let cut = name.get(..MOST)?;
    let is_between = name.get(MOST..)?.starts_with(['-', '.']);
    let end = if is_between { None } else { cut.rfind(['-', '.']) };
    let short = cut.get(..end.unwrap_or(MOST))?.trim_end_matches(['-', '.']);
    (!short.is_empty()).then(|| short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::shorter;

    #[test]
    fn a_name_is_cut_between_its_words() {
        let words = "application-gateway-for-administration-and-maintenance-of-the";
        assert_eq!(shorter(&format!("{words}-core")), Some(words.to_owned()));
        assert_eq!(shorter(&format!("{words}-a-core")), Some(format!("{words}-a")));
        assert_eq!(shorter(&"a".repeat(70)), Some("a".repeat(63)));
        assert_eq!(shorter("a"), None);
    }
}
