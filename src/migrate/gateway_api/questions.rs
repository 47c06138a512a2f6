//! What a move to Gateway API v1 needs from AKO's side, and what has to be decided.

use crate::ako::versions::{AkoVersion, Capability, row_of};
use crate::canonical::{free_name, metadata, platform_file, yaml};
use crate::command::Command;
use crate::edit::Value;
use crate::migrate::Decision;
use crate::migrate::draft::Draft;
use crate::model::gateway_api::CHART_GATEWAY_CLASS;
use crate::model::{
    AVI_CONTROLLER, Gateway, GatewayClassV1, GatewayV1, INFRA_SETTING_ANNOTATION, Ingress, Kind, Namespace, Service,
};
use crate::segment::{of_annotation, short_name};
use crate::syntax::FieldPath;
use crate::version::Version;
use crate::workspace::{Address, Workspace};

/// What it takes on AKO's side.
pub fn prepare(draft: &mut Draft<'_>) {
    let version = AkoVersion::of(draft.before);
    if let Some(ako) = version.written().filter(|ako| *ako < Version(1, 12, 1)) {
        let row = row_of(Capability::GatewayApi);
        draft.stop(format!("AKO {ako} does not serve `gateway.networking.k8s.io/v1`: its preview came with AKO {}, version v1 with AKO 1.12.1.", row.since));
    }
    let values = draft.before.values_file().map(|(_, values)| values);
    let is_on = values.is_some_and(|values| values.feature_gates.gateway_api.is_some_and(|on| on.0));
    if values.is_none() {
        draft.plan.steps.push("AKO's values need `featureGates.GatewayAPI: true`".to_owned());
    }
    draft.plan.steps.push("The cluster needs the CRDs of Gateway API, which are not in AKO's chart".to_owned());
    let why = "Without it AKO reads no object of Gateway API v1.";
    draft.switch_on("gateway-api", "featureGates.GatewayAPI", is_on, why);
}

/// The name of the Gateway.
pub fn gateway(draft: &mut Draft<'_>, namespace: &str, setting: &str) -> Option<String> {
    let before = draft.before;
    let wanted =
        if setting.is_empty() { "web-gateway".to_owned() } else { format!("{}-gateway", short_name(before, setting)) };
    let question = Decision {
        key: "gateway",
        question: format!("What is the Gateway in `{namespace}` called?"),
        choices: Vec::new(),
        is_free: true,
        default: Some(free_name::<GatewayV1>(before, namespace, &wanted)),
        answer: None,
        problem: None,
    };
    draft.ask(question, |name| {
        let is_there = before.get::<GatewayV1>(namespace, name).is_some();
        match name {
            "" => Some("a Gateway needs a name".to_owned()),
            _ => is_there.then(|| format!("there is a Gateway `{name}` in `{namespace}` already")),
        }
    })
}

/// The GatewayClass: one of AKO's, or that of AKO's chart.
pub fn class(draft: &mut Draft<'_>) -> Option<String> {
    let before = draft.before;
    let akos = before
        .all::<GatewayClassV1>()
        .filter(|(_, class)| class.spec.controller_name.as_deref() == Some(AVI_CONTROLLER));
    let mut choices: Vec<(String, String)> =
        akos.map(|(object, _)| (object.name().to_owned(), "a GatewayClass of AKO's".to_owned())).collect();
    if before.get::<GatewayClassV1>("", CHART_GATEWAY_CLASS).is_none() {
        choices.push((CHART_GATEWAY_CLASS.to_owned(), "the class that AKO's chart makes".to_owned()));
    }
    let question = Decision {
        key: "gateway-class",
        question: "Which GatewayClass does the Gateway have?".to_owned(),
        default: choices.first().map(|(name, _)| name.clone()),
        choices,
        is_free: false,
        answer: None,
        problem: None,
    };
    draft.ask(question, |_| None)
}

/// Whether the Namespace is to name the setting, from which AKO then takes the SE group.
pub fn annotates(draft: &mut Draft<'_>, namespace: &str, setting: &str, objects: &[String]) -> Option<bool> {
    let before = draft.before;
    let named = before.get::<Namespace>("", namespace).and_then(|(object, _)| of_annotation(object));
    if setting.is_empty() || named == Some(setting) || !AkoVersion::of(before).has(Capability::GatewayApiSetting) {
        return Some(false);
    }
    let is_alone = named.is_none() && !has_layer4_gateways(before) && !has_others(before, namespace, objects);
    let words = "AKO takes the SE group and the Tier-1 router from there; whatever else in the namespace names no setting gets it, too";
    let question = Decision {
        key: "namespace-setting",
        question: format!("Shall the Namespace `{namespace}` name the AviInfraSetting `{setting}`?"),
        choices: vec![
            ("yes".to_owned(), words.to_owned()),
            ("no".to_owned(), "the Gateway is in the SE group of AKO's values".to_owned()),
        ],
        is_free: false,
        default: Some(if is_alone { "yes" } else { "no" }.to_owned()),
        answer: None,
        problem: None,
    };
    Some(draft.ask(question, |_| None)? == "yes")
}

/// With the services API on AKO does not survive a Namespace that names a setting (AKO 2.2.1
/// `internal/nodes/ingress_model_rel.go` `infraSettingNSToGateway`).
fn has_layer4_gateways(workspace: &Workspace) -> bool {
    let written = workspace.values().map(|(_, values)| values.ako_settings.services_api.is_some_and(|on| on.0));
    written.unwrap_or_else(|| workspace.all::<Gateway>().next().is_some())
}

/// Whether something else of the namespace would get the setting.
fn has_others(workspace: &Workspace, namespace: &str, objects: &[String]) -> bool {
    let ingresses = workspace.all::<Ingress>().any(|(object, ingress)| {
        let setting = super::class_of(workspace, ingress).map(|(_, setting)| setting);
        object.namespace() == namespace
            && !objects.contains(&workspace.key(object))
            && setting.is_none_or(str::is_empty)
    });
    let services = workspace.all::<Service>().any(|(object, service)| {
        object.namespace() == namespace
            && service.spec.service_type.as_deref() == Some("LoadBalancer")
            && of_annotation(object).is_none()
    });
    ingresses || services || workspace.all::<GatewayV1>().any(|(object, _)| object.namespace() == namespace)
}

/// Lets the Namespace name the setting; it is written where it is not there.
pub fn annotate(draft: &mut Draft<'_>, namespace: &str, setting: &str, beside: &Address) {
    let found = draft.get::<Namespace>("", namespace).map(|(object, _)| object.address.clone());
    let command = if let Some(at) = found {
        let path = FieldPath::from("metadata.annotations").key(INFRA_SETTING_ANNOTATION);
        Command::set(&at, path, Value::from(setting))
    } else {
        let mut named = metadata("", namespace);
        named.annotations.insert(INFRA_SETTING_ANNOTATION.to_owned(), setting.to_owned());
        let written = Namespace {
            api_version: Some("v1".to_owned()),
            kind: Some(Kind::Namespace.name().to_owned()),
            metadata: named,
            spec: None,
        };
        Command::AddDocument { file: draft.file(platform_file(namespace), &[beside]), text: yaml(&written) }
    };
    draft.run(command);
    let (from, to) = ("the SE group, by the IngressClass", "the SE group, by the Namespace's annotation");
    draft.keep(&format!("{}/{namespace}", Kind::Namespace.name()), from, to);
}
