//! State by colour and icon and word.

use akoplan::diagnostic::Severity;
use yew::prelude::*;

use super::icon::{Icon, IconName};

/// Properties of [`SeverityMark`].
#[derive(PartialEq, Properties)]
pub struct SeverityMarkProps {
    /// How bad.
    pub severity: Severity,
    /// Whether the word is shown, not only spoken.
    #[prop_or_default]
    pub word: bool,
}

/// The icon of a severity, with its word.
#[component]
pub fn SeverityMark(props: &SeverityMarkProps) -> Html {
    let (icon, class) = match props.severity {
        Severity::Error => (IconName::Error, "is-error"),
        Severity::Warning => (IconName::Warning, "is-warning"),
        Severity::Info => (IconName::Info, "is-info"),
    };
    html! {
        <span class={classes!("mark", class)}>
            <Icon name={icon} />
            <span class={(!props.word).then_some("visually-hidden")}>{ props.severity.name() }</span>
        </span>
    }
}

/// Properties of [`StateMark`].
#[derive(PartialEq, Properties)]
pub struct StateMarkProps {
    /// The worst finding; `None` is good.
    pub worst: Option<Severity>,
    /// The word for good.
    #[prop_or(AttrValue::Static("good"))]
    pub good: AttrValue,
}

/// The state of an object: its worst finding, or a tick.
#[component]
pub fn StateMark(props: &StateMarkProps) -> Html {
    match props.worst {
        Some(severity) => html! { <SeverityMark {severity} word=true /> },
        None => html! { <span class="mark is-good"><Icon name={IconName::Check} /><span>{ &props.good }</span></span> },
    }
}
