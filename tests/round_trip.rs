//! Random documents, random edits: the value is as expected, and nothing else changes.
//!
//! A slice by default; `PROPTEST_CASES=200000 cargo test --release --test round_trip` for long.

mod round_trip {
    pub mod generate;
    pub mod writer;
}

use std::collections::HashSet;

use akoplan::edit::{self, EditError, same, value_of};
use akoplan::syntax::{FieldPath, Node, NodeId, NodeKind, Step, Tree, parse};
use akoplan::text::{Edit, apply_edits};
use proptest::prelude::*;
use proptest::test_runner::Config;
use round_trip::generate::{Choices, document};
use serde_json::{Map, Value};

/// An edit of a form.
#[derive(Debug, Clone)]
enum Operation {
    Set(FieldPath, Value),
    Remove(FieldPath),
    Insert(FieldPath, usize, Value),
    Move(FieldPath, usize, usize),
}

fn paths(value: &Value) -> Vec<FieldPath> {
    let mut found = Vec::new();
    let mut open = vec![(FieldPath::root(), value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(map) => open.extend(map.iter().map(|(key, value)| (path.key(key), value))),
            Value::Array(items) => open.extend(items.iter().enumerate().map(|(at, item)| (path.index(at), item))),
            _ => {}
        }
        found.push(path);
    }
    found
}

fn at<'a>(value: &'a Value, path: &FieldPath) -> Option<&'a Value> {
    path.steps().iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(&**key),
        Step::Index(index) => value.get(index),
    })
}

fn operation(choices: &mut Choices, value: &Value) -> Operation {
    let all = paths(value);
    let path = all[choices.pick(all.len())].clone();
    let below = at(value, &path).cloned().unwrap_or_default();
    match (choices.pick(8), &below) {
        (0 | 1, _) => Operation::Set(path, choices.value(0)),
        (2, Value::Object(map)) => {
            let key = choices.key() + ["", "!"][choices.pick(2)];
            if map.contains_key(&key) {
                return Operation::Set(path.key(&key), choices.value(1));
            }
            let deep = [path.key(&key), path.key(&key).key("deep"), path.key(&key).index(0).key("x")];
            Operation::Set(deep[choices.pick(3)].clone(), choices.value(1))
        }
        (2 | 3, Value::Array(items)) => Operation::Insert(path, choices.pick(items.len() + 1), choices.value(1)),
        (4, Value::Array(items)) if !items.is_empty() => {
            Operation::Move(path, choices.pick(items.len()), choices.pick(items.len()))
        }
        (2 | 3, Value::Null) => Operation::Insert(path, 0, choices.value(1)),
        (3, Value::Object(map)) if !map.contains_key("new list") => {
            Operation::Insert(path.key("new list"), 0, choices.value(1))
        }
        (4, Value::Object(map)) => {
            // A whole object as a form writes it: mostly what it was.
            let mut map = map.clone();
            let keys: Vec<String> = map.keys().cloned().collect();
            if !keys.is_empty() {
                map.insert(keys[choices.pick(keys.len())].clone(), choices.value(2));
                if choices.once_in(2) {
                    map.shift_remove(&keys[choices.pick(keys.len())]);
                }
            }
            Operation::Set(path, Value::Object(map))
        }
        _ if path.is_root() => Operation::Set(path.key("at root"), choices.scalar()),
        _ => Operation::Remove(path),
    }
}

