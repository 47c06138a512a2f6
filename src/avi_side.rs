//! Changes of the project's settings: the Avi side and intents, with the document made where it is not there.

use serde_json::{Value, json};

use crate::canonical::yaml;
use crate::command::Command;
use crate::model::settings::{AviNetwork, AviSeGroup, AviSide, Intent};
use crate::model::{AkoplanSettings, Kind};
use crate::syntax::FieldPath;
use crate::workspace::{Address, Workspace};

/// The file of the settings document.
pub const SETTINGS_FILE: &str = "akoplan.yaml";

/// Where the settings stand: the last document of several, as everywhere.
#[must_use]
pub fn settings_address(workspace: &Workspace) -> Option<&Address> {
    workspace.every::<AkoplanSettings>().map(|(object, _)| &object.address).last()
}

/// Adds a Service Engine group to the Avi side; nothing where one of that name is listed.
#[must_use]
pub fn add_se_group(workspace: &Workspace, name: &str) -> Command {
    let name = name.trim();
    let known = avi(workspace).map_or(&[][..], |avi| &avi.se_groups);
    if name.is_empty() || known.iter().any(|group| group.name.as_deref() == Some(name)) {
        return nothing();
    }
    let group = AviSeGroup { name: Some(name.to_owned()), ..AviSeGroup::default() };
    append(workspace, &["avi", "seGroups"], known.len(), to_value(&group))
}

/// Adds a network to the Avi side; nothing where one of that name is listed. Empty texts are left out.
#[must_use]
pub fn add_network(workspace: &Workspace, name: &str, uuid: &str, subnets: &[String]) -> Command {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let known = avi(workspace).map_or(&[][..], |avi| &avi.networks);
    let Some(name) = text(name).filter(|name| known.iter().all(|network| network.name.as_ref() != Some(name))) else {
        return nothing();
    };
    let subnets = subnets.iter().filter_map(|subnet| text(subnet)).collect();
    let network = AviNetwork { name: Some(name), uuid: text(uuid), subnets, static_ranges: Vec::new() };
    append(workspace, &["avi", "networks"], known.len(), to_value(&network))
}

/// Adds a DNS sub-domain to the Avi side; nothing where it is listed.
#[must_use]
pub fn add_sub_domain(workspace: &Workspace, domain: &str) -> Command {
    let domain = domain.trim();
    let known = avi(workspace).map_or(&[][..], |avi| &avi.sub_domains);
    if domain.is_empty() || known.iter().any(|known| known == domain) {
        return nothing();
    }
    append(workspace, &["avi", "subDomains"], known.len(), Value::from(domain))
}

/// Sets one field of the settings, as in `["akoVersion"]`; the document is made where it is not there.
#[must_use]
pub fn set(workspace: &Workspace, keys: &[&str], value: Value) -> Command {
    match settings_address(workspace) {
        Some(at) => Command::Set { at: at.clone(), path: below_spec(keys), value },
        None => add_document(&nested(keys, value)),
    }
}

/// Says which segment (by its AviInfraSetting's name) an object is meant for.
#[must_use]
pub fn set_intent(workspace: &Workspace, kind: Kind, namespace: &str, name: &str, setting: &str) -> Command {
    let intents = &workspace.settings().spec.intents;
    let is_same = |intent: &Intent| {
        intent.kind.as_deref() == Some(kind.name())
            && intent.namespace.as_deref() == Some(namespace)
            && intent.name.as_deref() == Some(name)
            && intent.port.is_none()
            && intent.host.is_none()
    };
    match (intents.iter().position(is_same), settings_address(workspace)) {
        (Some(at), _) if intents[at].segment.as_deref() == Some(setting) => nothing(),
        (Some(at), Some(address)) => {
            Command::set(address, below_spec(&["intents"]).index(at).key("segment"), Value::from(setting))
        }
        _ => {
            let intent = Intent {
                kind: Some(kind.name().to_owned()),
                namespace: Some(namespace.to_owned()),
                name: Some(name.to_owned()),
                segment: Some(setting.to_owned()),
                ..Intent::default()
            };
            append(workspace, &["intents"], intents.len(), to_value(&intent))
        }
    }
}

/// The Service Engine groups of the Avi side, for choosing.
#[must_use]
pub fn se_group_names(workspace: &Workspace) -> Vec<String> {
    avi(workspace).map_or(&[][..], |avi| &avi.se_groups).iter().filter_map(|group| group.name.clone()).collect()
}

/// The networks of the Avi side, for choosing: UUIDs or names.
#[must_use]
pub fn network_names(workspace: &Workspace, by_uuid: bool) -> Vec<String> {
    let networks = avi(workspace).map_or(&[][..], |avi| &avi.networks).iter();
    networks.filter_map(|network| if by_uuid { network.uuid.clone() } else { network.name.clone() }).collect()
}

