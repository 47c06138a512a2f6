//! Finds the actions of a template, and what belongs together.

use super::{Action, ActionKind, Block, Template};
use crate::ordered::sort_by_key;
use crate::text::Span;

/// All actions that do not stand in lines of comments; `None` where there is none, or one has no end.
pub(super) fn actions(text: &str) -> Option<Vec<Action>> {
    let mut actions = Vec::new();
    let (mut at, mut line) = (0, 0);
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        line = text[at..start].rfind('\n').map_or(line, |found| at + found + 1);
        if text[line..start].trim_start().starts_with('#') {
            at = text[start..].find('\n').map_or(text.len(), |found| start + found);
            continue;
        }
        let end = end_of_action(text, start)?;
        actions.push(Action {
            span: Span::new(start, end),
            kind: kind_of(text.get(start + 2..end - 2).unwrap_or_default()),
            is_line: false,
        });
        at = end;
    }
    (!actions.is_empty()).then_some(actions)
}

/// Behind the `}}` of the action that begins at an offset: strings of Go may hold braces.
fn end_of_action(text: &str, start: usize) -> Option<usize> {
    let inside = text[start + 2..].trim_start_matches(['-', ' ', '\t', '\r', '\n']);
    if inside.starts_with("/*") {
        let from = text.len() - inside.len();
        let end = from + text[from..].find("*/")?;
        return Some(end + text[end..].find("}}")? + 2);
    }
    let bytes = text.as_bytes();
    let mut at = start + 2;
    while at < bytes.len() {
        match bytes[at] {
            b'}' if bytes.get(at + 1) == Some(&b'}') => return Some(at + 2),
            quote @ (b'"' | b'`') => at = end_of_string(bytes, at, quote),
            b'\'' if bytes.get(at + 1) == Some(&b'\\') => at += 3,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The closing quote of a string; of one in double quotes that its line does not close, its opening one.
fn end_of_string(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            byte if byte == quote => return at,
            b'\n' if quote == b'"' => return start,
            b'\\' if quote == b'"' => at += 1,
            _ => {}
        }
        at += 1;
    }
    start
}

fn kind_of(inside: &str) -> ActionKind {
    let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start();
    let word = inside.split([' ', '\t', '\r', '\n', '(']).next().unwrap_or_default().trim_end_matches('-');
    match word {
        _ if inside.starts_with("/*") => ActionKind::Comment,
        "define" => ActionKind::Define,
        "if" | "with" | "range" | "block" => ActionKind::Open,
        "else" => ActionKind::Else,
        "end" => ActionKind::End,
        "break" | "continue" => ActionKind::Assignment,
        _ if word.starts_with('$') => {
            let rest = inside[word.len()..].trim_start();
            // `{{ $a, $b := … }}` is for `range` only.
            if rest.starts_with(":=") || rest.starts_with('=') { ActionKind::Assignment } else { ActionKind::Output }
        }
        _ => ActionKind::Output,
    }
}

/// Finds what belongs together: the blocks, and the stretches that are no part of what is read.
pub(super) fn blocks(text: &str, actions: &mut [Action]) -> (Template, Vec<Span>) {
    mark_lines(text, actions);
    let mut template = Template::default();
    let mut hidden = Vec::new();
    // The opening action, the `else` from which on nothing is read, and whether it has one.
    let mut open: Vec<(Action, Option<usize>, bool)> = Vec::new();
    let mut close = |opened: (Action, Option<usize>, bool), end: Span, template: &mut Template| {
        let (action, other, has_else) = opened;
        if action.kind == ActionKind::Define {
            hidden.push(Span::new(action.span.start, end.end));
            return;
        }
        template.blocks.push(Block { span: Span::new(action.span.start, end.end), has_else, else_reach: 0 });
        hidden.extend(other.filter(|other| *other <= end.start).map(|other| Span::new(other, end.start)));
    };
    for action in actions.iter() {
        match action.kind {
            ActionKind::Define | ActionKind::Open => open.push((*action, None, false)),
            ActionKind::Else => {
                if let Some((_, other, has_else)) = open.last_mut() {
                    *has_else = true;
                    if action.is_line {
                        *other = other.or(Some(action.span.start));
                    }
                }
            }
            ActionKind::End => match open.pop() {
                Some(opened) => close(opened, action.span, &mut template),
                None => template.ends += 1,
            },
            _ => {}
        }
    }
    template.begins = open.iter().filter(|(action, ..)| action.kind == ActionKind::Open).count();
    for opened in open.into_iter().rev() {
        close(opened, Span::at(text.len()), &mut template);
    }
    sort_by_key(&mut template.blocks, |block| block.span);
    let mut reach = 0;
    for block in &mut template.blocks {
        reach = if block.has_else { block.span.end.max(reach) } else { reach };
        block.else_reach = reach;
    }
    sort_by_key(&mut hidden, |span| (span.start, text.len() - span.end));
    // What lies within another one is hidden already.
    let mut outer: Vec<Span> = Vec::new();
    for span in hidden {
        if outer.last().is_none_or(|last| last.end <= span.start) {
            outer.push(span);
        }
    }
    (template, outer)
}

/// Marks the actions beside which nothing else stands on their lines.
fn mark_lines(text: &str, actions: &mut [Action]) {
    let mut at = 0;
    while at < actions.len() {
        let first = at;
        let blank = |from: usize, to: usize| text[from..to].trim().is_empty();
        let start = actions[first].span.start;
        let line = text[..start].rfind('\n').map_or(0, |found| found + 1);
        let mut is_line = text[line..start].trim_start_matches('\u{feff}').trim().is_empty();
        while let Some(next) = actions.get(at + 1) {
            let end = actions[at].span.end;
            if text[end..next.span.start].contains('\n') {
                break;
            }
            is_line &= blank(end, next.span.start);
            at += 1;
        }
        let end = actions[at].span.end;
        let rest = text[end..].split('\n').next().unwrap_or_default().trim();
        let ends_line = rest.is_empty() || rest.starts_with('#');
        is_line = ends_line && (is_line || at == first && opens_below(&text[line..start], &text[end..]));
        actions[first..=at].iter_mut().for_each(|action| action.is_line = is_line);
        at += 1;
    }
}

/// Whether an action behind a key writes the first lines of what goes on below it:
/// `labels: {{- include "app.labels" . | nindent 4 }}`, and under it further labels.
fn opens_below(before: &str, after: &str) -> bool {
    if !before.trim_end().ends_with(':') || before.ends_with(':') {
        return false;
    }
    let column = before.len() - before.trim_start_matches(['-', ' ']).len();
    let next = after.lines().skip(1).find(|line| {
        let line = line.trim_start();
        !(line.is_empty() || line.starts_with('#') || line.starts_with("{{"))
    });
    next.is_some_and(|line| line.len() - line.trim_start().len() > column)
}
