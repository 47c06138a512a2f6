//! How new objects are named, with the names that come of it.

use akoplan::segment::{self, Names};
use akoplan::singleton::Singleton;
use yew::prelude::*;

use super::Part;
use crate::ui::forms::single::SingleText;
use crate::ui::store::use_store;

/// The segment of the example.
const EXAMPLE: &str = "oam";

/// The templates.
#[component]
pub fn Naming() -> Html {
    let store = use_store();
    let Names { infra_setting, gateway_class, ingress_class } = segment::names(store.workspace(), EXAMPLE);
    html! {
        <Part id="settings-naming" title="Names of new objects" of={Singleton::Settings}>
            <p class="dim">{ "Templates for new segments. " }<code>{ "{segment}" }</code>{ " is the short name, " }
                <code>{ "{cluster}" }</code>{ " the cluster name of AKO's values. Objects that are there keep their names." }</p>
            <div class="form-row">
                <Template path="spec.naming.aviInfraSetting" label="AviInfraSetting" placeholder="aviinfrasetting-{cluster}-{segment}"
                    name={infra_setting} />
                <Template path="spec.naming.gatewayClass" label="GatewayClass" placeholder="avigatewayclass-{cluster}-{segment}"
                    name={gateway_class} />
                <Template path="spec.naming.ingressClass" label="IngressClass" placeholder="avi-ingress-class-{segment}"
                    name={ingress_class} />
            </div>
        </Part>
    }
}

#[derive(PartialEq, Properties)]
struct TemplateProps {
    path: AttrValue,
    label: AttrValue,
    placeholder: AttrValue,
    name: String,
}

/// A template and what becomes of it.
#[component]
fn Template(props: &TemplateProps) -> Html {
    html! {
        <div class="field-with-offer">
            <SingleText of={Singleton::Settings} path={props.path.clone()} label={props.label.clone()} mono=true
                placeholder={props.placeholder.clone()} help={format!("`{}`.", props.path)} />
            <p class="template-example">{ format!("{EXAMPLE} becomes ") }<span class="mono">{ &props.name }</span></p>
        </div>
    }
}
