//! Overview: what lands elsewhere than meant, and each network with what is on it.

use akoplan::ako::Via;
use akoplan::view::overview::{Damaged, LandingLine, Lane, Overview, looking};
use yew::prelude::*;

use crate::ui::computed::{Project, computing, use_computed, use_gradually};
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::store::use_store;
use crate::ui::widgets::badge::{severity_mark, state_mark};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// So many lanes are drawn before the browser may do something else.
const LANES_AT_ONCE: usize = 4;

/// The place.
#[component]
pub fn OverviewPlace() -> Html {
    let store = use_store();
    let view =
        use_computed(&store, Project::of(&store), |it| async move { looking(&it.workspace, &it.analysis).await });
    let view = view.latest().cloned();
    let lanes = use_gradually(view.as_ref().map_or(0, |view| view.lanes.len()), LANES_AT_ONCE);
    let prediction = &store.analysis.prediction;
    html! {
        <>
            <header class="place-head">
                <h2>{ "Overview" }</h2>
                <a class="button" href={Route::to(Section::Landings).hash()}>{ "All landings" }</a>
                <a class="button" href={Route::with(Section::Services, "expose").hash()}>{ "Expose a service" }</a>
                <a class="button" href={Route::with(Section::Segments, "new").hash()}>{ "New segment" }</a>
            </header>
            if let Some((words, crash)) = prediction.fatal() {
                <section class="banner banner-error" aria-label={words}>
                    <h3>{ format!("{words} on this input") }</h3>
                    <p>{ sentence(&crash.reason) }{ " " }<span class="mono">{ &crash.object }</span>{ ", " }<span class="mono">{ &crash.source }</span></p>
                </section>
            }
            if let Some(view) = view {
                { wrong_landings(&view.wrong, view.wrong_count, &view.damaged) }
                <section class="lanes" aria-label="Segments with what lands on them">
                    { for (0..lanes).map(|at| html! { <LaneCard key={view.lanes[at].title.clone()} view={view.clone()} {at} /> }) }
                </section>
                { more(view.more_segments, "segment", Section::Segments) }
            } else {
                { computing() }
            }
            if !prediction.assumptions.is_empty() {
                <details class="card">
                    <summary>{ format!("What is taken for granted ({})", prediction.assumptions.len()) }</summary>
                    <ul>{ for prediction.assumptions.iter().map(|assumption| html! {
                        <li><span class="mono">{ &assumption.about }</span>{ ": " }{ sentence(&assumption.sentence) }</li>
                    }) }</ul>
                </details>
            }
        </>
    }
}

/// What does not land where it is meant to: the first thing to see.
fn wrong_landings(lines: &[LandingLine], wrong: usize, damaged: &[Damaged]) -> Html {
    let all = wrong + damaged.len();
    if all == 0 {
        return html! {};
    }
    html! {
        <section class="banner banner-error" aria-label="Not where it is meant to be">
            <h3>{ format!("{} not where meant", count(all, "landing")) }</h3>
            <ul>{ for lines.iter().map(|line| html! { <li>
                <a class="mono" href={route(line).hash()}>{ &line.subject }</a>{ sentence(line.sentence.strip_prefix(&*line.subject).unwrap_or_default()) }
            </li> }) }
            { for damaged.iter().map(|it| {
                let place = format!("{}:{}", it.file, it.line);
                html! { <li>
                    <a class="mono" href={Route::with(Section::Yaml, place.clone()).hash()}>{ &it.subject }</a>
                    { sentence(it.sentence.strip_prefix(&*it.subject).unwrap_or_default()) }
                    { format!(", once {place} can be read") }
                </li> }
            }) }</ul>
            { more(wrong - lines.len(), "landing", Section::Findings) }
        </section>
    }
}

/// Properties of [`LaneCard`].
#[derive(PartialEq, Properties)]
struct LaneCardProps {
    /// The overview.
    view: Shared<Overview>,
    /// The lane's place in it.
    at: usize,
}

/// A network with what is on it; not drawn again when others come.
#[component]
fn LaneCard(props: &LaneCardProps) -> Html {
    props.view.lanes.get(props.at).map(lane_card).unwrap_or_default()
}

fn lane_card(lane: &Lane) -> Html {
    let title = match &lane.address {
        Some(address) => html! { <a href={Route::object(Section::Segments, address).hash()}>{ &lane.title }</a> },
        None => html! { { &lane.title } },
    };
    html! {
        <article key={lane.title.clone()} class="lane card">
            <header class="lane-head">
                <h3>{ title }</h3>
                if lane.setting.is_some() { { state_mark(lane.worst, "defined") } }
                else if let Some(severity) = lane.worst { { severity_mark(severity, true) } }
                <span class="mono lane-network">{ &lane.network }</span>
            </header>
            if !lane.gateways.is_empty() {
                <ul class="lane-landings">{ for lane.gateways.iter().map(|gateway| html! {
                    <li key={gateway.name.clone()}>
                        { Icon::Gateway.svg() }<a class="mono" href={Route::object(Section::Gateways, &gateway.address).hash()}>{ &gateway.name }</a>
                        <span class="dim">{ &gateway.listeners }</span>
                        if let Some(severity) = gateway.worst { { severity_mark(severity, false) } }
                    </li>
                }) }</ul>
                { more(lane.more_gateways, "Gateway", Section::Gateways) }
            }
            if lane.landings.is_empty() {
                <p class="dim">{ "Nothing lands here yet." }</p>
            } else {
                <ul class="lane-landings">{ for lane.landings.iter().map(lane_line) }</ul>
                { more(lane.more_landings, "landing", Section::Services) }
            }
        </article>
    }
}

/// How many more there are, and where.
fn more(count: usize, what: &str, place: Section) -> Html {
    if count == 0 {
        return html! {};
    }
    let plural = if count == 1 { "" } else { "s" };
    html! { <p><a href={Route::to(place).hash()}>{ format!("{count} more {what}{plural} in {}", place.name()) }</a></p> }
}

fn lane_line(line: &LandingLine) -> Html {
    let wrong = line.as_intended == Some(false);
    html! {
        <li class={wrong.then_some("is-wrong")}>
            if wrong { { severity_mark(akoplan::diagnostic::Severity::Error, false) } }
            <a class="mono" href={route(line).hash()}>{ &line.subject }</a>
            <span class="dim">{ &line.via }</span>
        </li>
    }
}

fn route(line: &LandingLine) -> Route {
    match line.via_kind {
        Via::Ingress | Via::GatewayApi => Route::object(Section::Ingresses, &line.address),
        Via::Gateway | Via::LoadBalancer | Via::SharedVip => Route::object(Section::Services, &line.address),
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what} is") } else { format!("{number} {what}s are") }
}
