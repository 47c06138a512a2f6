//! What became of the files of an import.

use akoplan::import::{Noted, Skipped};
use yew::prelude::*;

use super::Report;
use crate::ui::route::{Route, Section};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// Of a folder with very many other files the first are enough to see what they are.
const MOST_LINES: usize = 50;

/// The report; nothing where there is nothing to tell.
pub fn report_view(report: &Report) -> Html {
    let Report { taken, notes, skipped } = report;
    if notes.is_empty() && skipped.is_empty() {
        return html! {};
    }
    html! {
        <section class="card import-report" aria-labelledby="import-report" role="status">
            <h3 id="import-report">{ format!("{} taken, {} left out", count(*taken), skipped.len()) }</h3>
            { lines("Of the files that were taken", notes.iter().map(|Noted { name, note }| (name, format!(" {note}"))).collect()) }
            { lines("Left out", skipped.iter().map(|Skipped { name, why }| (name, format!(": {why}"))).collect()) }
            <p class="actions">
                <a class="button" href={Route::to(Section::Overview).hash()}>{ Icon::Overview.svg() }{ "Overview" }</a>
                <a class="button" href={Route::to(Section::Findings).hash()}>{ "Findings" }</a>
                <a class="button" href={Route::to(Section::Yaml).hash()}>{ Icon::Code.svg() }{ "The files" }</a>
            </p>
        </section>
    }
}

fn count(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}

fn lines(title: &str, lines: Vec<(&String, String)>) -> Html {
    if lines.is_empty() {
        return html! {};
    }
    let more = lines.len().saturating_sub(MOST_LINES);
    html! {
        <>
            <h4>{ title }</h4>
            <ul class="bullets">
                { for lines.into_iter().take(MOST_LINES).map(|(name, words)| html! {
                    <li><span class="mono">{ if name.is_empty() { "the rest" } else { name } }</span>{ sentence(&words) }</li>
                }) }
                if more > 0 { <li>{ format!("and {more} more") }</li> }
            </ul>
        </>
    }
}
