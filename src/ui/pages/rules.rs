//! Rules: what each code means, with an example.

use akoplan::rules::{self, GROUPS, Rule};
use akoplan::view::page::{Block, blocks};
use yew::prelude::*;

use crate::ui::route::{Route, Section, use_route};
use crate::ui::widgets::badge::SeverityMark;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::words::Words;

/// The place: one rule, or the list of all.
#[component]
pub fn Rules() -> Html {
    let route = use_route();
    match route.item.as_deref().and_then(rules::find) {
        Some(rule) => html! { <RulePage code={rule.code} /> },
        None => html! { <RuleList /> },
    }
}

#[component]
fn RuleList() -> Html {
    html! {
        <>
            <header class="place-head"><h2>{ "Rules" }</h2></header>
            { for GROUPS.iter().map(|(prefix, title)| {
                let of_group: Vec<&&Rule> = rules::ALL.iter().filter(|rule| rule.code.starts_with(prefix)).collect();
                if of_group.is_empty() { return html! {}; }
                html! {
                    <section key={*prefix} aria-label={*title}>
                        <h3>{ *title }</h3>
                        <ul class="rule-list">{ for of_group.into_iter().map(|rule| html! {
                            <li><SeverityMark severity={rule.severity} />
                                <a href={Route::with(Section::Rules, rule.code).hash()}><span class="mono">{ rule.code }</span>{ " " }{ rule.name }</a>
                                <span class="dim"><Words text={rule.summary()} /></span>
                            </li>
                        }) }</ul>
                    </section>
                }
            }) }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct RulePageProps {
    code: AttrValue,
}

/// A rule's page, from its doc comment.
#[component]
fn RulePage(props: &RulePageProps) -> Html {
    let Some(rule) = rules::find(&props.code) else { return html! {} };
    html! {
        <article class="rule-page">
            <header class="place-head">
                <h2><span class="mono">{ rule.code }</span>{ " " }{ rule.name }</h2>
                <SeverityMark severity={rule.severity} word=true />
                <a class="button" href={Route::to(Section::Rules).hash()}>{ "All rules" }</a>
            </header>
            { for blocks(&rule.page()).into_iter().map(|block| match block {
                Block::Heading(text) => html! { <h3>{ text }</h3> },
                Block::Paragraph(text) => html! { <p><Words {text} /></p> },
                Block::List(items) => html! { <ul class="bullets">{ for items.into_iter().map(|text| html! { <li><Words {text} /></li> }) }</ul> },
                Block::Code(text) => html! { <CodeView title="YAML" {text} /> },
            }) }
        </article>
    }
}
