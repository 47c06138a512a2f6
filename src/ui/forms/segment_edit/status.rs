//! What AKO says of a setting: Accepted, or Rejected with its words.

use akoplan::ako::ObjectStatus;
use yew::prelude::*;

use crate::ui::store::use_store;
use crate::ui::widgets::icon::{Icon, IconName};

/// Properties of [`Status`].
#[derive(PartialEq, Properties)]
pub struct StatusProps {
    /// Name of the AviInfraSetting.
    pub setting: AttrValue,
}

/// The status by the prediction; nothing where it has none.
#[component]
pub fn Status(props: &StatusProps) -> Html {
    let store = use_store();
    let key = format!("AviInfraSetting/{}", props.setting);
    let Some(ObjectStatus::InfraSetting { status, error }) = store.analysis.prediction.objects.get(&key) else {
        return html! {};
    };
    let (icon, class) = if status == "Accepted" { (IconName::Check, "is-good") } else { (IconName::Error, "is-error") };
    html! {
        <span class={classes!("mark", class)} title="What AKO would write to status.status">
            <Icon name={icon} /><span>{ status }</span>
            if !error.is_empty() { <span class="status-error">{ error }</span> }
        </span>
    }
}
