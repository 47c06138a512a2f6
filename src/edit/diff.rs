//! Finds what differs between a collection as it is and as it should be, so that only that is edited.

use super::Value;
use super::value::same;
use crate::syntax::FieldPath;

/// One change on the way from one value to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Difference {
    Set(FieldPath, Value),
    Remove(FieldPath),
    Insert(FieldPath, usize, Value),
}

/// More changes than this are one: the collection is written anew.
const MOST_STEPS: usize = 200;

/// The changes in an order in which they can be made; `None` where the values have nothing in
/// common to be kept.
pub(super) fn steps(path: &FieldPath, old: &Value, new: &Value) -> Option<Vec<Difference>> {
    let mut steps = Vec::new();
    compare(path, old, new, &mut steps).then_some(steps).filter(|steps| steps.len() <= MOST_STEPS)
}

fn compare(path: &FieldPath, old: &Value, new: &Value, steps: &mut Vec<Difference>) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) if old.keys().any(|key| new.contains_key(key)) => {
            for (key, value) in new {
                let at = path.key(key);
                match old.get(key) {
                    Some(present) if same(present, value) => {}
                    Some(present) => below(&at, present, value, steps),
                    None => steps.push(Difference::Set(at, value.clone())),
                }
            }
            let gone = old.keys().filter(|key| !new.contains_key(*key));
            steps.extend(gone.map(|key| Difference::Remove(path.key(key))));
            true
        }
        (Value::Array(old), Value::Array(new)) if !old.is_empty() && !new.is_empty() => {
            let pairs = || old.iter().zip(new);
            let prefix = pairs().take_while(|(old, new)| same(old, new)).count();
            let (old, new) = (&old[prefix..], &new[prefix..]);
            let suffix = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| same(old, new)).count();
            let (old, new) = (&old[..old.len() - suffix], &new[..new.len() - suffix]);
            let both = old.len().min(new.len());
            for at in 0..both {
                if !same(&old[at], &new[at]) {
                    below(&path.index(prefix + at), &old[at], &new[at], steps);
                }
            }
            steps.extend((both..old.len()).rev().map(|at| Difference::Remove(path.index(prefix + at))));
            let added = new.iter().enumerate().skip(both);
            steps.extend(added.map(|(at, value)| Difference::Insert(path.clone(), prefix + at, value.clone())));
            true
        }
        _ => false,
    }
}

fn below(path: &FieldPath, old: &Value, new: &Value, steps: &mut Vec<Difference>) {
    if !compare(path, old, new, steps) {
        steps.push(Difference::Set(path.clone(), new.clone()));
    }
}
