//! Snippets for a chart that is there: a card for each exposed Service, whose parts are copied one by one.

use akoplan::export::snippets::{ChartSnippet, SnippetPart};
use yew::prelude::*;

use super::MadeProps;
use super::preview::copy;
use crate::ui::computed::use_gradually;
use crate::ui::pages::places::{ROWS, more_button};
use crate::ui::route::{Route, Section};
use crate::ui::store::{Dispatch, use_dispatch};
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// So many cards are drawn before the browser may do something else.
const CARDS_AT_ONCE: usize = 5;

/// The cards.
#[component]
pub fn Snippets(props: &MadeProps) -> Html {
    let dispatch = use_dispatch();
    let limit = use_state(|| ROWS);
    let snippets = &props.made.snippets;
    let drawn = use_gradually(snippets.len().min(*limit), CARDS_AT_ONCE);
    html! {
        <>
            { for snippets.iter().take(drawn).map(|snippet| card(snippet, &dispatch)) }
            { more_button(snippets.len(), &limit) }
        </>
    }
}

fn card(snippet: &ChartSnippet, dispatch: &Dispatch) -> Html {
    let name = format!("{}/{}", snippet.namespace, snippet.service);
    html! {
        <article class="card snippet">
            <h4><a class="mono" href={Route::object(Section::Services, &snippet.address).hash()}>{ &name }</a></h4>
            <p class="dim">{ sentence(&snippet.purpose) }</p>
            { for snippet.parts.iter().map(|part| part_view(&name, part, dispatch)) }
        </article>
    }
}

/// A text, and the button that copies it and says where it goes.
fn part_view(service: &str, part: &SnippetPart, dispatch: &Dispatch) -> Html {
    let oncopy = {
        let (said, text) = (format!("Copied. {}", part.goes_to), part.text.clone());
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| copy(&dispatch, &text, said.clone()))
    };
    let buttons = html! {
        <button type="button" class="small" aria-label={format!("Copy {} {service}", part.title)} onclick={oncopy}>
            { Icon::Copy.svg() }{ "Copy" }
        </button>
    };
    html! { <CodeView title={format!("{} {service}", part.title)} text={part.text.clone()} {buttons} /> }
}
