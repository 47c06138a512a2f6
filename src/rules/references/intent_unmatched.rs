//! AKP320: an intent that nothing can fulfil.

use std::collections::{BTreeMap, BTreeSet};

use super::elsewhere;
use crate::export::tells_unreadable;
use crate::model::settings::Intent;
use crate::model::{
    AkoplanSettings, AviInfraSetting, Gateway, GatewayClass, GatewayV1, HttpRoute, Ingress, IngressClass, Namespace,
    Service,
};
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::links::item_path;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};
use crate::segment;
use crate::workspace::{Address, Object};

rule! {
    /// ## What it does
    /// Finds intents in the settings whose object or segment is not in this project, and intents for
    /// things that have no way to AKO: a ClusterIP Service without gateway labels, a port or host that
    /// the object does not have. What `spec.external` lists is known. Where a class or an annotation names
    /// the missing segment too, only that is reported; where a document cannot be read, or an export says that
    /// it left out one (`# akoplan: Left out: …`, in rendered charts, too), its object may be the one that is
    /// missed, so no object is. In a project without any AviInfraSetting, a
    /// segment that is not there is an info.
    ///
    /// ## Why it matters
    /// An intent is compared with where traffic lands. If its object is renamed or misspelt, there is
    /// nothing to compare: the plan looks fulfilled, and nobody watches the object any more. A Service
    /// gets to AKO by type LoadBalancer or by the two gateway labels (AKO 2.2.1
    /// `internal/nodes/ingress_model_rel.go`, `ParseL4ServiceForGateway`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   intents:
    ///   - kind: Service
    ///     namespace: default
    ///     name: web-statefulset-service-oma
    ///     segment: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-statefulset-service-oam
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: nginx
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   intents:
    ///   - kind: Service
    ///     namespace: default
    ///     name: web-statefulset-service-oam
    ///     segment: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-statefulset-service-oam
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: nginx
    ///   ports:
    ///   - port: 443
    /// ```
    pub static INTENT_UNMATCHED = {
        code: "AKP320",
        name: "intent-unmatched",
        severity: Warning,
        reads: [
            AkoplanSettings, AviInfraSetting, GatewayClass, IngressClass, Namespace, Gateway, GatewayV1, Service, Ingress,
            HttpRoute,
        ],
        since: "0.1.0",
        needs_known: Referring,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    // The last settings count; those before say nothing.
    let Some((settings, _)) = context.every::<AkoplanSettings>().last() else { return };
    let intents = &context.settings().spec.intents;
    if intents.is_empty() {
        return;
    }
    let (ways, reported_elsewhere) = (Ways::of(context), named_segments(context));
    let mut names = super::setting_names(context);
    for (at, intent) in intents.iter().enumerate() {
        let path = item_path("spec.intents", at);
        if let Some(reason) = ways.missing(context, intent) {
            findings
                .at(settings, path.clone().key("name"))
                .message(reason)
                .effect("nothing is compared with this intent: it looks fulfilled")
                .help("name an object that AKO is asked for, list it as external, or remove the intent");
        }
        let Some(segment) = intent.segment.as_deref().filter(|segment| !segment.is_empty()) else { continue };
        if context.exists::<AviInfraSetting>("", segment) || reported_elsewhere.contains(segment) {
            continue;
        }
        let path = path.key("segment");
        let report = findings
            .at(settings, path.clone())
            .message(format!("no AviInfraSetting is called `{segment}`{}", did_you_mean(names.get(segment))))
            .effect("nothing can land on this segment")
            .help("name an existing AviInfraSetting, define this one, or list it as external")
            .maybe_fix(names.fix(settings, path, segment));
        elsewhere::<AviInfraSetting>(context, report);
    }
}

/// The settings that classes (duplicates too) and annotations name: where one is missing, rules about
/// those say it.
fn named_segments<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let gateway_classes = context.every::<GatewayClass>().filter_map(|(_, class)| segment::of_gateway_class(class));
    let ingress_classes = context.every::<IngressClass>().filter_map(|(_, class)| segment::of_ingress_class(class));
    let services = context.every::<Service>().filter_map(|(object, _)| segment::of_annotation(object));
    let namespaces = context.every::<Namespace>().filter_map(|(object, _)| segment::of_annotation(object));
    gateway_classes.chain(ingress_classes).chain(services).chain(namespaces).into_set()
}

/// A Service's port, or an Ingress' host.
type PortOrHost<'a> = (Option<i64>, Option<&'a str>);

/// What stands on some way to AKO: the subjects of the prediction, with their ports and hosts.
struct Ways<'a> {
    /// Some document cannot be read, or could not where this was exported: its object is missing here.
    is_incomplete: bool,
    by_object: BTreeMap<&'a Address, BTreeSet<PortOrHost<'a>>>,
}

impl<'a> Ways<'a> {
    fn of(context: &Context<'a>) -> Self {
        let mut by_object: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for subject in context.prediction().landings.iter().map(|landing| &landing.subject) {
            by_object.entry(&subject.address).or_default().insert((subject.port, subject.host.as_deref()));
        }
        let is_incomplete = context.files().iter().any(|file| {
            file.documents.iter().any(|document| {
                let (text, tree) = (document.span.slice(&file.source.text), &document.parsed.tree);
                let mut comments = tree.comments.iter().map(|comment| comment.span.slice(text));
                !tree.issues.is_empty() || comments.any(tells_unreadable)
            })
        });
        Self { is_incomplete, by_object }
    }

    /// Why an intent stands for nothing, if it does.
    fn missing(&self, context: &Context<'_>, intent: &Intent) -> Option<String> {
        let (kind, name) = (intent.kind.as_deref()?, intent.name.as_deref()?);
        let default = context.settings().spec.default_namespace.as_deref().unwrap_or("default");
        let namespace = intent.namespace.as_deref().unwrap_or(default);
        let object: Option<&Object> = match kind {
            "Service" => context.get::<Service>(namespace, name).map(|(object, _)| object),
            "Ingress" => context.get::<Ingress>(namespace, name).map(|(object, _)| object),
            "HTTPRoute" => context.get::<HttpRoute>(namespace, name).map(|(object, _)| object),
            "Gateway" => {
                let of_v1 = || context.get::<GatewayV1>(namespace, name).map(|(object, _)| object);
                context.get::<Gateway>(namespace, name).map(|(object, _)| object).or_else(of_v1)
            }
            _ => {
                let kinds = "a Service, a Gateway, an Ingress or an HTTPRoute";
                return Some(format!("an intent can be for {kinds}, not for `{kind}`"));
            }
        };
        let Some(object) = object else {
            let may_exist = self.is_incomplete || context.workspace().is_external(kind, namespace, name);
            return (!may_exist).then(|| format!("no {kind} `{namespace}/{name}` is in this project"));
        };
        if kind == "Gateway" {
            return None;
        }
        let Some(ways) = self.by_object.get(&object.address) else {
            return Some(format!("AKO is not asked for {kind} `{namespace}/{name}`{}", way_in(kind)));
        };
        let fits = |(port, host): &PortOrHost<'_>| {
            (intent.port.is_none() || intent.port == *port)
                && (intent.host.is_none() || intent.host.as_deref() == *host)
        };
        (!ways.iter().any(fits)).then(|| format!("{kind} `{namespace}/{name}` has no such port or host"))
    }
}

fn way_in(kind: &str) -> &'static str {
    if kind == "Service" { ": it has no gateway labels and is not of type LoadBalancer" } else { "" }
}
