//! What is wrong with a setting and its classes, with the mends.

use akoplan::segment;
use yew::prelude::*;

use super::SegmentEditProps;
use crate::ui::object_findings::StoredFinding;
use crate::ui::store::use_store;

/// The findings; nothing where there are none.
#[component]
pub fn Findings(props: &SegmentEditProps) -> Html {
    let store = use_store();
    let found = segment::findings(store.workspace(), &store.analysis, &props.segment);
    if found.is_empty() {
        return html! {};
    }
    html! {
        <section class="findings" aria-label="Findings of this segment">
            { for found.into_iter().map(|index| html! { <StoredFinding key={index} {index} /> }) }
        </section>
    }
}
