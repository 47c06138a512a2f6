//! References: what one object says about another that is not so.

pub mod class_parameters_ignored;
pub mod gateway_class_not_found;
pub mod gateway_class_setting_not_found;
pub mod ingress_backend_port;
pub mod ingress_backend_service;
pub mod ingress_class_not_found;
pub mod ingress_class_setting_not_found;
pub mod listener_selector;
pub mod listener_without_service;
pub mod namespace_setting_not_found;
pub mod network_unknown;
pub mod other_controller;
pub mod se_group_of_another_cluster;
pub mod se_group_unknown;
pub mod service_gateway_not_found;
pub mod service_label_missing;
pub mod service_port_without_listener;
pub mod service_setting_not_found;

use std::collections::BTreeMap;

use super::Context;
use crate::command::Command;
use crate::model::{AVI_CONTROLLER, AkoplanSettings, AviInfraSetting, Gateway, GatewayClass, Ingress, IngressClass};
use crate::rules::suggest::Suggest;

/// The class that AKO's own chart installs (AKO `helm/ako/templates/ingressclass.yaml`).
const CHART_INGRESS_CLASS: &str = "avi-lb";
/// Marks a default IngressClass.
const DEFAULT_CLASS_ANNOTATION: &str = "ingressclass.kubernetes.io/is-default-class";

/// Names of all settings, for did-you-mean.
fn setting_names<'a>(context: &Context<'a>) -> Suggest<'a> {
    Suggest::new(context.all::<AviInfraSetting>().map(|(object, _)| object.name()))
}

/// Whether AKO takes a Gateway: its class is AKO's, or not known here.
fn is_akos_gateway(context: &Context<'_>, gateway: &Gateway) -> bool {
    let class = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
    let class = context.get::<GatewayClass>("", class);
    class.is_none_or(|(_, class)| class.spec.controller.as_deref() == Some(AVI_CONTROLLER))
}

/// Which Ingresses AKO takes, by their class.
struct AkosClasses<'a> {
    /// Whether each class of this project is AKO's.
    known: BTreeMap<&'a str, bool>,
    /// Whether AKO takes an Ingress that names no class.
    takes_unnamed: bool,
}

impl<'a> AkosClasses<'a> {
    fn new(context: &Context<'a>) -> Self {
        let mut known = BTreeMap::from([(CHART_INGRESS_CLASS, true)]);
        let mut takes_unnamed = true;
        for (object, class) in context.all::<IngressClass>() {
            let is_akos = class.spec.controller.as_deref() == Some(AVI_CONTROLLER);
            known.insert(object.name(), is_akos);
            takes_unnamed &= is_akos || object.annotation(DEFAULT_CLASS_ANNOTATION) != Some("true");
        }
        Self { known, takes_unnamed }
    }

    fn takes(&self, ingress: &Ingress) -> bool {
        match ingress.spec.ingress_class_name.as_deref() {
            Some(name) => self.known.get(name).copied().unwrap_or(false),
            None => self.takes_unnamed,
        }
    }
}

/// The offer to put a name on the settings' list of what exists on the Avi Controller.
fn add_to_avi_side(context: &Context<'_>, list: &str, name: &str, length: usize) -> Option<(String, Command)> {
    let (settings, _) = context.every::<AkoplanSettings>().last()?;
    let path = format!("spec.avi.{list}");
    let value = serde_json::json!({ "name": name });
    let command = Command::insert(&settings.address, path.as_str(), length, value);
    Some((format!("add `{name}` to the Avi side in `{}`", settings.address.file), command))
}
