//! The browser's storage: IndexedDB, written a moment after each change.
//!
//! A project that cannot be read is kept aside under another key, told, and never blocks the page.

use akoplan::history::History;
use akoplan::project;
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::browser;

const DATABASE: &str = "akoplan";
const STORE: &str = "projects";
const CURRENT: &str = "current";
const DAMAGED: &str = "damaged";

/// What was found in storage.
pub enum Restored {
    /// Nothing: a first visit.
    Nothing,
    /// The last project, with its steps.
    Project(Box<History>),
    /// Something that is no project; kept aside.
    Damaged {
        /// Its text.
        text: String,
        /// Why it cannot be read.
        reason: String,
    },
    /// The browser gives no storage.
    Unavailable(String),
}

/// Why a project was not saved, in plain words.
#[derive(Clone, Debug)]
pub struct SaveError(pub String);

/// Reads the last project and answers once.
pub fn restore(done: impl FnOnce(Restored) + 'static) {
    spawn_local(async move {
        done(match read(CURRENT).await {
            Ok(None) => Restored::Nothing,
            Ok(Some(text)) => match project::decode_history(&text) {
                Ok(history) => Restored::Project(Box::new(history)),
                Err(reason) => {
                    let _ = write(DAMAGED, &text).await;
                    Restored::Damaged { text, reason: reason.0 }
                }
            },
            Err(error) => Restored::Unavailable(format!("this browser gives no storage ({error})")),
        });
    });
}

/// Saves the project; answers with the time of day.
pub fn save(history: &History, done: impl FnOnce(Result<String, SaveError>) + 'static) {
    let text = project::encode_history(history);
    spawn_local(async move {
        let result = write(CURRENT, &text).await;
        done(result.map(|()| browser::time_of_day()).map_err(|error| SaveError(error.to_string())));
    });
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

async fn read(key: &str) -> Result<Option<String>, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let value = transaction.object_store(STORE)?.get(JsValue::from_str(key))?.await?;
    database.close();
    // What is there but no text is damaged, too: it is handed on as text that is no project.
    Ok(value.map(|value| value.as_string().unwrap_or_else(|| format!("{value:?}"))))
}

async fn write(key: &str, text: &str) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    transaction.object_store(STORE)?.put(&JsValue::from_str(text), Some(&JsValue::from_str(key)))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}
