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
pub mod se_group_made_by_ako;
pub mod se_group_of_another_cluster;
pub mod se_group_unknown;
pub mod service_gateway_not_found;
pub mod service_label_missing;
pub mod service_port_without_listener;
pub mod service_setting_not_found;

use super::Context;
use crate::command::Command;
use crate::model::{AVI_CONTROLLER, AkoplanSettings, AviInfraSetting, Gateway, GatewayClass};
use crate::rules::suggest::Suggest;

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

/// The offer to put a name on the settings' list of what exists on the Avi Controller.
fn add_to_avi_side(context: &Context<'_>, list: &str, name: &str, length: usize) -> Option<(String, Command)> {
    let (settings, _) = context.every::<AkoplanSettings>().last()?;
    let path = format!("spec.avi.{list}");
    let value = serde_json::json!({ "name": name });
    let command = Command::insert(&settings.address, path.as_str(), length, value);
    Some((format!("add `{name}` to the Avi side in `{}`", settings.address.file), command))
}
