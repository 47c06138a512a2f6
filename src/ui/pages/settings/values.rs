//! AKO's own values: what holds where no segment applies.

use akoplan::capacity::{Asked, Family, Whose, look};
use akoplan::model::Kind;
use akoplan::singleton::Singleton;
use yew::prelude::*;

use super::settings_part;
use crate::ui::forms::single::{SingleFlag, SingleSelect, SingleText};
use crate::ui::object_findings::object_findings;
use crate::ui::store::Store;
use crate::ui::widgets::cidr_notes::cidr_notes;
use crate::ui::widgets::words::sentence;

const OF: Singleton = Singleton::Values;
const NETWORK: &str = "NetworkSettings.vipNetworkList[0]";

/// The main ones; the rest is in the file.
pub fn values_part(store: &Store) -> Html {
    let at = OF.address(store.workspace());
    let is_known = at.is_some();
    let unset = |default: &str| if is_known { format!("not set: {default}") } else { "not known".to_owned() };
    settings_part(
        store,
        "settings-values",
        "AKO's values",
        OF,
        &html! { <>
            if let Some(at) = at.clone() { { object_findings(store, &at) } }
            { assumption_list(store, at.is_some()) }
            <div class="form-row">
                <SingleText of={OF} path="AKOSettings.clusterName" label="Cluster name" mono=true placeholder="my-cluster"
                    help="Begins all names on the Avi Controller: `AKOSettings.clusterName`." />
                <SingleFlag of={OF} path="AKOSettings.servicesAPI" label="Services API" placeholder={unset("false")}
                    help="Gateways of `networking.x-k8s.io` for layer 4: `AKOSettings.servicesAPI`." />
                <SingleFlag of={OF} path="AKOSettings.layer7Only" label="Layer 7 only" placeholder={unset("false")}
                    help="No Gateways and no Services of type LoadBalancer: `AKOSettings.layer7Only`." />
            </div>
            { global_network(store) }
            <div class="form-row">
                <SingleText of={OF} path="ControllerSettings.serviceEngineGroupName" label="SE group" mono=true placeholder="Default-Group"
                    options={akoplan::avi_side::se_group_names(store.workspace()).into_iter().map(AttrValue::from).collect::<Vec<_>>()}
                    help="Where no segment names one: `ControllerSettings.serviceEngineGroupName`." />
                <SingleSelect of={OF} path="L7Settings.serviceType" label="Service type" placeholder={unset("ClusterIP")}
                    options={options(&["ClusterIP", "NodePort", "NodePortLocal"])} help="How Service Engines reach the pods: `L7Settings.serviceType`." />
                <SingleSelect of={OF} path="L7Settings.shardVSSize" label="Shard size" placeholder={unset("LARGE")}
                    options={options(&["LARGE", "MEDIUM", "SMALL", "DEDICATED"])}
                    help="How many virtual services Ingresses are spread over: `L7Settings.shardVSSize`." />
                <SingleSelect of={OF} path="L4Settings.autoFQDN" label="Auto FQDN" placeholder={unset("default")}
                    options={options(&["default", "flat", "disabled"])} help="DNS names of layer 4 services: `L4Settings.autoFQDN`." />
            </div>
        </> },
    )
}

fn options(words: &[&'static str]) -> Vec<AttrValue> {
    words.iter().map(|word| AttrValue::from(*word)).collect()
}

/// What is taken for granted while the values are not known.
fn assumption_list(store: &Store, is_known: bool) -> Html {
    if is_known {
        let in_config_map = store.workspace().values().is_some_and(|(object, _)| object.kind == Kind::AkoConfigMap);
        return html! { <p class="dim">{
            if in_config_map {
                "What holds where no segment applies, read from AKO's ConfigMap: a change changes its line there. AKO reads most of it \
                 when it starts, and helm writes it anew with each upgrade of AKO's chart."
            } else {
                "What holds where no segment applies. Keys that are not set have the chart's defaults."
            }
        }</p> };
    }
    let assumptions = &store.analysis.prediction.assumptions;
    html! {
        <div class="banner">
            <p>{ "Not known: there is neither a values.yaml nor AKO's ConfigMap in this project. Nothing is reported because of it; the prediction takes for granted \
                  what the manifests need." }</p>
            if !assumptions.is_empty() {
                <ul class="assumptions">
                    { for assumptions.iter().map(|it| html! { <li><code>{ &it.about }</code>{ " " }{ sentence(&it.sentence) }</li> }) }
                </ul>
            }
        </div>
    }
}

/// The network that VIPs land on without a segment.
fn global_network(store: &Store) -> Html {
    let dispatch = store.dispatch();
    let text = |field: &str| OF.text(store.workspace(), &format!("{NETWORK}.{field}"));
    let (name, uuid, cidr) = (text("networkName"), text("networkUUID"), text("cidr"));
    let network = if name.is_empty() { uuid.clone() } else { name };
    let look =
        look(store.workspace(), Asked { text: &cidr, family: Family::V4, whose: Whose::Global, network: &network });
    let onuse = {
        let store = store.clone();
        Callback::from(move |cidr: String| {
            let label = format!("use {cidr}");
            dispatch.edit(label, OF.set(store.workspace(), &format!("{NETWORK}.cidr"), Some(cidr.into())));
        })
    };
    html! {
        <div class="form-row">
            if uuid.is_empty() {
                <SingleText of={OF} path={format!("{NETWORK}.networkName")} label="Global VIP network" mono=true
                    options={akoplan::avi_side::network_names(store.workspace(), false).into_iter().map(AttrValue::from).collect::<Vec<_>>()}
                    help="Where everything lands that reaches no segment: `NetworkSettings.vipNetworkList[].networkName`." />
            } else {
                <SingleText of={OF} path={format!("{NETWORK}.networkUUID")} label="Global VIP network UUID" mono=true
                    help="Where everything lands that reaches no segment: `NetworkSettings.vipNetworkList[].networkUUID`." />
            }
            <div class="field-with-offer">
                <SingleText of={OF} path={format!("{NETWORK}.cidr")} label="Global CIDR" mono=true placeholder="10.223.62.0/26"
                    help="`NetworkSettings.vipNetworkList[].cidr`." />
                { cidr_notes(&look, None, false, &onuse) }
            </div>
        </div>
    }
}
