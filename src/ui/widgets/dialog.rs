//! A dialog above the page: the browser's own, with its focus and its Esc.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::icon::Icon;

/// Properties of [`Dialog`].
#[derive(PartialEq, Properties)]
pub struct DialogProps {
    /// Id, unique on the page.
    pub id: AttrValue,
    /// What it is about.
    pub title: AttrValue,
    /// It goes.
    pub onclose: Callback<()>,
    /// Its content.
    pub children: Html,
}

/// The dialog; open as long as it is there.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
            }
        });
    }
    let title = format!("{}-title", props.id);
    let onclose = props.onclose.reform(|_: Event| ());
    let onclick = props.onclose.reform(|_: MouseEvent| ());
    html! {
        <dialog id={props.id.clone()} ref={dialog} aria-labelledby={title.clone()} {onclose}>
            <div class="dialog-head">
                <h2 id={title}>{ &props.title }</h2>
                <button type="button" class="icon-button" title="Close (Esc)" aria-label={format!("Close {}", props.title)} {onclick}>
                    { Icon::Close.svg() }
                </button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}
