//! What of each kind becomes a value of the chart: that which people change from cluster to cluster.

use super::lift::{Lift, path};
use super::listeners;
use super::shape::{ADDRESS, CIDR, CIDR_V6, Field, HOST, NAME, Needed, Shape};
use crate::model::{GATEWAY_NAMESPACE_LABEL, INFRA_SETTING_ANNOTATION, Kind, LOAD_BALANCER_IP_ANNOTATION};
use crate::syntax::FieldPath;

/// The values of all objects of a kind.
#[derive(Debug)]
pub(super) struct Group {
    /// Key in the chart's values.
    pub key: &'static str,
    /// The templates' variable for the values of one object.
    pub variable: &'static str,
    /// What the group holds, in a sentence.
    pub about: &'static str,
}

/// The groups in the order of `values.yaml`.
pub(super) static GROUPS: [(Kind, Group); 6] = [
    (
        Kind::AviInfraSetting,
        Group { key: "settings", variable: "$setting", about: "AviInfraSettings by name: where virtual services go." },
    ),
    (
        Kind::Gateway,
        Group {
            key: "gateways",
            variable: "$gateway",
            about: "Gateways by name: an address each, with the ports that clients use.",
        },
    ),
    (
        Kind::GatewayV1,
        Group { key: "gatewayApiGateways", variable: "$gateway", about: "Gateways of Gateway API v1 by name." },
    ),
    (Kind::Service, Group { key: "services", variable: "$service", about: "Services by name." }),
    (Kind::Ingress, Group { key: "ingresses", variable: "$ingress", about: "Ingresses by name." }),
    (Kind::HttpRoute, Group { key: "httpRoutes", variable: "$route", about: "HTTPRoutes by name." }),
];

/// The group of a kind; `None` for kinds without values.
pub(super) fn group(kind: Kind) -> Option<&'static Group> {
    GROUPS.iter().find(|(own, _)| *own == kind).map(|(_, group)| group)
}

static TEXT: Shape = Shape::Text;
static FLAG: Shape = Shape::Flag;
static CLASS: Shape = Shape::Form(&NAME);
static IP: Shape = Shape::Form(&ADDRESS);
static TEXTS: Shape = Shape::List(&Shape::Text);
static RANGES: Shape = Shape::List(&Shape::Form(&CIDR));
static HOSTS: Shape = Shape::List(&Shape::Form(&HOST));
static FIXED_HOSTS: Shape = Shape::Fixed(&Shape::Form(&HOST));
static SHARD: Shape = Shape::OneOf(&["SMALL", "MEDIUM", "LARGE", "DEDICATED"]);

const NETWORK: &[&str] = &["networkName", "networkUUID"];

static VIP_NETWORKS: Shape = Shape::Some(&Shape::Record(
    &[
        Field { key: "networkName", shape: Shape::Text },
        Field { key: "networkUUID", shape: Shape::Text },
        Field { key: "cidr", shape: Shape::Form(&CIDR) },
        Field { key: "v6cidr", shape: Shape::Form(&CIDR_V6) },
    ],
    Needed::OneOf(NETWORK),
));

static NODE_NETWORKS: Shape = Shape::List(&Shape::Record(
    &[
        Field { key: "networkName", shape: Shape::Text },
        Field { key: "networkUUID", shape: Shape::Text },
        Field { key: "cidrs", shape: Shape::List(&Shape::Text) },
    ],
    Needed::OneOf(NETWORK),
));

static SETTING_LISTENERS: Shape = Shape::List(&Shape::Record(
    &[
        Field { key: "port", shape: Shape::Port },
        Field { key: "enableSSL", shape: Shape::Flag },
        Field { key: "enableHTTP2", shape: Shape::Flag },
    ],
    Needed::All(&["port"]),
));

static ADDRESSES: Shape = Shape::List(&Shape::Record(
    &[
        Field { key: "type", shape: Shape::OneOf(&["IPAddress", "NamedAddress", "Hostname"]) },
        Field { key: "value", shape: Shape::Text },
    ],
    Needed::All(&["value"]),
));

static PORTS: Shape = Shape::Some(&Shape::Record(
    &[
        Field { key: "name", shape: Shape::Text },
        Field { key: "protocol", shape: Shape::OneOf(&["TCP", "UDP", "SCTP"]) },
        Field { key: "port", shape: Shape::Port },
        Field { key: "targetPort", shape: Shape::PortOrName },
        Field { key: "nodePort", shape: Shape::Port },
        Field { key: "appProtocol", shape: Shape::Text },
    ],
    Needed::All(&["port"]),
));

/// Takes the values out of an object's text.
pub(super) fn take(lift: &mut Lift<'_>, kind: Kind) {
    match kind {
        Kind::AviInfraSetting => setting(lift),
        Kind::Gateway => {
            lift.scalar("spec.gatewayClassName", "gatewayClassName", "GatewayClass: it leads to the setting.", &CLASS);
            lift.list("spec.addresses", "addresses", "Wanted addresses; AKO looks at the first only.", &ADDRESSES);
            listeners::take(lift);
        }
        Kind::GatewayV1 => {
            lift.scalar("spec.gatewayClassName", "gatewayClassName", "GatewayClass.", &CLASS);
            lift.list("spec.addresses", "addresses", "Wanted addresses.", &ADDRESSES);
            listeners::take_by_name(lift);
        }
        Kind::Service => service(lift),
        Kind::Ingress => ingress(lift),
        Kind::HttpRoute => lift.list("spec.hostnames", "hostnames", "Hosts that the route serves.", &HOSTS),
        _ => {}
    }
}

