//! Long texts between here and the browser, a piece at a time: a project can have many megabytes.

use wasm_bindgen::{JsCast, JsValue};

use crate::ui::browser::pacing;

/// So many bytes, or units of the browser's strings, are handed over in one task.
const PIECE: usize = 1 << 20;

/// The first of two units that make one character.
const FIRST_HALVES: std::ops::Range<f64> = 55_296.0..56_320.0;

/// A text as the browser has it.
pub async fn to_browser(text: &str) -> JsValue {
    let pieces = js_sys::Array::new();
    let mut rest = text;
    while rest.len() > PIECE {
        let at = (0..=PIECE).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(at);
        pieces.push(&JsValue::from_str(piece));
        rest = after;
        pacing::next_task().await;
    }
    pieces.push(&JsValue::from_str(rest));
    if pieces.length() == 1 { pieces.get(0) } else { pieces.join("").into() }
}

/// A text of the browser's; none where the value is no text.
pub async fn from_browser(value: &JsValue) -> Option<String> {
    let text: &js_sys::JsString = value.dyn_ref()?;
    let length = text.length();
    let mut read = String::new();
    let mut start = 0;
    while start < length {
        let mut end = length.min(start + u32::try_from(PIECE).unwrap_or(u32::MAX));
        // The two halves of a character that takes two units stay together.
        let is_first_half = |at: u32| FIRST_HALVES.contains(&text.char_code_at(at));
        if end < length && is_first_half(end - 1) {
            end += 1;
        }
        read.push_str(&String::from(text.slice(start, end)));
        start = end;
        if start < length {
            pacing::next_task().await;
        }
    }
    Some(read)
}