/// Whether the Avi side is known and has no Service Engine group of this name.
#[must_use]
pub fn lacks_se_group(workspace: &Workspace, name: &str) -> bool {
    let name = name.trim();
    avi(workspace).is_some() && !name.is_empty() && !se_group_names(workspace).iter().any(|known| known == name)
}

/// Whether the Avi side is known and has no network of this name.
#[must_use]
pub fn lacks_network(workspace: &Workspace, name: &str) -> bool {
    let name = name.trim();
    avi(workspace).is_some() && !name.is_empty() && !network_names(workspace, false).iter().any(|known| known == name)
}

fn avi(workspace: &Workspace) -> Option<&AviSide> {
    workspace.settings().spec.avi.as_ref()
}

const fn nothing() -> Command {
    Command::Batch(Vec::new())
}

fn to_value(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn below_spec(keys: &[&str]) -> FieldPath {
    keys.iter().fold(FieldPath::from("spec"), |path, key| path.key(key))
}

/// Appends to a list of the settings.
fn append(workspace: &Workspace, list: &[&str], count: usize, item: Value) -> Command {
    match settings_address(workspace) {
        Some(at) => Command::insert(at, below_spec(list), count, item),
        None => add_document(&nested(list, Value::Array(vec![item]))),
    }
}

/// `value` inside an object for each key.
fn nested(keys: &[&str], value: Value) -> Value {
    keys.iter().rev().fold(value, |inner, key| json!({ *key: inner }))
}

fn add_document(spec: &Value) -> Command {
    let document = json!({ "apiVersion": "akoplan/v1alpha1", "kind": Kind::AkoplanSettings.name(), "spec": spec });
    Command::AddDocument { file: SETTINGS_FILE.to_owned(), text: yaml(&document) }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::text::SourceFile;

    fn run(workspace: &Workspace, make: impl Fn(&Workspace) -> Command) -> Workspace {
        let after = make(workspace).apply(workspace).unwrap();
        let again = make(&after).apply(&after).unwrap();
        assert_eq!(again.sources(), after.sources(), "a second time changes nothing");
        after
    }

    fn fill(workspace: &Workspace) -> Workspace {
        let subnets = ["10.223.63.0/26".to_owned(), String::new()];
        let workspace = run(workspace, |workspace| add_se_group(workspace, " group10 "));
        let workspace = run(&workspace, |workspace| add_network(workspace, "oam-vip", "", &subnets));
        let workspace = run(&workspace, |workspace| add_network(workspace, "trf-vip", "dvportgroup-7", &[]));
        let workspace = run(&workspace, |workspace| add_sub_domain(workspace, "example.com"));
        let workspace = run(&workspace, |workspace| set_intent(workspace, Kind::Service, "red", "web", "oam"));
        let workspace = run(&workspace, |workspace| set_intent(workspace, Kind::Service, "red", "web", "trf"));
        run(&workspace, |workspace| set(workspace, &["akoVersion"], Value::from("2.2.1")))
    }

    #[test]
    fn the_document_is_made_and_filled() {
        let workspace = fill(&Workspace::default());
        expect![[r#"
            apiVersion: akoplan/v1alpha1
            kind: AkoplanSettings
            spec:
              avi:
                seGroups:
                - name: group10
                networks:
                - name: oam-vip
                  subnets:
                  - 10.223.63.0/26
                - name: trf-vip
                  uuid: dvportgroup-7
                subDomains:
                - example.com
              intents:
              - kind: Service
                namespace: red
                name: web
                segment: trf
              akoVersion: "2.2.1"
        "#]]
        .assert_eq(&workspace.file(SETTINGS_FILE).unwrap().source.text);
    }

    #[test]
    fn a_document_that_is_there_is_added_to() {
        let text = "# ours\nkind: AkoplanSettings\napiVersion: akoplan/v1alpha1\nspec:\n  avi: {seGroups: [{name: a}]} # one line\n";
        let workspace = fill(&Workspace::new(&[SourceFile::new("settings.yml", text)]));
        assert!(workspace.file(SETTINGS_FILE).is_none());
        expect![[r##"
            # ours
            kind: AkoplanSettings
            apiVersion: akoplan/v1alpha1
            spec:
              avi: {seGroups: [{name: a}, {name: group10}], networks: [{name: oam-vip, subnets: [10.223.63.0/26]}, {name: trf-vip, uuid: dvportgroup-7}], subDomains: [example.com]} # one line
              intents:
              - kind: Service
                namespace: red
                name: web
                segment: trf
              akoVersion: "2.2.1"
        "##]].assert_eq(&workspace.files()[0].source.text);
    }
}
