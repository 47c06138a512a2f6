//! Another key and value for a label, and for what selects a Namespace by it.

use std::collections::BTreeMap;

use crate::command::{Command, CommandError};
use crate::edit::{Value, render_scalar};
use crate::model::{AkoValues, GatewayV1, Kind};
use crate::syntax::{FieldPath, ScalarStyle};
use crate::text::Edit;
use crate::workspace::{Address, Object, Workspace};

/// A label, with its key and value as they are and as they are to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Relabel {
    /// The object.
    pub at: Address,
    /// Its label's key.
    pub key: String,
    /// The key afterwards.
    pub new_key: String,
    /// The value afterwards.
    pub new_value: String,
}

impl Relabel {
    /// The change in this workspace.
    pub(super) fn command(&self, workspace: &Workspace) -> Result<Command, CommandError> {
        let object = workspace.at(&self.at).ok_or_else(|| CommandError::NoObject(self.at.clone()))?;
        let mut edits: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
        let mut add = |command: Command| {
            for (file, own) in command.edits(workspace)? {
                edits.entry(file).or_default().extend(own);
            }
            Ok(())
        };
        let Some(value) = object.label(&self.key) else { return Ok(Command::Batch(Vec::new())) };
        self.in_map(object, &"metadata.labels".into(), &mut add)?;
        if object.kind == Kind::Namespace {
            for (gateway, value_of) in workspace.every::<GatewayV1>() {
                for (index, listener) in value_of.spec.listeners.iter().enumerate() {
                    let namespaces = listener.allowed_routes.as_ref().and_then(|allowed| allowed.namespaces.as_ref());
                    let selector = namespaces.and_then(|namespaces| namespaces.selector.as_ref());
                    if selector.and_then(|labels| labels.match_labels.get(&self.key)).is_some_and(|own| own == value) {
                        let allowed = FieldPath::from("spec.listeners").index(index).key("allowedRoutes");
                        self.in_map(gateway, &allowed.key("namespaces").key("selector").key("matchLabels"), &mut add)?;
                    }
                }
            }
            if let Some((values, own)) = workspace.values() {
                self.in_values(values, own, value, &mut add)?;
            }
        }
        let edit_text = |(file, edits)| Command::EditText { file, edits };
        Ok(Command::Batch(edits.into_iter().map(edit_text).collect()))
    }

    /// In a mapping of labels.
    fn in_map(
        &self,
        object: &Object,
        map: &FieldPath,
        add: &mut dyn FnMut(Command) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let path = map.key(&self.key);
        if object.text(path.clone()) != Some(self.new_value.as_str()) {
            add(Command::set(&object.address, path.clone(), Value::from(self.new_value.as_str())))?;
        }
        if self.key != self.new_key {
            let key = render_scalar(&Value::from(self.new_key.as_str()), ScalarStyle::Plain);
            let edit = Edit::replace(object.key_span(path), key);
            add(Command::EditText { file: object.address.file.to_string(), edits: vec![edit] })?;
        }
        Ok(())
    }

    /// In `AKOSettings.namespaceSelector`.
    fn in_values(
        &self,
        object: &Object,
        values: &AkoValues,
        value: &str,
        add: &mut dyn FnMut(Command) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let selector = &values.ako_settings.namespace_selector;
        if (selector.label_key.as_deref(), selector.label_value.as_deref()) != (Some(&self.key), Some(value)) {
            return Ok(());
        }
        let path = FieldPath::from("AKOSettings.namespaceSelector");
        for (field, new) in [("labelKey", &self.new_key), ("labelValue", &self.new_value)] {
            add(Command::set(&object.address, path.key(field), Value::from(new.as_str())))?;
        }
        Ok(())
    }
}
