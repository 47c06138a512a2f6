//! The focus when what had it goes away: to what then stands in its place.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, NodeList};

fn all(selector: &str) -> Option<NodeList> {
    gloo::utils::document().query_selector_all(selector).ok()
}

/// After the page has been drawn anew, moves the focus to the element of a selector that then stands where the one
/// around the event's target stood, or to the last.
pub fn focus_successor_later(selector: &'static str, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(own) = target.and_then(|target| target.closest(selector).ok().flatten()) else { return };
    let before = |list: NodeList| (0..list.length()).find(|at| list.item(*at).is_some_and(|node| *node == **own));
    let Some(place) = all(selector).and_then(before) else { return };
    Timeout::new(0, move || {
        let next = all(selector).and_then(|list| list.item(place.min(list.length().saturating_sub(1))));
        if let Some(element) = next.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
            element.scroll_into_view();
            let _ = element.focus();
        }
    })
    .forget();
}
