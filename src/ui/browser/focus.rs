//! Where the keyboard is: moves the focus to what a link or an opened form means.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{element, window};

/// Moves the focus to an element, and scrolls to it; waits until the page has been drawn.
pub fn focus_later(selector: &str) {
    let selector = selector.to_owned();
    gloo::timers::callback::Timeout::new(0, move || {
        let found = gloo::utils::document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            element.scroll_into_view();
            let _ = element.focus();
        }
    })
    .forget();
}

thread_local! {
    /// The field that a link leads to, whose form is not open yet.
    static WANTED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Moves the focus to the field of an id: at once where its form is open, else when the form opens.
pub fn focus_field_later(id: &str) {
    WANTED.set(Some(id.to_owned()));
    gloo::timers::callback::Timeout::new(0, focus_wanted).forget();
    // A form without that field opens, too; the wish must not come true in another one.
    gloo::timers::callback::Timeout::new(2000, || WANTED.set(None)).forget();
}

fn focus_wanted() {
    let field = WANTED.with_borrow(|id| element(id.as_ref()?)?.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        WANTED.set(None);
        field.scroll_into_view();
        let _ = field.focus();
    }
}

/// Scrolls no further than needed to see an element.
pub fn reveal(id: &str) {
    if let Some(element) = element(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Moves the focus to the first control inside an element, unless something in there has it already, or a
/// link leads to one of its fields.
pub fn focus_inside_later(id: &str) {
    let id = id.to_owned();
    gloo::timers::callback::Timeout::new(0, move || {
        focus_wanted();
        let Some(container) = element(&id) else { return };
        let active = gloo::utils::document().active_element();
        if active.is_some_and(|active| container.contains(Some(&active))) {
            return;
        }
        let top = container.get_bounding_client_rect().top();
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        // A form that can be seen stays where it is.
        if top < 0.0 || top > height * 0.6 {
            container.scroll_into_view();
        }
        // A form without a field has its buttons.
        let find = |what: &str| container.query_selector(what).ok().flatten();
        let first = find("input, select, textarea").or_else(|| find("button"));
        if let Some(control) = first.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
            let _ = control.focus();
        }
    })
    .forget();
}
