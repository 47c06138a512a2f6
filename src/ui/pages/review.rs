//! Review: what changes if the project is applied, against its last import or against a second one.

mod result;
mod second;

use akoplan::history::History;
use akoplan::pace::Progress;
use akoplan::review as core;
use akoplan::text::SourceFile;
use akoplan::view::review::with_fitting_names;
use yew::prelude::*;

use crate::ui::computed::{computing, use_computed};
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::store::{Action, Store, use_store};
use crate::ui::widgets::field::SelectField;
use result::{Reviewed, review_result};
use second::SecondImport;

/// What the project is compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Against {
    /// The files as they were imported last.
    Baseline,
    /// A second import, which is what runs now.
    Before,
    /// A second import, which is to be applied.
    After,
}

impl Against {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Baseline, "what was imported last"),
        (Self::Before, "what runs now: manifests to paste or choose"),
        (Self::After, "what shall come: manifests to paste or choose"),
    ];

    fn words(self) -> &'static str {
        Self::ALL.into_iter().find(|(own, _)| *own == self).map_or("", |(_, words)| words)
    }
}

/// The place.
#[component]
pub fn Review() -> Html {
    let store = use_store();
    let against = use_state(|| Against::Baseline);
    let second = use_state(|| None::<Shared<Vec<SourceFile>>>);
    let reviewed = {
        let of = (store.history.clone(), *against, (*second).clone());
        use_computed(&store, of, |(history, against, second)| async move {
            compare(&history, against, second.as_ref().map(|files| files.as_slice())).await
        })
    };
    let onchange = {
        let against = against.setter();
        Callback::from(move |words: String| {
            if let Some((chosen, _)) = Against::ALL.into_iter().find(|(_, own)| *own == words) {
                against.set(chosen);
            }
        })
    };
    let onfiles = {
        let second = second.setter();
        Callback::from(move |files: Vec<SourceFile>| second.set(Some(Shared::new(files))))
    };
    let options = Against::ALL.map(|(_, words)| (AttrValue::Static(words), AttrValue::Static(words))).to_vec();
    html! {
        <>
            <header class="place-head"><h2>{ "Review" }</h2></header>
            if store.workspace().files().is_empty() {
                <div class="empty">
                    <p>{ "What a change means before it is applied: findings that come and go, landings that move, what is interrupted, and the text. There is no project to compare yet." }</p>
                    <a class="button primary" href={Route::to(Section::Import).hash()}>{ "Import" }</a>
                </div>
            } else {
                <SelectField id="review-against" label="Compare the project with" value={against.words()} {options} {onchange} />
                if *against != Against::Baseline { <SecondImport {onfiles} /> }
                if reviewed.current().is_none() {
                    { computing() }
                } else if let Some(reviewed) = reviewed.current().and_then(|reviewed| reviewed.as_ref()) {
                    { review_result(reviewed) }
                } else if *against == Against::Baseline {
                    <p class="empty">{ "Nothing was imported into this project since akoplan keeps what is imported. What is there now can be kept to compare with." }</p>
                }
                if *against == Against::Baseline { { baseline_button(&store) } }
            }
        </>
    }
}

/// Keeps the project as it is, to compare with from now on.
fn baseline_button(store: &Store) -> Html {
    let dispatch = store.dispatch();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.send(Action::TakeAsBaseline));
    html! { <div class="actions"><button type="button" {onclick}>{ "Compare from now on with the project as it is" }</button></div> }
}

/// The review, where there is something to compare with.
async fn compare(history: &History, against: Against, second: Option<&[SourceFile]>) -> Option<Shared<Reviewed>> {
    let project = history.workspace().clone();
    let (old, new) = match against {
        // Most of it is in the project, too, and need not be read again.
        Against::Baseline => {
            (project.clone().reading(history.baseline()?.to_vec(), Progress::default()).await, project)
        }
        Against::Before => (with_fitting_names(&project, second?), project),
        Against::After => (project.clone(), with_fitting_names(&project, second?)),
    };
    let is_same = old.sources() == new.sources();
    let review = if is_same { core::Review::default() } else { core::reviewing(&old, &new, None).await };
    Some(Shared::new(Reviewed {
        review,
        old,
        new,
        is_second: against != Against::Baseline,
        is_project_new: against != Against::After,
    }))
}
