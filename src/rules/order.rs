//! Order: what comes before the object that it needs.

use std::collections::BTreeMap;

use crate::ako::moment::{Late, Need};
use crate::command::Command;
use crate::documents::move_before;
use crate::rules::{Context, Report};
use crate::workspace::{Address, Object, Workspace};

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
fn early<'a>(context: &Context<'a>, need: Need) -> Vec<(&'a Object, &'a Object)> {
    let (late, objects) = (&context.prediction().late, context.objects());
    let of_need = late.iter().filter(|late| late.need == need);
    let pairs = of_need.filter_map(|Late { early, late, .. }| {
        let (early, late) = (objects.get(*early)?, objects.get(*late)?);
        is_applied_together(&early.address, &late.address).then_some((early, late))
    });
    pairs.collect()
}

/// What mends the order: each object that comes too late is put before the first one that needs it.
struct Mends<'a> {
    workspace: &'a Workspace,
    /// By the late object's order: the first that needs it.
    first: BTreeMap<usize, &'a Object>,
    /// Those that were asked for.
    made: BTreeMap<usize, Option<(String, Command)>>,
}

impl<'a> Mends<'a> {
    /// For objects that come too early, each with the one that comes too late.
    fn new(context: &Context<'a>, pairs: &[(&'a Object, &'a Object)]) -> Self {
        let mut first: BTreeMap<usize, &Object> = BTreeMap::new();
        for (early, late) in pairs {
            let known = first.entry(late.order).or_insert(early);
            if early.order < known.order {
                *known = early;
            }
        }
        Self { workspace: context.workspace(), first, made: BTreeMap::new() }
    }

    /// Offers to put the late object first. Within a file this changes nothing that works, if no VIP is where
    /// the wrong order has put it; which file an object belongs into, people know.
    fn offer<'r>(&mut self, report: Report<'r>, late: &Object, moves_vips: bool) -> Report<'r> {
        let Some(early) = self.first.get(&late.order) else { return report };
        let workspace = self.workspace;
        let mend = self.made.entry(late.order).or_insert_with(|| {
            let command = move_before(workspace, &late.address, &early.address)?;
            let what = format!("the {} `{}`", late.identity.kind, late.name());
            let title = if early.address.file == late.address.file {
                format!("put {what} before what needs it")
            } else {
                format!("put {what} into `{}`, before what needs it", early.address.file)
            };
            Some((title, command))
        });
        match mend.clone() {
            Some((title, command)) if early.address.file == late.address.file && !moves_vips => {
                report.safe_fix(title, command)
            }
            mend => report.maybe_fix(mend),
        }
    }
}

/// Whether one `kubectl apply` takes both.
fn is_applied_together(left: &Address, right: &Address) -> bool {
    let folder = |address: &Address| address.file.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    folder(left) == folder(right)
}
