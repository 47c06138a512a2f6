//! Texts between here and the browser's storage. A long one is kept as a blob and handed over a piece at a time: to store a
//! string of many megabytes takes the page's thread for a tenth of a second, a blob takes it for nothing.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::ui::browser::pacing;

/// A longer text is a blob; so many bytes of it are handed over in one task.
const PIECE: usize = 1 << 20;

/// A text as the storage keeps it.
pub async fn to_browser(text: &str) -> JsValue {
    if text.len() <= PIECE {
        return JsValue::from_str(text);
    }
    let pieces = js_sys::Array::new();
    for piece in text.as_bytes().chunks(PIECE) {
        let bytes = js_sys::Array::of1(&js_sys::Uint8Array::from(piece));
        match Blob::new_with_u8_array_sequence(&bytes) {
            Ok(blob) => pieces.push(&blob),
            // A browser without room for a blob says so where the text is stored.
            Err(_) => return JsValue::from_str(text),
        };
        pacing::next_task().await;
    }
    Blob::new_with_blob_sequence(&pieces).map_or_else(|_| JsValue::from_str(text), JsValue::from)
}

/// A text that the storage kept; none where the value is no text.
pub async fn from_browser(value: &JsValue) -> Option<String> {
    let Some(blob) = value.dyn_ref::<Blob>() else { return value.as_string() };
    let mut bytes = Vec::new();
    #[allow(clippy::cast_precision_loss, reason = "a project is far smaller")]
    while (bytes.len() as f64) < blob.size() {
        let piece = blob.slice_with_f64_and_f64(bytes.len() as f64, (bytes.len() + PIECE) as f64).ok()?;
        let buffer = JsFuture::from(piece.array_buffer()).await.ok()?;
        let read = js_sys::Uint8Array::new(&buffer).to_vec();
        if read.is_empty() {
            return None;
        }
        bytes.extend(read);
        pacing::next_task().await;
    }
    String::from_utf8(bytes).ok()
}
