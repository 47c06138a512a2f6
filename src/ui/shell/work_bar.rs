//! What takes time: what it is, how far it is, and the way to break it off.

use gloo::timers::callback::Interval;
use yew::prelude::*;

use crate::ui::shared::Shared;
use crate::ui::store::{Action, Work, use_dispatch};

/// How often it looks, in milliseconds; what ends before is not shown at all.
const LOOK: u32 = 150;

/// Properties of [`WorkBar`].
#[derive(PartialEq, Properties)]
pub struct WorkBarProps {
    /// The work in hand.
    pub work: Shared<Work>,
}

/// The bar. It looks by itself, so that nothing else is drawn anew.
#[component]
pub fn WorkBar(props: &WorkBarProps) -> Html {
    let dispatch = use_dispatch();
    let measure = use_state(|| None);
    {
        let measure = measure.setter();
        use_effect_with(props.work.clone(), move |work| {
            let progress = work.progress.clone();
            let timer = Interval::new(LOOK, move || measure.set(Some(progress.measure())));
            move || drop(timer)
        });
    }
    let Some(measure) = *measure else { return html! {} };
    let oncancel = Callback::from(move |_: MouseEvent| dispatch.send(Action::Cancel));
    html! {
        <div class="work-bar" role="region" aria-label="Work in hand">
            // Said once; the rest is there to be looked at.
            <p role="status" id="work-label">{ &props.work.label }</p>
            <progress max="100" value={measure.percent().to_string()} aria-labelledby="work-label" />
            <span class="dim">{ measure.words() }</span>
            if props.work.can_cancel { <button type="button" onclick={oncancel}>{ "Cancel" }</button> }
        </div>
    }
}
