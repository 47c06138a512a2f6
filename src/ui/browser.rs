//! Every call to the browser: address, clipboard, fetched texts, time, theme; further kinds in modules of their own.

pub mod cipher;
mod editor;
mod files;
mod focus;
pub mod pacing;
mod panic_page;
mod storage;
pub mod successor;

pub use editor::{Editor, load_editor};
pub use files::{Offered, chosen_files, download, download_text, dropped_files, read_files};
pub use focus::{focus_field_later, focus_inside_later, focus_later, reveal};
pub use panic_page::{install_panic_page, remember_for_panic_page};
pub use storage::{local, of_tab, set_local, set_of_tab};

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Response, Window};

/// The window.
pub fn window() -> Window {
    gloo::utils::window()
}

/// An element by its id.
pub fn element(id: &str) -> Option<Element> {
    gloo::utils::document().get_element_by_id(id)
}

/// The fragment of the address, `#` included.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Sets the fragment; the page hears of it as of a link.
pub fn set_hash(hash: &str) {
    // Refused only while the page is being left.
    let _ = window().location().set_hash(hash);
}

/// Changes the fragment without a way back to the old one; the page does not hear of it.
pub fn replace_hash(hash: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

/// The address of a link with a project in it.
pub fn share_address(link: &str) -> String {
    let address = window().location().href().unwrap_or_default();
    format!("{}#/share/{link}", address.split('#').next().unwrap_or_default())
}

/// Makes a text safe inside an address; slashes stay readable.
pub fn encode_component(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text)).replace("%2F", "/").replace("%2C", ",")
}

/// Reads what [`encode_component`] wrote; text that is no such thing stays as it is.
pub fn decode_component(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}

/// Puts a text on the clipboard and says whether that worked.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let promise = window().navigator().clipboard().write_text(text);
    spawn_local(async move { done(JsFuture::from(promise).await.is_ok()) });
}

/// Fetches a text that lies beside the page; `None` where the server does not answer.
pub fn fetch_text(name: &str, done: impl FnOnce(Option<String>) + 'static) {
    let promise = window().fetch_with_str(name);
    spawn_local(async move { done(response_text(promise).await.ok().and_then(|text| text.as_string())) });
}

async fn response_text(promise: js_sys::Promise) -> Result<JsValue, JsValue> {
    let response: Response = JsFuture::from(promise).await?.dyn_into()?;
    if response.ok() { JsFuture::from(response.text()?).await } else { Err(JsValue::NULL) }
}

/// Milliseconds since 1970.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date of this age fits")]
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// A moment as people here write it: time of day if it is today, else the date.
#[allow(clippy::cast_precision_loss, reason = "a date of this age fits")]
pub fn moment(time: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(time as f64));
    let day = |date: &js_sys::Date| String::from(date.to_locale_date_string("en-GB", &JsValue::UNDEFINED));
    let clock = String::from(date.to_locale_time_string("en-GB"));
    let clock = clock.get(..5).unwrap_or_default();
    if day(&date) == day(&js_sys::Date::new_0()) { clock.to_owned() } else { format!("{} {clock}", day(&date)) }
}

/// A name that nothing else has.
pub fn random_id() -> String {
    format!("{:032x}", u128::from_be_bytes(random_bytes()))
}

/// Bytes that nobody can guess.
pub fn random_bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// `light`, `dark` or `auto`.
pub fn set_theme(theme: &str) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = match theme {
            "auto" => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme),
        };
    }
    set_local("akoplan.theme", theme);
}

/// Whether the window is so narrow that parts of a place stand below each other.
pub fn is_narrow() -> bool {
    window().match_media("(max-width: 700px)").ok().flatten().is_some_and(|query| query.matches())
}
