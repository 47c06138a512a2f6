//! State by colour and icon and word.

use akoplan::diagnostic::Severity;
use yew::prelude::*;

use super::icon::Icon;

/// The icon of a severity, with its word.
pub fn severity_mark(severity: Severity, word: bool) -> Html {
    let (icon, class) = match severity {
        Severity::Error => (Icon::Error, "is-error"),
        Severity::Warning => (Icon::Warning, "is-warning"),
        Severity::Info => (Icon::Info, "is-info"),
    };
    html! {
        <span class={classes!("mark", class)}>
            { icon.svg() }
            <span class={(!word).then_some("visually-hidden")}>{ severity.name() }</span>
        </span>
    }
}

/// The state of an object: its worst finding, or a tick.
pub fn state_mark(worst: Option<Severity>, good: &str) -> Html {
    match worst {
        Some(severity) => severity_mark(severity, true),
        None => html! { <span class="mark is-good">{ Icon::Check.svg() }<span>{ good }</span></span> },
    }
}
