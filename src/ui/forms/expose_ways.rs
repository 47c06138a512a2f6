//! The third part of "Expose a service": the ways, each with "can" or "cannot, because".

use akoplan::expose::{Choice, Way};
use akoplan::view::expose::{Draft, is_new_gateway, way_words};
use yew::prelude::*;

use super::expose::{ExposePartProps, change};
use crate::ui::draft::{Change, put};
use crate::ui::store::use_store;
use crate::ui::widgets::field::{CheckField, TextField};
use crate::ui::widgets::icon::{Icon, IconName};
use crate::ui::widgets::words::Words;

/// Properties of [`ExposeWays`].
#[derive(PartialEq, Properties)]
pub struct ExposeWaysProps {
    /// What is typed so far.
    pub draft: Draft,
    /// The ways.
    pub choices: Vec<Choice>,
    /// The chosen one.
    pub chosen: Option<Way>,
    /// A change of the draft.
    pub onchange: Callback<Change<Draft>>,
}

/// How.
#[component]
pub fn ExposeWays(props: &ExposeWaysProps) -> Html {
    let store = use_store();
    let onshare = put(&props.onchange, |draft: &mut Draft, on| draft.shares_address = on);
    let workspace = store.workspace();
    let has_ports = props.draft.exists(workspace) || !props.draft.pasted().listeners.is_empty();
    html! {
        <fieldset>
            <legend>{ "3 · How" }</legend>
            <CheckField id="expose-shares" label="On one address with other Services" checked={props.draft.shares_address} onchange={onshare} />
            if props.choices.iter().all(|choice| !choice.possible) && !has_ports {
                <p class="dim">{ "Once the Service has a port, each way says whether it can serve it." }</p>
            } else {
            <ul class="ways">
                { for props.choices.iter().enumerate().map(|(index, choice)| {
                    let way = choice.way.clone();
                    let onchoose = put(&props.onchange, move |draft: &mut Draft, ()| draft.way = Some(way.clone()));
                    html! {
                        <WayLine key={index} {index} words={way_words(store.workspace(), &choice.way)} possible={choice.possible}
                            reason={choice.reason.clone()} chosen={props.chosen.as_ref() == Some(&choice.way)} {onchoose} />
                    }
                }) }
            </ul>
            }
            <WayDetails draft={props.draft.clone()} chosen={props.chosen.clone()} onchange={props.onchange.clone()} />
        </fieldset>
    }
}

#[derive(PartialEq, Properties)]
struct WayLineProps {
    index: usize,
    words: AttrValue,
    possible: bool,
    reason: AttrValue,
    chosen: bool,
    onchoose: Callback<()>,
}

/// One way. A way that cannot be gone can still be looked at: its reason says what to change.
#[component]
fn WayLine(props: &WayLineProps) -> Html {
    let id = format!("expose-way-{}", props.index);
    let reason = format!("{id}-reason");
    let (icon, class, word) =
        if props.possible { (IconName::Check, "is-good", "can") } else { (IconName::Close, "dim", "cannot") };
    let onchange = props.onchoose.reform(|_: Event| ());
    html! {
        <li class={classes!("way", (!props.possible).then_some("way-impossible"), props.chosen.then_some("way-chosen"))}>
            <input type="radio" id={id.clone()} name="expose-way" checked={props.chosen} disabled={!props.possible} aria-describedby={reason.clone()} {onchange} />
            <label for={id}><Words text={props.words.clone()} /></label>
            <span class={classes!("mark", class)}><Icon name={icon} /><span>{ word }</span></span>
            <p id={reason} class="help"><Words text={props.reason.clone()} /></p>
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct WayDetailsProps {
    draft: Draft,
    chosen: Option<Way>,
    onchange: Callback<Change<Draft>>,
}

/// What a new Gateway or an Ingress needs to know.
#[component]
fn WayDetails(props: &WayDetailsProps) -> Html {
    let store = use_store();
    let part = ExposePartProps { draft: props.draft.clone(), onchange: props.onchange.clone() };
    match &props.chosen {
        Some(way @ Way::Gateway { name, .. }) if is_new_gateway(store.workspace(), way) => html! {
            <TextField id="expose-gateway" label="Name of the new Gateway" value={props.draft.gateway.clone()} mono=true placeholder={name.clone()}
                help="`metadata.name`; the Service's labels repeat it." oninput={change(&part, |draft, text| draft.gateway = text)} />
        },
        Some(Way::Ingress) => html! {
            <div class="form-row">
                <TextField id="expose-host" label="Host" value={props.draft.host.clone()} mono=true placeholder="www.example.com"
                    help="`spec.rules[].host`: must end in a DNS sub-domain of the cloud." oninput={change(&part, |draft, text| draft.host = text)} />
                <TextField id="expose-path" label="Path" value={props.draft.path.clone()} mono=true placeholder="/"
                    help="`spec.rules[].http.paths[].path`" oninput={change(&part, |draft, text| draft.path = text)} />
            </div>
        },
        _ => html! {},
    }
}
