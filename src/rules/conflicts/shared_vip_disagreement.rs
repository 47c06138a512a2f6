//! AKP407: Services on one shared VIP that do not agree.

use crate::ako::{About, Disagreement};
use crate::command::Command;
use crate::model::{LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION};
use crate::rule;
use crate::rules::links::annotation_path;
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds Services with one `ako.vmware.com/enable-shared-vip` key that ask for different addresses, name
    /// different AviInfraSettings or L4Rules, or are not all of AKO's class.
    ///
    /// ## Why it matters
    /// AKO compares every Service with the first of its list and deletes the whole virtual service where
    /// they differ: none of them is served, and only AKO's log says so. A setting or rule on one of them
    /// and none on another differ, too.
    ///
    /// An address on some of them alone is accepted while the first has it. The list does not stay as it
    /// is: a Service goes to its end with each of its changes, and after a restart it is in no order. So
    /// the virtual service may be gone after the next restart, and back after another. A change of a
    /// Service's endpoints makes AKO build the virtual service without comparing, until the next event of
    /// a Service takes it away again (AKO 2.2.1 `internal/nodes/dequeue_ingestion.go`
    /// `handleL4SharedVipService` and `DequeueIngestion`, `internal/nodes/ingress_model_rel.go`
    /// `ServiceChanges`; addresses, settings and classes seen by running AKO). Settings count since AKO
    /// 1.7.2, the address annotation since 1.9.1, L4Rules since 1.10.1, classes since 1.12.1.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-udp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: UDP
    /// ```
    ///
    /// Addresses that differ, and a rule on one alone:
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-udp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   loadBalancerIP: 10.223.63.31
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: UDP
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    ///     ako.vmware.com/l4rule: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ```
    ///
    /// A Service of another controller:
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-udp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   loadBalancerClass: example.com/lb
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: UDP
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-udp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: UDP
    /// ```
    pub static SHARED_VIP_DISAGREEMENT = {
        code: "AKP407",
        name: "shared-vip-disagreement",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for disagreement in &context.prediction().disagreements {
        let Some(model) = context.objects().get(disagreement.model.0) else { continue };
        // Where some have an address or setting and the others none, there is but one to take. Whether an
        // L4Rule fits the ports of another Service, people know.
        let is_clear = disagreement.about != About::Rule && disagreement.odd.iter().all(|(_, asked)| asked.is_empty());
        for (order, asked) in &disagreement.odd {
            if let Some(object) = context.objects().get(*order) {
                report(findings, disagreement, model, (object, asked), is_clear);
            }
        }
    }
}

/// One Service that differs from the model.
fn report(
    findings: &mut Findings<'_>,
    disagreement: &Disagreement,
    model: &Object,
    (object, asked): (&Object, &String),
    is_clear: bool,
) {
    let Disagreement { about, key, .. } = disagreement;
    let wanted = &disagreement.model.1;
    let (verb, noun) = match about {
        About::Class => ("is of", "the class"),
        About::Address => ("asks for", "address"),
        About::Setting => ("names", "AviInfraSetting"),
        About::Rule => ("names", "L4Rule"),
    };
    let others = match about {
        About::Class => format!("on the shared VIP `{key}`, `{}` is AKO's", model.name()),
        _ => format!("`{}` on the same shared VIP `{key}` {verb} `{wanted}`", model.name()),
    };
    let own = match about {
        About::Class if asked.is_empty() => "has no `loadBalancerClass`, which AKO wants here".to_owned(),
        About::Class => format!("{verb} {noun} `{asked}`"),
        _ if asked.is_empty() => format!("{verb} no {noun}"),
        _ => format!("{verb} `{asked}`"),
    };
    let path = field(*about, object, model);
    let report = findings
        .at(object, path.clone())
        .message(format!("`{}` {own}; {others}", object.name()))
        .effect(effect(disagreement, model))
        .help(help(*about))
        .related(model.place(field(*about, model, model)), format!("what `{}` has", model.name()));
    let report = if *about == About::Class {
        report
    } else {
        let title = format!("write `{wanted}` here, too");
        let command = Command::set(&object.address, path, wanted.as_str());
        if is_clear { report.safe_fix(title, command) } else { report.fix(title, command) }
    };
    report.fix("take it off the shared VIP", Command::remove(&object.address, annotation_path(SHARED_VIP_ANNOTATION)));
}

/// Where a Service says it, or would say it as the model does.
fn field(about: About, object: &Object, model: &Object) -> FieldPath {
    let has = |object: &Object| object.text("spec.loadBalancerIP").is_some_and(|address| !address.is_empty());
    let has_annotation = object.annotation(LOAD_BALANCER_IP_ANNOTATION).is_some_and(|address| !address.is_empty());
    about.field(has(object) || has(model) && !has_annotation)
}

fn effect(disagreement: &Disagreement, model: &Object) -> String {
    let name = model.name();
    if disagreement.always {
        "AKO deletes the whole virtual service: none of the Services on it is served".to_owned()
    } else if disagreement.deletes {
        format!(
            "AKO saw a Service without address first and deletes the whole virtual service; after a restart it may see `{name}` first and serve all of them"
        )
    } else {
        format!(
            "AKO serves all of them while it sees `{name}` first; after a restart or a change of `{name}` it may delete the whole virtual service"
        )
    }
}

const fn help(about: About) -> &'static str {
    match about {
        About::Class => "give all of them AKO's class when they are made, or a key of its own to what is not AKO's",
        About::Address => "ask for the same address on all of them, or on none",
        About::Setting => "name the same AviInfraSetting on all of them, or on none",
        About::Rule => "name the same L4Rule on all of them, or on none",
    }
}
