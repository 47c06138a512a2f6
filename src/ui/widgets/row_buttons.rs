//! The buttons of a row in a list: up, down, remove; the focus stays with the row.

use yew::prelude::*;

use super::icon::Icon;
use crate::ui::browser;

/// Properties of [`RowButtons`].
#[derive(PartialEq, Properties)]
pub struct RowButtonsProps {
    /// Id of the list, unique on the page; the buttons' ids begin with it.
    pub list: AttrValue,
    /// What the row is, for the buttons' names.
    pub what: AttrValue,
    /// Its place.
    pub index: usize,
    /// How many rows there are.
    pub count: usize,
    /// Moves a row: from, to. Without it rows have no order.
    #[prop_or_default]
    pub onmove: Option<Callback<(usize, usize)>>,
    /// Removes a row.
    pub onremove: Callback<usize>,
}

/// The buttons.
#[component]
pub fn RowButtons(props: &RowButtonsProps) -> Html {
    let index = props.index;
    let id_of = |index: usize, button: &str| format!("{}-{index}-{button}", props.list);
    let button = |icon: Icon, name: &str, to: Option<usize>, word: &str| {
        let onmove = props.onmove.clone().unwrap_or_default();
        let target = to.map(|to| id_of(to, name));
        let onclick = Callback::from(move |_: MouseEvent| {
            if let (Some(to), Some(target)) = (to, &target) {
                onmove.emit((index, to));
                browser::focus_later(&format!("#{target}"));
            }
        });
        let label = format!("Move {} {word}", props.what);
        html! {
            <button type="button" id={id_of(index, name)} class="icon-button" aria-disabled={to.is_none().then_some("true")} title={label.clone()} aria-label={label} {onclick}>
                { icon.svg() }
            </button>
        }
    };
    let up = index.checked_sub(1);
    let down = (index + 1 < props.count).then_some(index + 1);
    let onremove = props.onremove.reform(move |_: MouseEvent| index);
    let label = format!("Remove {}", props.what);
    html! {
        <span class="row-buttons-group">
            if props.onmove.is_some() {
                { button(Icon::Up, "up", up, "up") }
                { button(Icon::Down, "down", down, "down") }
            }
            <button type="button" class="icon-button" title={label.clone()} aria-label={label} onclick={onremove}>{ Icon::Trash.svg() }</button>
        </span>
    }
}
