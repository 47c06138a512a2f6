//! Adds, removes and moves entries and items of block style, by whole lines.

use super::Plan;
use crate::edit::Value;
use crate::edit::locate::Slot;
use crate::edit::render::Block;
use crate::edit::scan::{Page, Place};
use crate::syntax::{NodeKind, ScalarStyle};
use crate::text::{Edit, Span};

/// Adds an entry after the last one of a mapping.
pub(in crate::edit) fn insert_entry(page: Page, slot: &Slot, key: &str, value: &Value) -> Vec<Plan> {
    let Some(last) = page.entries(slot.node).and_then(|places| places.last().copied()) else { return Vec::new() };
    let column = page.column(page.tree.node(slot.node).span.start);
    [true, false]
        .iter()
        .flat_map(|literals| {
            let style = page.block_style(slot, *literals);
            let mut line = String::new();
            style.entry(&mut line, key, value, column);
            add_after(page, slot, last.end, &format!("{}{line}", indentation(page, last.start, column)), style)
        })
        .collect()
}

/// The indentation of a line as it is written, where it is only blanks.
fn indentation(page: Page, start: usize, column: usize) -> String {
    if page.begins_line(start) { page.slice(page.line_start(start), start).to_owned() } else { " ".repeat(column) }
}

/// Adds lines after the line that holds an offset. A block scalar that ends the text without a line
/// break has none in its value; its header must say so before lines follow.
fn add_after(page: Page, slot: &Slot, end: usize, lines: &str, style: Block) -> Vec<Plan> {
    let at = page.line_end(end);
    let insertion = Edit::insert(at, format!("{}{lines}", style.line_break));
    let mut plans = vec![vec![insertion.clone()]];
    if at == page.text.len() && !page.text.ends_with('\n') {
        plans.extend(stripped(page, slot, end).map(|strip| vec![strip, insertion]));
    }
    plans
}

/// Turns the header of the block scalar that ends at an offset into one that strips line breaks.
fn stripped(page: Page, slot: &Slot, end: usize) -> Option<Edit> {
    let from = page.tree.node(slot.node).span.start;
    let scalar = (0..page.tree.len())
        .rev()
        .filter_map(|at| u32::try_from(at).ok())
        .map(|at| page.tree.node(crate::syntax::NodeId(at)));
    let scalar = scalar.take_while(|node| node.span.start >= from).find(|node| {
        node.span.end == end
            && matches!(node.kind, NodeKind::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. })
    })?;
    let start = scalar.span.start;
    let header = page.slice(start, page.line_end(start)).split([' ', '\t', '#']).next()?;
    let kept: String = header.chars().filter(|indicator| !matches!(indicator, '+' | '-')).collect();
    Some(Edit::replace(Span::new(start, start + header.len()), kept + "-"))
}

/// Adds an item to a list that has some.
pub(in crate::edit) fn insert_item(page: Page, slot: &Slot, index: usize, value: &Value) -> Vec<Plan> {
    let Some(places) = page.items(slot.node) else { return Vec::new() };
    let Some(first) = places.first() else { return Vec::new() };
    let column = page.column(first.start);
    [true, false]
        .iter()
        .flat_map(|literals| {
            let style = page.block_style(slot, *literals);
            let mut item = String::new();
            style.item(&mut item, value, column);
            if let Some(before) = index.checked_sub(1).and_then(|before| places.get(before)) {
                let lines = format!("{}{item}", indentation(page, places[places.len() - 1].start, column));
                return add_after(page, slot, before.end, &lines, style);
            }
            let edit = if page.begins_line(first.start) {
                let blanks = indentation(page, first.start, column);
                Edit::insert(page.with_comments_above(first.start), format!("{blanks}{item}{}", style.line_break))
            } else {
                Edit::insert(first.start, format!("{item}{}{}", style.line_break, " ".repeat(column)))
            };
            vec![vec![edit]]
        })
        .collect()
}

/// Removes an entry or an item of which there are others beside it.
pub(in crate::edit) fn remove_child(page: Page, slot: &Slot, index: usize) -> Vec<Plan> {
    let Some(places) = page.children(slot.node) else { return Vec::new() };
    let Some(Place { start, end, .. }) = places.get(index).copied() else { return Vec::new() };
    if !page.begins_line(start) {
        // The dash or key in front stays; what comes next, be it a comment, moves up to it.
        let next_line = page.next_line(end);
        let next = next_line + page.slice(next_line, page.text.len()).len()
            - page.slice(next_line, page.text.len()).trim_start().len();
        return vec![vec![Edit::delete(Span::new(start, next))]];
    }
    let lines = page.lines(start, end);
    let after = page.next_line(end);
    let mut blank_lines = after;
    while blank_lines < page.text.len() && page.skip_blanks(blank_lines) == page.line_end(blank_lines) {
        blank_lines = page.next_line(blank_lines);
    }
    let first = page.line_start(start);
    let spans = [lines, Span::new(first, after), Span::new(first, blank_lines)];
    let mut plans: Vec<Plan> = spans.into_iter().map(|span| vec![Edit::delete(span)]).collect();
    plans.push(outdented_comments(page, after, page.column(start)));
    if let Some(plan) = plans.last_mut() {
        plan.insert(0, Edit::delete(lines));
    }
    plans
}

/// Moves the comments from an offset on to a column: after a block scalar, comments that are
/// indented deeper would become its text.
fn outdented_comments(page: Page, mut line: usize, column: usize) -> Plan {
    let mut plan = Vec::new();
    while line < page.text.len() {
        let first = page.skip_blanks(line);
        if page.byte(first) == Some(b'#') {
            plan.push(Edit::replace(Span::new(line, first), " ".repeat(column.min(first - line))));
        } else if first != page.line_end(first) {
            break;
        }
        line = page.next_line(first);
    }
    plan
}

/// Moves an item with the comments directly above it to another place of its list.
pub(in crate::edit) fn move_item(page: Page, slot: &Slot, from: usize, to: usize) -> Vec<Plan> {
    let Some(places) = page.items(slot.node) else { return Vec::new() };
    let (Some(source), Some(target)) = (places.get(from), places.get(to)) else { return Vec::new() };
    if !page.begins_line(source.start) || !page.begins_line(target.start) {
        return Vec::new();
    }
    let start = page.with_comments_above(source.start);
    let chunk = page.slice(start, page.line_end(source.end));
    let line_break = page.line_break();
    let insertion = if from < to {
        Edit::insert(page.line_end(target.end), format!("{line_break}{chunk}"))
    } else {
        Edit::insert(page.with_comments_above(target.start), format!("{chunk}{line_break}"))
    };
    vec![vec![Edit::delete(page.lines(start, source.end)), insertion]]
}
