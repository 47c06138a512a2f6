//! The form of a Gateway: name, class, address, listeners, where it lands, the status AKO writes.

use akoplan::view::choices::gateway_classes;
use akoplan::view::gateways::GatewayLandings;
use akoplan::workspace::Address;
use yew::prelude::*;

use super::bound::{BoundText, field_id};
use super::bound_choice::BoundChoice;
use super::listeners::listener_fields;
use super::object_head::{form_findings, object_head};
use super::object_status::object_status;
use super::renaming::NameFields;
use crate::ui::object_landings::{chains, crash_notice};
use crate::ui::route::Section;
use crate::ui::store::Store;
use crate::ui::widgets::form_panel::FormPanel;
use crate::ui::widgets::landing_view::landing_line_view;

/// The form.
pub fn gateway_form(store: &Store, at: &Address, onclose: &Callback<()>) -> Html {
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let title = format!("{}/{}", object.namespace(), object.name());
    let actions = object_head(store, at, Section::Gateways);
    html! {
        <FormPanel key={field_id(at, "form")} id={field_id(at, "form")} {title} mono=true {actions} onclose={onclose.clone()}>
            <div class="form-row">
                <NameFields at={at.clone()} />
                <BoundChoice at={at.clone()} path="spec.gatewayClassName" label="Class" choices={gateway_classes(store.workspace())}
                    help="`spec.gatewayClassName`: the GatewayClass decides which segment the address comes from." />
                <BoundText at={at.clone()} path="spec.addresses[0].value" label="Static address" mono=true placeholder="given by Avi"
                    help="`spec.addresses[0].value`: an address of the segment. It cannot be changed on a live Gateway." />
            </div>
            { listener_fields(store, at) }
            { form_findings(store, at) }
            { where_it_lands(store, at, "No Service is labelled for this Gateway yet.") }
            { object_status(store, at) }
        </FormPanel>
    }
}

/// Where the Services or routes of the Gateway land; a sentence where it has none.
pub fn where_it_lands(store: &Store, at: &Address, empty: &'static str) -> Html {
    let workspace = store.workspace();
    let Some(object) = workspace.at(at) else { return html! {} };
    let key = workspace.key(object);
    let all = GatewayLandings::of(workspace, &store.analysis);
    let landings = all.through(&key);
    // Each landing says it; without one that lands, the Gateway has an address all the same.
    let lands = landings.iter().any(|landing| matches!(landing.outcome, akoplan::ako::Outcome::Lands(_)));
    let own = if lands { None } else { all.line(&key, object) };
    html! {
        <section class="traces" aria-labelledby="gateway-landings">
            <h4 id="gateway-landings">{ "Where it lands" }</h4>
            { crash_notice(store) }
            if let Some(line) = own { <p>{ landing_line_view(&line, false) }</p> }
            if landings.is_empty() { <p class="dim">{ empty }</p> }
            { chains(workspace, landings) }
        </section>
    }
}
