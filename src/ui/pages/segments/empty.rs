//! What stands in the place of the table while there is no segment.

use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::widgets::icon::Icon;

/// What belongs here, and the ways to get it.
pub fn empty_place() -> Html {
    html! {
        <div class="empty">
            <p>{ "A segment is an AviInfraSetting: an SE group, a VIP network and the CIDR that VIPs are taken from, with a \
                  GatewayClass and an IngressClass that lead to it." }</p>
            <div class="actions">
                <button type="button" class="primary" onclick={super::go(Route::with(Section::Segments, super::NEW))}>
                    { Icon::Plus.svg() }{ "Define the first segment" }
                </button>
                <a class="button" href={Route::to(Section::Import).hash()}>{ "Import what you have" }</a>
            </div>
        </div>
    }
}
