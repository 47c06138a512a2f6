//! Search, replace, go to a line.

use std::rc::Rc;

use akoplan::view::matches::Search;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::desk::Desk;
use crate::ui::browser;
use crate::ui::widgets::icon::Icon;

/// Properties of [`SearchBar`].
#[derive(Properties)]
pub struct SearchBarProps {
    /// Whose text it searches.
    pub desk: Rc<Desk>,
    /// The id of the field that gets the focus.
    pub field: &'static str,
    /// How many places were found.
    pub count: AttrValue,
    /// The bar is to be closed.
    pub onclose: Callback<()>,
}

impl PartialEq for SearchBarProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.desk, &other.desk) && self.field == other.field && self.count == other.count
    }
}

/// The bar above the text.
#[component]
pub fn SearchBar(props: &SearchBarProps) -> Html {
    let desk = &props.desk;
    let search = {
        let selected = desk.selected_text();
        use_state(move || Search { what: selected.unwrap_or_default(), case: false })
    };
    let with = use_state(String::new);
    let renew = use_force_update();
    use_effect_with(props.field, |field| browser::focus_later(&format!("#{field}")));
    {
        let desk = Rc::clone(desk);
        use_effect_with(search.clone(), move |search| {
            desk.search((**search).clone());
            renew.force_update();
        });
    }
    let act = |act: fn(&Desk, &str)| {
        let (desk, with) = (Rc::clone(desk), with.clone());
        Callback::from(move |_: MouseEvent| act(&desk, &with))
    };
    let onfind = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| {
            let what = event.target_unchecked_into::<HtmlInputElement>().value();
            search.set(Search { what, ..(*search).clone() });
        })
    };
    let oncase = {
        let search = search.clone();
        Callback::from(move |_: MouseEvent| search.set(Search { case: !search.case, ..(*search).clone() }))
    };
    let onwith = {
        let with = with.setter();
        Callback::from(move |event: InputEvent| with.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let onclose = props.onclose.reform(|_: MouseEvent| ());
    html! {
        <div class="search-bar" role="search" aria-label="Search in the file" onkeydown={keys(props, &with)}>
            <label>{ "Find" }<input id="editor-find" type="text" class="mono" autocomplete="off" value={search.what.clone()} oninput={onfind} /></label>
            <button type="button" class="small" aria-label="Previous" onclick={act(|desk, _| desk.go_to_match(true))}>{ Icon::Up.svg() }</button>
            <button type="button" class="small" aria-label="Next" onclick={act(|desk, _| desk.go_to_match(false))}>{ Icon::Down.svg() }</button>
            <button type="button" class="small" aria-pressed={search.case.to_string()} aria-label="Match case" title="Match case" onclick={oncase}>{ "Aa" }</button>
            <span role="status" class="search-count dim">{ if search.what.is_empty() { String::new() } else { desk.count() } }</span>
            <label>{ "Replace with" }<input id="editor-replace" type="text" class="mono" autocomplete="off" value={(*with).clone()} oninput={onwith} /></label>
            <button type="button" class="small" onclick={act(Desk::replace)}>{ "Replace" }</button>
            <button type="button" class="small" onclick={act(Desk::replace_all)}>{ "Replace all" }</button>
            <label>{ "Line" }<input id="editor-line" type="text" class="narrow" inputmode="numeric" autocomplete="off" /></label>
            <button type="button" class="small quiet" aria-label="Close the search" onclick={onclose}>{ Icon::Close.svg() }</button>
        </div>
    }
}

/// Enter in a field does what the field is for; Esc closes.
fn keys(props: &SearchBarProps, with: &str) -> Callback<KeyboardEvent> {
    let (desk, onclose, with) = (Rc::clone(&props.desk), props.onclose.clone(), with.to_owned());
    Callback::from(move |event: KeyboardEvent| {
        let field = event.target_dyn_into::<HtmlInputElement>();
        let id = field.as_ref().map(|field| field.id()).unwrap_or_default();
        let command = event.ctrl_key() || event.meta_key();
        match (event.key().to_lowercase().as_str(), id.as_str()) {
            ("escape", _) => onclose.emit(()),
            ("enter", "editor-find") | ("f3", _) => desk.go_to_match(event.shift_key()),
            ("enter", "editor-replace") => desk.replace(&with),
            ("enter", "editor-line") => {
                if let Some(line) = field.and_then(|field| field.value().trim().parse().ok()) {
                    desk.go_to_line(line);
                }
            }
            ("f", _) if command => browser::focus_later("#editor-find"),
            ("g", _) if command => browser::focus_later("#editor-line"),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}