/// The operation on plain values.
fn model(value: &Value, operation: &Operation) -> Option<Value> {
    fn change(value: &mut Value, steps: &[Step], last: &mut dyn FnMut(&mut Value)) -> Option<()> {
        match (steps.split_first(), value) {
            (None, value) => last(value),
            (Some((Step::Key(key), rest)), value) => {
                if value.is_null() {
                    *value = Value::Object(Map::new());
                }
                change(value.as_object_mut()?.entry(&**key).or_insert(Value::Null), rest, last)?;
            }
            (Some((Step::Index(index), rest)), value) => {
                if value.is_null() {
                    *value = Value::Array(Vec::new());
                }
                let items = value.as_array_mut()?;
                if *index == items.len() {
                    items.push(Value::Null);
                }
                change(items.get_mut(*index)?, rest, last)?;
            }
        }
        Some(())
    }
    let mut value = value.clone();
    match operation {
        Operation::Set(path, new) => change(&mut value, path.steps(), &mut |at| *at = new.clone())?,
        Operation::Remove(path) => {
            let (parent, step) = path.split_last()?;
            change(&mut value, parent.steps(), &mut |at| match (step, at) {
                (Step::Key(key), Value::Object(map)) => drop(map.shift_remove(&**key)),
                (Step::Index(index), Value::Array(items)) => drop(items.remove(*index)),
                _ => {}
            })?;
        }
        Operation::Insert(path, index, new) => change(&mut value, path.steps(), &mut |at| match at {
            Value::Array(items) => items.insert(*index, new.clone()),
            other => *other = Value::Array(vec![new.clone()]),
        })?,
        Operation::Move(path, from, to) => change(&mut value, path.steps(), &mut |at| {
            if let Value::Array(items) = at {
                let item = items.remove(*from);
                items.insert(*to, item);
            }
        })?,
    }
    Some(value)
}

fn run(text: &str, tree: &Tree, operation: &Operation) -> Result<Vec<Edit>, EditError> {
    let root = tree.root.ok_or(EditError::Unreadable)?;
    match operation {
        Operation::Set(path, value) => edit::set(text, tree, root, path, value),
        Operation::Remove(path) => edit::remove(text, tree, root, path),
        Operation::Insert(path, index, value) => edit::insert(text, tree, root, path, *index, value),
        Operation::Move(path, from, to) => edit::move_item(text, tree, root, path, *from, *to),
    }
}

fn path_of(operation: &Operation) -> &FieldPath {
    match operation {
        Operation::Set(path, _) | Operation::Remove(path) | Operation::Insert(path, ..) | Operation::Move(path, ..) => {
            path
        }
    }
}

/// Whether a change of this field changes aliases of it elsewhere, as it should.
fn is_shared(tree: &Tree, operation: &Operation) -> bool {
    let steps = path_of(operation).steps();
    let own = steps.len() - usize::from(matches!(operation, Operation::Remove(_)));
    (0..=own).any(|length| {
        let mut prefix = FieldPath::root();
        steps[..length].iter().for_each(|step| prefix.push(step.clone()));
        let node = tree.root.and_then(|root| tree.find(root, &prefix));
        let whole = length == steps.len() && matches!(operation, Operation::Set(..));
        node.is_some_and(|node| any_below(tree, node, whole, |node| node.anchor.is_some()))
    })
}

/// The bytes that an edit of a path may take away: the deepest field on it that exists, with its
/// lines' ends, and what separates it from its neighbours.
fn extent(text: &str, tree: &Tree, path: &FieldPath) -> (usize, usize) {
    let mut path = path.clone();
    let Some(root) = tree.root else { return (0, text.len()) };
    while tree.find(root, &path).is_none() {
        path.pop();
    }
    let node = tree.find(root, &path).unwrap_or(root);
    let span = tree.node(node).span;
    let start = tree.key_span(root, &path).map_or(span.start, |key| key.start.min(span.start));
    let start = text[..start].trim_end_matches("!!str ").len();
    // A missing item counts from its dash.
    let start = if span.is_empty() { text[..start].rfind('\n').map_or(0, |at| at + 1) } else { start };
    let start = tree.node(node).anchor.map_or(start, |anchor| anchor.start.min(start));
    let line_end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    let end = text.len() - text[line_end..].trim_start().len();
    // A dash, blanks, a comma of the item before with its comment, `? `.
    // The dash of an item may stand on a line above, with comments between.
    let mut line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let mut start = text[..start].trim_end_matches(['?', ' ']).len();
    while line > 0 && matches!(path.steps().last(), Some(Step::Index(_))) {
        line = text[..line - 1].rfind('\n').map_or(0, |at| at + 1);
        let content = text[line..start].lines().next().unwrap_or_default().trim_start_matches(['\u{feff}', ' ']);
        let rest = content.trim_start_matches(['-', ' ', '\t']);
        if content.starts_with('-') && (rest.is_empty() || rest.starts_with(['#', '&'])) {
            start = line;
        } else if !content.is_empty() && !content.starts_with('#') {
            break;
        }
    }
    (text[..start].trim_end_matches(['-', ' ', '\t', '?', ',', '\r', '\n']).len(), end)
}

