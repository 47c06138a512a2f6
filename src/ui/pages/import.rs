//! Import: paste, files or folders, taken in as they are, and what became of each of them; what is damaged is
//! shown with its repairs first.

mod files;
mod paste;
mod repairs;
mod report;
mod twins;

use akoplan::import::twins::{Choice, Twins};
use akoplan::import::{self as core, Noted, Skipped};
use akoplan::pace::Progress;
use akoplan::text::SourceFile;
use akoplan::view::repair::Review;
use akoplan::workspace::is_large;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::store::{Action, Dispatch, Notice, Order, use_dispatch, use_store};
use files::file_import;
use paste::Paste;
use repairs::Repairs;
use report::report_view;
use twins::TwinChoices;

/// The place.
pub fn import() -> Html {
    html! {
        <>
            <header class="place-head"><h2>{ "Import" }</h2></header>
            <p>{ "Kubernetes manifests of any kind, several documents in one, JSON, AKO's values.yaml or ConfigMap, a saved akoplan project. \
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
    let current = store.clone();
    let dispatch = use_dispatch();
    let review = use_state(|| None::<Shared<Review>>);
    let report = use_state(Shared::<Report>::default);
    let open = use_state(|| None::<Shared<Open>>);
    let take_in = {
        let (open, report, dispatch) = (open.setter(), report.setter(), dispatch.clone());
        Callback::from(move |(import, choices): (Shared<Open>, Vec<Choice>)| {
            open.set(None);
            report.set(Shared::new(import.take_in(&choices, &dispatch)));
        })
    };
    let add = {
        let (review, report, dispatch) = (review.setter(), report.setter(), dispatch.clone());
        let (open, take_in) = (open.setter(), take_in.clone());
        move |files: Vec<SourceFile>, mut told: Report| {
            let (review, report, dispatch) = (review.clone(), report.clone(), dispatch.clone());
            let (open, take_in) = (open.clone(), take_in.clone());
            let workspace = store.workspace().clone();
            let is_first = workspace.files().is_empty();
            let is_large = is_large(files.iter());
            let naming = |progress: Progress| async move {
                let (files, renamed) = core::naming(&workspace, files).await;
                let twins = Twins::finding(workspace, files.clone(), progress).await;
                (files, renamed, twins)
            };
            let order = dispatch.clone();
            order.send(Action::Begin(Order::telling(
                "Reading the files",
                is_large,
                naming,
                move |(files, renamed, twins)| {
                    told.notes.extend(renamed);
                    review.set(None);
                    if files.is_empty() {
                        dispatch.say(Notice::error("There was nothing to read in these files."));
                        report.set(Shared::new(told));
                        return;
                    }
                    let import =
                        Shared::new(Open { label: label(&files), files, twins: Shared::new(twins), told, is_first });
                    if import.twins.are_open() {
                        open.set(Some(import));
                        browser::focus_later("#twins-head");
                    } else {
                        let choices = import.twins.defaults();
                        take_in.emit((import, choices));
                    }
                },
            )));
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
    let onchosen = {
        let (open, again) = (open.clone(), take.clone());
        Callback::from(move |choices: Option<Vec<Choice>>| match (&*open, choices) {
            (Some(import), Some(choices)) if import.twins.are_of(current.workspace()) => {
                take_in.emit((import.clone(), choices));
            }
            // The project has changed meanwhile: what is there already may have, too.
            (Some(import), Some(_)) => {
                open.set(None);
                again.emit(import.read());
            }
            _ => open.set(None),
        })
    };
    let pasted = take.reform(|files| core::Read { files, ..core::Read::default() });
    html! {
        <>
            if let Some(review) = &*review {
                <Repairs review={review.clone()} {ondone} />
            } else if let Some(import) = &*open {
                <TwinChoices twins={import.twins.clone()} ondone={onchosen} />
            } else {
                { report_view(&report) }
            }
            <div class="import-doors" hidden={review.is_some() || open.is_some()}>
                <Paste take={pasted} />
                { file_import(&take) }
            </div>
        </>
    }
}

/// An import that people have to choose about.
struct Open {
    label: String,
    files: Vec<SourceFile>,
    twins: Shared<Twins>,
    told: Report,
    /// Whether nothing was there before.
    is_first: bool,
}

impl Open {
    /// Takes it in as it was chosen; gives what is to be told of it.
    fn take_in(&self, choices: &[Choice], dispatch: &Dispatch) -> Report {
        let sifted = self.twins.sifted(choices);
        let mut told = self.told.clone();
        told.taken = sifted.taken;
        told.notes.extend(sifted.notes);
        told.skipped.extend(sifted.skipped);
        let is_silent = told.notes.is_empty() && told.skipped.is_empty();
        let (label, read) = (self.label.clone(), Some(self.twins.joint().clone()));
        match sifted.taken {
            0 => {}
            _ if self.twins.list.is_empty() => dispatch.send(Action::Add { label, files: self.files.clone(), read }),
            _ => dispatch.send(Action::Open { label, files: sifted.files, read }),
        }
        if is_silent {
            Route::to(if self.is_first { Section::Overview } else { Section::Yaml }).go();
        }
        told
    }

    /// What was read, to be looked at anew.
    fn read(&self) -> core::Read {
        let Report { notes, skipped, .. } = self.told.clone();
        core::Read { files: self.files.clone(), notes, skipped }
    }
}

fn label(files: &[SourceFile]) -> String {
    match files {
        [file] => format!("Import {}", file.name),
        files => format!("Import {} files", files.len()),
    }
}
