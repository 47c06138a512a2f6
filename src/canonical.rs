//! The one style in which new objects are written: fields in the model's order, lists as `kubectl` has them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::edit::render;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, ObjectMeta};
use crate::workspace::{OfKind, Workspace};

/// Writes a value as block YAML, a line break at the end.
///
/// Long strings are not folded: one value, one line, so that differences stay readable.
#[must_use]
pub fn yaml(value: &impl Serialize) -> String {
    // By way of one plain value type, so that the writer is in the wasm once and not for each model.
    render(&serde_json::to_value(value).unwrap_or_default())
}

/// Writes values as one text of several documents.
#[must_use]
pub fn documents(texts: &[String]) -> String {
    texts.join("---\n")
}

/// Metadata with a name, and a namespace where one is given.
#[must_use]
pub fn metadata(namespace: &str, name: &str) -> ObjectMeta {
    let namespace = (!namespace.is_empty()).then(|| namespace.to_owned());
    ObjectMeta { name: Some(name.to_owned()), namespace, ..ObjectMeta::default() }
}

/// The two labels by which AKO finds the Gateway of a Service and of a listener.
#[must_use]
pub fn gateway_labels(namespace: &str, name: &str) -> BTreeMap<String, String> {
    BTreeMap::from([
        (GATEWAY_NAME_LABEL.to_owned(), name.to_owned()),
        (GATEWAY_NAMESPACE_LABEL.to_owned(), namespace.to_owned()),
    ])
}

/// Where a new object of the platform is written.
#[must_use]
pub fn platform_file(name: &str) -> String {
    format!("platform/{}.yaml", file_stem(name))
}

/// Where a new object of an application is written.
#[must_use]
pub fn app_file(namespace: &str, name: &str) -> String {
    format!("apps/{}/{}.yaml", file_stem(namespace), file_stem(name))
}

/// A name made fit for a file system: what is not usual in names of Kubernetes becomes a hyphen.
#[must_use]
pub fn file_stem(name: &str) -> String {
    let is_usual = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    let stem: String = name.chars().map(|character| if is_usual(character) { character } else { '-' }).collect();
    let stem = stem.trim_matches('.');
    if stem.is_empty() { "unnamed".to_owned() } else { stem.to_owned() }
}

/// A name that no object of this kind and namespace has yet: the wanted one, else with a number.
#[must_use]
pub fn free_name<T: OfKind>(workspace: &Workspace, namespace: &str, wanted: &str) -> String {
    let is_free = |name: &String| workspace.get::<T>(namespace, name).is_none();
    let numbered = (2..).map(|number: usize| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_stay_inside_their_folder() {
        assert_eq!(file_stem("app-gateway-admin-0"), "app-gateway-admin-0");
        assert_eq!(file_stem("../a b"), "-a-b");
        assert_eq!(file_stem(".."), "unnamed");
        assert_eq!(app_file("", "x"), "apps/unnamed/x.yaml");
    }
}
