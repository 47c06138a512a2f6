//! Which wave each object gets: its rank's, moved where waves that people gave ask for it.
//!
//! What people wrote stays. An object without a wave of its own comes after all that it uses and before all that uses
//! it, whatever their waves; the rank's wave is taken wherever it does that.

use super::uses::Uses;
use super::{OBJECTS, WAVE_ANNOTATION, rank_wave};
use crate::model::{Kind, Typed};
use crate::pace::Rest;
use crate::workspace::{Object, Workspace};

/// Helm's order of hooks, which Argo CD takes for the wave where there is none (gitops-engine `pkg/sync/syncwaves`).
const HOOK_WEIGHT_ANNOTATION: &str = "helm.sh/hook-weight";

/// The waves of a workspace.
#[derive(Default)]
pub(super) struct Order<'a> {
    /// The wave to add to each object, by its order; `None` where it has its own or needs none.
    pub added: Vec<Option<i64>>,
    /// Objects with waves of their own that count here.
    pub own: Vec<(&'a Object, i64)>,
    /// Objects that have another wave than their rank's.
    pub moved: Vec<(&'a Object, i64)>,
    /// Objects that come too early, as people's own waves have it.
    pub early: Vec<Early<'a>>,
}

/// An object with a wave of its own that does not come after what it uses.
pub(super) struct Early<'a> {
    /// The object.
    pub user: &'a Object,
    /// Its wave.
    pub user_wave: i64,
    /// What it uses.
    pub needed: &'a Object,
    /// That one's wave.
    pub needed_wave: i64,
    /// What comes of it, in a sentence.
    pub effect: String,
}

/// The wave that Argo CD gives to an object whose annotation is there: one that is no number counts as none (as
/// [`HOOK_WEIGHT_ANNOTATION`]).
fn own_wave(object: &Object) -> Option<i64> {
    let number = |key| object.annotation(key).and_then(|text| text.parse().ok());
    object.annotation(WAVE_ANNOTATION)?;
    Some(number(WAVE_ANNOTATION).or_else(|| number(HOOK_WEIGHT_ANNOTATION)).unwrap_or(0))
}

/// The waves of all objects.
pub(super) async fn order(workspace: &Workspace) -> Order<'_> {
    let mut rest = Rest::every(OBJECTS);
    let objects = workspace.objects();
    let ranks: Vec<Option<i64>> = objects.iter().map(rank_wave).collect();
    let own: Vec<Option<i64>> =
        objects.iter().zip(&ranks).map(|(object, rank)| rank.and_then(|_| own_wave(object))).collect();
    if own.iter().all(Option::is_none) {
        return Order { added: ranks, ..Order::default() };
    }
    let uses = Uses::new(workspace, &mut rest).await;
    // Whatever is needed is of a lower rank.
    let mut by_rank: Vec<(i64, &Object)> =
        objects.iter().filter_map(|object| Some((*ranks.get(object.order)?.as_ref()?, object))).collect();
    by_rank.sort_by_key(|(rank, _)| *rank);
    let mut needed: Vec<Vec<&Object>> = vec![Vec::new(); objects.len()];
    let mut latest: Vec<i64> = vec![i64::MAX; objects.len()];
    for (_, object) in by_rank.iter().rev() {
        rest.round().await;
        let all = uses.of(object);
        let limit = own[object.order].unwrap_or(latest[object.order]).saturating_sub(1);
        for it in all.iter().filter(|_| limit < i64::MAX - 1) {
            latest[it.order] = latest[it.order].min(limit);
        }
        needed[object.order] = all;
    }
    let mut order = Order { added: vec![None; objects.len()], ..Order::default() };
    let mut waves: Vec<i64> = vec![i64::MIN; objects.len()];
    for (rank, object) in by_rank {
        rest.round().await;
        let at = object.order;
        if let Some(own) = own[at] {
            waves[at] = own;
            continue;
        }
        let earliest = needed[at].iter().map(|needed| waves[needed.order].saturating_add(1)).max().unwrap_or(i64::MIN);
        // After what it uses, even where that is too late for what uses it: people hear of that.
        waves[at] = rank.min(latest[at]).max(earliest);
        order.added[at] = Some(waves[at]);
    }
    for object in objects {
        rest.round().await;
        let (at, wave) = (object.order, waves[object.order]);
        match (own[at], ranks[at]) {
            (Some(_), _) => order.own.push((object, wave)),
            (None, Some(rank)) if rank != wave => order.moved.push((object, wave)),
            _ => {}
        }
        let is_late =
            |needed: &&&Object| waves[needed.order] > wave || waves[needed.order] == wave && !is_first(needed);
        let late = needed[at].iter().filter(|_| own[at].is_some()).filter(is_late);
        order.early.extend(late.filter_map(|needed| {
            let effect = effect(object, needed)?;
            Some(Early { user: object, user_wave: wave, needed, needed_wave: waves[needed.order], effect })
        }));
    }
    order
}

/// Whether Argo CD applies an object before the others of its wave (gitops-engine `pkg/sync/sync_tasks.go`), and nobody
/// has to accept it.
fn is_first(object: &Object) -> bool {
    object.kind == Kind::Namespace || object.identity.kind == "CustomResourceDefinition"
}

/// What comes of it when an object does not come after what it uses; `None` where AKO looks again by itself.
fn effect(user: &Object, needed: &Object) -> Option<String> {
    Some(match (needed.kind, &user.value) {
        (Kind::Namespace, _) => "Argo CD cannot make it there, and its sync fails".to_owned(),
        (Kind::Foreign, _) if needed.identity.kind == "CustomResourceDefinition" => {
            "nobody knows its kind yet, and the sync fails".to_owned()
        }
        // AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go` `getL4InfraSetting`.
        (Kind::AviInfraSetting, Typed::Service(_) | Typed::Gateway(_)) => {
            "AKO puts it on the global network, and when the setting is accepted moves it without its range, or not at \
             all"
            .to_owned()
        }
        (Kind::AviInfraSetting, Typed::GatewayClass(_)) => {
            "a Gateway that comes with the class lands on the global network".to_owned()
        }
        (Kind::AviInfraSetting, _) => "AKO does not serve it before it has accepted the setting".to_owned(),
        // AKO 2.2.1 `internal/k8s/controller.go`, Ingress add handler.
        (Kind::IngressClass, _) => "AKO drops it until somebody edits it".to_owned(),
        (Kind::GatewayClass, _) => "it says `InvalidGatewayClass` for ever".to_owned(),
        // AKO 2.2.1 `ako-gateway-api/nodes/dequeue_ingestion.go`.
        (_, Typed::GatewayV1(_) | Typed::HttpRoute(_)) => {
            "AKO does not look at all of it again before it is edited or AKO restarts".to_owned()
        }
        _ => return None,
    })
}
