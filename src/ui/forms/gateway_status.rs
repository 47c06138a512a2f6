//! The status that AKO writes to a Gateway.

use akoplan::ako::{Condition, ObjectStatus};
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::store::Store;
use crate::ui::widgets::words::sentence;

/// What a working Gateway keeps for ever: AKO never writes `Scheduled` on success.
const WORKING: &str = "`Scheduled=False NotReconciled` is what a working Gateway keeps: AKO never writes `Scheduled` \
                       when all is well. Look at the addresses and the listeners' `Ready`.";

/// Conditions, addresses, and the condition of each port.
pub fn gateway_status(store: &Store, at: &Address) -> Html {
    let workspace = store.workspace();
    let Some(object) = workspace.at(at) else { return html! {} };
    let status = store.analysis.prediction.objects.get(&workspace.key(object));
    let Some(ObjectStatus::Gateway { conditions, listeners, addresses }) = status else { return html! {} };
    let is_working = conditions.iter().any(|condition| condition.reason == "NotReconciled");
    html! {
        <details class="status">
            <summary>{ "Status that AKO writes" }</summary>
            if is_working { <p>{ sentence(WORKING) }</p> }
            <div class="table-wrap"><table class="stack">
                <thead><tr><th scope="col">{ "Of" }</th><th scope="col">{ "Condition" }</th><th scope="col">{ "Reason" }</th><th scope="col">{ "Message" }</th></tr></thead>
                <tbody>
                    { for conditions.iter().map(|condition| row("Gateway", condition)) }
                    { for listeners.iter().flat_map(|listener| {
                        let of = format!("port {}", listener.port);
                        listener.conditions.iter().map(move |condition| row(&of, condition))
                    }) }
                </tbody>
            </table></div>
            if !addresses.is_empty() { <p>{ "Addresses: " }<span class="mono">{ addresses.join(", ") }</span></p> }
        </details>
    }
}

fn row(of: &str, condition: &Condition) -> Html {
    html! {
        <tr>
            <th scope="row">{ of.to_owned() }</th>
            <td data-label="Condition" class="mono">{ format!("{}={}", condition.condition_type, condition.status) }</td>
            <td data-label="Reason" class="mono">{ &condition.reason }</td>
            <td data-label="Message">{ &condition.message }</td>
        </tr>
    }
}
