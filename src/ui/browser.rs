//! Every call to the browser but storage: address, downloads, clipboard, files, theme, focus.

pub mod cipher;
pub mod pacing;
pub mod successor;

use std::cell::RefCell;

use akoplan::import::{self, Incoming, Skipped, Wanted, Why};
use akoplan::project;
use akoplan::text::SourceFile;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, Element, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader,
    FileSystemEntry, FileSystemFileEntry, HtmlAnchorElement, HtmlElement, Response, ScrollIntoViewOptions,
    ScrollLogicalPosition, Url, Window,
};

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

/// Offers bytes as a file.
pub fn download(name: &str, bytes: &[u8], media_type: &str) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let anchor =
        gloo::utils::document().create_element("a").ok().and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
    }
    // The browser needs the address until it has begun to save.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
}

/// Offers a text as a file.
pub fn download_text(name: &str, text: &str) {
    let name = name.rsplit('/').next().unwrap_or_default();
    download(name, text.as_bytes(), "text/plain");
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

/// Files that the user chose or dropped, with their names; names keep their folders.
pub type Offered = Vec<(String, File)>;

/// The files of a dialog.
pub fn chosen_files(list: &FileList) -> Offered {
    let files = (0..list.length()).filter_map(|at| list.get(at));
    let name = |file: &File| {
        let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
        path.ok().and_then(|path| path.as_string()).filter(|path| !path.is_empty())
    };
    files.map(|file| (name(&file).unwrap_or_else(|| file.name()), file)).collect()
}

/// The files that were dropped, those in folders too.
pub fn dropped_files(data: &DataTransfer, done: impl FnOnce(Offered) + 'static) {
    let items = data.items();
    // The browser forgets them once this event is over.
    let entries: Vec<FileSystemEntry> =
        (0..items.length()).filter_map(|at| items.get(at)?.webkit_get_as_entry().ok().flatten()).collect();
    match (entries.is_empty(), data.files()) {
        (true, Some(files)) => done(chosen_files(&files)),
        _ => spawn_local(async move { done(files_below(entries).await) }),
    }
}

async fn files_below(mut entries: Vec<FileSystemEntry>) -> Offered {
    let mut found = Vec::new();
    entries.reverse();
    while let Some(entry) = entries.pop() {
        let name = entry.full_path().trim_start_matches('/').to_owned();
        // Not every browser names the two kinds of entries, so they are not asked what they are an instance of.
        if entry.is_directory() {
            let folder: &FileSystemDirectoryEntry = entry.unchecked_ref();
            // Nothing in there is taken: a folder such as `.git` can have very many files.
            if import::wanted(&format!("{name}/x.yaml"), 0) == Wanted::Yes {
                let mut own = entries_in(&folder.create_reader()).await;
                own.sort_by_key(|entry| std::cmp::Reverse(entry.name()));
                entries.extend(own);
            }
        } else {
            let file: &FileSystemFileEntry = entry.unchecked_ref();
            let file = call_back(|resolve| {
                file.file_with_callback(resolve);
                Ok(())
            });
            if let Some(file) = file.await.and_then(|file| file.dyn_into::<File>().ok()) {
                found.push((name, file));
            }
        }
        if found.len() > 2 * import::MOST_FILES {
            break;
        }
    }
    found
}

/// A folder gives its entries a hundred at a time, and none when it is at its end.
async fn entries_in(reader: &FileSystemDirectoryReader) -> Vec<FileSystemEntry> {
    let mut all = Vec::new();
    while let Some(some) = call_back(|resolve| reader.read_entries_with_callback(resolve)).await {
        let some = js_sys::Array::from(&some);
        if some.length() == 0 {
            break;
        }
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
    all
}

/// What a function hands to its callback; `None` where it refuses at once.
async fn call_back(call: impl FnOnce(&js_sys::Function) -> Result<(), JsValue>) -> Option<JsValue> {
    let mut call = Some(call);
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let refused = call.take().is_none_or(|call| call(&resolve).is_err());
        if refused {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()
}

/// Reads files as far as they are worth it, one after the other.
pub fn read_files(files: Offered, done: impl FnOnce(Vec<Incoming>, Vec<Skipped>) + 'static) {
    spawn_local(async move {
        let (mut read, mut skipped) = (Vec::new(), Vec::new());
        for (name, file) in files {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "sizes are whole and not negative"
            )]
            let size = file.size() as usize;
            if let Wanted::No(why) = import::wanted(&name, size) {
                skipped.push(Skipped::new(name, why));
                continue;
            }
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => {
                    read.push(Incoming { name, bytes: js_sys::Uint8Array::new(&buffer).to_vec() });
                    pacing::next_task().await;
                }
                Err(_) => skipped.push(Skipped::new(name, Why::Unread)),
            }
        }
        done(read, skipped);
    });
}

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
