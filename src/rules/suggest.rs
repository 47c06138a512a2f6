//! Did-you-mean for names: what a name that leads nowhere was most likely meant to be.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Command;
use crate::lower::closest;
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
        let names: BTreeSet<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        Self { names: names.into_iter().collect(), known: BTreeMap::new() }
    }

    /// Whether there is no name at all.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
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
        let found = closest(wanted, &self.names);
        self.known.insert(wanted.to_owned(), found);
        found
    }

    /// The fix that writes the suggested name into a field.
    pub fn fix(&mut self, object: &Object, path: impl Into<FieldPath>, wanted: &str) -> Option<(String, Command)> {
        let name = self.get(wanted)?;
        Some((format!("write `{name}`"), Command::set(&object.address, path, name)))
    }
}

/// `, did you mean …?` or nothing.
pub fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map(|name| format!(", did you mean `{name}`?")).unwrap_or_default()
}
