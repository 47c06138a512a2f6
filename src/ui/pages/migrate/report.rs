//! What a migration does, part by part; parts without anything are left out.

use akoplan::diagnostic::Severity;
use akoplan::migrate::{Alternative, LandingChange, LandingState, Loss, Mapping, Plan};
use akoplan::view::migrate::severity;
use akoplan::view::review::finding_lines;
use yew::prelude::*;

use crate::ui::pages::places::ROWS;
use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// The report, the worst first.
pub fn report(store: &Store, plan: &Plan) -> Html {
    let warning =
        |text: &str| html! { <>{ severity_mark(Severity::Warning, false) }<span>{ sentence(text) }</span></> };
    let finding = |line: &akoplan::view::review::FindingLine| {
        html! {
            <>
                { severity_mark(line.severity, false) }
                <span><a class="mono" href={Route::with(Section::Rules, line.code).hash()}>{ line.code }</a>{ " " }{ sentence(&line.message) }</span>
            </>
        }
    };
    html! {
        <>
            { part("Not possible", plan.obstacles.iter().map(|it| html! { <>{ severity_mark(Severity::Error, false) }<span>{ sentence(it) }</span></> }).collect()) }
            { part("Where it lands", plan.landings.iter().map(landing).collect()) }
            { part("Lost", plan.lost.iter().map(loss).collect()) }
            { part("Interruptions", plan.interruptions.iter().map(|it| warning(&format!("{}: {}", it.about, it.sentence))).collect()) }
            { part("Findings that come with it", finding_lines(None, &plan.introduced).iter().map(finding).collect()) }
            { part("Other ways", plan.alternatives.iter().map(|it| alternative(store, plan, it)).collect()) }
            { part("In the cluster", plan.steps.iter().map(|it| html! { <span>{ sentence(it) }</span> }).collect()) }
            { part("Kept", plan.kept.iter().map(mapping).collect()) }
        </>
    }
}

/// A heading with its lines, the first of many.
fn part(title: &'static str, lines: Vec<Html>) -> Html {
    if lines.is_empty() {
        return html! {};
    }
    let count = lines.len();
    html! {
        <section class="review-part" aria-label={title}>
            <h4 class="group-title">{ title }<span class="count">{ count }</span></h4>
            <ul class="review-lines">{ for lines.into_iter().take(ROWS).map(|line| html! { <li>{ line }</li> }) }</ul>
            if count > ROWS { <p class="dim">{ format!("{} more; the command akoplan migrate prints all", count - ROWS) }</p> }
        </section>
    }
}

/// From where to where.
fn landing(change: &LandingChange) -> Html {
    let (icon, class) = match severity(change.state) {
        Some(Severity::Error) => (Icon::Error, "is-error"),
        Some(Severity::Warning) => (Icon::Warning, "is-warning"),
        Some(Severity::Info) => (Icon::Info, "is-info"),
        None => (Icon::Check, "is-good"),
    };
    let place = |place: &Option<String>| sentence(place.as_deref().unwrap_or("nothing"));
    html! {
        <>
            <span class={classes!("mark", class)}>{ icon.svg() }{ change.state.word() }</span>
            <span>
                <span class="mono">{ &change.subject }</span>
                if change.state != LandingState::Stays { <br /><span class="dim">{ "from " }</span>{ place(&change.from) } }
                <br /><span class="dim">{ if change.state == LandingState::Stays { "on " } else { "to " } }</span>{ place(&change.to) }
                if let Some(address) = &change.address { <span class="dim">{ ", asking for " }</span><span class="mono">{ address }</span> }
            </span>
        </>
    }
}

/// What is lost, why, and where AKO or Kubernetes has that.
fn loss(loss: &Loss) -> Html {
    html! {
        <>
            { severity_mark(Severity::Warning, false) }
            <span>
                <span class="mono">{ &loss.about }</span>{ ": " }{ sentence(&loss.what) }
                if !loss.reason.is_empty() { <br /><span class="dim">{ "because " }</span>{ sentence(&loss.reason) } }
                if !loss.source.is_empty() { <br /><span class="dim">{ &loss.source }</span> }
            </span>
        </>
    }
}

fn mapping(mapping: &Mapping) -> Html {
    html! {
        <>
            <span class="mark is-good">{ Icon::Check.svg() }{ "kept" }</span>
            <span><span class="mono">{ &mapping.object }</span><br />{ sentence(&mapping.from) }<span class="dim">{ " → " }</span>{ sentence(&mapping.to) }</span>
        </>
    }
}

/// Another way; where it is offered for one of the objects, with a link.
fn alternative(store: &Store, plan: &Plan, alternative: &Alternative) -> Html {
    let item = alternative.migration.and_then(|migration| {
        let groups = akoplan::view::migrate::groups(store.workspace());
        let items = plan.objects.iter().map(|object| format!("{} {object}", migration.name()));
        items.into_iter().find(|item| akoplan::view::migrate::find(&groups, item).is_some())
    });
    html! {
        <span>
            { sentence(&alternative.words) }
            if let Some(item) = item { { " " }<a href={Route::with(Section::Migrate, item).hash()}>{ "Look at it" }</a> }
        </span>
    }
}
