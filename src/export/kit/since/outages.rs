//! Whom an interruption touches, and the commands that delete an object and make it again.

use std::collections::{BTreeMap, BTreeSet};

use crate::ako::{ObjectStatus, Outcome, Prediction, Via};
use crate::export::shell::is_name;
use crate::export::steps::{Notice, targets};
use crate::model::Kind;
use crate::review::Interruption;
use crate::text::SourceFile;
use crate::workspace::{Identity, Object};

/// What belongs to each virtual service and VIP, by their name without tenant: what has to be made again with it.
pub(super) fn owners(predictions: &[&Prediction]) -> BTreeMap<String, BTreeSet<String>> {
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for prediction in predictions {
        for landing in &prediction.landings {
            let Outcome::Lands(target) = &landing.outcome else { continue };
            let own = owners.entry(without_tenant(&target.virtual_service).to_owned()).or_default();
            match landing.via {
                Via::Gateway | Via::GatewayApi => {
                    let gateways = landing.hops.iter().filter(|hop| hop.at.starts_with(Kind::Gateway.name()));
                    own.extend(
                        gateways
                            .filter(|hop| hop.at.contains('/') && !hop.at.contains("Class"))
                            .map(|hop| hop.at.clone()),
                    );
                }
                Via::LoadBalancer | Via::SharedVip | Via::Ingress => {
                    own.insert(landing.subject.object.clone());
                }
            }
        }
        // A Gateway that nothing lands on has its VIP, too.
        for (key, status) in &prediction.objects {
            let ObjectStatus::Gateway { addresses, .. } = status else { continue };
            let names = addresses.iter().filter_map(|address| address.strip_suffix('>')?.split_once(':'));
            for (_, vip) in names {
                owners.entry(vip.to_owned()).or_default().insert(key.clone());
            }
        }
    }
    owners
}

fn without_tenant(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, name)| name)
}

pub(super) fn notice(it: Interruption, owners: &BTreeMap<String, BTreeSet<String>>) -> Notice {
    let objects = owners.get(without_tenant(&it.about)).map(|own| own.iter().cloned().collect());
    Notice { about: it.about, objects: objects.unwrap_or_default(), sentence: it.sentence, commands: Vec::new() }
}

/// Commands that delete a manifest's object, and apply it again.
pub(super) fn made_again(
    files: &[SourceFile],
    place: usize,
    unnamed: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let each = targets_of_each(files, &[place], unnamed).into_iter();
    each.map(|target| (format!("kubectl delete{target}"), format!("kubectl apply{target}"))).collect()
}

/// Options and path of each manifest.
pub(super) fn targets_of_each(
    files: &[SourceFile],
    places: &[usize],
    unnamed: &BTreeMap<String, String>,
) -> Vec<String> {
    let each = places.iter().flat_map(|place| targets(files, &[*place], unnamed));
    each.map(|(options, path)| format!("{options}{path}")).collect()
}

/// An object's kind, as `kubectl` prints it, with its namespace; `None` where no command can name it.
pub(super) fn resource(object: &Object) -> Option<String> {
    let Identity { group, kind, namespace, name } = &object.identity;
    let kind = kind.to_lowercase();
    let is_plain = |text: &str| is_name(text) && !text.contains('.');
    let is_cluster_scoped = object.address.file.starts_with("platform/");
    if !is_plain(&kind) || !is_name(name) || !(is_cluster_scoped || is_name(namespace)) {
        return None;
    }
    let group =
        if group.is_empty() { String::new() } else { format!(".{}", Some(group).filter(|group| is_name(group))?) };
    let namespace = if is_cluster_scoped { String::new() } else { format!("-n {namespace} ") };
    Some(format!("{namespace}{kind}{group}"))
}
