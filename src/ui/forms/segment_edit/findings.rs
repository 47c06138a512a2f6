//! What is wrong with a setting and its classes, with the mends.

use akoplan::segment;
use yew::prelude::*;

use crate::ui::object_findings::StoredFinding;
use crate::ui::store::Store;
use akoplan::segment::Segment;

/// The findings; nothing where there are none.
pub fn own_findings(store: &Store, segment: &Segment) -> Html {
    let found = segment::findings(store.workspace(), &store.analysis, segment);
    if found.is_empty() {
        return html! {};
    }
    html! {
        <section class="findings" aria-label="Findings of this segment">
            { for found.into_iter().map(|index| html! { <StoredFinding key={index} {index} /> }) }
        </section>
    }
}
