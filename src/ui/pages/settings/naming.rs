//! How new objects are named, with the names that come of it.

use akoplan::segment::{self, Names};
use akoplan::singleton::Singleton;
use yew::prelude::*;

use super::settings_part;
use crate::ui::forms::single::SingleText;
use crate::ui::store::Store;

/// The segment of the example.
const EXAMPLE: &str = "oam";

/// The templates.
pub fn naming_part(store: &Store) -> Html {
    let Names { infra_setting, gateway_class, ingress_class } = segment::names(store.workspace(), EXAMPLE);
    settings_part(
        store,
        "settings-naming",
        "Names of new objects",
        Singleton::Settings,
        &html! { <>
            <p class="dim">{ "Templates for new segments. " }<code>{ "{segment}" }</code>{ " is the short name, " }
                <code>{ "{cluster}" }</code>{ " the cluster name of AKO's values. Objects that are there keep their names." }</p>
            <div class="form-row">
                { template_field("spec.naming.aviInfraSetting", "AviInfraSetting", "aviinfrasetting-{cluster}-{segment}", &infra_setting) }
                { template_field("spec.naming.gatewayClass", "GatewayClass", "avigatewayclass-{cluster}-{segment}", &gateway_class) }
                { template_field("spec.naming.ingressClass", "IngressClass", "avi-ingress-class-{segment}", &ingress_class) }
            </div>
        </> },
    )
}

/// A template and what becomes of it.
fn template_field(path: &str, label: &str, placeholder: &str, name: &str) -> Html {
    html! {
        <div class="field-with-offer">
            <SingleText of={Singleton::Settings} path={path.to_owned()} label={label.to_owned()} mono=true
                placeholder={placeholder.to_owned()} help={format!("`{}`.", path)} />
            <p class="template-example">{ format!("{EXAMPLE} becomes ") }<span class="mono">{ name }</span></p>
        </div>
    }
}
