//! The status that AKO writes to an object, on demand below its form.

use akoplan::view::status;
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::store::Store;
use crate::ui::widgets::words::sentence;

/// Conditions and addresses; nothing where AKO writes none.
pub fn object_status(store: &Store, at: &Address) -> Html {
    let workspace = store.workspace();
    let Some(object) = workspace.at(at) else { return html! {} };
    let Some(status) = store.analysis.prediction.objects.get(&workspace.key(object)) else { return html! {} };
    let view = status::of(status);
    html! {
        <details class="status">
            <summary>{ "Status that AKO writes" }</summary>
            if !view.note.is_empty() { <p>{ sentence(view.note) }</p> }
            if !view.rows.is_empty() {
                <div class="table-wrap"><table class="stack">
                    <thead><tr><th scope="col">{ "Of" }</th><th scope="col">{ "Condition" }</th><th scope="col">{ "Reason" }</th><th scope="col">{ "Message" }</th></tr></thead>
                    <tbody>{ for view.rows.iter().map(|row| html! {
                        <tr>
                            <th scope="row">{ &row.of }</th>
                            <td data-label="Condition" class="mono">{ &row.condition }</td>
                            <td data-label="Reason" class="mono">{ &row.reason }</td>
                            <td data-label="Message">{ &row.message }</td>
                        </tr>
                    }) }</tbody>
                </table></div>
            }
            if !view.addresses.is_empty() { <p>{ "Addresses: " }<span class="mono">{ view.addresses.join(", ") }</span></p> }
        </details>
    }
}
