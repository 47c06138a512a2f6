//! Plans changes of block style: whole lines, and single values on their line.
//!
//! Each function gives candidates, best first. The caller takes the first that reads as expected.

mod children;

pub(super) use children::{insert_entry, insert_item, move_item, remove_child};

use super::Value;
use super::flow;
use super::locate::{Slot, is_flow};
use super::render::{Block, double_quoted, render_scalar};
use super::scan::{Page, is_missing};
use crate::syntax::{Node, NodeKind, ScalarStyle};
use crate::text::{Edit, Span};

/// Edits that belong together.
pub(super) type Plan = Vec<Edit>;

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => false,
    }
}

/// Replaces a value by another, whichever style it stands in.
pub(super) fn replace(page: Page, slot: &Slot, value: &Value) -> Vec<Plan> {
    let node = page.tree.node(slot.node);
    let filled = page.tree.entries(slot.node).len() + page.tree.items(slot.node).len() > 0;
    let stays_flow = is_flow(page.tree, slot.node) && is_filled(value) && filled;
    if slot.in_flow(page.tree) || stays_flow || page.is_json() {
        return flow::replace(page, slot, value);
    }
    if let Some(plan) = after_lone_key(page, slot, value) {
        return vec![plan];
    }
    [true, false]
        .iter()
        .filter_map(|literals| Some(Replacement::new(page, slot, node, *literals)?.plan(value)))
        .collect()
}

/// `? key` without a `:` gets one on a line of its own.
fn after_lone_key(page: Page, slot: &Slot, value: &Value) -> Option<Plan> {
    let (parent, index) = slot.parents.last()?;
    let place = page.entries(*parent)?.get(*index).copied()?;
    if place.lead.is_some() {
        return None;
    }
    let column = page.column(place.start);
    let line = format!("{}{}: {}", page.line_break(), " ".repeat(column), super::render::Flow::default().write(value));
    Some(vec![Edit::insert(page.line_end(place.end), line)])
}

/// The child's place in its parent and the offset after its dash, colon or `---`.
fn lead(page: Page, slot: &Slot) -> Option<usize> {
    if let Some((parent, index)) = slot.parents.last() {
        return page.children(*parent)?.get(*index)?.lead;
    }
    let before = page.slice(0, page.tree.node(slot.node).span.start);
    let first_line = before.len() - before.trim_start_matches('\u{feff}').len();
    let marker = before.rfind("\n---").map(|at| at + 1);
    let marker = marker.or(before[first_line..].starts_with("---").then_some(first_line))?;
    Some(marker + "---".len())
}

/// A tag stays if it still says the truth about the new value.
fn tag_fits(tag: &str, old: &NodeKind, new: &Value) -> bool {
    match tag {
        "!!str" => new.is_string(),
        "!!int" => new.is_i64() || new.is_u64(),
        "!!float" => new.is_number(),
        "!!bool" => new.is_boolean(),
        "!!null" => new.is_null(),
        "!!map" => new.is_object(),
        "!!seq" => new.is_array(),
        _ if tag.starts_with("!!") => false,
        _ => match old {
            NodeKind::Scalar { .. } => new.is_string(),
            NodeKind::Mapping { .. } => new.is_object(),
            _ => new.is_array(),
        },
    }
}

/// Takes a tag away that would be wrong for the new value.
pub(super) fn without_tag(page: Page, node: &Node, lead: usize, new: &Value) -> Option<Edit> {
    let tag = node.tag.as_deref().filter(|tag| !tag_fits(tag, &node.kind, new))?;
    let end = page.after_properties(lead, node);
    let at = lead + page.slice(lead, end).find(tag)?;
    let after = at + tag.len();
    if page.begins_line(at) {
        return Some(Edit::delete(Span::new(at, page.skip_blanks(after))));
    }
    let before = page.slice(lead, at).trim_end_matches([' ', '\t']);
    Some(Edit::delete(Span::new(lead + before.len(), after)))
}

struct Replacement<'a> {
    page: Page<'a>,
    slot: &'a Slot,
    node: &'a Node,
    style: Block,
    /// After the colon or dash.
    lead: Option<usize>,
    /// After anchor and tag.
    after: usize,
    content: Span,
}

impl<'a> Replacement<'a> {
    fn new(page: Page<'a>, slot: &'a Slot, node: &'a Node, literals: bool) -> Option<Self> {
        let lead = lead(page, slot);
        if lead.is_none() && !slot.parents.is_empty() {
            return None;
        }
        let after = lead.map_or(node.span.start, |lead| page.after_properties(lead, node));
        let end = match node.kind {
            NodeKind::Scalar { .. } | NodeKind::Alias(_) => node.span.end,
            _ => page.end_of(slot.node),
        };
        let content = if is_missing(node) { Span::at(after) } else { Span::new(node.span.start, end) };
        let style = page.block_style(slot, literals);
        Some(Self { page, slot, node, style, lead, after, content })
    }

    fn in_list(&self) -> bool {
        let parent = self.slot.parents.last().map(|(parent, _)| &self.page.tree.node(*parent).kind);
        matches!(parent, Some(NodeKind::Sequence { .. }))
    }

    /// Column that the lines of a new collection or literal block begin at.
    fn inner_column(&self, value: &Value) -> usize {
        let Some((parent, _)) = self.slot.parents.last() else {
            // Text at the begin of a line could be a document marker.
            return if is_filled(value) { 0 } else { self.style.unit };
        };
        let column = self.page.column(self.page.tree.node(*parent).span.start);
        match value {
            _ if self.in_list() => column + 2,
            Value::Array(_) if !self.style.indented_lists => column,
            _ => column + self.style.unit,
        }
    }

