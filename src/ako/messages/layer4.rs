//! What AKO says of Gateways of the services API and of LoadBalancer Services.

use super::Channel::Log;

super::messages! {
    /// A Gateway whose class is not there.
    GATEWAY_CLASS_NOT_FOUND = "Corresponding networking.x-k8s.io/gatewayclass not found {}" {
        reason: "InvalidGatewayClass",
        at: "Gateway `status.conditions`",
        means: "There is no GatewayClass of this name. AKO makes no virtual service, although the condition says `Scheduled: True`; the condition stays even after the cause is gone.",
        fix: "Correct `spec.gatewayClassName`, or create the class.",
        field: "Gateway `spec.gatewayClassName`",
        rules: &["AKP301"],
        source: "internal/k8s/services_api.go, ValidateGatewayObj",
    }

    /// A listener whose selector does not name the Gateway itself.
    INCORRECT_MATCH_LABELS = "Incorrect gateway matchLabels configuration" {
        reason: "InvalidMatchLabels",
        at: "Gateway `status.conditions`",
        means: "A listener's selector does not carry both labels `ako.vmware.com/gateway-name` and `ako.vmware.com/gateway-namespace` with the name and namespace of this Gateway. AKO makes no virtual service for the whole Gateway.",
        fix: "Give every listener both labels with the Gateway's own name and namespace.",
        field: "Gateway `spec.listeners[].routes.selector.matchLabels`",
        rules: &["AKP309"],
        source: "internal/k8s/services_api.go, ValidateGatewayObj",
    }

    /// A class of another controller.
    UNIDENTIFIED_CONTROLLER = "Unable to identify controller {}" {
        reason: "UnidentifiedController",
        at: "Gateway `status.conditions`",
        means: "The controller of the Gateway's class is not `ako.vmware.com/avi-lb`; AKO says so even of other vendors' Gateways.",
        fix: "Set `spec.controller: ako.vmware.com/avi-lb` in the GatewayClass, if AKO is meant.",
        field: "GatewayClass `spec.controller`",
        rules: &["AKP308"],
        source: "internal/nodes/ingress_model_rel.go, validateSvcApiGatewayForClass",
    }

    /// The condition that the API server writes into a new Gateway.
    WAITING_FOR_CONTROLLER = "Waiting for controller" {
        reason: "NotReconciled",
        at: "Gateway `status.conditions`",
        means: "The default of a new Gateway. AKO never changes it to something better: even a Gateway that serves keeps `Scheduled: False`; look at its listeners and addresses instead.",
        source: "helm/ako/crds/networking.x-k8s.io_gateways.yaml",
    }

    /// A listener that AKO has just seen.
    INITIALIZING = "Initializing" {
        reason: "NotReconciled",
        at: "Gateway `status.listeners[].conditions`",
        means: "AKO has seen the listener and its virtual service is not made yet. If it stays, the virtual service could not be made.",
        source: "internal/status/svcapi_status.go",
    }

    /// A labelled Service of type LoadBalancer.
    LOAD_BALANCER_NOT_FOR_GATEWAYS = "Service of Type LoadBalancer is not supported with Gateway APIs, will create dedicated VSes" {
        channel: Log,
        at: "log of AKO",
        means: "The Service has the labels of a Gateway and type `LoadBalancer`: AKO ignores the labels and gives it a virtual service of its own, on the global network unless annotated.",
        fix: "Use type `ClusterIP`.",
        field: "Service `spec.type`",
        rules: &["AKP404"],
        source: "internal/nodes/ingress_model_rel.go",
    }

    /// A Service type that AKO does not know.
    INVALID_SERVICE_TYPE = "Invalid service type: [{}] Currently Allowed: [ClusterIP, NodePort, LoadBalancer]" {
        channel: Log,
        at: "log of AKO",
        means: "AKO does not handle Services of this type.",
        fix: "Use type `ClusterIP`, `NodePort` or `LoadBalancer`.",
        field: "Service `spec.type`",
        source: "internal/k8s/controller.go",
    }

    /// SCTP with NodePortLocal.
    SCTP_WITH_NODE_PORT_LOCAL = "SCTP protocol is not supported for service type NodePortLocal" {
        channel: Log,
        at: "log of AKO",
        means: "AKO makes no virtual service: SCTP cannot be reached through NodePortLocal.",
        fix: "Use `serviceType: ClusterIP` or `NodePort` in AKO's values.",
        field: "AKO's values `L7Settings.serviceType`",
        source: "internal/nodes/avi_model_l4_translator.go",
    }

    /// A LoadBalancer Service without class, while AKO is not the default.
    LOAD_BALANCER_CLASS_MISSING = "LoadBalancerClass is not specified for LB service {} and ako.vmware.com/avi-lb is not default loadbalancer controller" {
        channel: Log,
        at: "log of AKO",
        means: "AKO leaves the Service alone: no virtual service, no status.",
        fix: "Set `spec.loadBalancerClass: ako.vmware.com/avi-lb`; it can only be set when the Service is made.",
        field: "Service `spec.loadBalancerClass`",
        rules: &["AKP503"],
        source: "internal/lib/lib.go, ValidateSvcforClass",
    }

    /// A LoadBalancer Service of another class.
    LOAD_BALANCER_CLASS_OF_OTHERS = "LoadBalancerClass for LB service {} is not ako.vmware.com/avi-lb" {
        channel: Log,
        at: "log of AKO",
        means: "The Service belongs to another controller; AKO leaves it alone.",
        fix: "Set `spec.loadBalancerClass: ako.vmware.com/avi-lb`, if AKO is meant; it can only be set when the Service is made.",
        field: "Service `spec.loadBalancerClass`",
        rules: &["AKP503"],
        source: "internal/lib/lib.go, ValidateSvcforClass",
    }

    /// Members of a shared VIP ask for different addresses.
    SHARED_VIP_ADDRESSES_DIFFER = "Service loadBalancerIP is not consistent with Services grouped using shared-vip annotation. Conflict found for Services {}" {
        channel: Log,
        at: "log of AKO",
        means: "Services with one `ako.vmware.com/enable-shared-vip` key ask for different addresses, or one asks for an address and the one that AKO saw first asks for none: AKO deletes the whole virtual service.",
        fix: "Ask for the same address on all of them, or on none.",
        field: "Service `spec.loadBalancerIP`",
        rules: &["AKP407"],
        source: "internal/nodes/dequeue_ingestion.go, handleL4SharedVipService",
    }

    /// Members of a shared VIP name different settings.
    SHARED_VIP_SETTINGS_DIFFER = "Service AviInfraSetting annotation value is not consistent with Services grouped using shared-vip annotation. Conflict found for Services {}" {
        channel: Log,
        at: "log of AKO",
        means: "Services with one `ako.vmware.com/enable-shared-vip` key name different AviInfraSettings (none differs from one): AKO deletes the whole virtual service.",
        fix: "Annotate all of them with the same AviInfraSetting.",
        field: "Service `metadata.annotations[\"aviinfrasetting.ako.vmware.com/name\"]`",
        rules: &["AKP407"],
        source: "internal/nodes/dequeue_ingestion.go, handleL4SharedVipService",
    }

    /// Members of a shared VIP name different L4 rules.
    SHARED_VIP_RULES_DIFFER = "L4Rule annotation value is not consistent with Services grouped using shared-vip annotation. Conflict found for Services {}" {
        channel: Log,
        at: "log of AKO",
        means: "Services with one `ako.vmware.com/enable-shared-vip` key name different L4Rules: AKO deletes the whole virtual service.",
        fix: "Annotate all of them with the same L4Rule.",
        field: "Service `metadata.annotations[\"ako.vmware.com/l4rule\"]`",
        rules: &["AKP407"],
        source: "internal/nodes/dequeue_ingestion.go, handleL4SharedVipService",
    }
}
