//! The browser's storage: IndexedDB. Each project is two records, its head and its text; what is decided
//! about them is in `akoplan::projects`, inside the transaction that reads and writes.
//!
//! A project that cannot be read is left where it is, told, and never blocks the page.

mod tabs;
mod texts;

use akoplan::history::History;
use akoplan::pace::Progress;
use akoplan::project;
use akoplan::projects::{self, Decision, Head, Kept};
use idb::{Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use super::browser::{self, pacing};
pub use tabs::{listen, remember, writer};

const DATABASE: &str = "akoplan";
const STORE: &str = "projects";
/// The one project of the first versions; it becomes one of many.
const SINGLE: &str = "current";

/// What was found in storage.
pub enum Restored {
    /// No project that can be opened: a first visit.
    Nothing(Head),
    /// The last project, with its steps.
    Project(Head, Box<History>),
    /// Something that is no project; it is left where it is, and another one begins.
    Damaged {
        /// The project to begin.
        head: Head,
        /// Its text.
        text: String,
        /// Why it cannot be read.
        reason: String,
    },
    /// The browser gives no storage.
    Unavailable(Head, String),
}

/// Why something was not stored, in plain words.
#[derive(Clone, Debug, PartialEq)]
pub struct StorageError {
    /// The words.
    pub words: String,
    /// Whether the browser has no room left.
    pub is_full: bool,
}

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        let exception = match &error {
            Error::DomException(exception) => Some(exception),
            Error::AddFailed(value) | Error::UpdateFailed(value) => value.dyn_ref(),
            _ => None,
        };
        exception.map_or_else(|| Self { words: error.to_string(), is_full: false }, Self::of)
    }
}

impl StorageError {
    fn of(exception: &DomException) -> Self {
        if exception.name() == "QuotaExceededError" {
            return Self { words: "this browser's storage for akoplan is full".to_owned(), is_full: true };
        }
        Self { words: exception.message(), is_full: false }
    }
}

/// A project that is not stored yet.
pub fn new_head(name: Option<&str>) -> Head {
    Head::new(&browser::random_id(), name)
}

