//! References: what one object says about another that is not so.

pub mod backend_without_servers;
pub mod class_parameters_ignored;
pub mod cluster_setting_not_found;
pub mod gateway_api_class_not_found;
pub mod gateway_api_host_outside;
pub mod gateway_api_parameters_ignored;
pub mod gateway_class_not_found;
pub mod gateway_class_setting_not_found;
pub mod ingress_backend_port;
pub mod ingress_backend_service;
pub mod ingress_class_not_found;
pub mod ingress_class_setting_not_found;
pub mod intent_unmatched;
pub mod listener_secret;
pub mod listener_selector;
pub mod listener_without_service;
pub mod namespace_setting_not_found;
pub mod network_unknown;
pub mod other_controller;
pub mod route_backend_port;
pub mod route_backend_service;
pub mod route_extension;
pub mod route_gateway_not_found;
pub mod route_hosts_do_not_match;
pub mod route_listener_not_found;
pub mod route_not_allowed;
pub mod se_group_made_by_ako;
pub mod se_group_of_another_cluster;
pub mod se_group_unknown;
pub mod service_gateway_not_found;
pub mod service_label_missing;
pub mod service_port_without_listener;
pub mod service_setting_not_found;

use std::collections::BTreeMap;

use super::{Context, Report};
use crate::avi_side::settings_address;
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::{AkoplanSettings, AviInfraSetting, Service};
use crate::ordered::IntoOrdered;
use crate::rules::suggest::Suggest;
use crate::singleton::Singleton;
use crate::workspace::{Object, OfKind};

/// Names of all settings, for did-you-mean.
fn setting_names<'a>(context: &Context<'a>) -> Suggest<'a> {
    Suggest::new(context.all::<AviInfraSetting>().map(|(object, _)| object.name()))
}

/// Makes an info of a finding about a name where the project holds no object of the kind at all: it is
/// then a part of a project, and the kind's objects stand with somebody else.
fn elsewhere<T: OfKind>(context: &Context<'_>, report: Report<'_>) {
    if context.all::<T>().next().is_some() {
        return;
    }
    let kind = T::KIND.name();
    report
        .severity(Severity::Info)
        .effect(format!("no {kind} is in this project, so akoplan cannot tell where this leads"))
        .help("name it in the settings as external, or add the platform's files");
}

/// The offer to list a Service as one that stands elsewhere, in the project's settings.
fn list_service(context: &Context<'_>, namespace: &str, name: &str) -> (String, Command) {
    let service = serde_json::json!({ "kind": "Service", "namespace": namespace, "name": name });
    let command = match settings_address(context.workspace()) {
        Some(at) => Command::insert(at, "spec.external", context.workspace().settings().spec.external.len(), service),
        None => Singleton::Settings.append(context.workspace(), "spec.external", service),
    };
    (format!("list `{name}` as external in the settings"), command)
}

/// Names of all Services by namespace, for did-you-mean.
fn service_names<'a>(context: &Context<'a>) -> BTreeMap<&'a str, Suggest<'a>> {
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (object, _) in context.all::<Service>() {
        names.entry(object.namespace()).or_default().push(object.name());
    }
    names.into_iter().map(|(namespace, names)| (namespace, Suggest::new(names))).into_map()
}

/// The settings' file, to put names on its list of what exists on the Avi Controller.
struct AviList<'a> {
    settings: Option<&'a Object>,
    path: &'static str,
    length: usize,
}

impl<'a> AviList<'a> {
    fn new(context: &Context<'a>, path: &'static str, length: usize) -> Self {
        Self { settings: context.every::<AkoplanSettings>().last().map(|(object, _)| object), path, length }
    }

    /// The offer to add a name.
    fn add(&self, name: &str) -> Option<(String, Command)> {
        let settings = self.settings?;
        let value = serde_json::json!({ "name": name });
        let command = Command::insert(&settings.address, self.path, self.length, value);
        Some((format!("add `{name}` to the Avi side in `{}`", settings.address.file), command))
    }
}
