//! How the bundle is applied, step by step.

use akoplan::export::Step;
use yew::prelude::*;

use crate::ui::widgets::code_view::CodeView;

/// The steps with their commands.
pub fn step_list(steps: &[Step]) -> Html {
    if steps.is_empty() {
        return html! {};
    }
    html! {
        <section class="steps" aria-labelledby="apply-steps">
            <h3 id="apply-steps">{ "Apply" }</h3>
            <p class="dim">{ "The order counts: AKO uses an AviInfraSetting only once it is Accepted, and drops an Ingress that comes before its \
                              IngressClass. What is made earlier begins on the global network." }</p>
            { for steps.iter().map(|step| html! { <CodeView title={step.about} text={step.commands.join("\n")} /> }) }
        </section>
    }
}
