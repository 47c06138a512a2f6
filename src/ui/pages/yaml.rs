//! YAML: the files as text, edited with live findings.

use akoplan::command::Command;
use akoplan::view::text::{TextPlace, place, typed_edit};
use yew::prelude::*;

use crate::ui::route::{Route, Section, use_route};
use crate::ui::store::{Action, Store, use_store};
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::copy_button::CopyButton;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::text_editor::TextEditor;

/// The place: the files, and the text of one.
#[component]
pub fn Yaml() -> Html {
    let store = use_store();
    let route = use_route();
    let Some(place) = place(store.workspace(), route.item.as_deref()) else {
        return html! {
            <>
                <header class="place-head"><h2>{ "YAML" }</h2></header>
                <div class="empty"><p>{ "No file yet. Import what you have, or define a segment; the files are shown here as text." }</p>
                    <a class="button" href={Route::to(Section::Import).hash()}>{ "Import" }</a></div>
            </>
        };
    };
    html! {
        <>
            <header class="place-head"><h2>{ "YAML" }</h2></header>
            <div class="yaml-place">
                { file_list(&store, &place.file) }
                { file_editor(&store, &place) }
            </div>
        </>
    }
}

/// The files with their worst finding.
fn file_list(store: &Store, current: &str) -> Html {
    html! {
        <nav class="file-list" aria-label="Files">
            <ul>{ for store.workspace().files().iter().map(|file| {
                let name = file.source.name.clone();
                let worst = worst_of_file(store, &name);
                html! {
                    <li key={name.clone()}>
                        <a class="mono" href={Route::with(Section::Yaml, name.clone()).hash()}
                            aria-current={(name == current).then_some("page")}>
                            <span>{ &name }</span>
                            if let Some(severity) = worst { { severity_mark(severity, false) } }
                        </a>
                    </li>
                }
            }) }</ul>
        </nav>
    }
}

fn worst_of_file(store: &Store, name: &str) -> Option<akoplan::diagnostic::Severity> {
    let own = store.analysis.findings.iter().filter(|finding| &*finding.file == name);
    own.map(|finding| finding.severity).min()
}

/// The text as a text area gives it back, which knows one kind of line end.
fn in_an_area(text: &AttrValue) -> AttrValue {
    if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.clone() }
}

/// The text of a file.
fn file_editor(store: &Store, place: &TextPlace) -> Html {
    let dispatch = store.dispatch();
    let name = &place.file;
    let text =
        store.workspace().file(name).map(|file| AttrValue::from(file.source.text.to_string())).unwrap_or_default();
    let marks = akoplan::view::line_marks(store.workspace(), &store.analysis, name);
    let oninput = {
        let (store, dispatch, file) = (store.clone(), dispatch.clone(), name.clone());
        Callback::from(move |text: String| {
            // The file as it is by now: the page may have shown an older one.
            let Some(old) = store.workspace().file(&file).map(|file| file.source.text.clone()) else { return };
            let command = Command::EditText { file: file.clone(), edits: vec![typed_edit(&old, &text)] };
            dispatch.send(Action::Edit {
                label: format!("edit {file}"),
                merge_key: Some(format!("text of {file}")),
                command,
            });
        })
    };
    let onleave = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| dispatch.send(Action::Seal))
    };
    let ondelete = {
        let file = name.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(format!("Delete {file}"), Command::RemoveFile { file: file.clone() });
        })
    };
    html! {
        <section key={name.clone()} class="file-editor" aria-label={name.clone()}>
            <div class="actions">
                <h3 class="mono">{ name }</h3>
                <CopyButton text={text.clone()} what={name.clone()} />
                <button type="button" class="small danger" onclick={ondelete}>{ Icon::Trash.svg() }{ "Delete file" }</button>
            </div>
            <TextEditor label={format!("Text of {name}")} text={in_an_area(&text)} marks={marks.clone()} line={place.line} {oninput} {onleave} />
            <ul class="line-messages">{ for marks.iter().map(|mark| html! {
                <li key={mark.line}>{ severity_mark(mark.severity, false) }
                    <a href={Route::with(Section::Yaml, format!("{name}:{}", mark.line)).hash()}>{ format!("Line {}", mark.line) }</a>
                    { " " }{ mark.message.replace('\n', " · ") }
                </li>
            }) }</ul>
        </section>
    }
}
