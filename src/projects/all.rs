//! All projects as one file, and back.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Head, free_name};
use crate::project;

const VERSION: u64 = 1;

/// A project with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What is known of it.
    pub head: Head,
    /// As [`crate::project`] wrote it.
    pub text: String,
}

/// What an import of all projects gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Names and texts of projects to add.
    pub projects: Vec<(String, String)>,
    /// Names of those that are there already, the same to the byte.
    pub same: Vec<String>,
    /// Names of those that cannot be read, with the reason.
    pub damaged: Vec<(String, String)>,
}

/// Writes all projects as one file.
#[must_use]
pub fn export_all(projects: &[Kept]) -> String {
    let one = |kept: &Kept| json!({ "name": kept.head.name, "saved": kept.head.saved, "project": kept.text });
    let projects: Vec<Value> = projects.iter().map(one).collect();
    json!({ "akoplanProjects": VERSION, "projects": projects }).to_string()
}

/// Whether a text says of itself that it holds all projects.
#[must_use]
pub fn is_all(text: &str) -> bool {
    text.trim_start().starts_with("{\"akoplanProjects\":")
}

/// Reads a file of [`export_all`], or of one project; decides what is added to those that are there.
///
/// Nothing that is there is changed: the same name with another content is added under a free name.
///
/// # Errors
/// If it is no such file; in plain words.
pub fn import_all(present: &[Kept], file: &str) -> Result<Added, String> {
    if project::decode(file).is_ok() {
        return Ok(add(present, &[("Imported", file)]));
    }
    let value: Value = serde_json::from_str(file).map_err(|error| format!("it is no JSON: {error}"))?;
    match value.get("akoplanProjects").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(newer) => return Err(format!("it was written by a newer akoplan (format {newer})")),
        None => return Err("it holds no akoplan projects".to_owned()),
    }
    let projects = value.get("projects").and_then(Value::as_array).ok_or("its list of projects is missing")?;
    let text = |project: &'_ Value, key: &str| project.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let named: Vec<(String, String)> = projects.iter().map(|it| (text(it, "name"), text(it, "project"))).collect();
    let named: Vec<(&str, &str)> = named.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(add(present, &named))
}

fn add(present: &[Kept], projects: &[(&str, &str)]) -> Added {
    let mut added = Added::default();
    let mut heads: Vec<Head> = present.iter().map(|kept| kept.head.clone()).collect();
    for (name, text) in projects {
        if let Err(reason) = project::decode(text) {
            added.damaged.push((crate::share::clean_project(name), reason.0));
            continue;
        }
        if let Some(same) = present.iter().find(|kept| kept.head.deleted.is_none() && kept.text == *text) {
            added.same.push(same.head.name.clone());
            continue;
        }
        let name = free_name(&heads, name);
        heads.push(Head::new("", Some(&name)));
        added.projects.push((name, (*text).to_owned()));
    }
    added
}

impl Added {
    /// What happened, in a sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = match self.projects.as_slice() {
            [] => "No project was added.".to_owned(),
            [(name, _)] => format!("Added the project {name}."),
            all => format!("Added {} projects.", all.len()),
        };
        match self.same.as_slice() {
            [] => {}
            [name] => {
                let _ = write!(words, " {name} is here already, the same to the byte.");
            }
            all => {
                let _ = write!(words, " {} are here already, the same to the byte.", all.len());
            }
        }
        for (name, reason) in &self.damaged {
            let _ = write!(words, " {name} cannot be read: {reason}.");
        }
        words
    }
}