/// Reads the project of this tab, or the last one.
pub async fn restore() -> Restored {
    let found = transact(TransactionMode::ReadWrite, async |store| {
        if let Some(text) = read(store, SINGLE).await? {
            let head = head_of_single(&text);
            write(store, &head, Some(&text.into())).await?;
            store.delete(JsValue::from_str(SINGLE))?.await?;
        }
        let heads = all_heads(store).await?;
        for id in projects::expired(&heads, browser::now()) {
            forget(store, &id).await?;
        }
        let Some(head) = projects::to_open(&heads, &tabs::wishes()).cloned() else { return Ok(None) };
        Ok(store.get(JsValue::from_str(&text_key(&head.id)))?.await?.map(|text| (head, text)))
    });
    let found = match found.await {
        Ok(Some((head, text))) => Ok(Some((head, text_of(&text).await))),
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    match found {
        Ok(None) => Restored::Nothing(new_head(None)),
        Ok(Some((head, text))) => match decoded(&text).await {
            Ok(history) => Restored::Project(head, Box::new(history)),
            Err(reason) => {
                tabs::forget();
                Restored::Damaged { head: new_head(None), text, reason: reason.0 }
            }
        },
        Err(error) => Restored::Unavailable(new_head(None), format!("this browser gives no storage ({})", error.words)),
    }
}

/// A stored value as text. What is there but no text is damaged, too: it is handed on as text that is no project.
async fn text_of(value: &JsValue) -> String {
    texts::from_browser(value).await.unwrap_or_else(|| format!("{value:?}"))
}

/// The project in a stored text, read in steps.
pub async fn decoded(text: &str) -> Result<History, project::Damaged> {
    let text = text.to_owned();
    pacing::run(async move { project::decoding_history(&text, Progress::default()).await }).await
}

fn head_of_single(text: &str) -> Head {
    let mut head = new_head(None);
    match project::decode_history(text) {
        Ok(history) => {
            head.name = projects::automatic_name(history.workspace());
            head.objects = history.workspace().objects().len() as u64;
            head.saved = browser::now();
        }
        // It is opened only where there is nothing else.
        Err(_) => "Cannot be read".clone_into(&mut head.name),
    }
    head.revision = 1;
    head
}

/// Saves a project; `mine` is the head that the tab began with, with its present name.
pub async fn save(mine: Head, history: &History) -> Result<Decision, StorageError> {
    let kept = history.clone();
    let text = pacing::run(async move { project::encoding(&kept).await }).await;
    let text = texts::to_browser(&text).await;
    let decision = transact(TransactionMode::ReadWrite, async |store| {
        let stored = head(store, &mine.id).await?;
        let decision = projects::save(stored.as_ref(), &mine, &writer(), browser::now());
        if let Decision::Write(head) = &decision {
            write(store, head, Some(&text)).await?;
        }
        Ok(decision)
    })
    .await?;
    if let Decision::Write(head) = &decision {
        tabs::tell(head);
    }
    Ok(decision)
}

/// Stores a text as a new project.
pub async fn add(name: &str, text: &str) -> Result<Head, StorageError> {
    let objects = decoded(text).await.map_or(0, |history| history.workspace().objects().len());
    let begun = Head { objects: objects as u64, ..new_head(Some(name)) };
    let Decision::Write(head) = projects::save(None, &begun, &writer(), browser::now()) else { return Ok(begun) };
    let text = texts::to_browser(text).await;
    transact(TransactionMode::ReadWrite, async |store| write(store, &head, Some(&text)).await).await?;
    tabs::tell(&head);
    Ok(head)
}

/// Changes what is known of a project: its name, whether it is deleted.
pub async fn change(id: &str, change: impl Fn(&mut Head)) -> Result<Option<Head>, StorageError> {
    let changed = transact(TransactionMode::ReadWrite, async |store| {
        let Some(mut head) = head(store, id).await? else { return Ok(None) };
        change(&mut head);
        write(store, &head, None).await?;
        Ok(Some(head))
    })
    .await?;
    if let Some(head) = &changed {
        tabs::tell(head);
    }
    Ok(changed)
}

/// Takes projects away for good.
pub async fn remove(ids: &[String]) -> Result<(), StorageError> {
    transact(TransactionMode::ReadWrite, async |store| {
        for id in ids {
            forget(store, id).await?;
        }
        Ok(())
    })
    .await?;
    tabs::tell(&Head::default());
    Ok(())
}

/// All heads, in no order.
pub async fn heads() -> Result<Vec<Head>, StorageError> {
    transact(TransactionMode::ReadOnly, async |store| all_heads(store).await).await
}

/// One project.
pub async fn load(id: &str) -> Result<Option<Kept>, StorageError> {
    let found = transact(TransactionMode::ReadOnly, async |store| kept(store, id).await);
    let Some((head, text)) = found.await? else { return Ok(None) };
    Ok(Some(Kept { head, text: text_of(&text).await }))
}

/// All projects with their texts, the last saved first, without those that were deleted.
pub async fn load_all() -> Result<Vec<Kept>, StorageError> {
    let found = transact(TransactionMode::ReadOnly, async |store| {
        let mut all = Vec::new();
        for head in projects::listed(&all_heads(store).await?) {
            all.extend(kept(store, &head.id).await?);
        }
        Ok(all)
    });
    let mut all = Vec::new();
    for (head, text) in found.await? {
        all.push(Kept { head, text: text_of(&text).await });
    }
    Ok(all)
}

fn head_key(id: &str) -> String {
    format!("head:{id}")
}

fn text_key(id: &str) -> String {
    format!("text:{id}")
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    request.await
}

/// Does something in one transaction, all of it or nothing.
async fn transact<T>(
    mode: TransactionMode,
    work: impl AsyncFnOnce(&ObjectStore) -> Result<T, Error>,
) -> Result<T, StorageError> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], mode)?;
    let store = transaction.object_store(STORE)?;
    let result = async {
        let done = work(&store).await?;
        if mode == TransactionMode::ReadWrite && transaction.commit()?.await?.is_aborted() {
            // A browser that finds no room does so at the end, and says why on the transaction only.
            let exception = store.transaction().error();
            return Err(exception.map_or_else(
                || StorageError { words: "the browser broke the saving off".to_owned(), is_full: false },
                |exception| StorageError::of(&exception),
            ));
        }
        Ok(done)
    };
    let result = result.await;
    database.close();
    result
}

async fn read(store: &ObjectStore, key: &str) -> Result<Option<String>, Error> {
    let value = store.get(JsValue::from_str(key))?.await?;
    // What is there but no text is damaged, too: it is handed on as text that is no project.
    Ok(value.map(|value| value.as_string().unwrap_or_else(|| format!("{value:?}"))))
}

async fn head(store: &ObjectStore, id: &str) -> Result<Option<Head>, Error> {
    Ok(read(store, &head_key(id)).await?.and_then(|text| Head::decode(&text)))
}

async fn all_heads(store: &ObjectStore) -> Result<Vec<Head>, Error> {
    let heads = KeyRange::bound(&"head:".into(), &"head;".into(), None, Some(true))?;
    let texts = store.get_all(Some(Query::from(heads)), None)?.await?;
    Ok(texts.iter().filter_map(JsValue::as_string).filter_map(|text| Head::decode(&text)).collect())
}

/// A project with its text as the storage has it, to be read once the transaction is over.
async fn kept(store: &ObjectStore, id: &str) -> Result<Option<(Head, JsValue)>, Error> {
    let head = head(store, id).await?;
    Ok(head.zip(store.get(JsValue::from_str(&text_key(id)))?.await?))
}

async fn write(store: &ObjectStore, head: &Head, text: Option<&JsValue>) -> Result<(), Error> {
    store.put(&head.encode().into(), Some(&head_key(&head.id).into()))?.await?;
    if let Some(text) = text {
        store.put(text, Some(&text_key(&head.id).into()))?.await?;
    }
    Ok(())
}

async fn forget(store: &ObjectStore, id: &str) -> Result<(), Error> {
    store.delete(JsValue::from(head_key(id)))?.await?;
    store.delete(JsValue::from(text_key(id)))?.await
}
