//! What is wrong with a row of a table, in a row of its own: the cells are too narrow for sentences.

use akoplan::view;
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::store::use_store;
use crate::ui::widgets::words::Words;

/// Properties of [`RowProblems`].
#[derive(PartialEq, Properties)]
pub struct RowProblemsProps {
    /// The object.
    pub at: Address,
    /// The list's item.
    pub path: AttrValue,
    /// How many columns the table has.
    pub columns: usize,
}

/// The problems of a list's item; nothing where there are none. The controls are described by them, too.
#[component]
pub fn RowProblems(props: &RowProblemsProps) -> Html {
    let store = use_store();
    let problems = view::problems(&store.analysis, store.workspace(), &props.at, &props.path);
    if problems.is_empty() {
        return html! {};
    }
    html! {
        <tr class="row-problems"><td colspan={props.columns.to_string()}>
            <ul class="is-error">{ for problems.into_iter().map(|problem| html! { <li><Words text={problem} /></li> }) }</ul>
        </td></tr>
    }
}
