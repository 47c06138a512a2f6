//! In which order the charts of namespaces are installed: what others attach to comes first, as in the bundle's steps.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::Piece;
use crate::model::{GATEWAY_NAMESPACE_LABEL, Typed};

/// Namespaces, and those whose objects theirs refer to.
pub(super) type Needs<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Namespaces with Gateways that an object attaches to, and with Services that a route leads to.
pub(super) fn needs<'a>(pieces: &'a [Piece<'a>]) -> Needs<'a> {
    let mut needs: Needs<'a> = pieces.iter().filter_map(|piece| Some((piece.namespace?, BTreeSet::new()))).collect();
    let known: BTreeSet<&str> = needs.keys().copied().collect();
    for piece in pieces {
        let Some(own) = piece.namespace else { continue };
        let others = used(piece).into_iter().filter(|other| *other != own && known.contains(other));
        if let Some(needed) = needs.get_mut(own) {
            needed.extend(others);
        }
    }
    needs
}

fn used<'a>(piece: &'a Piece<'a>) -> Vec<&'a str> {
    match &piece.object.value {
        Typed::Service(_) => piece.object.label(GATEWAY_NAMESPACE_LABEL).into_iter().collect(),
        Typed::HttpRoute(route) => {
            let parents = route.spec.parent_refs.iter().filter_map(|parent| parent.namespace.as_deref());
            let backends = route.spec.rules.iter().flat_map(|rule| &rule.backend_refs);
            parents.chain(backends.filter_map(|backend| backend.namespace.as_deref())).collect()
        }
        _ => Vec::new(),
    }
}

/// The namespaces in order: each after those that it needs, else by name. Where some need each other, the first by name
/// of them goes first.
pub(super) fn ordered<'a>(needs: &Needs<'a>) -> Vec<&'a str> {
    let mut left: BTreeMap<&str, usize> = needs.iter().map(|(namespace, needed)| (*namespace, needed.len())).collect();
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (namespace, needed) in needs {
        for other in needed {
            users.entry(other).or_default().push(namespace);
        }
    }
    let mut ready: BTreeSet<&str> = left.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
    let mut order = Vec::new();
    while let Some(next) = ready.pop_first().or_else(|| left.keys().next().copied()) {
        left.remove(next);
        order.push(next);
        for user in users.get(next).into_iter().flatten() {
            if let Some(count) = left.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    ready.insert(user);
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(needs: &[(&'static str, &[&'static str])]) -> Vec<&'static str> {
        ordered(&needs.iter().map(|(name, needed)| (*name, needed.iter().copied().collect())).collect())
    }

    #[test]
    fn what_is_needed_comes_first_and_the_rest_by_name() {
        assert_eq!(order(&[("a", &["c"]), ("b", &[]), ("c", &["d"]), ("d", &[])]), ["b", "d", "c", "a"]);
        assert_eq!(order(&[("a", &[]), ("b", &[])]), ["a", "b"]);
        assert_eq!(order(&[]), Vec::<&str>::new());
    }

    #[test]
    fn those_that_need_each_other_are_all_there() {
        assert_eq!(
            order(&[("a", &["b"]), ("b", &["a"]), ("c", &["a"]), ("d", &["e"]), ("e", &[])]),
            ["e", "d", "a", "b", "c"]
        );
    }
}
