//! Import: paste, files or folders, taken in as they are, and what became of each of them; what is damaged is
//! shown with its repairs first.

mod files;
mod paste;
mod repairs;
mod report;

use akoplan::import::{self as core, Noted, Skipped};
use akoplan::text::SourceFile;
use akoplan::view::repair::Review;
use akoplan::workspace::is_large;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::store::{Action, Notice, Order, use_dispatch, use_store};
use files::file_import;
use paste::Paste;
use repairs::Repairs;
use report::report_view;

/// The place.
pub fn import() -> Html {
    html! {
        <>
            <header class="place-head"><h2>{ "Import" }</h2></header>
            <p>{ "Kubernetes manifests of any kind, several documents in one, JSON, AKO's values.yaml, a saved akoplan project. \
                  Every byte is kept; what akoplan does not know stays as it is." }</p>
            <Doors />
        </>
    }
}

/// What is told of an import.
#[derive(Clone, Default)]
pub struct Report {
    /// How many files were taken.
    taken: usize,
    /// What is to be known of some.
    notes: Vec<Noted>,
    /// What was not taken.
    skipped: Vec<Skipped>,
}

/// The ways in, and what came of the last import; where what came is damaged, its repairs instead, until it is
/// told what to do with them.
#[component]
fn Doors() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let review = use_state(|| None::<Shared<Review>>);
    let report = use_state(Shared::<Report>::default);
    let add = {
        let (review, report, dispatch) = (review.setter(), report.setter(), dispatch.clone());
        move |files: Vec<SourceFile>, mut told: Report| {
            let (review, report, dispatch) = (review.clone(), report.clone(), dispatch.clone());
            let workspace = store.workspace().clone();
            let first = workspace.files().is_empty();
            let is_large = is_large(files.iter());
            let naming = async move { core::naming(&workspace, files).await };
            let order = dispatch.clone();
            order.send(Action::Begin(Order::new("Reading the files", is_large, naming, move |(files, renamed)| {
                told.taken = files.len();
                told.notes.extend(renamed);
                let is_silent = told.notes.is_empty() && told.skipped.is_empty();
                if files.is_empty() {
                    dispatch.say(Notice::error("There was nothing to read in these files."));
                } else {
                    let label = label(&files);
                    dispatch.send(Action::Add { label, files });
                    if is_silent {
                        Route::to(if first { Section::Overview } else { Section::Yaml }).go();
                    }
                }
                review.set(None);
                report.set(Shared::new(told));
            })));
        }
    };
    let take = {
        let (review, report, add) = (review.setter(), report.setter(), add.clone());
        Callback::from(move |read: core::Read| {
            let told = Report { taken: 0, notes: read.notes, skipped: read.skipped };
            let (review, report, add, files) = (review.clone(), report.clone(), add.clone(), read.files.clone());
            dispatch.send(Action::Begin(Order::new(
                "Reading the files",
                is_large(files.iter()),
                Review::of(read.files),
                move |found| match found {
                    Some(found) => {
                        report.set(Shared::new(told));
                        review.set(Some(Shared::new(found)));
                    }
                    None => add(files, told),
                },
            )));
        })
    };
    let ondone = {
        let (review, report) = (review.setter(), report.clone());
        Callback::from(move |files: Option<Vec<SourceFile>>| {
            if let Some(files) = files {
                add(files, (**report).clone());
            } else {
                review.set(None);
                report.set(Shared::default());
            }
        })
    };
    let pasted = take.reform(|files| core::Read { files, ..core::Read::default() });
    html! {
        <>
            if let Some(review) = &*review {
                <Repairs review={review.clone()} {ondone} />
            } else {
                { report_view(&report) }
            }
            <div class="import-doors" hidden={review.is_some()}>
                <Paste take={pasted} />
                { file_import(&take) }
            </div>
        </>
    }
}

fn label(files: &[SourceFile]) -> String {
    match files {
        [file] => format!("Import {}", file.name),
        files => format!("Import {} files", files.len()),
    }
}
