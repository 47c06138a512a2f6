//! Advice: what works and could be clearer, or works only under a condition.

pub mod cluster_ip_with_node_port;
pub mod ignore_without_effect;
pub mod ignore_without_reason;
pub mod namespace_missing;
pub mod service_type_unknown;

use std::collections::BTreeSet;

use super::Context;
use super::links::{AkosClasses, gateway_of};
use crate::analysis::IgnoreNote;
use crate::model::{IGNORE_ANNOTATION, Ingress, Service};
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// Services of type ClusterIP behind a Gateway or an Ingress of AKO.
fn cluster_ip_backends<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Object> + use<'a> {
    let classes = AkosClasses::new(context);
    let mut backends: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (object, ingress) in context.all::<Ingress>().filter(|(_, ingress)| classes.takes(ingress)) {
        let paths = ingress.spec.rules.iter().filter_map(|rule| rule.http.as_ref()).flat_map(|http| &http.paths);
        backends.extend(paths.filter_map(|path| Some((object.namespace(), path.backend.name()?))));
    }
    let services = context.all::<Service>().filter(move |(object, service)| {
        let is_cluster_ip = matches!(service.spec.service_type.as_deref(), None | Some("ClusterIP"));
        is_cluster_ip && (gateway_of(object).is_some() || backends.contains(&(object.namespace(), object.name())))
    });
    services.map(|(object, _)| object)
}

/// Objects with the annotation that ignores findings, and what it says.
fn ignore_notes<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Object, IgnoreNote<'a>)> + use<'a> {
    let annotated = context.objects().iter();
    annotated.filter_map(|object| Some((object, IgnoreNote::read(object.annotation(IGNORE_ANNOTATION)?))))
}

/// Where that annotation stands.
fn ignore_path() -> FieldPath {
    FieldPath::from("metadata.annotations").key(IGNORE_ANNOTATION)
}
