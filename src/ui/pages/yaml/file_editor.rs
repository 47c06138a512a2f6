//! The text of a file, with the findings of the line that the cursor is on.

use std::rc::Rc;

use akoplan::command::Command;
use akoplan::view::editor::findings::{FindingMark, changed_lines, marks};
use akoplan::view::folds::server_noise;
use akoplan::view::line_marks;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::object_findings::StoredFinding;
use crate::ui::route::{Route, Section};
use crate::ui::shared::SharedText;
use crate::ui::store::{Action, use_store};
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::code_editor::{CodeEditor, Typed};
use crate::ui::widgets::copy_button::CopyButton;
use crate::ui::widgets::icon::Icon;

/// Properties of [`FileEditor`].
#[derive(PartialEq, Properties)]
pub struct FileEditorProps {
    /// The file's name.
    pub name: AttrValue,
    /// The line to show.
    pub line: Option<usize>,
}

/// The file.
#[component]
pub fn FileEditor(props: &FileEditorProps) -> Html {
    let store = use_store();
    let line = use_state(|| 1);
    let name = &props.name;
    let Some(file) = store.workspace().file(name) else { return html! {} };
    let text = SharedText(file.source.text.clone());
    let marks = marks(store.workspace(), &store.analysis, name);
    let baseline = store.history.baseline().and_then(|files| files.iter().find(|file| file.name == **name));
    let changed = baseline.map(|before| changed_lines(&before.text, &text.0)).unwrap_or_default();
    let dispatch = store.dispatch();
    let onchange = {
        let (dispatch, file) = (dispatch.clone(), name.to_string());
        Callback::from(move |typed: Typed| {
            if typed.begins_step {
                dispatch.send(Action::Seal);
            }
            let command = Command::SetFile { file: file.clone(), text: typed.text };
            let merge_key = Some(format!("text of {file}"));
            dispatch.send(Action::Edit { label: format!("edit {file}"), merge_key, command });
        })
    };
    let onleave = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.send(Action::Seal))
    };
    let ondelete = {
        let (dispatch, file) = (dispatch.clone(), name.to_string());
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(format!("Delete {file}"), Command::RemoveFile { file: file.clone() });
        })
    };
    let oncursor = {
        let line = line.setter();
        Callback::from(move |at| line.set(at))
    };
    let onfixes = Callback::from(|()| browser::focus_later("#line-findings"));
    html! {
        <section class="file-editor" aria-label={name.clone()}>
            <div class="actions">
                <h3 class="mono">{ name }</h3>
                <CopyButton text={AttrValue::Rc(Rc::from(&*text.0))} what={name.clone()} />
                <button type="button" class="small danger" onclick={ondelete}>{ Icon::Trash.svg() }{ "Delete file" }</button>
            </div>
            <CodeEditor label={format!("Text of {name}")} {text} line_marks={line_marks(store.workspace(), &store.analysis, name)} {changed}
                folded={server_noise(store.workspace(), name)} line={props.line} {onchange} {onleave} {oncursor} {onfixes} marks={marks.clone()}>
                <p class="dim keys">{ "Ctrl+F search · Ctrl+G line · F8 next finding · Alt+Enter its fixes · Ctrl+Shift+[ fold" }</p>
                { line_findings(&marks, *line) }
                { all_findings(name, &marks) }
            </CodeEditor>
        </section>
    }
}

/// The findings of the line that the cursor is on, with their fixes.
fn line_findings(marks: &[FindingMark], line: usize) -> Html {
    let own: Vec<usize> = marks.iter().filter(|mark| mark.from.line == line).map(|mark| mark.index).collect();
    if own.is_empty() {
        return html! {};
    }
    html! {
        <section id="line-findings" class="findings" tabindex="-1" aria-label={format!("Findings of line {line}")}>
            { for own.into_iter().map(|index| html! { <StoredFinding key={index} {index} /> }) }
        </section>
    }
}

/// More lines than this are for the place Findings.
const MOST_LISTED: usize = 100;

/// All findings of the file, by line.
fn all_findings(name: &str, marks: &[FindingMark]) -> Html {
    html! {
        <ul class="line-messages" aria-label="Findings of this file">
            { for marks.iter().take(MOST_LISTED).map(|mark| html! {
                <li key={mark.index}>{ severity_mark(mark.severity, false) }
                    <a href={Route::with(Section::Yaml, format!("{name}:{}", mark.from.line)).hash()}>{ format!("Line {}", mark.from.line) }</a>
                    { " " }{ &mark.title }
                </li>
            }) }
            if marks.len() > MOST_LISTED {
                <li><a href={Route::to(Section::Findings).hash()}>{ format!("{} more in Findings", marks.len() - MOST_LISTED) }</a></li>
            }
        </ul>
    }
}
