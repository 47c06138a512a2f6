//! A diff to read: lines that go and lines that come, told apart by sign and colour.

use akoplan::diff::{DiffLine, FileDiff};
use yew::prelude::*;

/// The changed lines by file.
pub fn diff_view(diff: &[FileDiff]) -> Html {
    html! {
        { for diff.iter().map(|file| html! {
            <figure class="code diff" key={file.file.clone()}>
                <figcaption class="mono">{ &file.file }</figcaption>
                <pre tabindex="0" aria-label={format!("Changes of {}", file.file)}><ol>
                    { for file.hunks.iter().flat_map(|hunk| hunk.lines.iter()).map(line) }
                </ol></pre>
            </figure>
        }) }
    }
}

fn line(line: &DiffLine) -> Html {
    let (class, sign, spoken, text) = match line {
        DiffLine::Kept(text) => ("", " ", "", text),
        DiffLine::Removed(text) => ("diff-removed", "−", "removed: ", text),
        DiffLine::Added(text) => ("diff-added", "+", "added: ", text),
    };
    html! {
        <li class={class}>
            <span class="line-number" aria-hidden="true">{ sign }</span>
            <span class="line-text"><span class="visually-hidden">{ spoken }</span>{ text }</span>
        </li>
    }
}
