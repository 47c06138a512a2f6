//! Ordering without a sort of its own for each type: `collect` into an ordered map or set, and the
//! standard library's sort, come to some kilobytes each time in the page's WebAssembly.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Iterators into ordered maps and sets, item by item.
pub(crate) trait IntoOrdered: Iterator + Sized {
    /// The map; of equal keys the last one holds.
    fn into_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        map.extend(self);
        map
    }

    /// The set.
    fn into_set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = BTreeSet::new();
        set.extend(self);
        set
    }
}

impl<I: Iterator> IntoOrdered for I {}

/// Sorts; what is equal keeps its order.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = order(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut rest: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| rest.get_mut(at)?.take()));
}

/// Sorts by a key; what is equal keeps its order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The places of the items in their order.
fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        let mut items = vec![(2, "a"), (1, "b"), (2, "c"), (1, "d")];
        sort_by_key(&mut items, |item| item.0);
        assert_eq!(items, [(1, "b"), (1, "d"), (2, "a"), (2, "c")]);
    }

    #[test]
    fn of_equal_keys_the_last_one_holds() {
        assert_eq!([(1, "a"), (1, "b")].into_iter().into_map(), BTreeMap::from([(1, "b")]));
        assert_eq!([2, 1, 2].into_iter().into_set(), BTreeSet::from([1, 2]));
    }
}
