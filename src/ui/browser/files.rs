//! Files that come in by a dialog or a drop, and files that are saved.

use akoplan::import::{self, Incoming, Skipped, Wanted, Why};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader,
    FileSystemEntry, FileSystemFileEntry, HtmlAnchorElement, Url,
};

use super::pacing;

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
