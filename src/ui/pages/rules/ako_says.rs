//! What AKO says, read backwards: a status, an event or a log line is pasted, its meaning appears.

use akoplan::ako::messages::{Reading, read};
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::widgets::area_field::AreaField;
use crate::ui::widgets::words::sentence;

/// The field, and what its text means.
#[component]
pub fn AkoSays() -> Html {
    let text = use_state(String::new);
    let oninput = {
        let text = text.setter();
        Callback::from(move |typed: String| text.set(typed))
    };
    let readings = read(&text);
    html! {
        <section class="card ako-says" aria-labelledby="ako-says-title">
            <h3 id="ako-says-title">{ "What does AKO say?" }</h3>
            <AreaField id="ako-says" label="A status, an event or a log line of AKO" value={(*text).clone()} rows=3 {oninput}
                placeholder="network \"oam-vip\" not found on controller"
                help="Paste the status as `kubectl get -o yaml` prints it, or lines of the log: what they mean, and the field that causes them, stands below." />
            <div role="status">
                if readings.is_empty() && !text.trim().is_empty() {
                    <p class="dim">{ "None of this is a message of AKO that is known here." }</p>
                }
                { for readings.iter().map(meaning) }
            </div>
        </section>
    }
}

/// A message with its meaning.
fn meaning(reading: &Reading) -> Html {
    let message = reading.message;
    let values: Vec<&str> = reading.values.iter().map(String::as_str).collect();
    let words = if values.is_empty() { message.template.replace("{}", "…") } else { message.with(&values) };
    let part = |label: &str, text: &str| {
        (!text.is_empty()).then(|| html! { <><dt>{ label.to_owned() }</dt><dd>{ sentence(text) }</dd></> })
    };
    html! {
        <article class="ako-message">
            <h4 class="mono">{ words }</h4>
            <dl>
                { part("Where", &format!("{} · line {} of the text", message.at, reading.line)) }
                { part("Means", message.means) }
                { part("Field", message.field) }
                { part("Fix", message.fix) }
                { part("Source", &format!("AKO 2.2.1 {}", message.source)) }
            </dl>
            if !message.rules.is_empty() {
                <p>{ "Found before it happens by " }{ for message.rules.iter().map(|code| html! {
                    <><a class="mono" href={Route::with(Section::Rules, *code).hash()}>{ *code }</a>{ " " }</>
                }) }</p>
            }
        </article>
    }
}
