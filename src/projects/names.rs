//! What projects are called.

use super::Head;
use crate::workspace::Workspace;

/// A project without a cluster and without objects to tell it by.
const UNTITLED: &str = "Untitled";

/// What a project is called that nobody has named: as its cluster.
#[must_use]
pub fn automatic_name(workspace: &Workspace) -> String {
    let cluster = workspace.values().and_then(|(_, values)| values.ako_settings.cluster_name.as_deref());
    let name = crate::share::clean_project(cluster.unwrap_or_default());
    if name.is_empty() { UNTITLED.to_owned() } else { name }
}

/// The name of a project in the top bar, also before it is saved.
#[must_use]
pub fn unsaved_name(head: &Head, workspace: &Workspace) -> String {
    if head.is_named { head.name.clone() } else { automatic_name(workspace) }
}

/// A name that no other project has: the wanted one, else with a number.
#[must_use]
pub fn free_name(heads: &[Head], wanted: &str) -> String {
    let wanted = crate::share::clean_project(wanted);
    let wanted = if wanted.is_empty() { UNTITLED.to_owned() } else { wanted };
    let is_free = |name: &String| heads.iter().all(|head| head.name != *name);
    let numbered = (2..).map(|number: usize| format!("{wanted} {number}"));
    std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The name of a copy; the copy of a copy is a further copy of the first.
#[must_use]
pub fn copy_name(heads: &[Head], of: &str) -> String {
    let (first, number) = of.rsplit_once(" copy").unwrap_or((of, "x"));
    let is_copy = number.is_empty() || number.trim().parse::<usize>().is_ok();
    free_name(heads, &format!("{} copy", if is_copy { first } else { of }))
}
