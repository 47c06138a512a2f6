//! Where something lands: a mark, a line, and the chain of hops as boxes from left to right.

use akoplan::ako::HopState;
use akoplan::view::landing::{HopView, LandingLine, LandingState, LandingView as View};
use yew::prelude::*;

use super::icon::{Icon, IconName};
use super::words::Words;

/// Properties of [`LandingMark`].
#[derive(PartialEq, Properties)]
pub struct LandingMarkProps {
    /// What became of it.
    pub state: LandingState,
}

/// The state by colour and icon and word.
#[component]
pub fn LandingMark(props: &LandingMarkProps) -> Html {
    let (icon, class) = match props.state {
        LandingState::NotServed | LandingState::Elsewhere => (IconName::Error, "is-error"),
        LandingState::Global => (IconName::Info, "is-info"),
        LandingState::Lands => (IconName::Check, "is-good"),
        LandingState::NotForAko => (IconName::Info, "dim"),
    };
    html! { <span class={classes!("mark", class)}><Icon name={icon} /><span>{ props.state.word() }</span></span> }
}

/// Properties of [`LandingLines`].
#[derive(PartialEq, Properties)]
pub struct LandingLinesProps {
    /// The lines.
    pub lines: Vec<LandingLine>,
}

/// Lines for the cell of a table; a dash where there is none.
#[component]
pub fn LandingLines(props: &LandingLinesProps) -> Html {
    if props.lines.is_empty() {
        return html! { <span class="dim">{ "–" }</span> };
    }
    html! {
        <ul class="trace-lines">
            { for props.lines.iter().map(|line| html! { <li title={line.text.clone()}><LandingLineView line={line.clone()} short=true /></li> }) }
        </ul>
    }
}

/// Properties of [`LandingLineView`].
#[derive(PartialEq, Properties)]
pub struct LandingLineViewProps {
    /// The line.
    pub line: LandingLine,
    /// Without the reasons: for a table.
    #[prop_or_default]
    pub short: bool,
}

/// The mark, what lands, the arrow, where.
#[component]
pub fn LandingLineView(props: &LandingLineViewProps) -> Html {
    let line = &props.line;
    let text = if props.short { &line.short } else { &line.text };
    html! {
        <span class="trace-line">
            <LandingMark state={line.state} />
            if !line.subject.is_empty() { <span class="mono">{ &line.subject }</span> }
            if !text.is_empty() {
                <span class="trace-text">
                    if line.state.is_somewhere() { <span class="dim">{ "→ " }</span> }
                    <Words text={text.clone()} />
                </span>
            }
        </span>
    }
}

/// Addresses of a hop's links.
#[derive(Clone, Default, PartialEq)]
pub struct HopLinks {
    /// The object's form or line.
    pub object: Option<AttrValue>,
    /// The line of the field that decided.
    pub line: Option<AttrValue>,
}

/// Properties of [`LandingView`].
#[derive(PartialEq, Properties)]
pub struct LandingViewProps {
    /// The landing.
    pub landing: View,
    /// Links of its hops, in order.
    pub links: Vec<HopLinks>,
    /// Whether the boxes are shown from the start.
    #[prop_or_default]
    pub open: bool,
}

/// The line, and below it the boxes.
#[component]
pub fn LandingView(props: &LandingViewProps) -> Html {
    let landing = &props.landing;
    html! {
        <details class="trace" open={props.open}>
            <summary><LandingLineView line={landing.line.clone()} /></summary>
            if !landing.hops.is_empty() {
                <ol class="chain" aria-label={format!("The way of {}", landing.line.subject)}>
                    { for landing.hops.iter().zip(&props.links).map(|(hop, links)| html! {
                        <HopBox hop={hop.clone()} links={links.clone()} />
                    }) }
                </ol>
            }
            if !landing.intended.is_empty() { <p class="help"><Words text={landing.intended.clone()} /></p> }
        </details>
    }
}

#[derive(PartialEq, Properties)]
struct HopBoxProps {
    hop: HopView,
    links: HopLinks,
}

/// One hop: what it arrives at, AKO's reason, and on demand the field and the source.
#[component]
fn HopBox(props: &HopBoxProps) -> Html {
    let HopBoxProps { hop, links } = props;
    let (class, mark) = match hop.state {
        HopState::Good => ("hop", None),
        HopState::FallBack => ("hop hop-fall-back", Some((IconName::Warning, "is-warning", "falls back"))),
        HopState::Broken => ("hop hop-broken", Some((IconName::Error, "is-error", "broken"))),
    };
    let name = html! { <span class="mono">{ &hop.name }</span> };
    html! {
        <li {class}>
            <span class="hop-kind">
                { &hop.kind }
                if let Some((icon, class, word)) = mark { <span class={classes!("mark", class)}><Icon name={icon} />{ word }</span> }
            </span>
            if let Some(object) = &links.object { <a href={object.clone()}>{ name }</a> } else { { name } }
            if hop.state != HopState::Good { <p><Words text={hop.reason.clone()} /></p> }
            <details>
                <summary>{ "Why" }<span class="visually-hidden">{ format!(" {}", hop.name) }</span></summary>
                if hop.state == HopState::Good { <p><Words text={hop.reason.clone()} /></p> }
                if !hop.path.is_empty() {
                    <p>if let Some(line) = &links.line { <a class="mono" href={line.clone()}>{ &hop.path }</a> } else { <code>{ &hop.path }</code> }</p>
                }
                <p class="dim">{ &hop.source }</p>
            </details>
        </li>
    }
}