fn setting(lift: &mut Lift<'_>) {
    lift.scalar("spec.seGroup.name", "seGroup", "Service Engine group on the Avi Controller.", &TEXT);
    lift.list(
        "spec.network.vipNetworks",
        "vipNetworks",
        "Networks that addresses are taken from; all clouds but AWS and Azure use only the first.",
        &VIP_NETWORKS,
    );
    lift.list("spec.network.nodeNetworks", "nodeNetworks", "Networks of the nodes, for pools.", &NODE_NETWORKS);
    lift.scalar("spec.network.enableRhi", "enableRhi", "Whether addresses are announced by BGP.", &FLAG);
    lift.list("spec.network.bgpPeerLabels", "bgpPeerLabels", "BGP peers that get the routes.", &TEXTS);
    lift.scalar("spec.network.enablePublicIP", "enablePublicIP", "A public address, too (AWS, Azure, GCP).", &FLAG);
    lift.list("spec.network.listeners", "listeners", "Ports of layer 7 virtual services.", &SETTING_LISTENERS);
    lift.scalar("spec.l7Settings.shardSize", "shardSize", "Sharding: SMALL, MEDIUM, LARGE or DEDICATED.", &SHARD);
    lift.scalar("spec.nsxSettings.t1lr", "t1lr", "Path of the Tier-1 router on NSX-T.", &TEXT);
}

fn service(lift: &mut Lift<'_>) {
    let annotation = |key: &str| path("metadata.annotations", key);
    lift.scalar(annotation(INFRA_SETTING_ANNOTATION), "infraSetting", "AviInfraSetting that it lands on.", &CLASS);
    lift.scalar("spec.loadBalancerIP", "loadBalancerIP", "Wanted address.", &IP);
    lift.scalar(
        annotation(LOAD_BALANCER_IP_ANNOTATION),
        "loadBalancerIPAnnotation",
        "Wanted address, as AKO's annotation.",
        &IP,
    );
    lift.list("spec.loadBalancerSourceRanges", "loadBalancerSourceRanges", "Clients that may connect.", &RANGES);
    lift.list("spec.ports", "ports", "Ports; those of a Gateway's Service are its Gateway's, too.", &PORTS);
}

fn ingress(lift: &mut Lift<'_>) {
    lift.scalar("spec.ingressClassName", "ingressClassName", "IngressClass: it leads to the setting.", &CLASS);
    let mut hosts: Vec<String> = Vec::new();
    let mut places = Vec::new();
    let items = |lift: &Lift<'_>, list: &FieldPath| lift.find(list).map_or(0, |list| lift.tree.items(list).len());
    let rules = FieldPath::parse("spec.rules");
    places.extend((0..items(lift, &rules)).map(|at| rules.index(at).key("host")));
    let tls = FieldPath::parse("spec.tls");
    for at in 0..items(lift, &tls) {
        let own = tls.index(at).key("hosts");
        places.extend((0..items(lift, &own)).map(|at| own.index(at)));
    }
    for place in places {
        let Some((_, value)) = lift.clear_value(&place) else { continue };
        let Some(host) = value.as_str().filter(|host| !host.is_empty()) else { continue };
        let at = hosts.iter().position(|other| other == host).unwrap_or(hosts.len());
        if lift.put(&place, &format!("(index {}.hosts {at})", lift.variable)).is_some() && at == hosts.len() {
            hosts.push(host.to_owned());
        }
    }
    if !hosts.is_empty() {
        lift.entry("hosts", "Hosts, each where it stands in rules and TLS.", hosts.into(), &FIXED_HOSTS);
    }
}

/// Lets namespaces follow the release: the object's own, and that of Gateways and the like in it.
pub(super) fn follow(lift: &mut Lift<'_>, kind: Kind) {
    lift.follow("metadata.namespace");
    if kind == Kind::Service {
        lift.follow(path("metadata.labels", GATEWAY_NAMESPACE_LABEL));
    }
    if kind == Kind::Gateway {
        listeners::follow(lift);
    }
    if kind == Kind::HttpRoute {
        references(lift);
    }
}

/// The namespaces of an HTTPRoute's parents and backends.
fn references(lift: &mut Lift<'_>) {
    let items = |lift: &Lift<'_>, list: &FieldPath| lift.find(list).map_or(0, |list| lift.tree.items(list).len());
    let mut lists = vec![FieldPath::parse("spec.parentRefs")];
    let rules = FieldPath::parse("spec.rules");
    lists.extend((0..items(lift, &rules)).map(|at| rules.index(at).key("backendRefs")));
    for list in lists {
        for at in 0..items(lift, &list) {
            lift.follow(list.index(at).key("namespace"));
        }
    }
}
