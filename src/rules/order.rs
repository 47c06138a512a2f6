//! Order: what comes before the object that it needs.

use crate::ako::moment::{Late, Need};
use crate::rules::Context;
use crate::workspace::{Address, Object};

pub mod applied_at_once;
pub mod gateway_api_before_class;
pub mod gateway_api_before_secret;
pub mod gateway_api_order;
pub mod gateway_before_class;
pub mod helm_hook;
pub mod ingress_before_class;
pub mod namespace_setting_late;
pub mod setting_late;

/// Objects of one need that come too early, each with the one that it should have waited for.
///
/// Folders are applied one by one, the platform's first; `kubectl` takes the files of one folder by
/// name, and the documents of a file as they stand.
fn early<'a>(context: &Context<'a>, need: Need) -> impl Iterator<Item = (&'a Object, &'a Object)> {
    let (late, objects) = (&context.prediction().late, context.objects());
    late.iter().filter(move |late| late.need == need).filter_map(move |Late { early, late, .. }| {
        let (early, late) = (objects.get(*early)?, objects.get(*late)?);
        is_applied_together(&early.address, &late.address).then_some((early, late))
    })
}

/// Whether one `kubectl apply` takes both.
fn is_applied_together(left: &Address, right: &Address) -> bool {
    let folder = |address: &Address| address.file.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    folder(left) == folder(right)
}
