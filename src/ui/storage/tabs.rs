//! Tabs of one browser: which project each has open, and what they tell each other.

use akoplan::projects::Head;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::ui::browser;

const CHANNEL: &str = "akoplan.projects";
const PROJECT: &str = "akoplan.project";

thread_local! {
    /// A new one for each load of the page: a tab that was duplicated is another tab.
    static WRITER: String = browser::random_id();
    /// None where the browser has no such thing: saving is safe all the same, it is only told later.
    static TABS: Option<BroadcastChannel> = BroadcastChannel::new(CHANNEL).ok();
}

/// The name of this tab among those that write.
pub fn writer() -> String {
    WRITER.with(Clone::clone)
}

/// Tells the other tabs that something about a project is stored now.
pub(super) fn tell(head: &Head) {
    TABS.with(|tabs| {
        if let Some(tabs) = tabs {
            let _ = tabs.post_message(&JsValue::from(head.encode()));
        }
    });
}

/// Hears what other tabs tell, as long as the page is there; none where it concerns the list only.
pub fn listen(heard: impl Fn(Option<Head>) + 'static) {
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        heard(event.data().as_string().and_then(|text| Head::decode(&text)));
    });
    TABS.with(|tabs| {
        if let Some(tabs) = tabs {
            tabs.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
    });
    listener.forget();
}

/// The projects to open at the start: this tab's, then the last one of any tab.
pub(super) fn wishes() -> [Option<String>; 2] {
    [browser::of_tab(PROJECT), browser::local(PROJECT)]
}

/// From now on this tab and new ones begin with this project.
pub fn remember(id: &str) {
    browser::set_of_tab(PROJECT, id);
    browser::set_local(PROJECT, id);
}

/// Begins with the last saved project next time.
pub(super) fn forget() {
    remember("");
}
