//! What is wrong with a row of a table, in a row of its own: the cells are too narrow for sentences.

use akoplan::view;
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::store::Store;
use crate::ui::widgets::words::sentence;

/// The problems of a list's item; nothing where there are none. The controls are described by them, too.
pub fn row_problems(store: &Store, at: &Address, path: &str, columns: usize) -> Html {
    let problems = view::problems(&store.analysis, store.workspace(), at, path);
    if problems.is_empty() {
        return html! {};
    }
    html! {
        <tr class="row-problems"><td colspan={columns.to_string()}>
            <ul class="is-error">{ for problems.into_iter().map(|problem| html! { <li>{ sentence(&problem) }</li> }) }</ul>
        </td></tr>
    }
}
