//! The text editor, whose script is fetched when it is needed.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::window;

/// The text editor's script answers to this; see `static/editor/editor.js`.
const EDITOR: &str = "akoplanEditor";

/// Fetches the text editor, unless it is there; says whether it can be used.
pub fn load_editor(done: impl Fn(bool) + Clone + 'static) {
    let is_there = || js_sys::Reflect::has(&window(), &JsValue::from_str(EDITOR)).unwrap_or_default();
    if is_there() {
        done(true);
        return;
    }
    let document = gloo::utils::document();
    let (Ok(script), Some(head)) = (document.create_element("script"), document.head()) else {
        done(false);
        return;
    };
    let failed = done.clone();
    gloo::events::EventListener::once(&script, "load", move |_| done(is_there())).forget();
    gloo::events::EventListener::once(&script, "error", move |_| failed(false)).forget();
    let _ = script.set_attribute("src", "editor.js");
    let _ = head.append_child(&script);
}

/// A text editor on the page; gone from it when this is dropped.
pub struct Editor {
    script: JsValue,
    /// The script calls it as long as the editor is there.
    _ask: Closure<dyn Fn(String, String) -> String>,
}

impl Editor {
    /// Makes one inside an element; `ask` answers to the script.
    pub fn new(host: &Element, label: &str, ask: impl Fn(&str, &str) -> String + 'static) -> Option<Self> {
        let make =
            js_sys::Reflect::get(&window(), &JsValue::from_str(EDITOR)).ok()?.dyn_into::<js_sys::Function>().ok()?;
        let ask = Closure::<dyn Fn(String, String) -> String>::new(move |what: String, json: String| ask(&what, &json));
        let script = make.call3(&JsValue::NULL, host, &JsValue::from_str(label), ask.as_ref()).ok()?;
        Some(Self { script, _ask: ask })
    }

    /// Tells the script something.
    pub fn tell(&self, what: &str, json: &str) {
        let tell = js_sys::Reflect::get(&self.script, &JsValue::from_str("tell")).ok();
        if let Some(tell) = tell.and_then(|tell| tell.dyn_into::<js_sys::Function>().ok()) {
            // The script reports its own mistakes; the text itself is here and safe.
            let _ = tell.call2(&self.script, &JsValue::from_str(what), &JsValue::from_str(json));
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.tell("destroy", "null");
    }
}
