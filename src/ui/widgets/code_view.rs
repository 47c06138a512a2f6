//! YAML to read: numbered lines, marks at the lines that have findings, copy.

use akoplan::view::LineMark;
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
}

/// The text with a gutter.
#[component]
pub fn CodeView(props: &CodeViewProps) -> Html {
    html! {
        <figure class="code">
            <figcaption><span class="mono">{ &props.title }</span><CopyButton text={props.text.clone()} what={props.title.clone()} /></figcaption>
            <pre tabindex="0" aria-label={props.title.clone()}><ol>
                { for props.text.lines().enumerate().map(|(at, line)| {
                    let number = props.first_line + at;
                    let mark = props.marks.iter().find(|mark| mark.line == number);
                    html! { <CodeLine key={number} {number} text={line.to_owned()} mark={mark.cloned()} /> }
                }) }
            </ol></pre>
        </figure>
    }
}

#[derive(PartialEq, Properties)]
struct CodeLineProps {
    number: usize,
    text: AttrValue,
    mark: Option<LineMark>,
}

#[component]
fn CodeLine(props: &CodeLineProps) -> Html {
    let class = props.mark.as_ref().map(|mark| format!("line-{}", mark.severity.name()));
    html! {
        <li {class} title={props.mark.as_ref().map(|mark| mark.message.clone())}>
            <span class="line-number" aria-hidden="true">{ props.number }</span>
            <span class="line-text">{ highlight(&props.text) }</span>
            if let Some(mark) = &props.mark { { severity_mark(mark.severity, false) } }
        </li>
    }
}

/// Key, value and comment in their colours; decoration only, so a rough reading is enough.
fn highlight(line: &str) -> Html {
    let trimmed = line.trim_start();
    if trimmed.starts_with('#') || trimmed == "---" {
        return html! { <span class="code-comment">{ line }</span> };
    }
    let (code, comment) = line.find(" #").map_or((line, ""), |at| line.split_at(at));
    let key_end =
        code.find(": ").map(|at| at + 1).or_else(|| code.trim_end().ends_with(':').then(|| code.trim_end().len()));
    let (key, value) = key_end.map_or(("", code), |at| code.split_at(at));
    html! {
        <>
            if !key.is_empty() { <span class="code-key">{ key }</span> }
            { value }
            if !comment.is_empty() { <span class="code-comment">{ comment }</span> }
        </>
    }
}
