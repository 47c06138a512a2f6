//! Plans changes of flow style and JSON: what stands between brackets and commas.

use super::Value;
use super::block::{Plan, without_tag};
use super::locate::Slot;
use super::render::{double_quoted, render_scalar};
use super::scan::{Page, Place, is_missing};
use crate::syntax::{NodeKind, ScalarStyle};
use crate::text::{Edit, Span};

/// Replaces a value that is flow style, or stands in it, by another.
pub(super) fn replace(page: Page, slot: &Slot, value: &Value) -> Vec<Plan> {
    let node = page.tree.node(slot.node);
    let flow = page.flow_style(slot, node.span.start);
    let text = match (value, &node.kind) {
        (Value::String(new), NodeKind::Scalar { style: ScalarStyle::DoubleQuoted, .. }) => double_quoted(new),
        (Value::String(_), NodeKind::Scalar { style: ScalarStyle::SingleQuoted, .. }) => {
            render_scalar(value, ScalarStyle::SingleQuoted)
        }
        _ => flow.write(value),
    };
    let place = slot.parents.last().and_then(|(parent, index)| page.children(*parent)?.get(*index).copied());
    let lead = place.and_then(|place| place.lead);
    let mut plan: Plan = lead.and_then(|lead| without_tag(page, node, lead, value)).into_iter().collect();
    plan.push(match (is_missing(node), lead, place) {
        (false, ..) => Edit::replace(Span::new(node.span.start, page.end_of(slot.node)), text),
        (true, Some(lead), _) => Edit::insert(page.after_properties(lead, node), format!(" {text}")),
        (true, None, Some(place)) => Edit::insert(place.end, format!(": {text}")),
        (true, None, None) => return Vec::new(),
    });
    vec![plan]
}

/// Adds an entry after the last one of a mapping.
pub(super) fn insert_entry(page: Page, slot: &Slot, key: &str, value: &Value) -> Vec<Plan> {
    let places = page.entries(slot.node).unwrap_or_default();
    let index = places.len();
    let alone = Value::Object([(key.to_owned(), value.clone())].into_iter().collect());
    insert(page, slot, &places, index, |flow| flow.entry(key, value), &alone)
}

/// Adds an item to a list.
pub(super) fn insert_item(page: Page, slot: &Slot, index: usize, value: &Value) -> Vec<Plan> {
    let places = page.items(slot.node).unwrap_or_default();
    let alone = Value::Array(vec![value.clone()]);
    insert(page, slot, &places, index, |flow| flow.write(value), &alone)
}

fn insert(
    page: Page,
    slot: &Slot,
    places: &[Place],
    index: usize,
    write: impl Fn(super::render::Flow) -> String,
    alone: &Value,
) -> Vec<Plan> {
    let span = page.tree.node(slot.node).span;
    if !span.slice(page.text).starts_with(['{', '[']) {
        // `[a: 1]`: a pair that is a mapping without brackets.
        return Vec::new();
    }
    let Some(last) = places.last() else {
        let flow = page.flow_style(slot, span.start);
        if page.slice(span.start + 1, span.end - 1).trim().is_empty() {
            return vec![vec![Edit::replace(span, flow.write(alone))]];
        }
        return vec![vec![Edit::insert(span.end - 1, write(flow))]];
    };
    let flow = page.flow_style(slot, last.start);
    let text = write(flow);
    let own_lines = page.begins_line(last.start);
    let blank = if flow.tight { "" } else { " " };
    let fresh_line = |neighbour: &Place| {
        let indentation = page.slice(page.line_start(neighbour.start), neighbour.start);
        format!("{}{indentation}", page.line_break())
    };
    let Some(before) = index.checked_sub(1).and_then(|before| places.get(before)) else {
        let first = &places[0];
        let edit = if page.begins_line(first.start) {
            Edit::insert(page.line_end(span.start + 1), format!("{}{text},", fresh_line(first)))
        } else {
            Edit::insert(first.start, format!("{text},{blank}"))
        };
        return vec![vec![edit]];
    };
    let after = before.comma.map_or(before.end, |comma| comma + 1);
    let line_end = page.line_end(after);
    let next = places.get(index).map_or(span.end - 1, |next| next.start);
    if own_lines && next > line_end {
        let comma = if before.comma.is_some() { "," } else { "" };
        let mut plan = vec![Edit::insert(line_end, format!("{}{text}{comma}", fresh_line(last)))];
        if before.comma.is_none() {
            plan.insert(0, Edit::insert(before.end, ","));
        }
        return vec![plan];
    }
    let edit = if before.comma.is_some() {
        Edit::insert(after, format!("{blank}{text},"))
    } else {
        Edit::insert(before.end, format!(",{blank}{text}"))
    };
    vec![vec![edit]]
}

/// Removes an entry or an item.
pub(super) fn remove_child(page: Page, slot: &Slot, index: usize) -> Vec<Plan> {
    let Some(places) = page.children(slot.node) else { return Vec::new() };
    let Some(Place { start, end, comma, .. }) = places.get(index).copied() else { return Vec::new() };
    let span = page.tree.node(slot.node).span;
    let after = comma.map_or(end, |comma| comma + 1);
    let only = places.len() == 1;
    if only {
        let nothing_else = page.slice(span.start + 1, start).trim().is_empty()
            && page.slice(after, span.end.max(1) - 1).trim().is_empty();
        let span = if nothing_else { Span::new(span.start + 1, span.end - 1) } else { Span::new(start, after) };
        return vec![vec![Edit::delete(span)]];
    }
    let rest = page.skip_blanks(after);
    let line_is_free = rest == page.line_end(after) || page.byte(rest) == Some(b'#');
    let own_lines = page.begins_line(start) && line_is_free;
    let mut plan = Vec::new();
    if comma.is_none() {
        // The comma in front would be left over.
        let before = index.checked_sub(1).and_then(|before| places.get(before)).and_then(|before| before.comma);
        if let Some(before) = before {
            let keep_blanks = own_lines || page.line_end(before) < start;
            let to = if keep_blanks { before + 1 } else { page.skip_blanks(before + 1).min(start) };
            plan.push(Edit::delete(Span::new(before, to)));
        }
    }
    let own = if own_lines {
        Span::new(page.line_start(start), page.next_line(after))
    } else if comma.is_some() && rest < page.line_end(after) && page.byte(rest) != Some(b'#') {
        Span::new(start, rest)
    } else {
        Span::new(start, after)
    };
    plan.push(Edit::delete(own));
    vec![plan]
}

/// Moves an item: the texts of the items between change places, commas and comments stay.
pub(super) fn move_item(page: Page, slot: &Slot, from: usize, to: usize) -> Vec<Plan> {
    let Some(places) = page.items(slot.node) else { return Vec::new() };
    if from >= places.len() || to >= places.len() {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..places.len()).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    let edits = order.iter().enumerate().filter(|(at, old)| at != *old).map(|(at, old)| {
        let text = page.slice(places[*old].start, places[*old].end);
        let text = if text.is_empty() { "null" } else { text };
        Edit::replace(Span::new(places[at].start, places[at].end), text)
    });
    vec![edits.collect()]
}