    fn plan(&self, value: &Value) -> Plan {
        let is_block =
            matches!(self.node.kind, NodeKind::Mapping { flow: false, .. } | NodeKind::Sequence { flow: false, .. });
        let begins_line = self.page.begins_line(self.content.start);
        let below = is_block && begins_line && (self.lead.is_some() || !is_filled(value));
        let mut plan = match (is_filled(value), below) {
            (false, true) if self.lead.is_some() => self.line_for_lines(value),
            (false, _) => self.line_for_line(value),
            (true, _) if is_block && begins_line => self.lines_for_lines(value),
            (true, _) => self.lines_for_line(value),
        };
        plan.extend(self.lead.and_then(|lead| without_tag(self.page, self.node, lead, value)));
        plan
    }

    /// First line and following lines of a value.
    fn written(&self, value: &Value, column: usize) -> (String, String) {
        let mut text = String::new();
        if is_filled(value) {
            self.style.value(&mut text, value, column);
        } else {
            match (value, &self.node.kind) {
                (Value::String(new), NodeKind::Scalar { value: old, style })
                    if !is_missing(self.node)
                        && (!new.contains('\n') || old.contains('\n') || !self.style.literals) =>
                {
                    match style {
                        ScalarStyle::Literal | ScalarStyle::Folded => self.style.scalar(&mut text, value, column),
                        ScalarStyle::DoubleQuoted => text = double_quoted(new),
                        _ if new.contains('\n') => self.style.scalar(&mut text, value, column),
                        _ => text = render_scalar(value, *style),
                    }
                }
                _ => self.style.scalar(&mut text, value, column),
            }
        }
        let split = text.find(self.style.line_break).unwrap_or(text.len());
        let rest = text.split_off(split);
        (text, rest)
    }

    /// A short value where a short value stands, or where nothing stands.
    fn line_for_line(&self, value: &Value) -> Plan {
        let (first, rest) = self.written(value, self.inner_column(&Value::Null));
        let mut plan = vec![self.put(first)];
        if !rest.is_empty() {
            plan.push(Edit::insert(self.page.line_end(self.content.end), rest));
        }
        plan
    }

    /// Writes over the content, or after the colon or dash where there is none.
    fn put(&self, text: String) -> Edit {
        if !self.content.is_empty() {
            return Edit::replace(self.content, text);
        }
        let blanks = self.page.skip_blanks(self.after);
        let end = if blanks == self.page.line_end(blanks) { blanks } else { self.after };
        Edit::replace(Span::new(self.after, end), format!(" {text}"))
    }

    /// A short value instead of the lines of a collection.
    fn line_for_lines(&self, value: &Value) -> Plan {
        let (first, rest) = self.written(value, self.inner_column(&Value::Null));
        let mut plan = vec![Edit::insert(self.after, format!(" {first}"))];
        if !rest.is_empty() {
            plan.push(Edit::insert(self.page.line_end(self.after), rest));
        }
        plan.push(Edit::delete(self.page.lines(self.content.start, self.content.end)));
        plan
    }

    /// The lines of a collection instead of others.
    fn lines_for_lines(&self, value: &Value) -> Plan {
        let present = self.page.column(self.content.start);
        let same_kind = matches!(
            (&self.node.kind, value),
            (NodeKind::Mapping { .. }, Value::Object(_)) | (NodeKind::Sequence { .. }, Value::Array(_))
        );
        let column = if same_kind { present } else { self.inner_column(value) };
        let (first, rest) = self.written(value, column);
        let start = self.page.line_start(self.content.start);
        let text = format!("{}{first}{rest}", " ".repeat(column));
        vec![Edit::replace(Span::new(start, self.content.end), text)]
    }

    /// The lines of a collection instead of a short value: on a list item's own line, else below.
    fn lines_for_line(&self, value: &Value) -> Plan {
        let line_end = self.page.line_end(self.content.end);
        let bare = self.lead.is_some_and(|lead| lead == self.after);
        if self.lead.is_none() || self.in_list() && bare {
            // A tab may stand between a dash and a short value, but not before a collection.
            let blank = !self.content.is_empty() && !self.page.slice(self.after, self.content.start).contains('\t');
            if blank {
                let (first, rest) = self.written(value, self.page.column(self.content.start));
                return vec![self.put(first), Edit::insert(line_end, rest)];
            }
            let (first, rest) = self.written(value, self.page.column(self.after) + 1);
            let put = if self.content.is_empty() {
                self.put(first)
            } else {
                Edit::replace(Span::new(self.after, self.content.end), format!(" {first}"))
            };
            return vec![put, Edit::insert(line_end, rest)];
        }
        let column = self.inner_column(value);
        let (first, rest) = self.written(value, column);
        let lines = format!("{}{}{first}{rest}", self.style.line_break, " ".repeat(column));
        let mut plan = Vec::new();
        if !self.content.is_empty() {
            // Between a dash or the begin of a line and a comment, go-yaml takes no tab.
            let end = self.page.skip_blanks(self.content.end);
            let begins_line = self.page.begins_line(self.content.start);
            plan.push(if begins_line {
                Edit::delete(Span::new(self.content.start, end))
            } else if self.page.slice(self.content.end, end).contains('\t') {
                Edit::replace(Span::new(self.after, end), " ")
            } else {
                Edit::delete(Span::new(self.after, self.content.end))
            });
        }
        plan.push(Edit::insert(line_end, lines));
        plan
    }
}