fn comments(text: &str, tree: &Tree) -> Vec<(usize, String)> {
    tree.comments.iter().map(|comment| (comment.span.start, comment.span.slice(text).trim_end().to_owned())).collect()
}

fn check(numbers: &[u16]) -> Result<(), TestCaseError> {
    let mut choices = Choices::new(numbers);
    let document = document(&mut choices);
    let (mut text, mut value) = (document.text, document.value);
    for round in 0..3 {
        let tree = parse(&text);
        prop_assert!(tree.is_readable(), "{:?} in round {}\n{}", tree.issues, round, text);
        let root = tree.root.expect("readable");
        let read = value_of(&tree, root).expect("not deep");
        prop_assert!(same(&read, &value), "{}\nreads as {}\nnot as {}", text, read, value);
        let fields = paths(&value);
        let field = &fields[choices.pick(fields.len())];
        let present = at(&value, field).expect("a field");
        let none = edit::set(&text, &tree, root, field, present);
        prop_assert_eq!(none, Ok(Vec::new()), "{} in\n{}", field, text);

        let operation = operation(&mut choices, &value);
        let Some(expected) = model(&value, &operation) else { continue };
        let edits = match run(&text, &tree, &operation) {
            Ok(edits) => edits,
            Err(EditError::MergedKey { .. }) if text.contains("<<:") => continue,
            Err(error) => return Err(TestCaseError::fail(format!("{error}: {operation:?} in\n{text}"))),
        };
        let path = path_of(&operation);
        if let (Operation::Set(_, value), Some((prefix, rest))) = (&operation, nested_root(&mut choices, &tree, path)) {
            let from_there = edit::set(&text, &tree, prefix, &rest, value);
            prop_assert_eq!(from_there.as_ref(), Ok(&edits), "{:?} in\n{}", operation, text);
        }
        let after = apply_edits(&text, &edits);
        let new = parse(&after);
        let context = || format!("{operation:?} in\n{text}\ngives\n{after}");
        prop_assert!(new.is_readable(), "{:?}: {}", new.issues, context());
        let found = value_of(&new, new.root.expect("readable")).expect("not deep");
        if is_shared(&tree, &operation) {
            let [left, right] = [&found, &expected].map(|value| at(value, path).cloned().unwrap_or_default());
            prop_assert!(same(&left, &right), "{}", context());
        } else {
            prop_assert!(same(&found, &expected), "{}\n{} is not {}", context(), found, expected);
        }
        check_untouched(&text, &tree, &after, &new, &edits, &operation)
            .map_err(|error| TestCaseError::fail(format!("{error}: {}", context())))?;
        text = after;
        value = found;
    }
    Ok(())
}

/// An object on the way to a field, as the item of a `List` is, and the rest of the way.
fn nested_root(choices: &mut Choices, tree: &Tree, path: &FieldPath) -> Option<(NodeId, FieldPath)> {
    let steps = path.steps();
    let mut node = tree.root?;
    let taken = choices.pick(steps.len() + 1);
    for step in &steps[..taken] {
        let mut one = FieldPath::root();
        one.push(step.clone());
        let leads_away = |node: &Node| match &node.kind {
            NodeKind::Alias(_) => true,
            NodeKind::Scalar { value, .. } => &**value == "<<",
            _ => false,
        };
        let is_own = !any_below(tree, node, true, leads_away);
        node = tree.find(node, &one).filter(|_| is_own)?;
    }
    let mut rest = FieldPath::root();
    steps[taken..].iter().for_each(|step| rest.push(step.clone()));
    Some((node, rest))
}

