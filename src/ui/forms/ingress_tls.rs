//! The TLS part of an Ingress: hosts with the Secret of their certificate.

use akoplan::command::Command;
use akoplan::model::Ingress;
use akoplan::syntax::FieldPath;
use akoplan::view::ingresses::add_tls;
use akoplan::workspace::{Address, OfKind};
use yew::prelude::*;

use super::bound::{BoundText, field_id};
use super::bound_more::BoundList;
use crate::ui::store::Store;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::row_buttons::RowButtons;

/// All certificates, and a button for one more.
pub fn ingress_tls(store: &Store, at: &Address) -> Html {
    let dispatch = store.dispatch();
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let Some(ingress) = Ingress::of(&object.value) else { return html! {} };
    let count = ingress.spec.tls.len();
    let onadd = {
        let hosts: Vec<String> = ingress.spec.rules.iter().filter_map(|rule| rule.host.clone()).collect();
        let (dispatch, command) = (dispatch.clone(), add_tls(object, ingress, &hosts));
        Callback::from(move |_: MouseEvent| dispatch.edit("add a certificate", command.clone()))
    };
    let onremove = {
        let at = at.clone();
        Callback::from(move |index: usize| {
            dispatch.edit(
                format!("remove certificate {}", index + 1),
                Command::remove(&at, FieldPath::from("spec.tls").index(index)),
            );
        })
    };
    html! {
        <fieldset>
            <legend>{ "TLS" }</legend>
            if count == 0 { <p class="dim">{ "No certificate: the hosts are served on HTTP." }</p> }
            { for (0..count).map(|index| html! {
                <div class="rule-head" key={index}>
                    <BoundList at={at.clone()} path={format!("spec.tls[{index}].hosts")} label={format!("Hosts of certificate {}", index + 1)}
                        help="`spec.tls[].hosts`, with commas" />
                    <BoundText at={at.clone()} path={format!("spec.tls[{index}].secretName")} label={format!("Secret of certificate {}", index + 1)} mono=true
                        help="`spec.tls[].secretName`: AKO serves the hosts once this Secret exists." />
                    <RowButtons list={field_id(at, "spec.tls")} what={format!("certificate {}", index + 1)} {index} {count} onremove={onremove.clone()} />
                </div>
            }) }
            <div class="actions"><button type="button" onclick={onadd}>{ Icon::Plus.svg() }{ "Add a certificate" }</button></div>
        </fieldset>
    }
}
