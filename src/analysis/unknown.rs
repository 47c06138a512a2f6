//! Of what helm has yet to render no rule claims a mistake: findings that a chart's values may undo go.

use crate::diagnostic::Finding;
use crate::model::Kind;
use crate::rules::{Needs, Rule};
use crate::syntax::{FieldPath, Step, Tree};
use crate::text::Span;
use crate::workspace::{Object, Place, Unknown, Workspace};

/// Takes away what cannot be said before helm has rendered the templates, of the findings of one rule.
pub fn drop_uncertain(workspace: &Workspace, rule: &Rule, found: &mut Vec<Finding>, from: usize) {
    let unknown = workspace.unknown();
    // What is no YAML at all stays; a document with braces in quotes may have values that are not known.
    if rule.code.starts_with("AKP0") {
        return;
    }
    let own = found.split_off(from.min(found.len()));
    found.extend(own.into_iter().filter(|finding| is_certain(workspace, unknown, rule, finding)));
}

fn is_certain(workspace: &Workspace, unknown: &Unknown, rule: &Rule, finding: &Finding) -> bool {
    let Some(object) = object_of(workspace, &finding.file, finding.span) else { return true };
    if object.template().is_some() && is_open(object, finding) {
        return false;
    }
    if unknown.is_empty() {
        return true;
    }
    if rule.needs_known == Needs::Nothing {
        return !is_in_branch(object, finding.span);
    }
    let is_open = |place: &Place| object_of(workspace, &place.file, place.span).is_some_and(|other| unknown.has(other));
    if unknown.has(object)
        || finding.related.iter().any(|place| is_open(&Place { file: place.file.clone(), span: place.span }))
    {
        return false;
    }
    let refers = |kind: Kind| object.scalars().any(|text| unknown.may_be(kind, text));
    let looks_at = rule.reads.iter().copied().chain([Kind::Foreign]);
    let misses = rule.needs_known == Needs::Referring && rule.reads.iter().any(|kind| unknown.has_any(*kind));
    let is_about_others = ["AKP3", "AKP5", "AKP8", "AKP9"].iter().any(|group| rule.code.starts_with(group));
    let any =
        rule.needs_known == Needs::Namespace && object.scalars().any(|text| unknown.may_be(Kind::Namespace, text));
    !(misses || any || is_about_others && looks_at.into_iter().any(refers))
}

/// The object that a place lies in; of a `List` the item.
fn object_of<'a>(workspace: &'a Workspace, file: &str, span: Span) -> Option<&'a Object> {
    let around = workspace.objects_around(file, span.start);
    let at = around.partition_point(|object| object.whole().start <= span.start);
    around.get(at.saturating_sub(1))
}

/// Whether the finding is about a value that is not known, or about a field that may be in one. That there is
/// no such field is so whatever its value.
fn is_open(object: &Object, finding: &Finding) -> bool {
    let parent = finding.path.split_last().map(|(parent, _)| parent).filter(|_| finding.code == "AKP101");
    object.is_open_at(finding.span) || is_open_on(object.tree(), object, parent.as_ref().unwrap_or(&finding.path))
}

/// Whether the way to a field leads through what is not known.
fn is_open_on(tree: &Tree, object: &Object, path: &FieldPath) -> bool {
    let Some(template) = object.template() else { return false };
    let mut at = object.node();
    for step in path.steps() {
        let next = match step {
            Step::Key(key) => tree.entry(at, key).map(|entry| (entry.value, template.holds(entry.key))),
            Step::Index(index) => tree.items(at).get(*index).map(|item| (*item, false)),
        };
        let Some((next, is_open_key)) = next else { return false };
        if is_open_key || template.holds(tree.resolve(next)) {
            return true;
        }
        at = next;
    }
    false
}

/// Whether a place is there under a condition that the object itself is not under, or as one of two branches.
fn is_in_branch(object: &Object, span: Span) -> bool {
    let Some(template) = object.template() else { return false };
    let own = |offset: usize| offset.saturating_sub(object.offset());
    template.is_in_branch(Span::new(own(span.start), own(span.end)), own(object.whole().start))
}
