//! Versions and migration: what another version of AKO or Kubernetes wants.

pub mod convert;
pub mod infra_setting_v1alpha1;
pub mod infra_setting_v1beta1_too_new;
pub mod ingress_old_backend;
pub mod ingress_v1beta1;
pub mod mixed_protocols;
pub mod network_names;
pub mod open_hostname;

use super::Context;
use crate::version::Version;

/// AKO's version in the settings, if any.
fn ako(context: &Context<'_>) -> Option<Version> {
    context.settings().spec.ako_version.as_deref().and_then(Version::parse)
}

/// Kubernetes' version in the settings, if any.
fn kubernetes(context: &Context<'_>) -> Option<Version> {
    context.settings().spec.kubernetes_version.as_deref().and_then(Version::parse)
}
