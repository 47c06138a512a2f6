//! A text area with line numbers and marks; Tab leaves it, as everywhere.

use akoplan::view::LineMark;
use akoplan::view::text::gutter;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::typing::use_typed;

/// Properties of [`TextEditor`].
#[derive(PartialEq, Properties)]
pub struct TextEditorProps {
    /// What it is.
    pub label: AttrValue,
    /// The text.
    pub text: AttrValue,
    /// Findings by line.
    pub marks: Vec<LineMark>,
    /// The line to show and select.
    #[prop_or_default]
    pub line: Option<usize>,
    /// Each change.
    pub oninput: Callback<String>,
    /// The field is left.
    pub onleave: Callback<()>,
}

/// The editor. Text and gutter have the same line height and scroll together.
#[component]
pub fn TextEditor(props: &TextEditorProps) -> Html {
    let area = use_node_ref();
    let lines = props.text.split('\n').count().max(1);
    {
        let area = area.clone();
        let text = props.text.clone();
        // Only when another line is asked for, not at each key.
        use_effect_with(props.line, move |line| {
            if let (Some(line), Some(area)) = (*line, area.cast::<HtmlTextAreaElement>()) {
                select_line(&area, &text, line);
            }
        });
    }
    let (value, typed) = use_typed(&props.text);
    let onblur = {
        let typed = typed.clone();
        props.onleave.reform(move |_: FocusEvent| typed.forget())
    };
    let oninput = {
        let oninput = props.oninput.clone();
        Callback::from(move |event: InputEvent| {
            typed.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value(), &oninput);
        })
    };
    html! {
        <div class="editor">
            <pre class="editor-gutter" aria-hidden="true">
                { for gutter(lines, &props.marks).into_iter().map(|part| match part.severity {
                    Some(severity) => html! { <span class={format!("gutter-{}", severity.name())}>{ part.numbers }</span> },
                    None => html! { { part.numbers } },
                }) }
            </pre>
            <textarea ref={area} class="editor-text" aria-label={props.label.clone()} rows={lines.to_string()} wrap="off"
                spellcheck="false" autocomplete="off" autocapitalize="off" {value} {oninput} {onblur} />
        </div>
    }
}

/// Puts the selection on a line and brings it into view.
fn select_line(area: &HtmlTextAreaElement, text: &str, line: usize) {
    // The browser counts in UTF-16.
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let before: String = text.split_inclusive('\n').take(line.saturating_sub(1)).collect();
    let start = units(&before);
    let length = text.split('\n').nth(line.saturating_sub(1)).map_or(0, units);
    let _ = area.focus();
    let _ = area.set_selection_range(start, start + length);
    if let Some(editor) = area.parent_element() {
        let lines = i32::try_from(text.split('\n').count()).unwrap_or(i32::MAX).max(1);
        let height = area.scroll_height() / lines;
        let line = i32::try_from(line).unwrap_or_default();
        editor.set_scroll_top((line - 6).max(0) * height);
    }
}
