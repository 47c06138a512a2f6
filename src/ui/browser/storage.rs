//! Small values that the browser keeps: for all tabs, or for this one.

use super::window;

/// A value of the small local storage; `None` also where the browser refuses it.
pub fn local(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a value in the small local storage, as far as the browser lets us.
pub fn set_local(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// A value that this tab keeps, also over a reload.
pub fn of_tab(key: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(key).ok()?
}

/// Keeps a value for this tab.
pub fn set_of_tab(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(key, value);
    }
}
