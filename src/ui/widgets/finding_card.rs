//! A finding: what is wrong, what AKO does, what to do, where, and its fixes with their diffs.

use akoplan::diff::FileDiff;
use akoplan::view::findings::FindingView;
use yew::prelude::*;

use super::badge::severity_mark;
use super::diff_view::diff_view;
use super::words::sentence;

/// Properties of [`FindingCard`].
#[derive(PartialEq, Properties)]
pub struct FindingCardProps {
    /// The finding.
    pub finding: FindingView,
    /// What its fixes would change, in their order; empty where one cannot be applied any more.
    #[prop_or_default]
    pub diffs: Vec<Vec<FileDiff>>,
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
    /// A fix is to be applied, by its place.
    pub onfix: Callback<usize>,
    /// The form is to be opened: the focus goes to the field.
    #[prop_or_default]
    pub onform: Callback<()>,
    /// Fixes that ask, below the others.
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
            { fix_list(&finding.fixes, &props.diffs, &props.onfix) }
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

/// Each fix with what it would change.
fn fix_list(titles: &[String], diffs: &[Vec<FileDiff>], onfix: &Callback<usize>) -> Html {
    html! {
        { for titles.iter().enumerate().filter_map(|(at, title)| {
            let diff = diffs.get(at).filter(|diff| !diff.is_empty())?;
            let onclick = onfix.reform(move |_: MouseEvent| at);
            Some(html! {
                // Another finding that comes to stand here has its own fixes, and they are closed.
                <details class="fix" key={format!("{at} {title}")}>
                    <summary>{ "Fix: " }{ sentence(title) }</summary>
                    { diff_view(diff) }
                    <button type="button" class="primary small" {onclick}>{ "Apply this fix" }</button>
                </details>
            })
        }) }
    }
}
