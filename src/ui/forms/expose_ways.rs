//! The third part of "Expose a service": the ways, each with "can" or "cannot, because".

use akoplan::expose::{Choice, Way};
use akoplan::view::expose::{Draft, is_new_gateway, way_words};
use yew::prelude::*;

use super::expose::change;
use crate::ui::draft::{Change, put};
use crate::ui::store::Store;
use crate::ui::widgets::field::{CheckField, TextField};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// How.
pub fn expose_ways(
    store: &Store,
    draft: &Draft,
    choices: &[Choice],
    chosen: Option<&Way>,
    onchange: &Callback<Change<Draft>>,
) -> Html {
    let onshare = put(onchange, |draft: &mut Draft, on| draft.shares_address = on);
    let workspace = store.workspace();
    let has_ports = draft.exists(workspace) || !draft.pasted().listeners.is_empty();
    html! {
        <fieldset>
            <legend>{ "3 · How" }</legend>
            <CheckField id="expose-shares" label="On one address with other Services" checked={draft.shares_address} onchange={onshare} />
            if choices.iter().all(|choice| !choice.possible) && !has_ports {
                <p class="dim">{ "Once the Service has a port, each way says whether it can serve it." }</p>
            } else {
            <ul class="ways">
                { for choices.iter().enumerate().map(|(index, choice)| {
                    let way = choice.way.clone();
                    let onchoose = put(onchange, move |draft: &mut Draft, ()| draft.way = Some(way.clone()));
                    way_line(index, &way_words(store.workspace(), &choice.way), choice.possible, &choice.reason, chosen == Some(&choice.way), &onchoose)
                }) }
            </ul>
            }
            { way_details(store, draft, chosen, onchange) }
        </fieldset>
    }
}

/// One way. A way that cannot be gone can still be looked at: its reason says what to change.
fn way_line(index: usize, words: &str, possible: bool, reason: &str, chosen: bool, onchoose: &Callback<()>) -> Html {
    let id = format!("expose-way-{index}");
    let reason_id = format!("{id}-reason");
    let (icon, class, word) = if possible { (Icon::Check, "is-good", "can") } else { (Icon::Close, "dim", "cannot") };
    let onchange = onchoose.reform(|_: Event| ());
    html! {
        <li class={classes!("way", (!possible).then_some("way-impossible"), chosen.then_some("way-chosen"))}>
            <input type="radio" id={id.clone()} name="expose-way" checked={chosen} disabled={!possible} aria-describedby={reason_id.clone()} {onchange} />
            <label for={id}>{ sentence(words) }</label>
            <span class={classes!("mark", class)}>{ icon.svg() }<span>{ word }</span></span>
            <p id={reason_id} class="help">{ sentence(reason) }</p>
        </li>
    }
}

/// What a new Gateway or an Ingress needs to know.
fn way_details(store: &Store, draft: &Draft, chosen: Option<&Way>, onchange: &Callback<Change<Draft>>) -> Html {
    match chosen {
        Some(way @ Way::Gateway { name, .. }) if is_new_gateway(store.workspace(), way) => html! {
            <TextField id="expose-gateway" label="Name of the new Gateway" value={draft.gateway.clone()} mono=true placeholder={name.clone()}
                help="`metadata.name`; the Service's labels repeat it." oninput={change(onchange, |draft, text| draft.gateway = text)} />
        },
        Some(Way::Ingress) => html! {
            <div class="form-row">
                <TextField id="expose-host" label="Host" value={draft.host.clone()} mono=true placeholder="www.example.com"
                    help="`spec.rules[].host`: must end in a DNS sub-domain of the cloud." oninput={change(onchange, |draft, text| draft.host = text)} />
                <TextField id="expose-path" label="Path" value={draft.path.clone()} mono=true placeholder="/"
                    help="`spec.rules[].http.paths[].path`" oninput={change(onchange, |draft, text| draft.path = text)} />
            </div>
        },
        _ => html! {},
    }
}
