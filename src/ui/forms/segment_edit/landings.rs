//! What lands on a segment, one line each.

use akoplan::ako::Landing;
use akoplan::segment;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// What lands here, and what is meant for here and does not.
pub fn landing_list(store: &Store, setting: &str) -> Html {
    let landed = segment::landed(&store.analysis.prediction, setting);
    html! {
        <div class="segment-part">
            <h4>{ "What lands here" }</h4>
            if landed.here.is_empty() && landed.elsewhere.is_empty() {
                <p class="dim">{ "Nothing yet. " }
                    <a href={Route::to(Section::Services).hash()}>{ "Expose a service" }</a>{ " on this segment." }</p>
            }
            <ul class="segment-landings">
                { for landed.elsewhere.iter().map(|landing| line(landing, false)) }
                { for landed.here.iter().map(|landing| line(landing, true)) }
            </ul>
        </div>
    }
}

fn line(landing: &Landing, here: bool) -> Html {
    let (icon, class, word) =
        if here { (Icon::Check, "is-good", "lands here: ") } else { (Icon::Error, "is-error", "does not land here: ") };
    let section = if landing.subject.object.starts_with("Ingress/") { Section::Ingresses } else { Section::Services };
    let href = Route::object(section, &landing.subject.address).hash();
    html! {
        <li>
            <span class={classes!("mark", class)}>{ icon.svg() }<span class="visually-hidden">{ word }</span></span>
            <a class="mono segment-landing" {href}>{ sentence(&landing.to_string()) }</a>
        </li>
    }
}
