//! The place `Settings`: versions, names, AKO's values, the Avi side.

mod avi;
mod naming;
mod networks;
mod se_groups;
mod values;

use akoplan::model::settings::NEWEST_AKO;
use akoplan::singleton::Singleton;
use yew::prelude::*;

use crate::ui::forms::single::SingleText;
use crate::ui::object_findings::object_findings;
use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use avi::avi_part;
use naming::naming_part;
use values::values_part;

/// The place.
pub fn settings(store: &Store) -> Html {
    html! {
        <div class="settings">
            <div class="place-head"><h2>{ "Settings" }</h2></div>
            { versions_part(store) }
            { values_part(store) }
            { avi_part(store) }
            { naming_part(store) }
        </div>
    }
}

/// A heading, the file, the fields.
fn settings_part(store: &Store, id: &str, title: &str, of: Singleton, children: &Html) -> Html {
    let at = of.address(store.workspace());
    let file = of.home(store.workspace()).file.to_string();
    html! {
        <section class="card form" aria-labelledby={id.to_owned()}>
            <div class="part-head">
                <h3 id={id.to_owned()}>{ title }</h3>
                if at.is_some() {
                    <a class="mono file-link" href={Route::with(Section::Yaml, file.clone()).hash()}>{ file }</a>
                } else {
                    <span class="dim file-link"><span class="mono">{ file }</span>{ ", made with the first entry" }</span>
                }
            </div>
            { children.clone() }
        </section>
    }
}

/// What AKO and Kubernetes are predicted for.
fn versions_part(store: &Store) -> Html {
    let at = Singleton::Settings.address(store.workspace());
    let options: Vec<AttrValue> =
        [NEWEST_AKO, "2.1.1", "1.13.4", "1.12.3", "1.11.5", "1.10.5"].map(AttrValue::from).to_vec();
    settings_part(
        store,
        "settings-versions",
        "Versions",
        Singleton::Settings,
        &html! { <>
            if let Some(at) = at { { object_findings(store, &at) } }
            <div class="form-row">
                <SingleText of={Singleton::Settings} path="spec.akoVersion" label="AKO version" {options} mono=true
                    placeholder={format!("{NEWEST_AKO}, the newest that is known")} help="The AKO that is predicted for: `spec.akoVersion`." />
                <SingleText of={Singleton::Settings} path="spec.kubernetesVersion" label="Kubernetes version" mono=true placeholder="1.33"
                    help="The cluster's: `spec.kubernetesVersion`." />
                <SingleText of={Singleton::Settings} path="spec.defaultNamespace" label="Default namespace" mono=true placeholder="default"
                    help="Namespace of objects that name none, as in charts: `spec.defaultNamespace`." />
            </div>
        </> },
    )
}
