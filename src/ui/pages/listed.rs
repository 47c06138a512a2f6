//! The rows of a place and what of them its search leaves, as Gateways, Services and Ingresses have them.

use akoplan::analysis::Analysis;
use akoplan::workspace::{Address, Workspace};
use yew::prelude::*;

use crate::ui::computed::{Project, use_computed};
use crate::ui::route::use_route;
use crate::ui::shared::Shared;
use crate::ui::store::use_store;

/// Indices of the rows that match the search.
pub type Shown = Shared<Vec<usize>>;

/// What a place lists.
pub struct Listed<Row> {
    /// All rows, and those that match the search; `None` until they are there the first time.
    pub rows: Option<(Shared<Vec<Row>>, Shown)>,
    /// What is searched for.
    pub search: UseStateHandle<String>,
    /// Searches for something else.
    pub onsearch: Callback<String>,
    /// The object in hand, where it is one of the rows'.
    pub at: Option<Address>,
}

/// The rows of a place: `list` makes them of a project, `matching` says which of them a search leaves, `address`
/// which object a row is.
#[hook]
pub fn use_listed<Row, List, Matching>(list: List, matching: Matching, address: fn(&Row) -> &Address) -> Listed<Row>
where
    Row: 'static,
    List: AsyncFn(&Workspace, &Analysis) -> Vec<Row> + 'static,
    Matching: AsyncFn(&[Row], &str) -> Vec<usize> + 'static,
{
    let store = use_store();
    let route = use_route();
    let search = use_state(String::new);
    let rows = use_computed(&store, Project::of(&store), |it| async move { list(&it.workspace, &it.analysis).await });
    let rows = rows.latest().cloned();
    let shown = use_computed(&store, (rows.clone(), (*search).clone()), |(rows, search)| async move {
        matching(rows.as_deref().map_or(&[], Vec::as_slice), &search).await
    });
    let at = route.address().filter(|at| rows.iter().flat_map(|rows| rows.iter()).any(|row| address(row) == at));
    let setter = search.setter();
    let onsearch = Callback::from(move |text: String| setter.set(text));
    Listed { rows: rows.zip(shown.latest().cloned()), search, onsearch, at }
}
