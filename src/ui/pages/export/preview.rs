//! The text of one file: its first lines, and a button that copies all of it and says where it goes.

use akoplan::export::layout::Made;
use akoplan::view::text::head;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::computed::use_gradually;
use crate::ui::shared::Shared;
use crate::ui::store::{Dispatch, Notice, use_dispatch};
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::icon::Icon;

/// So many lines are drawn at first, and more at a time.
const LINES: usize = 400;
/// So many of them before the browser may do something else.
const LINES_AT_ONCE: usize = 100;

/// Properties of [`Preview`].
#[derive(PartialEq, Properties)]
pub struct PreviewProps {
    /// What was made.
    pub made: Shared<Made>,
    /// Place of the file in it.
    pub at: usize,
}

/// The file.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let dispatch = use_dispatch();
    let limit = use_state(|| LINES);
    let drawn = use_gradually(*limit, LINES_AT_ONCE);
    let Some(file) = props.made.files.get(props.at) else { return html! {} };
    let shown = head(&file.text, drawn);
    let goes_to = props.made.choice.layout.goes_to(&file.name);
    let oncopy = {
        let (said, text) = (format!("Copied {}: {goes_to}", file.name), file.text.clone());
        Callback::from(move |_: MouseEvent| copy(&dispatch, &text, said.clone()))
    };
    let onmore = {
        let limit = limit.clone();
        Callback::from(move |_: MouseEvent| limit.set(*limit + LINES))
    };
    let buttons = html! {
        <button type="button" class="small" aria-label={format!("Copy {}", file.name)} title={goes_to.replace('`', "")} onclick={oncopy}>
            { Icon::Copy.svg() }{ "Copy" }
        </button>
    };
    let plain = [".md", ".txt"].iter().any(|ending| file.name.ends_with(ending));
    html! {
        <>
            <CodeView title={file.name.clone()} text={shown.to_owned()} {plain} {buttons} />
            if shown.len() < file.text.len() && drawn == *limit {
                <button type="button" onclick={onmore}>{ format!("Show more: the first {drawn} lines are shown") }</button>
            }
        </>
    }
}

/// Puts a text on the clipboard, and says what becomes of it.
pub fn copy(dispatch: &Dispatch, text: &str, said: String) {
    let dispatch = dispatch.clone();
    browser::copy(text, move |worked| {
        dispatch.say(if worked {
            Notice::done(said.replace('`', ""))
        } else {
            Notice::error("The browser did not let the text onto the clipboard; download it instead")
        });
    });
}
