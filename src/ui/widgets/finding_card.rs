//! A finding: what is wrong, what AKO does, what to do, where, and its fixes with their diffs.

use akoplan::diff::FileDiff;
use akoplan::view::findings::FindingView;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::badge::severity_mark;
use super::diff_view::diff_view;
use super::words::sentence;

/// Properties of [`FindingCard`].
#[derive(PartialEq, Properties)]
pub struct FindingCardProps {
    /// The finding.
    pub finding: FindingView,
    /// Address of its form; none where it is no object.
    #[prop_or_default]
    pub form: Option<AttrValue>,
    /// Address of its line.
    #[prop_or_default]
    pub line: Option<AttrValue>,
    /// Address of the migration that mends it with a report, if there is one.
    #[prop_or_default]
    pub migrate: Option<AttrValue>,
    /// Address of its rule.
    pub rule: AttrValue,
    /// Whether it is the one in hand.
    #[prop_or_default]
    pub current: bool,
    /// The form is to be opened: the focus goes to the field.
    #[prop_or_default]
    pub onform: Callback<()>,
    /// Its fixes.
    #[prop_or_default]
    pub children: Html,
}

/// The card.
#[component]
pub fn FindingCard(props: &FindingCardProps) -> Html {
    let finding = &props.finding;
    let onform = props.onform.reform(|_: MouseEvent| ());
    html! {
        <article id={format!("finding-{}", finding.index)} tabindex="-1"
            class={classes!("finding", format!("finding-{}", finding.severity.name()), props.current.then_some("finding-current"))}>
            <h3>{ severity_mark(finding.severity, false) }<span>{ sentence(&finding.message) }</span></h3>
            <dl>
                if !finding.effect.is_empty() { <div><dt>{ "Effect" }</dt><dd>{ sentence(&finding.effect) }</dd></div> }
                if !finding.help.is_empty() { <div><dt>{ "Do" }</dt><dd>{ sentence(&finding.help) }</dd></div> }
            </dl>
            <p class="finding-place">
                <a href={props.rule.clone()} class="mono">{ finding.code }</a>
                if let Some(form) = &props.form {
                    <a href={form.clone()} onclick={onform}>{ &finding.object }{ field(&finding.path) }</a>
                } else if *finding.object != *finding.file {
                    <span>{ &finding.object }{ field(&finding.path) }</span>
                }
                if let Some(line) = &props.line { <a href={line.clone()} class="mono">{ &finding.place }</a> }
                if let Some(migrate) = &props.migrate { <a href={migrate.clone()}>{ "Migrate: what is kept and lost" }</a> }
                { for finding.related.iter().map(|(place, what)| html! { <span class="dim">{ what }{ " (" }<span class="mono">{ place }</span>{ ")" }</span> }) }
            </p>
            { props.children.clone() }
        </article>
    }
}

fn field(path: &str) -> Html {
    if path.is_empty() {
        html! {}
    } else {
        html! { <>{ " " }<span class="mono">{ path }</span></> }
    }
}

/// Properties of [`FixCard`].
#[derive(PartialEq, Properties)]
pub struct FixCardProps {
    /// What it does.
    pub title: AttrValue,
    /// What it would change; none until it is asked for, nothing where it cannot be applied any more.
    pub diff: Option<Vec<FileDiff>>,
    /// It is opened, or closed.
    pub onopen: Callback<bool>,
    /// It is to be applied.
    pub onfix: Callback<()>,
}

/// A fix with what it would change.
#[component]
pub fn FixCard(props: &FixCardProps) -> Html {
    let ontoggle =
        props.onopen.reform(|event: Event| event.target_unchecked_into::<HtmlElement>().has_attribute("open"));
    let onclick = props.onfix.reform(|_: MouseEvent| ());
    html! {
        <details class="fix" {ontoggle}>
            <summary>{ "Fix: " }{ sentence(&props.title) }</summary>
            if let Some(diff) = &props.diff {
                if diff.is_empty() {
                    <p class="dim">{ "This does not fit the project any more." }</p>
                } else {
                    { diff_view(diff) }
                    <button type="button" class="primary small" {onclick}>{ "Apply this fix" }</button>
                }
            }
        </details>
    }
}
