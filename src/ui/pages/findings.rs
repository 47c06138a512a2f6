//! Findings: everything that is wrong, grouped, searched, mended.

mod several;

use akoplan::view::findings::{FindingGroup, GroupBy, grouping, keys, shorten};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::computed::{use_computed, use_gradually};
use crate::ui::object_findings::StoredFinding;
use crate::ui::pages::places::more_button;
use crate::ui::route::use_route;
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::field::{SelectField, TextField};
use several::SeveralFixes;

/// How many cards are drawn at first: each is some lines.
const CARDS: usize = 50;
/// So many of them before the browser may do something else.
const CARDS_AT_ONCE: usize = 4;

/// The place.
#[component]
pub fn Findings() -> Html {
    let store = use_store();
    let route = use_route();
    let by = use_state(GroupBy::default);
    let search = use_state(String::new);
    let limit = use_state(|| CARDS);
    let current = route.item.as_ref().and_then(|item| item.parse::<usize>().ok());
    let groups =
        use_computed(&store, (store.analysis.clone(), *by, (*search).clone()), |(analysis, by, search)| async move {
            grouping(&analysis, by, &search).await
        });
    let mut groups = groups.latest().map(|groups| (**groups).clone()).unwrap_or_default();
    let count: usize = groups.iter().map(|group| group.count).sum();
    let at_once = if store.workspace().is_large() { CARDS_AT_ONCE } else { CARDS };
    let drawn = use_gradually(count.min(*limit), at_once);
    shorten(&mut groups, drawn, current);
    // Cards that come may move others, which takes the focus away: it is given once all are there.
    use_effect_with((current, drawn == count.min(*limit)), |(current, is_whole)| {
        if let Some(current) = current.filter(|_| *is_whole) {
            browser::focus_later(&format!("#finding-{current}"));
        }
    });
    let onsearch = {
        let search = search.setter();
        Callback::from(move |text: String| search.set(text))
    };
    let onby = {
        let by = by.setter();
        Callback::from(move |word: String| by.set(GroupBy::of(&word)))
    };
    let options: Vec<(AttrValue, AttrValue)> =
        GroupBy::ALL.iter().map(|(_, word)| (AttrValue::Static(word), AttrValue::Static(word))).collect();
    html! {
        <>
            <header class="place-head">
                <h2>{ "Findings" }</h2>
                <span class="dim">{ "F8 goes to the next, Shift+F8 to the one before" }</span>
            </header>
            if store.analysis.findings.is_empty() {
                <p class="empty">{ "Nothing is wrong that akoplan knows of. What AKO makes of this project is in the Overview." }</p>
            } else {
                <div class="form-row">
                    <TextField id="finding-search" label="Search" value={(*search).clone()} placeholder="code, name, word" oninput={onsearch} />
                    <SelectField id="finding-group" label="Group by" value={by.word()} {options} onchange={onby} />
                </div>
                <SeveralFixes />
            }
            { for groups.iter().map(|group| section(&store, group, current)) }
            { more_button(count, &limit) }
            { ignored_findings(&store) }
        </>
    }
}

fn section(store: &Store, group: &FindingGroup, current: Option<usize>) -> Html {
    // A finding keeps its card, and what is typed there, when others before it go.
    let keys = keys(&store.analysis, &group.indexes);
    html! {
        <section class="findings" key={group.title.clone()} aria-label={group.title.clone()}>
            <h3 class="group-title">{ severity_mark(group.worst, false) }{ &group.title }<span class="count">{ group.count }</span></h3>
            { for group.indexes.iter().zip(keys).map(|(index, key)| html! {
                <StoredFinding {key} index={*index} current={current == Some(*index)} />
            }) }
        </section>
    }
}

/// Findings that an annotation silences.
fn ignored_findings(store: &Store) -> Html {
    let ignored = &store.analysis.ignored;
    if ignored.is_empty() {
        return html! {};
    }
    html! {
        <details class="card">
            <summary>{ format!("{} silenced by annotation", ignored.len()) }</summary>
            <ul>
                { for ignored.iter().take(CARDS).map(|(finding, reason)| html! {
                    <li><span class="mono">{ finding.code }</span>{ " " }{ finding.object.as_deref().unwrap_or_default() }{ ": " }{ reason }</li>
                }) }
                if ignored.len() > CARDS { <li>{ format!("and {} more", ignored.len() - CARDS) }</li> }
            </ul>
        </details>
    }
}
