//! The text editor with line numbers, colours, findings, folding and search; a plain text area where its
//! script cannot be fetched.

mod desk;
mod search_bar;

use std::rc::Rc;
use std::sync::Arc;

use akoplan::view::LineMark;
use akoplan::view::editor::findings::FindingMark;
use akoplan::view::folds::Fold;
use yew::prelude::*;

use super::text_editor::TextEditor;
use crate::ui::browser;
use crate::ui::shared::SharedText;
use desk::{Desk, Out};
use search_bar::SearchBar;

/// A change of the text.
pub struct Typed {
    /// The whole text after it.
    pub text: Arc<str>,
    /// Whether it begins a step of its own to undo.
    pub begins_step: bool,
}

/// Properties of [`CodeEditor`].
#[derive(PartialEq, Properties)]
pub struct CodeEditorProps {
    /// What it is.
    pub label: AttrValue,
    /// The text.
    pub text: SharedText,
    /// Its findings, in the order of the text.
    pub marks: Vec<FindingMark>,
    /// The same by line, for the plain text area.
    pub line_marks: Vec<LineMark>,
    /// First and last lines of what was changed.
    pub changed: Vec<(usize, usize)>,
    /// What is folded when the editor opens.
    pub folded: Vec<Fold>,
    /// The line to show and select.
    #[prop_or_default]
    pub line: Option<usize>,
    /// Each change.
    pub onchange: Callback<Typed>,
    /// The editor is left.
    pub onleave: Callback<()>,
    /// The cursor is on another line.
    pub oncursor: Callback<usize>,
    /// The findings of the line are asked for.
    pub onfixes: Callback<()>,
    /// What stands below; Esc goes back to the text.
    pub children: Html,
}

/// Whether the editor's script is there.
#[derive(Clone, Copy, PartialEq)]
enum Script {
    Awaited,
    There,
    Missing,
}

/// The editor.
#[component]
pub fn CodeEditor(props: &CodeEditorProps) -> Html {
    let host = use_node_ref();
    let script = use_state(|| Script::Awaited);
    let bar = use_state(|| None::<&'static str>);
    let desk = use_memo((), |()| Desk::new(&props.text.0));
    let renewed = use_force_update();
    let onclose = {
        let (desk, bar) = (Rc::clone(&desk), bar.setter());
        Callback::from(move |()| {
            desk.close_search();
            bar.set(None);
        })
    };
    desk.set_out(Out {
        change: props.onchange.clone(),
        leave: props.onleave.clone(),
        cursor: props.oncursor.clone(),
        fixes: props.onfixes.clone(),
        close: onclose.clone(),
        bar: Callback::from({
            let bar = bar.setter();
            move |field| {
                bar.set(Some(field));
                // Where the bar is open already.
                browser::focus_later(&format!("#{field}"));
            }
        }),
        moved: Callback::from(move |()| renewed.force_update()),
    });
    {
        let script = script.setter();
        use_effect_with((), move |()| {
            browser::load_editor(move |there| script.set(if there { Script::There } else { Script::Missing }));
        });
    }
    use_script(&desk, &host, *script == Script::There, props);
    let onescape = {
        let desk = Rc::clone(&desk);
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                desk.tell("focus", "null");
            }
        })
    };
    if *script == Script::Missing {
        return plain(props);
    }
    html! {
        <>
            if let Some(field) = *bar { <SearchBar desk={(*desk).clone()} {field} count={desk.count()} {onclose} /> }
            <div class="code-editor" ref={host}></div>
            if *script == Script::Awaited { <p role="status" class="dim">{ "Loading the editor…" }</p> }
            <div class="below-editor" onkeydown={onescape}>{ props.children.clone() }</div>
        </>
    }
}

/// Keeps the script's editor as the properties say.
#[hook]
fn use_script(desk: &Rc<Desk>, host: &NodeRef, there: bool, props: &CodeEditorProps) {
    {
        let (desk, host, label, folded) = (Rc::clone(desk), host.clone(), props.label.clone(), props.folded.clone());
        use_effect_with(there, move |there| {
            if let Some(host) = host.cast::<web_sys::Element>().filter(|_| *there) {
                desk.open(&host, &label, &folded);
            }
            move || desk.close()
        });
    }
    {
        let desk = Rc::clone(desk);
        use_effect_with((there, props.text.clone()), move |(_, text)| desk.answered(&text.0));
    }
    {
        let desk = Rc::clone(desk);
        use_effect_with((there, props.marks.clone()), move |(_, marks)| desk.set_marks(marks));
    }
    {
        let desk = Rc::clone(desk);
        use_effect_with((there, props.changed.clone()), move |(_, changed)| desk.set_changed(changed));
    }
    {
        let desk = Rc::clone(desk);
        // Only when another line is asked for, not at each key.
        use_effect_with((there, props.line), move |(_, line)| {
            if let Some(line) = *line {
                desk.go_to_line(line);
            }
        });
    }
}

/// Without the script: the text can be read and changed all the same.
fn plain(props: &CodeEditorProps) -> Html {
    let old = props.text.clone();
    let oninput = props.onchange.reform(move |typed: String| {
        let edit = akoplan::view::text::typed_edit(&old.0, &typed);
        Typed { text: akoplan::text::apply_edits(&old.0, &[edit]).into(), begins_step: false }
    });
    html! {
        <>
            <TextEditor label={props.label.clone()} text={props.text.0.replace("\r\n", "\n")} marks={props.line_marks.clone()}
                line={props.line} {oninput} onleave={props.onleave.clone()} />
            <div class="below-editor">{ props.children.clone() }</div>
        </>
    }
}
