//! YAML to read: numbered lines, marks at the lines that have findings, copy.

use akoplan::view::LineMark;
use akoplan::view::colours::{Coloured, Colours};
use yew::prelude::*;

use super::badge::severity_mark;
use super::copy_button::CopyButton;

/// Properties of [`CodeView`].
#[derive(PartialEq, Properties)]
pub struct CodeViewProps {
    /// What it is: a file's name.
    pub title: AttrValue,
    /// The text.
    pub text: AttrValue,
    /// Number of its first line.
    #[prop_or(1)]
    pub first_line: usize,
    /// Findings by line.
    #[prop_or_default]
    pub marks: Vec<LineMark>,
    /// Whether it is no YAML: without colours.
    #[prop_or_default]
    pub plain: bool,
    /// Buttons in place of the one that copies the text.
    #[prop_or_default]
    pub buttons: Option<Html>,
}

/// The text with a gutter.
#[component]
pub fn CodeView(props: &CodeViewProps) -> Html {
    let mut colours = Colours::default();
    html! {
        <figure class="code">
            <figcaption>
                <span class="mono">{ &props.title }</span>
                if let Some(buttons) = &props.buttons {
                    { buttons.clone() }
                } else {
                    <CopyButton text={props.text.clone()} what={props.title.clone()} />
                }
            </figcaption>
            <pre tabindex="0" aria-label={props.title.clone()}><ol>
                { for props.text.lines().enumerate().map(|(at, line)| {
                    let number = props.first_line + at;
                    let mark = props.marks.iter().find(|mark| mark.line == number);
                    html! { <CodeLine key={number} {number} text={line.to_owned()} colours={if props.plain { Vec::new() } else { colours.line(line) }} mark={mark.cloned()} /> }
                }) }
            </ol></pre>
        </figure>
    }
}

#[derive(PartialEq, Properties)]
struct CodeLineProps {
    number: usize,
    text: AttrValue,
    colours: Vec<Coloured>,
    mark: Option<LineMark>,
}

#[component]
fn CodeLine(props: &CodeLineProps) -> Html {
    let class = props.mark.as_ref().map(|mark| format!("line-{}", mark.severity.name()));
    html! {
        <li {class} title={props.mark.as_ref().map(|mark| mark.message.clone())}>
            <span class="line-number" aria-hidden="true">{ props.number }</span>
            <span class="line-text">{ coloured(&props.text, &props.colours) }</span>
            if let Some(mark) = &props.mark { { severity_mark(mark.severity, false) } }
        </li>
    }
}

/// The line in its colours.
fn coloured(line: &str, colours: &[Coloured]) -> Html {
    let mut at = 0;
    let mut parts = Vec::new();
    for Coloured { range, colour } in colours {
        parts.push(html! { { &line[at..range.start] } });
        parts.push(html! { <span class={colour.class()}>{ &line[range.clone()] }</span> });
        at = range.end;
    }
    parts.push(html! { { &line[at..] } });
    parts.into_iter().collect()
}
