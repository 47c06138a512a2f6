//! Messages at the foot of the page, and the offer to save a damaged project.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::project_actions::Projects;
use crate::ui::store::{Action, ProjectEvent, use_dispatch, use_store};

/// The last message, announced to screen readers; it stays until it is closed or followed by another.
#[component]
pub fn NoticeBar() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    {
        let dispatch = dispatch.clone();
        // What went well need not be closed; undo stays in the top bar. What went wrong stays.
        use_effect_with(store.notice.clone(), move |notice| {
            let passes = notice.as_ref().is_some_and(|notice| !notice.is_error);
            let timer = passes.then(|| Timeout::new(8_000, move || dispatch.send(Action::Dismiss)));
            move || drop(timer)
        });
    }
    let on = |action: fn() -> Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.send(action()))
    };
    let save_damaged = store.project.damaged.clone().map(|text| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            browser::download("akoplan-damaged.txt", text.as_bytes(), "text/plain");
            dispatch.send(Action::Project(ProjectEvent::ForgetDamaged));
        })
    });
    let restore = store.notice.as_ref().and_then(|notice| notice.restores.clone()).map(|id| {
        let (projects, dispatch) = (Projects::of(&store), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            projects.restore(&id);
            dispatch.send(Action::Dismiss);
        })
    });
    html! {
        <div class="notice-region" role="status" aria-live="polite">
            if let Some(notice) = &store.notice {
                <div class={classes!("notice", notice.is_error.then_some("notice-error"))}>
                    <p>{ &notice.text }</p>
                    if let Some(save) = save_damaged { <button type="button" onclick={save}>{ "Download what was stored" }</button> }
                    if let Some(restore) = restore { <button type="button" onclick={restore}>{ "Undo" }</button> }
                    if notice.undo { <button type="button" onclick={on(|| Action::Undo)}>{ "Undo" }</button> }
                    <button type="button" class="quiet" onclick={on(|| Action::Dismiss)}>{ "Close" }</button>
                </div>
            }
        </div>
    }
}
