//! Several fixes at once: which ones, what they would change, and then as one step.

use akoplan::view::fixes::{self, Offer, Preview};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::store::{Action, Order, use_store};
use crate::ui::widgets::diff_view::diff_view;
use crate::ui::widgets::field::SelectField;
use crate::ui::widgets::words::sentence;

/// More fixes than this are counted, not listed.
const LISTED: usize = 50;

/// The choice, and what it would change; nothing where no finding has a fix.
#[component]
pub fn SeveralFixes() -> Html {
    let store = use_store();
    let chosen = use_state(|| None::<String>);
    // The preview belongs to the project that it was made from.
    let preview = use_state(|| None::<Preview>);
    {
        let preview = preview.setter();
        use_effect_with(store.history.clone(), move |_| preview.set(None));
    }
    let offers = fixes::offers(&store.analysis);
    let Some(first) = offers.first() else { return html! {} };
    let key = chosen.as_ref().filter(|key| offers.iter().any(|offer| offer.key == **key)).unwrap_or(&first.key).clone();
    let onchange = {
        let (chosen, preview) = (chosen.setter(), preview.setter());
        Callback::from(move |key: String| {
            chosen.set(Some(key));
            preview.set(None);
        })
    };
    let onshow = {
        let (store, preview, key) = (store.clone(), preview.setter(), key.clone());
        Callback::from(move |_: MouseEvent| {
            let (workspace, preview, key) = (store.workspace().clone(), preview.clone(), key.clone());
            let is_large = workspace.is_large();
            let looking = async move { fixes::previewing(&workspace, &key).await };
            store.dispatch().send(Action::Begin(Order::new(
                "Looking what the fixes would change",
                is_large,
                looking,
                move |shown| {
                    preview.set(shown);
                    browser::focus_later("#several-preview");
                },
            )));
        })
    };
    let onapply = {
        let (dispatch, preview) = (store.dispatch(), preview.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(preview) = &*preview {
                dispatch.edit(preview.label.clone(), preview.command.clone());
            }
        })
    };
    let oncancel = {
        let preview = preview.setter();
        Callback::from(move |_: MouseEvent| preview.set(None))
    };
    let option = |offer: &Offer| (AttrValue::from(offer.key.clone()), AttrValue::from(offer.title.clone()));
    let options: Vec<_> = offers.iter().map(option).collect();
    html! {
        <section class="card several-fixes" aria-label="Fix several at once">
            <div class="form-row">
                <SelectField id="several-fixes" label="Fix several at once" value={key} {options} {onchange} />
                <button type="button" onclick={onshow}>{ "Show what would change" }</button>
            </div>
            if let Some(preview) = &*preview { { preview_of(preview, &onapply, &oncancel) } }
        </section>
    }
}

fn preview_of(preview: &Preview, onapply: &Callback<MouseEvent>, oncancel: &Callback<MouseEvent>) -> Html {
    html! {
        <div id="several-preview" tabindex="-1" role="region" aria-label="What would change">
            <ul class="plain-list">
                { for preview.fixes.iter().take(LISTED).map(|fix| html! { <li>{ sentence(fix) }</li> }) }
                if preview.fixes.len() > LISTED { <li>{ format!("and {} more", preview.fixes.len() - LISTED) }</li> }
            </ul>
            if preview.more { <p>{ "There is more to fix than is done at once: look again afterwards." }</p> }
            { diff_view(&preview.diff) }
            <div class="actions">
                <button type="button" class="primary" onclick={onapply}>{ preview.label.clone() }</button>
                <button type="button" onclick={oncancel}>{ "Cancel" }</button>
            </div>
        </div>
    }
}
