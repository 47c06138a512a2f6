//! Documents of which a project has one: akoplan's settings and AKO's values. Changes make the document where it is
//! not there yet, so a form has a field before there is a file.

use serde_json::{Value, json};

use crate::avi_side::{SETTINGS_FILE, settings_address};
use crate::canonical::yaml;
use crate::command::Command;
use crate::model::Kind;
use crate::syntax::{FieldPath, Step};
use crate::view;
use crate::workspace::{Address, Workspace};

/// The file of AKO's values, where there is none.
pub const VALUES_FILE: &str = "values.yaml";

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Singleton {
    /// `AkoplanSettings`.
    Settings,
    /// AKO's `values.yaml`.
    Values,
}

impl Singleton {
    /// Where it stands.
    #[must_use]
    pub fn address(self, workspace: &Workspace) -> Option<Address> {
        match self {
            Self::Settings => settings_address(workspace).cloned(),
            Self::Values => workspace.values().map(|(object, _)| object.address.clone()),
        }
    }

    /// Where it stands, or will stand.
    #[must_use]
    pub fn home(self, workspace: &Workspace) -> Address {
        self.address(workspace).unwrap_or_else(|| {
            let file = self.new_file();
            let document = workspace.file(file).map_or(0, |file| file.documents.len());
            Address { file: file.into(), document, item: None }
        })
    }

    const fn new_file(self) -> &'static str {
        match self {
            Self::Settings => SETTINGS_FILE,
            Self::Values => VALUES_FILE,
        }
    }

    /// What stands in a field, as written.
    #[must_use]
    pub fn text(self, workspace: &Workspace, path: &str) -> String {
        let object = self.address(workspace).and_then(|at| workspace.at(&at));
        object.and_then(|object| object.text(path)).unwrap_or_default().to_owned()
    }

    /// The items of a list as written; empty texts for items that are no texts.
    #[must_use]
    pub fn items(self, workspace: &Workspace, path: &str) -> Vec<String> {
        let Some(object) = self.address(workspace).and_then(|at| workspace.at(&at)) else { return Vec::new() };
        let Some((tree, list)) = object.find(&FieldPath::parse(path)) else { return Vec::new() };
        let list = tree.items(list);
        list.iter().map(|item| tree.scalar(*item).unwrap_or_default().to_owned()).collect()
    }

    /// Whether a field is written.
    #[must_use]
    pub fn has(self, workspace: &Workspace, path: &str) -> bool {
        self.address(workspace).and_then(|at| workspace.at(&at)).is_some_and(|object| object.has(path))
    }

    /// Puts an item at the end of a list.
    #[must_use]
    pub fn append(self, workspace: &Workspace, path: &str, item: Value) -> Command {
        self.set(workspace, &format!("{path}[{}]", self.items(workspace, path).len()), Some(item))
    }

    /// Takes an item of a list away; the last one with the list, so that an empty list does not say `there is none`.
    #[must_use]
    pub fn remove_item(self, workspace: &Workspace, path: &str, index: usize) -> Command {
        let Some(at) = self.address(workspace) else { return Command::Batch(Vec::new()) };
        let path = if self.items(workspace, path).len() > 1 {
            FieldPath::parse(path).index(index)
        } else {
            view::emptied(workspace, &at, path)
        };
        Command::Remove { at, path }
    }

    /// Gives a field a value, or takes it away.
    #[must_use]
    pub fn set(self, workspace: &Workspace, path: &str, value: Option<Value>) -> Command {
        let emptied = |at: &Address| view::emptied(workspace, at, path);
        let path = FieldPath::parse(path);
        match (self.address(workspace), value) {
            (Some(at), Some(value)) => Command::Set { at, path, value },
            (Some(at), None) => Command::Remove { path: emptied(&at), at },
            (None, Some(value)) => self.add(nested(&path, value)),
            (None, None) => Command::Batch(Vec::new()),
        }
    }

    fn add(self, value: Value) -> Command {
        let document = match self {
            Self::Values => value,
            Self::Settings => {
                let mut document = json!({ "apiVersion": "akoplan/v1alpha1", "kind": Kind::AkoplanSettings.name() });
                if let (Some(document), Value::Object(fields)) = (document.as_object_mut(), value) {
                    document.extend(fields);
                }
                document
            }
        };
        Command::AddDocument { file: self.new_file().to_owned(), text: yaml(&document) }
    }
}

/// `value` inside an object for each key and a list of one for each item.
fn nested(path: &FieldPath, value: Value) -> Value {
    path.steps().iter().rev().fold(value, |inner, step| match step {
        Step::Key(key) => json!({ &**key: inner }),
        Step::Index(_) => json!([inner]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn a_document_is_made_with_its_first_field_and_kept_after() {
        let mut workspace = Workspace::default();
        let path = "NetworkSettings.vipNetworkList[0].networkName";
        for (path, value) in [(path, Some("all".into())), (path, None), ("AKOSettings.servicesAPI", Some(true.into()))]
        {
            workspace = Singleton::Values.set(&workspace, path, value).apply(&workspace).unwrap();
        }
        let text = &workspace.file("values.yaml").unwrap().source.text;
        assert_eq!(&**text, "NetworkSettings:\n  vipNetworkList:\n  - {}\nAKOSettings:\n  servicesAPI: true\n");
        assert_eq!(Singleton::Values.text(&workspace, "AKOSettings.servicesAPI"), "true");
    }

    #[test]
    fn settings_carry_their_header_and_taking_away_makes_nothing() {
        let empty = Workspace::default();
        assert_eq!(Singleton::Settings.set(&empty, "spec.akoVersion", None), Command::Batch(Vec::new()));
        let home = Singleton::Settings.home(&empty);
        let after = Singleton::Settings.set(&empty, "spec.akoVersion", Some("2.1.1".into())).apply(&empty).unwrap();
        assert_eq!(Singleton::Settings.address(&after), Some(home));
        let text = &after.file("akoplan.yaml").unwrap().source.text;
        assert_eq!(&**text, "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  akoVersion: \"2.1.1\"\n");
    }

    #[test]
    fn lists_grow_and_go_with_their_last_item() {
        let list = "spec.avi.seGroups";
        let mut workspace = Workspace::default();
        for name in ["a", "b"] {
            let command = Singleton::Settings.append(&workspace, list, json!({ "name": name }));
            workspace = command.apply(&workspace).unwrap();
        }
        assert_eq!(workspace.settings().spec.avi.as_ref().unwrap().se_groups.len(), 2);
        workspace = Singleton::Settings.remove_item(&workspace, list, 0).apply(&workspace).unwrap();
        assert_eq!(Singleton::Settings.text(&workspace, "spec.avi.seGroups[0].name"), "b");
        workspace = Singleton::Settings.remove_item(&workspace, list, 0).apply(&workspace).unwrap();
        assert!(workspace.settings().spec.avi.is_none());
        let domains = "spec.avi.subDomains";
        let command = Singleton::Settings.set(&workspace, domains, Some(json!(["x.y"])));
        assert_eq!(Singleton::Settings.items(&command.apply(&workspace).unwrap(), domains), ["x.y"]);
    }

    #[test]
    fn a_file_of_that_name_is_added_to() {
        let workspace = Workspace::new(&[SourceFile::new("akoplan.yaml", "a: 1\n")]);
        let home = Singleton::Settings.home(&workspace);
        let command = Singleton::Settings.set(&workspace, "spec.akoVersion", Some("2.1.1".into()));
        assert_eq!(Singleton::Settings.address(&command.apply(&workspace).unwrap()), Some(home));
    }
}
