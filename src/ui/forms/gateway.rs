//! The form of a Gateway: name, class, address, listeners, where it lands, the status AKO writes.

use akoplan::view::choices::gateway_classes;
use akoplan::view::gateways::GatewayLandings;
use akoplan::workspace::Address;
use yew::prelude::*;

use super::bound::{BoundText, field_id};
use super::bound_choice::BoundChoice;
use super::gateway_status::GatewayStatus;
use super::listeners::Listeners;
use super::object_head::{FormFindings, ObjectHead};
use super::renaming::NameFields;
use crate::ui::object_landings::{Crash, chains};
use crate::ui::route::Section;
use crate::ui::store::use_store;
use crate::ui::widgets::form_panel::FormPanel;
use crate::ui::widgets::landing_view::LandingLineView;

/// Properties of [`GatewayForm`].
#[derive(PartialEq, Properties)]
pub struct GatewayFormProps {
    /// The Gateway.
    pub at: Address,
    /// The form goes.
    pub onclose: Callback<()>,
}

/// The form.
#[component]
pub fn GatewayForm(props: &GatewayFormProps) -> Html {
    let store = use_store();
    let at = &props.at;
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let title = format!("{}/{}", object.namespace(), object.name());
    let actions = html! { <ObjectHead at={at.clone()} section={Section::Gateways} /> };
    html! {
        <FormPanel id={field_id(at, "form")} {title} mono=true {actions} onclose={props.onclose.clone()}>
            <div class="form-row">
                <NameFields at={at.clone()} />
                <BoundChoice at={at.clone()} path="spec.gatewayClassName" label="Class" choices={gateway_classes(store.workspace())}
                    help="`spec.gatewayClassName`: the GatewayClass decides which segment the address comes from." />
                <BoundText at={at.clone()} path="spec.addresses[0].value" label="Static address" mono=true placeholder="given by Avi"
                    help="`spec.addresses[0].value`: an address of the segment. It cannot be changed on a live Gateway." />
            </div>
            <Listeners at={at.clone()} />
            <FormFindings at={at.clone()} />
            <WhereItLands at={at.clone()} />
            <GatewayStatus at={at.clone()} />
        </FormPanel>
    }
}

#[derive(PartialEq, Properties)]
struct ServedProps {
    at: Address,
}

/// Where the Services of the Gateway land.
#[component]
fn WhereItLands(props: &ServedProps) -> Html {
    let store = use_store();
    let workspace = store.workspace();
    let Some(object) = workspace.at(&props.at) else { return html! {} };
    let key = workspace.key(object);
    let all = GatewayLandings::of(workspace, &store.analysis);
    let landings = all.through(&key);
    // Each landing says it; without one that lands, the Gateway has an address all the same.
    let lands = landings.iter().any(|landing| matches!(landing.outcome, akoplan::ako::Outcome::Lands(_)));
    let own = if lands { None } else { all.line(&key, object) };
    html! {
        <section class="traces" aria-labelledby="gateway-landings">
            <h4 id="gateway-landings">{ "Where it lands" }</h4>
            <Crash />
            if let Some(line) = own { <p><LandingLineView {line} /></p> }
            if landings.is_empty() { <p class="dim">{ "No Service is labelled for this Gateway yet." }</p> }
            { chains(workspace, landings) }
        </section>
    }
}
