//! The frame of a form beside its table: title, actions, close; Esc closes, the first field has the focus.

use yew::prelude::*;

use super::icon::Icon;
use crate::ui::browser;

/// Properties of [`FormPanel`].
#[derive(PartialEq, Properties)]
pub struct FormPanelProps {
    /// Id, unique on the page; another id is another form.
    pub id: AttrValue,
    /// What is in hand.
    pub title: AttrValue,
    /// Names are monospaced.
    #[prop_or_default]
    pub mono: bool,
    /// Buttons beside the title.
    #[prop_or_default]
    pub actions: Html,
    /// The form goes.
    pub onclose: Callback<()>,
    /// Its content.
    pub children: Html,
}

/// The frame.
#[component]
pub fn FormPanel(props: &FormPanelProps) -> Html {
    use_effect_with(props.id.clone(), |id| browser::focus_inside_later(id));
    let onkeydown = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.default_prevented() {
                event.prevent_default();
                onclose.emit(());
            }
        })
    };
    let onclick = props.onclose.reform(|_: MouseEvent| ());
    let title = format!("{}-title", props.id);
    html! {
        <section id={props.id.clone()} class="form-panel" aria-labelledby={title.clone()} {onkeydown}>
            <header class="form-head">
                <h3 id={title} class={props.mono.then_some("mono")}>{ &props.title }</h3>
                <span class="form-actions">{ props.actions.clone() }</span>
                <button type="button" class="icon-button" title="Close (Esc)" aria-label={format!("Close {}", props.title)} {onclick}>
                    { Icon::Close.svg() }
                </button>
            </header>
            { props.children.clone() }
        </section>
    }
}
