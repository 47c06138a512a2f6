//! How the bundle is applied, step by step.

use akoplan::export;
use yew::prelude::*;

use crate::ui::store::Store;
use crate::ui::widgets::code_view::CodeView;
use akoplan::export::Bundle;

/// The steps with their commands.
pub fn step_list(store: &Store, bundle: &Bundle) -> Html {
    let steps = export::steps(store.workspace(), &bundle.files);
    if steps.is_empty() {
        return html! {};
    }
    html! {
        <section class="steps" aria-labelledby="apply-steps">
            <h3 id="apply-steps">{ "Apply" }</h3>
            <p class="dim">{ "The order counts: AKO uses an AviInfraSetting only once it is Accepted, and drops an Ingress that comes before its \
                              IngressClass. What is made earlier begins on the global network." }</p>
            { for steps.into_iter().map(|step| html! { <CodeView title={step.about} text={step.commands.join("\n")} /> }) }
        </section>
    }
}
