//! The form of an Ingress: name, class, rules, TLS, where it lands; older versions are only shown.

use akoplan::model::Ingress;
use akoplan::view::choices::ingress_classes;
use akoplan::view::ingresses::is_editable;
use akoplan::workspace::{Address, OfKind};
use yew::prelude::*;

use super::bound::field_id;
use super::bound_choice::BoundChoice;
use super::ingress_rules::ingress_rules;
use super::ingress_tls::ingress_tls;
use super::object_head::{form_findings, object_head};
use super::object_status::object_status;
use super::renaming::NameFields;
use crate::ui::object_landings::object_landings;
use crate::ui::route::Section;
use crate::ui::store::Store;
use crate::ui::widgets::form_panel::FormPanel;
use crate::ui::widgets::words::sentence;

/// The form.
pub fn ingress_form(store: &Store, at: &Address, onclose: &Callback<()>) -> Html {
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let title = format!("{}/{}", object.namespace(), object.name());
    let actions = object_head(store, at, Section::Ingresses);
    html! {
        <FormPanel key={field_id(at, "form")} id={field_id(at, "form")} {title} mono=true {actions} onclose={onclose.clone()}>
            <div class="form-row">
                <NameFields at={at.clone()} />
                <BoundChoice at={at.clone()} path="spec.ingressClassName" label="Class" choices={ingress_classes(store.workspace())} none="the default class"
                    help="`spec.ingressClassName`: the IngressClass decides which segment the address comes from." />
            </div>
            if is_editable(object) {
                { ingress_rules(store, at) }
                { ingress_tls(store, at) }
            } else {
                { older_version(store, at) }
            }
            { form_findings(store, at) }
            { object_landings(store, at) }
            { object_status(store, at) }
        </FormPanel>
    }
}

/// The rules of a version whose fields have other names: to read, until the finding's fix has rewritten it.
fn older_version(store: &Store, at: &Address) -> Html {
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let Some(ingress) = Ingress::of(&object.value) else { return html! {} };
    let version = format!("{}/{}", object.identity.group, object.version);
    let rows = ingress.spec.rules.iter().flat_map(|rule| {
        let paths = rule.http.as_ref().map_or(&[][..], |http| &http.paths);
        paths.iter().map(|path| (rule.host.clone().unwrap_or_default(), path))
    });
    html! {
        <fieldset>
            <legend>{ "Rules" }</legend>
            <p>{ sentence(&format!("`{version}` was removed in Kubernetes 1.22. Its rules can be read here; they can be changed once it is `networking.k8s.io/v1`: a finding below offers that.")) }</p>
            <div class="table-wrap"><table class="stack">
                <thead><tr><th scope="col">{ "Host" }</th><th scope="col">{ "Path" }</th><th scope="col">{ "Service" }</th></tr></thead>
                <tbody>{ for rows.map(|(host, path)| html! {
                    <tr>
                        <td data-label="Host" class="mono">{ host }</td>
                        <td data-label="Path" class="mono">{ path.path.clone().unwrap_or_default() }</td>
                        <td data-label="Service" class="mono">{ path.backend.name().unwrap_or_default().to_owned() }</td>
                    </tr>
                }) }</tbody>
            </table></div>
        </fieldset>
    }
}
