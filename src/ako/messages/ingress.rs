//! What AKO says of Ingresses.

use super::Channel::{Event, Log};

super::messages! {
    /// No class, and AKO is the default.
    DEFAULT_INGRESS_CLASS = "ingress class name is not specified but ako.vmware.com/avi-lb is default ingress controller" {
        channel: Log,
        at: "log of AKO",
        means: "The Ingress names no class and AKO takes it through its default class.",
        source: "internal/lib/lib.go, ValidateIngressForClass",
    }

    /// No class, and AKO is not the default.
    NO_INGRESS_CLASS = "ingress class name not specified for ingress {} and ako.vmware.com/avi-lb is not default ingress controller" {
        channel: Log,
        at: "log of AKO",
        means: "AKO leaves the Ingress alone: it names no class, and no class of AKO is marked as default.",
        fix: "Set `spec.ingressClassName`.",
        field: "Ingress `spec.ingressClassName`",
        rules: &["AKP306"],
        source: "internal/lib/lib.go, ValidateIngressForClass",
    }

    /// A class that is not there.
    INGRESS_CLASS_NOT_FOUND = "Unable to fetch corresponding networking.k8s.io/ingressclass {}" {
        channel: Log,
        at: "log of AKO",
        means: "There is no IngressClass of this name. AKO leaves the Ingress alone, and creating the class later does not revive it: the Ingress has to be edited once.",
        fix: "Create the class before the Ingress, or correct `spec.ingressClassName`.",
        field: "Ingress `spec.ingressClassName`",
        rules: &["AKP306"],
        source: "internal/lib/lib.go, ValidateIngressForClass",
    }

    /// A class of another controller.
    INGRESS_CLASS_OF_OTHERS = "Unexpected controller in ingress class {}" {
        channel: Log,
        at: "log of AKO",
        means: "The class belongs to another controller; AKO leaves the Ingress alone.",
        fix: "Set `spec.controller: ako.vmware.com/avi-lb` in the IngressClass, if AKO is meant.",
        field: "IngressClass `spec.controller`",
        rules: &["AKP308"],
        source: "internal/lib/lib.go, ValidateIngressForClass",
    }

    /// A class whose setting is not there.
    INGRESS_SETTING_NOT_FOUND = "Unable to get corresponding AviInfraSetting via IngressClass {}" {
        channel: Log,
        at: "log of AKO",
        means: "The class refers to an AviInfraSetting that is not there. Other than on layer 4, AKO then programs nothing at all for the Ingress; it comes up by itself once the setting is there.",
        fix: "Create the setting, or correct `spec.parameters.name` of the class.",
        field: "IngressClass `spec.parameters.name`",
        rules: &["AKP303"],
        source: "internal/nodes/route_ingress_model.go, getL7IngressInfraSetting",
    }

    /// A class whose setting was rejected.
    INGRESS_SETTING_INVALID = "Referred AviInfraSetting {} is invalid" {
        channel: Log,
        at: "log of AKO",
        means: "The AviInfraSetting is rejected (its `status.error` says why), and AKO does not program the Ingress. If it was programmed before, its status keeps an address that no longer serves.",
        fix: "Mend the setting.",
        field: "AviInfraSetting `status.error`",
        rules: &["AKP503"],
        source: "internal/nodes/route_ingress_model.go, getL7IngressInfraSetting",
    }

    /// A rule without `http`.
    NO_SERVICE_BACKENDS = "Found Ingress: {} without service backends. Not going to process." {
        channel: Log,
        at: "log of AKO",
        means: "One rule without `http` stops the whole Ingress; one that is live already is frozen in its old state.",
        fix: "Give the rule an `http` part, or take it away.",
        field: "Ingress `spec.rules[].http`",
        rules: &["AKP503"],
        source: "internal/nodes/validator.go",
    }

    /// A host outside the cloud's sub-domains.
    HOST_OUTSIDE_SUB_DOMAINS = "Didn't find match for hostname :{} Available sub-domains:{}" {
        channel: Log,
        at: "log of AKO",
        means: "The host ends with none of the DNS sub-domains of the cloud's IPAM/DNS profile: AKO skips this rule, the others live.",
        fix: "Use a host in one of the sub-domains, or add the sub-domain to the DNS profile.",
        field: "Ingress `spec.rules[].host`",
        rules: &["AKP503"],
        source: "internal/nodes/validator.go",
    }

    /// The same host and path twice.
    DUPLICATE_HOST_PATH = "Duplicate entries found for hostpath {}: {} in ingresses: {}" {
        channel: Event,
        reason: "DuplicateHostPath",
        at: "event on the Ingress",
        means: "Two Ingresses have the same host and path: both pools stay, and traffic goes to either.",
        fix: "Leave the path to one of them.",
        field: "Ingress `spec.rules[].http.paths[].path`",
        source: "internal/nodes/validator.go",
    }

    /// A host that another namespace has.
    HOST_CLAIMED = "Host {} already claimed" {
        channel: Event,
        at: "event on the Ingress",
        means: "With `fqdnReusePolicy: Strict` a host belongs to the namespace that had it first.",
        fix: "Use another host, or `fqdnReusePolicy: InterNamespaceAllowed` in AKO's values.",
        field: "AKO's values `L7Settings.fqdnReusePolicy`",
        source: "internal/nodes/validator.go",
    }
}
