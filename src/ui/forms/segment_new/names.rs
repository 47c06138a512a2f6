//! The objects of a new segment, by the names they get.

use akoplan::segment::{self, Names};
use yew::prelude::*;

use super::fields::PartProps;
use crate::ui::store::Store;
use crate::ui::widgets::field::CheckField;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

mod name_field;

use name_field::NameField;

/// The three names, and whether the classes are made.
pub fn name_fields(store: &Store, props: &PartProps) -> Html {
    let draft = &props.state.draft;
    let templated = segment::names(store.workspace(), &draft.segment);
    let own = draft.names.clone();
    let is_named = !draft.segment.trim().is_empty();
    let shown = |own: String, templated: String| if own.is_empty() && is_named { templated } else { own };
    let Names { infra_setting, gateway_class, ingress_class } = templated;
    html! {
        <fieldset>
            <legend>{ "Objects" }</legend>
            <p class="help">{ "Names follow the templates in Settings; a name changed here stays as it is." }</p>
            <NameField id="new-segment-setting-name" label="AviInfraSetting" value={shown(own.infra_setting, infra_setting)}
                oninput={props.put(|draft, name| draft.names.infra_setting = name)} />
            <div class="class-row">
                <CheckField id="new-segment-with-gateway-class" label="GatewayClass" checked={draft.with_gateway_class}
                    onchange={props.put(|draft, on| draft.with_gateway_class = on)} />
                if draft.with_gateway_class {
                    <NameField id="new-segment-gateway-class-name" label="Name of the GatewayClass" hide_label=true
                        value={shown(own.gateway_class, gateway_class)}
                        oninput={props.put(|draft, name| draft.names.gateway_class = name)} />
                }
            </div>
            <div class="class-row">
                <CheckField id="new-segment-with-ingress-class" label="IngressClass" checked={draft.with_ingress_class}
                    onchange={props.put(|draft, on| draft.with_ingress_class = on)} />
                if draft.with_ingress_class {
                    <NameField id="new-segment-ingress-class-name" label="Name of the IngressClass" hide_label=true
                        value={shown(own.ingress_class, ingress_class)}
                        oninput={props.put(|draft, name| draft.names.ingress_class = name)} />
                }
            </div>
            { for segment::kept(store.workspace(), draft).into_iter().map(|text| html! {
                <p class="is-warning">{ Icon::Warning.svg() }{ " " }{ sentence(&text) }</p>
            }) }
        </fieldset>
    }
}
