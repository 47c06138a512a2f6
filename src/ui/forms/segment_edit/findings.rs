//! What is wrong with a setting and its classes, one line each.

use akoplan::segment;
use yew::prelude::*;

use super::SegmentEditProps;
use crate::ui::route::{Route, Section};
use crate::ui::store::use_store;
use crate::ui::widgets::badge::SeverityMark;
use crate::ui::widgets::words::Words;

/// The findings; each opens in its place.
#[component]
pub fn Findings(props: &SegmentEditProps) -> Html {
    let store = use_store();
    let found = segment::findings(store.workspace(), &store.analysis, &props.segment);
    if found.is_empty() {
        return html! {};
    }
    html! {
        <ul class="segment-findings" aria-label="Findings">
            { for found.into_iter().map(|(index, finding)| html! {
                <li key={index}>
                    <SeverityMark severity={finding.severity} />
                    <a href={Route::with(Section::Findings, index.to_string()).hash()}>{ finding.code }</a>
                    <span><Words text={finding.message.clone()} /></span>
                </li>
            }) }
        </ul>
    }
}
