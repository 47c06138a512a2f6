//! What AKO says of a setting: Accepted, or Rejected with its words.

use akoplan::ako::ObjectStatus;
use yew::prelude::*;

use crate::ui::store::Store;
use crate::ui::widgets::icon::Icon;

/// The status by the prediction; nothing where it has none.
pub fn status_marks(store: &Store, setting: &str) -> Html {
    let key = format!("AviInfraSetting/{setting}");
    let Some(ObjectStatus::InfraSetting { status, error }) = store.analysis.prediction.objects.get(&key) else {
        return html! {};
    };
    let (icon, class) = if status == "Accepted" { (Icon::Check, "is-good") } else { (Icon::Error, "is-error") };
    html! {
        <span class={classes!("mark", class)} title="What AKO would write to status.status">
            { icon.svg() }<span>{ status }</span>
            if !error.is_empty() { <span class="status-error">{ error }</span> }
        </span>
    }
}
