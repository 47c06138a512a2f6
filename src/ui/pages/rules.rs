//! Rules: what each code means, with an example.

mod ako_says;

use akoplan::rules::{self, GROUPS, Rule};
use akoplan::view::page::{Block, blocks, of_rule, summary};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::route::{Route, Section, use_route};
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::words::sentence;
use ako_says::AkoSays;

/// The pages of all rules, beside the page on the server.
const PAGES: &str = "rules.md";

/// The place: one rule, or the list of all.
#[component]
pub fn Rules() -> Html {
    let route = use_route();
    // Before the server has answered there is nothing to say; afterwards, perhaps, that it did not.
    let answer = use_state(|| None::<Option<String>>);
    {
        let answer = answer.setter();
        use_effect_with((), move |()| browser::fetch_text(PAGES, move |text| answer.set(Some(text))));
    }
    let document = answer.as_ref().and_then(Option::as_deref).unwrap_or_default();
    html! {
        <>
            { match route.item.as_deref().and_then(rules::find) {
                Some(rule) => rule_page(rule, document),
                None => rule_list(document),
            } }
            if *answer == Some(None) {
                <p role="alert">{ "What the rules say could not be fetched from the server: reload the page." }</p>
            }
        </>
    }
}

fn rule_list(document: &str) -> Html {
    html! {
        <>
            <header class="place-head"><h2>{ "Rules" }</h2></header>
            <AkoSays />
            { for GROUPS.iter().map(|(prefix, title)| {
                let of_group: Vec<&&Rule> = rules::ALL.iter().filter(|rule| rule.code.starts_with(prefix)).collect();
                if of_group.is_empty() { return html! {}; }
                html! {
                    <section key={*prefix} aria-label={*title}>
                        <h3>{ *title }</h3>
                        <ul class="rule-list">{ for of_group.into_iter().map(|rule| html! {
                            <li>{ severity_mark(rule.severity, false) }
                                <a href={Route::with(Section::Rules, rule.code).hash()}><span class="mono">{ rule.code }</span>{ " " }{ rule.name }</a>
                                <span class="dim">{ sentence(&of_rule(document, rule.code).and_then(summary).unwrap_or_default()) }</span>
                            </li>
                        }) }</ul>
                    </section>
                }
            }) }
        </>
    }
}

/// A rule's page, from its doc comment.
fn rule_page(rule: &Rule, document: &str) -> Html {
    html! {
        <article class="rule-page">
            <header class="place-head">
                <h2><span class="mono">{ rule.code }</span>{ " " }{ rule.name }</h2>
                { severity_mark(rule.severity, true) }
                <a class="button" href={Route::to(Section::Rules).hash()}>{ "All rules" }</a>
            </header>
            { for blocks(of_rule(document, rule.code).unwrap_or_default()).into_iter().map(|block| match block {
                Block::Heading(text) => html! { <h3>{ text }</h3> },
                Block::Paragraph(text) => html! { <p>{ sentence(&text) }</p> },
                Block::List(items) => html! { <ul class="bullets">{ for items.into_iter().map(|text| html! { <li>{ sentence(&text) }</li> }) }</ul> },
                Block::Code(text) => html! { <CodeView title="YAML" {text} /> },
            }) }
        </article>
    }
}
