//! Where something lands: a mark, a line, and the chain of hops as boxes from left to right.

use akoplan::ako::HopState;
use akoplan::view::landing::{HopView, LandingLine, LandingState, LandingView as View};
use yew::prelude::*;

use super::icon::Icon;
use super::words::sentence;

/// The state by colour and icon and word.
pub fn landing_mark(state: LandingState) -> Html {
    let (icon, class) = match state {
        LandingState::NotServed | LandingState::Elsewhere => (Icon::Error, "is-error"),
        LandingState::Global => (Icon::Info, "is-info"),
        LandingState::Lands => (Icon::Check, "is-good"),
        LandingState::Open | LandingState::NotForAko => (Icon::Info, "dim"),
    };
    html! { <span class={classes!("mark", class)}>{ icon.svg() }<span>{ state.word() }</span></span> }
}

/// Lines for the cell of a table; a dash where there is none.
pub fn landing_lines(lines: &[LandingLine]) -> Html {
    if lines.is_empty() {
        return html! { <span class="dim">{ "–" }</span> };
    }
    html! {
        <ul class="trace-lines">
            { for lines.iter().map(|line| html! { <li title={line.text.clone()}>{ landing_line_view(line, true) }</li> }) }
        </ul>
    }
}

/// The mark, what lands, the arrow, where.
pub fn landing_line_view(line: &LandingLine, short: bool) -> Html {
    let text = if short { &line.short } else { &line.text };
    html! {
        <span class="trace-line">
            { landing_mark(line.state) }
            if !line.subject.is_empty() { <span class="mono">{ &line.subject }</span> }
            if !text.is_empty() {
                <span class="trace-text">
                    if line.state.is_somewhere() { <span class="dim">{ "→ " }</span> }
                    { sentence(text) }
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

/// The line, and below it the boxes.
pub fn landing_view(landing: &View, links: &[HopLinks], open: bool) -> Html {
    html! {
        <details class="trace" open={open}>
            <summary>{ landing_line_view(&landing.line, false) }</summary>
            { chain_view(landing, links) }
        </details>
    }
}

/// The boxes, and what it is meant for.
pub fn chain_view(landing: &View, links: &[HopLinks]) -> Html {
    html! {
        <>
            if !landing.hops.is_empty() {
                <ol class="chain" aria-label={format!("The way of {}", landing.line.subject)}>
                    { for landing.hops.iter().zip(links).map(|(hop, links)| hop_box(hop, links)) }
                </ol>
            }
            if !landing.intended.is_empty() { <p class="help">{ sentence(&landing.intended) }</p> }
        </>
    }
}

/// One hop: what it arrives at, AKO's reason, and on demand the field and the source.
fn hop_box(hop: &HopView, links: &HopLinks) -> Html {
    let (class, mark) = match hop.state {
        HopState::Good => ("hop", None),
        HopState::FallBack => ("hop hop-fall-back", Some((Icon::Warning, "is-warning", "falls back"))),
        HopState::Broken => ("hop hop-broken", Some((Icon::Error, "is-error", "broken"))),
    };
    let name = html! { <span class="mono">{ &hop.name }</span> };
    html! {
        <li {class}>
            <span class="hop-kind">
                { &hop.kind }
                if let Some((icon, class, word)) = mark { <span class={classes!("mark", class)}>{ icon.svg() }{ word }</span> }
            </span>
            if let Some(object) = &links.object { <a href={object.clone()}>{ name }</a> } else { { name } }
            if hop.state != HopState::Good { <p>{ sentence(&hop.reason) }</p> }
            <details>
                <summary>{ "Why" }<span class="visually-hidden">{ format!(" {}", hop.name) }</span></summary>
                if hop.state == HopState::Good { <p>{ sentence(&hop.reason) }</p> }
                if !hop.path.is_empty() {
                    <p>if let Some(line) = &links.line { <a class="mono" href={line.clone()}>{ &hop.path }</a> } else { <code>{ &hop.path }</code> }</p>
                }
                <p class="dim">{ &hop.source }</p>
            </details>
        </li>
    }
}
