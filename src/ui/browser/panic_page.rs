//! What is shown when akoplan has stopped by a mistake of its own: the last texts, to save.

use std::cell::RefCell;

use akoplan::project;
use akoplan::text::SourceFile;
use wasm_bindgen::JsValue;
use web_sys::{Blob, Url};

use super::element;

thread_local! {
    /// The last texts, for the panic page only: the state itself may be gone by then.
    static LAST: RefCell<Vec<SourceFile>> = const { RefCell::new(Vec::new()) };
}

/// Keeps the texts where the panic page finds them.
pub fn remember_for_panic_page(files: &[SourceFile]) {
    LAST.with_borrow_mut(|last| *last = files.to_vec());
}

/// From now on a panic shows a page that offers the last texts, instead of a page that is dead.
pub fn install_panic_page() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        show_panic_page(&message);
    }));
}

fn show_panic_page(message: &str) {
    let text = LAST.with(|last| last.try_borrow().map(|files| project::encode(&files)).unwrap_or_default());
    let document = gloo::utils::document();
    let body = document.body();
    let page = document.create_element("main").ok();
    if let (Some(body), Some(page)) = (body, page) {
        page.set_class_name("boot");
        page.set_inner_html(
            "<h1>akoplan has stopped</h1><p role=\"alert\">This is a mistake in akoplan. Your work is safe: it is kept in \
             this browser, and here it is to save as a file. Reload the page to go on.</p>\
             <p><a id=\"panic-save\" download=\"akoplan-project.json\">Save the project</a></p><pre id=\"panic-text\"></pre>",
        );
        body.set_inner_html("");
        let _ = body.append_child(&page);
        if let Some(pre) = element("panic-text") {
            pre.set_text_content(Some(message));
        }
        let parts = js_sys::Array::of1(&JsValue::from_str(&text));
        if let Ok(blob) = Blob::new_with_str_sequence(&parts)
            && let Ok(address) = Url::create_object_url_with_blob(&blob)
            && let Some(link) = element("panic-save")
        {
            let _ = link.set_attribute("href", &address);
        }
    }
}
