//! A reviewed change: findings, landings, interruptions, objects, text.

use akoplan::review::{Change, Move, Review};
use akoplan::view::review::{FindingLine, MoveState, finding_lines, summary, text_changes};
use akoplan::workspace::Workspace;
use yew::prelude::*;

use crate::ui::pages::places::ROWS;
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::diff_view::diff_view;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// A review with what was compared.
pub struct Reviewed {
    /// The review.
    pub review: Review,
    /// What was before.
    pub old: Workspace,
    /// What comes after.
    pub new: Workspace,
    /// One of both is a second import, whose files may have other names.
    pub is_second: bool,
    /// The project in hand is what comes after: its lines can be jumped to.
    pub is_project_new: bool,
}

/// All parts; those without anything are left out.
pub fn review_result(reviewed: &Shared<Reviewed>) -> Html {
    let review = &reviewed.review;
    let (new, old) = if reviewed.is_project_new { (Some(&reviewed.new), None) } else { (None, Some(&reviewed.old)) };
    if review.is_empty() {
        return html! { <p class="empty">{ "There is no difference." }</p> };
    }
    let findings =
        |title: &str, workspace, list| part(title, finding_lines(workspace, list).iter().map(finding_line).collect());
    html! {
        <>
            <p role="status"><strong>{ summary(review) }</strong></p>
            { part("Interruptions", review.interruptions.iter().map(|it| html! {
                <>{ severity_mark(akoplan::diagnostic::Severity::Warning, false) }<span><span class="mono">{ &it.about }</span>{ ": " }{ sentence(&it.sentence) }</span></>
            }).collect()) }
            { part("Landings that move", review.moves.iter().map(moved).collect()) }
            { findings("Findings introduced", new, &review.introduced) }
            { findings("Findings fixed", old, &review.fixed) }
            { part("Comes out otherwise than one would expect", review.notices.iter().map(|notice| html! {
                <>{ severity_mark(akoplan::diagnostic::Severity::Warning, false) }<span>{ sentence(&akoplan::view::sentence(notice)) }</span></>
            }).collect()) }
            { part("Objects", review.objects.iter().map(|object| html! {
                <>{ change_mark(object.change) }<span class="mono">{ &object.object }</span></>
            }).collect()) }
            if !review.unchanged.is_empty() {
                <details>
                    <summary>{ format!("Findings unchanged ({})", review.unchanged.len()) }</summary>
                    { findings("Findings unchanged", new.or(old), &review.unchanged) }
                </details>
            }
            { text(reviewed) }
        </>
    }
}

/// A heading with its lines, the first of many.
fn part(title: &str, lines: Vec<Html>) -> Html {
    if lines.is_empty() {
        return html! {};
    }
    let count = lines.len();
    html! {
        <section class="review-part" aria-label={title.to_owned()}>
            <h3 class="group-title">{ title.to_owned() }<span class="count">{ count }</span></h3>
            <ul class="review-lines">{ for lines.into_iter().take(ROWS).map(|line| html! { <li>{ line }</li> }) }</ul>
            if count > ROWS { <p class="dim">{ format!("{} more; the command akoplan diff prints all", count - ROWS) }</p> }
        </section>
    }
}

fn finding_line(line: &FindingLine) -> Html {
    html! {
        <>
            { severity_mark(line.severity, false) }
            <span>
                <a class="mono" href={Route::with(Section::Rules, line.code).hash()}>{ line.code }</a>{ " " }{ sentence(&line.message) }
                { " " }<span class="mono dim">{ &line.object }</span>
                if let Some((file, number)) = &line.place {
                    { " " }<a href={Route::with(Section::Yaml, format!("{file}:{number}")).hash()}>{ format!("{file}:{number}") }</a>
                }
            </span>
        </>
    }
}

/// From where to where.
fn moved(landing: &Move) -> Html {
    let state = MoveState::of(landing);
    let (icon, class) = match state.severity() {
        Some(akoplan::diagnostic::Severity::Error) => (Icon::Error, "is-error"),
        Some(_) => (Icon::Warning, "is-warning"),
        None => (Icon::Check, "is-good"),
    };
    let place = |place: &Option<String>| sentence(place.as_deref().unwrap_or("nothing"));
    html! {
        <>
            <span class={classes!("mark", class)}>{ icon.svg() }{ state.word() }</span>
            <span>
                <span class="mono">{ &landing.subject }</span>
                <br /><span class="dim">{ "from " }</span>{ place(&landing.from) }
                <br /><span class="dim">{ "to " }</span>{ place(&landing.to) }
                if landing.written.is_some() { <br /><span class="dim">{ "the manifests lead to " }</span>{ place(&landing.written) } }
            </span>
        </>
    }
}

fn change_mark(change: Change) -> Html {
    let (icon, class) = match change {
        Change::Added => (Icon::Plus, "is-good"),
        Change::Changed => (Icon::Settings, "is-info"),
        Change::Removed => (Icon::Trash, "is-error"),
    };
    html! { <span class={classes!("mark", class)}>{ icon.svg() }{ change.word() }</span> }
}

/// More changed files than this are named only.
const MOST_FILES: usize = 40;

fn text(reviewed: &Reviewed) -> Html {
    let shown = text_changes(&reviewed.review, &reviewed.old, &reviewed.new, reviewed.is_second);
    let left = reviewed.review.files.len() - shown.len().min(MOST_FILES);
    let files: Vec<_> = shown.into_iter().take(MOST_FILES).cloned().collect();
    html! {
        <section class="review-part" aria-label="Text">
            <h3 class="group-title">{ "Text" }<span class="count">{ reviewed.review.files.len() }</span></h3>
            { diff_view(&files) }
            if left > 0 { <p class="dim">{ format!("{left} more: only one side has a file of that name, or there are too many to show") }</p> }
        </section>
    }
}
