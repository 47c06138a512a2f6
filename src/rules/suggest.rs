//! Did-you-mean for names: what a name that leads nowhere was most likely meant to be.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Command;
use crate::ordered::IntoOrdered;
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// Names looked up by likeness; each wrong name is compared once, and not without end.
pub struct Suggest<'a> {
    names: Vec<&'a str>,
    known: BTreeMap<String, Option<&'a str>>,
}

impl<'a> Suggest<'a> {
    /// Over these names.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: BTreeSet<&str> = names.into_iter().filter(|name| !name.is_empty()).into_set();
        Self { names: names.into_iter().collect(), known: BTreeMap::new() }
    }

    /// Whether this is one of the names.
    pub fn has(&self, name: &str) -> bool {
        self.names.binary_search(&name).is_ok()
    }

    /// The name that resembles the wanted one most.
    pub fn get(&mut self, wanted: &str) -> Option<&'a str> {
        // Comparing is what costs: after this many, wrong names get no suggestion.
        const MOST_COMPARED: usize = 50_000;
        if let Some(known) = self.known.get(wanted) {
            return *known;
        }
        if self.known.len() * self.names.len() > MOST_COMPARED {
            return None;
        }
        let found = self.closest(wanted);
        self.known.insert(wanted.to_owned(), found);
        found
    }

    fn closest(&self, wanted: &str) -> Option<&'a str> {
        const LEAST_ALIKE: f64 = 0.6;
        let alike = self.names.iter().map(|name| (likeness(wanted, name), *name));
        let alike = alike.filter(|(alike, _)| *alike >= LEAST_ALIKE);
        alike.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
    }

    /// The fix that writes the suggested name into a field.
    pub fn fix(&mut self, object: &Object, path: impl Into<FieldPath>, wanted: &str) -> Option<(String, Command)> {
        let name = self.get(wanted)?;
        Some((format!("write `{name}`"), Command::set(&object.address, path, name)))
    }
}

/// How alike two names are where they differ, from 0 to 1.
///
/// Names of one cluster are made from a template: `setting-tkg-wkld-oam` and `setting-tkg-wkld-trf` are
/// alike as texts and are not meant for each other. Nor is `group11` a slip of `group10`.
fn likeness(wanted: &str, name: &str) -> f64 {
    let parts = |text: &'_ str| text.split('-').map(str::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (parts(wanted), parts(name));
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a[..a.len() - end].join("-"), b[..b.len() - end].join("-"));
    let letters = |text: &str| text.replace(|character: char| character.is_ascii_digit(), "");
    if a != b && letters(&a) == letters(&b) {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(&a, &b)
}

/// `, did you mean …?` or nothing.
pub fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map(|name| format!(", did you mean `{name}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_other_segments_are_not() {
        let mut names = Suggest::new(["setting-tkg-wkld-oam", "se-group10", "vip-Net"]);
        assert_eq!(names.get("setting-tkg-wkld-oma"), Some("setting-tkg-wkld-oam"));
        assert_eq!(names.get("settings-tkg-wkld-oam"), Some("setting-tkg-wkld-oam"));
        assert_eq!(names.get("setting-tkg-wkld-sigtran"), None);
        assert_eq!(names.get("se-grp10"), Some("se-group10"));
        assert_eq!(names.get("se-group11"), None);
        assert_eq!(names.get("vip-net"), Some("vip-Net"));
    }
}
