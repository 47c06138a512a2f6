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
use crate::ui::object_findings::ObjectFindings;
use crate::ui::route::{Route, Section};
use crate::ui::store::use_store;
use avi::Avi;
use naming::Naming;
use values::Values;

/// The place.
#[component]
pub fn Settings() -> Html {
    html! {
        <div class="settings">
            <div class="place-head"><h2>{ "Settings" }</h2></div>
            <Versions />
            <Values />
            <Avi />
            <Naming />
        </div>
    }
}

/// A part of the settings and the file it is kept in.
#[derive(PartialEq, Properties)]
struct PartProps {
    /// Id of the heading.
    id: AttrValue,
    title: AttrValue,
    of: Singleton,
    children: Html,
}

/// A heading, the file, the fields.
#[component]
fn Part(props: &PartProps) -> Html {
    let store = use_store();
    let at = props.of.address(store.workspace());
    let file = props.of.home(store.workspace()).file.to_string();
    html! {
        <section class="card form" aria-labelledby={props.id.clone()}>
            <div class="part-head">
                <h3 id={props.id.clone()}>{ &props.title }</h3>
                if at.is_some() {
                    <a class="mono file-link" href={Route::with(Section::Yaml, file.clone()).hash()}>{ file }</a>
                } else {
                    <span class="dim file-link"><span class="mono">{ file }</span>{ ", made with the first entry" }</span>
                }
            </div>
            { props.children.clone() }
        </section>
    }
}

/// What AKO and Kubernetes are predicted for.
#[component]
fn Versions() -> Html {
    let store = use_store();
    let at = Singleton::Settings.address(store.workspace());
    let options: Vec<AttrValue> =
        [NEWEST_AKO, "2.1.1", "1.13.4", "1.12.3", "1.11.5", "1.10.5"].map(AttrValue::from).to_vec();
    html! {
        <Part id="settings-versions" title="Versions" of={Singleton::Settings}>
            if let Some(at) = at { <ObjectFindings {at} /> }
            <div class="form-row">
                <SingleText of={Singleton::Settings} path="spec.akoVersion" label="AKO version" {options} mono=true
                    placeholder={format!("{NEWEST_AKO}, the newest that is known")} help="The AKO that is predicted for: `spec.akoVersion`." />
                <SingleText of={Singleton::Settings} path="spec.kubernetesVersion" label="Kubernetes version" mono=true placeholder="1.33"
                    help="The cluster's: `spec.kubernetesVersion`." />
                <SingleText of={Singleton::Settings} path="spec.defaultNamespace" label="Default namespace" mono=true placeholder="default"
                    help="Namespace of objects that name none, as in charts: `spec.defaultNamespace`." />
            </div>
        </Part>
    }
}
