//! The form for a new segment: what is typed, its YAML as it changes, and `Create segment`.

mod fields;
mod names;
mod state;

use akoplan::analysis::analyse;
use akoplan::segment;
use akoplan::workspace::Address;
use fields::PartProps;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::draft::Change;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Dispatch, Store, use_dispatch, use_store};
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::icon::Icon;
use fields::segment_fields;
use names::name_fields;
pub use state::NewSegmentState;
use state::Trial;

/// Properties of [`NewSegment`] and its parts.
#[derive(PartialEq, Properties)]
pub struct NewSegmentProps {
    /// What is typed, as it was when it was last shown.
    pub state: NewSegmentState,
    /// What is typed, as it is now.
    pub current: Callback<(), NewSegmentState>,
    /// A change.
    pub onchange: Callback<Change<NewSegmentState>>,
    /// It is done with.
    pub ondone: Callback<()>,
}

/// The form.
#[component]
pub fn NewSegment(props: &NewSegmentProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    use_effect_with((), |()| browser::focus_inside_later("new-segment-form"));
    // What the rules would say of the segment, if it were made as it is typed now.
    let trial = use_memo((props.state.draft.clone(), store.history.clone()), |(draft, history)| {
        let (workspace, at) = segment::trial(history.workspace(), draft)?;
        let analysis = analyse(&workspace);
        Some(Trial { workspace, analysis, at })
    });
    let onsubmit = {
        let (store, current) = (store.clone(), props.current.clone());
        let (onchange, ondone) = (props.onchange.clone(), props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(at) = create(&store, &dispatch, &current.emit(())) {
                ondone.emit(());
                Route::object(Section::Segments, &at).go();
            } else {
                onchange.emit(Change::new(|state: &mut NewSegmentState| state.tried = true));
                browser::focus_later("#new-segment-name");
            }
        })
    };
    let oncancel = {
        let ondone = props.ondone.clone();
        Callback::from(move |_: MouseEvent| {
            ondone.emit(());
            Route::to(Section::Segments).go();
        })
    };
    let part = PartProps { state: props.state.clone(), trial, onchange: props.onchange.clone() };
    html! {
        <section class="card segment-form" aria-labelledby="new-segment-title">
            <h3 id="new-segment-title">{ "New segment" }</h3>
            <div class="segment-new">
                <form id="new-segment-form" class="form" {onsubmit}>
                    { segment_fields(&store, &part) }
                    { name_fields(&store, &part) }
                    <div class="actions">
                        <button type="submit" class="primary">{ Icon::Check.svg() }{ "Create segment" }</button>
                        <button type="button" onclick={oncancel}>{ "Cancel" }</button>
                    </div>
                </form>
                { preview(&store, &props.state) }
            </div>
        </section>
    }
}

/// Writes the segment; gives the place of its setting, `None` as long as something is missing.
fn create(store: &Store, dispatch: &Dispatch, state: &NewSegmentState) -> Option<Address> {
    let (_, at) = segment::trial(store.workspace(), &state.draft)?;
    let label = format!("create segment {}", state.draft.segment.trim());
    dispatch.edit(label, segment::create(store.workspace(), &state.draft));
    Some(at)
}

/// The documents as they would be written.
fn preview(store: &Store, state: &NewSegmentState) -> Html {
    let draft = &state.draft;
    let text = segment::preview(store.workspace(), draft);
    if draft.segment.trim().is_empty() {
        return html! { <p class="preview-hint dim">{ "The YAML stands here as soon as the segment has a name." }</p> };
    }
    html! { <CodeView title={segment::file(draft)} {text} /> }
}
