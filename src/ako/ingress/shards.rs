//! Which virtual service a host comes to: a shard by the host's hash, or one of its own.
//!
//! Source: AKO 2.2.1 `internal/nodes/avi_model_l7_hostname_shard.go` `DeriveShardVS`.

use crate::ako::cluster::Cluster;
use crate::ako::names;
use crate::ako::trace::{Choice, LAYER7, Resolution};

/// How many hosts a virtual service takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sharing {
    /// Many.
    Shared,
    /// One.
    Dedicated,
    /// Many, without looking into TLS.
    Passthrough,
}

/// Where a host is put.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Name of the virtual service.
    pub name: String,
    /// `<setting>-`, in front of many names; empty without setting and for namespaces' settings.
    pub infra: String,
    /// With whom.
    pub sharing: Sharing,
    /// AKO's rule in a sentence.
    pub reason: String,
}

/// Places a host. A namespace's setting says how many shards there are, but leaves the global names.
#[must_use]
pub fn place(cluster: &Cluster<'_>, host: &str, resolution: &Resolution<'_>, passthrough: bool) -> Placement {
    let own_size = match &resolution.choice {
        Choice::Applies(setting, _) => {
            setting.value.spec.l7_settings.as_ref().and_then(|settings| settings.shard_size.as_deref())
        }
        _ => None,
    };
    let by_class = resolution.hops.last().is_some_and(|hop| hop.source == LAYER7);
    let infra = resolution.setting_name().filter(|_| by_class).map_or_else(String::new, |name| format!("{name}-"));
    let values = &cluster.values;
    let hash = |size| format!("the hash of `{host}` chooses the shard (size {size})");
    if passthrough {
        let size = own_size.unwrap_or(values.passthrough_shard_size);
        let shard = names::shard(host, size).unwrap_or_default();
        let name = cluster.names.plain(&format!("Shared-Passthrough-{infra}{shard}"));
        return Placement { name, infra, sharing: Sharing::Passthrough, reason: hash(size) };
    }
    let size = own_size.unwrap_or(values.shard_size);
    if let Some(shard) = names::shard(host, size) {
        let evh = if values.evh { "EVH-" } else { "" };
        let name = cluster.names.plain(&format!("Shared-L7-{evh}{infra}{shard}"));
        return Placement { name, infra, sharing: Sharing::Shared, reason: hash(size) };
    }
    let suffix = if values.evh { "-EVH" } else { "" };
    let name = cluster.names.encoded(&format!("{infra}{host}-L7-dedicated")) + suffix;
    let reason = "with shard size DEDICATED every host has a virtual service of its own".to_owned();
    Placement { name, infra, sharing: Sharing::Dedicated, reason }
}