fn check_untouched(
    text: &str,
    tree: &Tree,
    after: &str,
    new: &Tree,
    edits: &[Edit],
    operation: &Operation,
) -> Result<(), String> {
    let breaks = |text: &str| (text.matches('\n').count(), text.matches("\r\n").count());
    let ((lines, windows), (new_lines, new_windows)) = (breaks(text), breaks(after));
    if lines > 0 && (windows > 0) != (new_windows > 0) && new_lines > 0 || windows > 0 && new_lines != new_windows {
        return Err("line ends are mixed".into());
    }
    let (mut start, end) = extent(text, tree, path_of(operation));
    if let Operation::Move(..) = operation {
        // Comments above an item go with it.
        let lines = text[..start].split_inclusive('\n').rev();
        start -= lines.take_while(|line| line.starts_with([' ', '#', '\u{feff}'])).map(str::len).sum::<usize>();
    }
    let left: HashSet<String> = comments(after, new).into_iter().map(|(_, comment)| comment).collect();
    for (at, comment) in comments(text, tree) {
        if !(start..end).contains(&at) && !left.contains(&comment) {
            return Err(format!("{comment} is lost"));
        }
    }
    // Aliases of what goes become literals, wherever they stand.
    let root = tree.root.expect("readable");
    if any_below(tree, root, true, |node| matches!(node.kind, NodeKind::Alias(_))) {
        return Ok(());
    }
    for edit in edits {
        let strips = edit.span.len() <= 1 && edit.replacement.len() <= 1;
        if !edit.span.is_empty() && !strips && (edit.span.start < start || edit.span.end > end) {
            return Err(format!("{edit:?} is outside of {start}..{end}"));
        }
    }
    Ok(())
}

/// Whether something holds of a node, or of one below it.
fn any_below(tree: &Tree, node: NodeId, deep: bool, holds: impl Fn(&Node) -> bool) -> bool {
    let mut open = vec![node];
    while let Some(id) = open.pop() {
        let node = tree.node(id);
        if holds(node) {
            return true;
        }
        match &node.kind {
            NodeKind::Mapping { entries, .. } if deep => {
                open.extend(entries.iter().flat_map(|entry| [entry.key, entry.value]));
            }
            NodeKind::Sequence { items, .. } if deep => open.extend(items),
            _ => {}
        }
    }
    false
}

fn config() -> Config {
    let default = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 300 };
    Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..default }
}

/// Pieces of text that make YAML when they meet, and nonsense as often.
const SOUP: &[&str] = &[
    "a: ",
    "b:",
    "- ",
    "-",
    "? ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ",",
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\t",
    " ",
    "# c",
    "&x ",
    "*x",
    "!!str ",
    "!t ",
    "<<: ",
    "|\n",
    ">-\n",
    "|2+\n",
    "'",
    "\"",
    "x",
    "é",
    "1",
    "null",
    "---\n",
    "...\n",
    "\u{feff}",
    "{a: 1}",
    "a: &x {b: 1}\n",
    "c: *x\n",
    "%YAML 1.1\n",
];

/// Whatever the text, an edit is right or an error.
fn check_soup(numbers: &[u16]) -> Result<(), TestCaseError> {
    let mut choices = Choices::new(numbers);
    let text: String = (0..numbers.len() / 2).map(|_| SOUP[choices.pick(SOUP.len())]).collect();
    let tree = parse(&text);
    let Some(value) = tree.root.and_then(|root| value_of(&tree, root)) else { return Ok(()) };
    for _ in 0..4 {
        let operation = operation(&mut choices, &value);
        let odd_key = |step: &Step| matches!(step, Step::Key(key) if key.starts_with("? "));
        if path_of(&operation).steps().iter().any(odd_key) {
            continue;
        }
        let Ok(edits) = run(&text, &tree, &operation) else { continue };
        let after = apply_edits(&text, &edits);
        let new = parse(&after);
        prop_assert!(new.is_readable(), "{:?} in\n{}\ngives\n{}", operation, text, after);
        let found = new.root.and_then(|root| value_of(&new, root)).expect("readable");
        let path = path_of(&operation);
        let expected = model(&value, &operation);
        let [left, right] =
            [Some(&found), expected.as_ref()].map(|value| value.and_then(|value| at(value, path)).cloned());
        let [left, right] = [left.unwrap_or_default(), right.unwrap_or_default()];
        prop_assert!(same(&left, &right), "{:?} in\n{}\ngives\n{}", operation, text, after);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn edits_change_what_they_must_and_nothing_else(numbers in prop::collection::vec(any::<u16>(), 0..160)) {
        check(&numbers)?;
    }

    #[test]
    fn no_text_makes_an_edit_wrong(numbers in prop::collection::vec(any::<u16>(), 0..80)) {
        check_soup(&numbers)?;
    }
}
