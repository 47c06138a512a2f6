//! The form of a Service: name, type, what exposes it, its ports, where it lands.

use akoplan::model::service::Service;
use akoplan::model::{INFRA_SETTING_ANNOTATION, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION};
use akoplan::view::choices::{gateways, segments};
use akoplan::view::services::{gateway_of, set_gateway};
use akoplan::workspace::{Address, OfKind};
use yew::prelude::*;

use super::bound::{BoundSelect, BoundText, field_id};
use super::bound_choice::{BoundChoice, options};
use super::object_head::{form_findings, object_head};
use super::object_status::object_status;
use super::renaming::NameFields;
use super::service_ports::service_ports;
use crate::ui::object_landings::object_landings;
use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use crate::ui::widgets::field::SelectField;
use crate::ui::widgets::form_panel::FormPanel;

/// The form.
pub fn service_form(store: &Store, at: &Address, onclose: &Callback<()>) -> Html {
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let title = format!("{}/{}", object.namespace(), object.name());
    let expose = Route::with(Section::Services, format!("expose/{title}"));
    let actions = html! {
        <>
            <a class="button small" href={expose.hash()}>{ "Expose…" }</a>
            { object_head(store, at, Section::Services) }
        </>
    };
    html! {
        <FormPanel key={field_id(at, "form")} id={field_id(at, "form")} {title} mono=true {actions} onclose={onclose.clone()}>
            <div class="form-row">
                <NameFields at={at.clone()} />
                <BoundSelect at={at.clone()} path="spec.type" label="Type" placeholder="ClusterIP (default)"
                    options={["", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName"].map(AttrValue::Static).to_vec()}
                    help="`spec.type`: a Gateway serves ClusterIP and NodePort; a LoadBalancer has an address of its own." />
            </div>
            { exposure_fields(store, at) }
            { service_ports(store, at) }
            { form_findings(store, at) }
            { object_landings(store, at) }
            { object_status(store, at) }
        </FormPanel>
    }
}

/// The marks that AKO reads: labels of a Gateway, annotations of a LoadBalancer.
fn exposure_fields(store: &Store, at: &Address) -> Html {
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let service = Service::of(&object.value);
    let is_balanced = service.is_some_and(|service| service.spec.service_type.as_deref() == Some("LoadBalancer"));
    let shows = |path: &str| is_balanced || object.has(path);
    let annotation = |key: &str| AttrValue::from(format!("metadata.annotations[{key}]"));
    let (setting, key, address) = (
        annotation(INFRA_SETTING_ANNOTATION),
        annotation(SHARED_VIP_ANNOTATION),
        annotation(LOAD_BALANCER_IP_ANNOTATION),
    );
    html! {
        <div class="form-row">
            { gateway_field(store, at) }
            if shows(&setting) {
                <BoundChoice at={at.clone()} path={setting.clone()} label="Segment" choices={segments(store.workspace())} none="global network"
                    help="Annotation `aviinfrasetting.ako.vmware.com/name`: where the address of this LoadBalancer comes from." />
            }
            if shows(&key) {
                <BoundText at={at.clone()} path={key.clone()} label="Shared VIP" mono=true placeholder="an address of its own"
                    help="Annotation `ako.vmware.com/enable-shared-vip`: Services of the namespace with the same key share one address." />
            }
            if shows(&address) && !object.has("spec.loadBalancerIP") {
                <BoundText at={at.clone()} path={address.clone()} label="Preferred address" mono=true placeholder="given by Avi"
                    help="Annotation `ako.vmware.com/load-balancer-ip`, since AKO 1.9.1." />
            }
            if object.has("spec.loadBalancerIP") {
                <BoundText at={at.clone()} path="spec.loadBalancerIP" label="Preferred address" mono=true placeholder="given by Avi"
                    help="`spec.loadBalancerIP`: deprecated by Kubernetes, wins over AKO's annotation." />
            }
        </div>
    }
}

/// The Gateway that the two labels name.
fn gateway_field(store: &Store, at: &Address) -> Html {
    let dispatch = store.dispatch();
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let value = gateway_of(object);
    let mut choices = options(&gateways(store.workspace()));
    choices.insert(0, (AttrValue::Static(""), AttrValue::Static("none")));
    let onchange = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |gateway: String| {
            if let Some(object) = store.workspace().at(&at) {
                let label = if gateway.is_empty() {
                    "take off the gateway labels".to_owned()
                } else {
                    format!("label for Gateway {gateway}")
                };
                dispatch.edit(label, set_gateway(object, &gateway));
            }
        })
    };
    html! {
        <SelectField id={field_id(at, "metadata.labels")} label="Gateway" {value} options={choices}
            help="Labels `ako.vmware.com/gateway-name` and `ako.vmware.com/gateway-namespace`: both are needed." {onchange} />
    }
}
