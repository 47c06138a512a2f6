//! Renaming: the object and everything in the project that finds it by its name, in one command.

mod cluster;
mod label;
mod namespace;

use crate::command::{Command, CommandError};
use crate::edit::Value;
use crate::listeners::label_command;
use crate::model::{
    AkoplanSettings, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, HttpRoute, Ingress, Kind, Service,
};
use crate::syntax::FieldPath;
use crate::workspace::{Address, Object, OfKind, Workspace};

pub use label::Relabel;

/// A new name that is to be given: what goes along is looked up when it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Rename {
    /// To an object, in its namespace.
    Object {
        /// The object.
        at: Address,
        /// Its name afterwards.
        name: String,
    },
    /// To a namespace, with all that stands in it.
    Namespace {
        /// Its name.
        from: String,
        /// Its name afterwards.
        to: String,
    },
    /// To a label.
    Label(Relabel),
}

impl Rename {
    /// The change in this workspace.
    ///
    /// # Errors
    /// If the object is not there (any more), or its text cannot be changed so.
    pub fn command(&self, workspace: &Workspace) -> Result<Command, CommandError> {
        match self {
            Self::Object { at, name } => {
                let object = workspace.at(at).ok_or_else(|| CommandError::NoObject(at.clone()))?;
                Ok(rename(workspace, at, object.namespace(), name).command)
            }
            Self::Namespace { from, to } => Ok(namespace::rename(workspace, from, to)),
            Self::Label(label) => label.command(workspace),
        }
    }
}

/// Whether a name for a namespace is used already, by its Namespace or by what stands in it.
#[must_use]
pub fn is_namespace(workspace: &Workspace, name: &str) -> bool {
    namespace::is_there(workspace, name)
}

/// A new name for an object, with what goes along.
#[derive(Clone, Debug, PartialEq)]
pub struct Renaming {
    /// The change.
    pub command: Command,
    /// What else changes, as in "2 Services"; empty where nothing does.
    pub along: Vec<String>,
}

/// Gives an object another namespace and name; those that refer to it go along, unless another
/// object has the same identity and keeps them.
#[must_use]
pub fn rename(workspace: &Workspace, at: &Address, namespace: &str, name: &str) -> Renaming {
    let Some(object) = workspace.at(at) else {
        return Renaming { command: Command::Batch(Vec::new()), along: Vec::new() };
    };
    let mut commands = Vec::new();
    if name != object.name() {
        commands.push(Command::set(at, "metadata.name", Value::from(name)));
    }
    if namespace != object.namespace() {
        commands.push(Command::set(at, "metadata.namespace", Value::from(namespace)));
    }
    let mut along = Along { commands, words: Vec::new() };
    let is_only_one = workspace.same_identity(object).len() < 2 && !object.name().is_empty();
    match object.kind {
        Kind::Gateway => {
            along.add("listener", listeners(object, namespace, name));
            if is_only_one {
                along.add("Service", labelled_services(workspace, object, namespace, name));
            }
        }
        Kind::GatewayV1 if is_only_one => {
            along.add("HTTPRoute", parent_refs(workspace, object, namespace, name));
        }
        Kind::Service if is_only_one && namespace == object.namespace() => {
            along.add("Ingress", backends(workspace, object, name));
            along.add("HTTPRoute", backend_refs(workspace, object, name));
        }
        _ if is_only_one => cluster::add(&mut along, workspace, object, name),
        _ => {}
    }
    if is_only_one {
        along.add("intent", intents(workspace, object, namespace, name));
    }
    Renaming { command: Command::Batch(along.commands), along: along.words }
}

struct Along {
    commands: Vec<Command>,
    words: Vec<String>,
}

impl Along {
    /// Adds one command for each thing that goes along.
    fn add(&mut self, what: &str, commands: Vec<Command>) {
        let ending = if what.ends_with('s') { "es" } else { "s" };
        match commands.len() {
            0 => {}
            1 => self.words.push(format!("1 {what}")),
            count => self.words.push(format!("{count} {what}{ending}")),
        }
        self.commands.extend(commands);
    }
}

/// The listeners' selectors, wrong ones included: they must name the Gateway.
fn listeners(object: &Object, namespace: &str, name: &str) -> Vec<Command> {
    let count = Gateway::of(&object.value).map_or(0, |gateway| gateway.spec.listeners.len());
    let commands = (0..count).map(|index| label_command(object, index, namespace, name));
    commands.filter(|command| !matches!(command, Command::Batch(commands) if commands.is_empty())).collect()
}

/// The Services whose labels name the Gateway.
fn labelled_services(workspace: &Workspace, gateway: &Object, namespace: &str, name: &str) -> Vec<Command> {
    let labelled = workspace.every::<Service>().map(|(object, _)| object).filter(|object| {
        object.label(GATEWAY_NAME_LABEL) == Some(gateway.name())
            && object.label(GATEWAY_NAMESPACE_LABEL) == Some(gateway.namespace())
    });
    let labels = FieldPath::from("metadata.labels");
    let relabel = |object: &Object| {
        Command::Batch(vec![
            Command::set(&object.address, labels.key(GATEWAY_NAME_LABEL), Value::from(name)),
            Command::set(&object.address, labels.key(GATEWAY_NAMESPACE_LABEL), Value::from(namespace)),
        ])
    };
    labelled.map(relabel).collect()
}

/// The Ingresses of the namespace that send to the Service: one command each.
fn backends(workspace: &Workspace, service: &Object, name: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    for (object, ingress) in workspace.every::<Ingress>() {
        if object.namespace() != service.namespace() {
            continue;
        }
        let mut changes = Vec::new();
        for (at, rule) in ingress.spec.rules.iter().enumerate() {
            let paths = rule.http.as_ref().map_or(&[][..], |http| &http.paths);
            for (index, path) in paths.iter().enumerate() {
                if path.backend.name() != Some(service.name()) {
                    continue;
                }
                let backend = format!("spec.rules[{at}].http.paths[{index}].backend");
                let field = if path.backend.service.is_some() { "service.name" } else { "serviceName" };
                changes.push(Command::set(&object.address, &*format!("{backend}.{field}"), Value::from(name)));
            }
        }
        if !changes.is_empty() {
            commands.push(Command::Batch(changes));
        }
    }
    commands
}

/// The HTTPRoutes that name the Gateway: one command each.
fn parent_refs(workspace: &Workspace, gateway: &Object, namespace: &str, name: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    for (object, route) in workspace.every::<HttpRoute>() {
        let mut changes = Vec::new();
        for (index, parent) in route.spec.parent_refs.iter().enumerate() {
            let own = parent.namespace.as_deref().unwrap_or(object.namespace());
            if (own, parent.name.as_deref()) != (gateway.namespace(), Some(gateway.name())) {
                continue;
            }
            let path = FieldPath::from("spec.parentRefs").index(index);
            changes.push(Command::set(&object.address, path.key("name"), Value::from(name)));
            if parent.namespace.is_some() || namespace != object.namespace() {
                changes.push(Command::set(&object.address, path.key("namespace"), Value::from(namespace)));
            }
        }
        commands.extend((!changes.is_empty()).then_some(Command::Batch(changes)));
    }
    commands
}

/// The HTTPRoutes that send to the Service: one command each.
fn backend_refs(workspace: &Workspace, service: &Object, name: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    for (object, route) in workspace.every::<HttpRoute>() {
        let mut changes = Vec::new();
        for (at, rule) in route.spec.rules.iter().enumerate() {
            for (index, backend) in rule.backend_refs.iter().enumerate() {
                let own = backend.namespace.as_deref().unwrap_or(object.namespace());
                if (own, backend.name.as_deref()) == (service.namespace(), Some(service.name())) {
                    let path = format!("spec.rules[{at}].backendRefs[{index}].name");
                    changes.push(Command::set(&object.address, &*path, Value::from(name)));
                }
            }
        }
        commands.extend((!changes.is_empty()).then_some(Command::Batch(changes)));
    }
    commands
}

/// The intents of the settings that name the object.
fn intents(workspace: &Workspace, object: &Object, namespace: &str, name: &str) -> Vec<Command> {
    let Some((settings, value)) = workspace.every::<AkoplanSettings>().last() else { return Vec::new() };
    let is_same = |kind: Option<&str>, own_namespace: Option<&str>, own: Option<&str>| {
        kind == Some(object.kind.name()) && own_namespace == Some(object.namespace()) && own == Some(object.name())
    };
    let intents = value.spec.intents.iter().enumerate();
    intents
        .filter(|(_, it)| is_same(it.kind.as_deref(), it.namespace.as_deref(), it.name.as_deref()))
        .map(|(index, _)| {
            let intent = FieldPath::from("spec.intents").index(index);
            Command::Batch(vec![
                Command::set(&settings.address, intent.key("namespace"), Value::from(namespace)),
                Command::set(&settings.address, intent.key("name"), Value::from(name)),
            ])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::model::GatewayV1;
    use crate::text::SourceFile;

    const TEXT: &str = "\
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: gw, namespace: red}   # the one
spec:
  listeners:
  - port: 80
    routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: red
  labels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in, namespace: red}
spec: {rules: [{http: {paths: [{backend: {service: {name: web}}}]}}]}
---
apiVersion: akoplan/v1alpha1
kind: AkoplanSettings
spec: {intents: [{kind: Gateway, namespace: red, name: gw, segment: oam}, {kind: Service, namespace: red, name: web, segment: oam}]}
";

    fn renamed<T: OfKind>(text: &str, name: &str, new: &str) -> (Vec<String>, String) {
        let before = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let at = before.get::<T>("red", name).unwrap().0.address.clone();
        let renaming = rename(&before, &at, "red", new);
        let after = renaming.command.apply(&before).unwrap();
        let after = after.file("a.yaml").unwrap().source.text.to_string();
        let changed =
            after.lines().zip(text.lines()).filter(|(new, old)| new != old).map(|(new, _)| format!("{new}\n"));
        (renaming.along, changed.collect())
    }

    #[test]
    fn a_gateway_takes_its_listeners_services_and_intents_along() {
        let (along, changed) = renamed::<Gateway>(TEXT, "gw", "gw-2");
        assert_eq!(along, ["1 listener", "1 Service", "1 intent"]);
        expect![[r"
            metadata: {name: gw-2, namespace: red}   # the one
                routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw-2, ako.vmware.com/gateway-namespace: red}}}
              labels: {ako.vmware.com/gateway-name: gw-2, ako.vmware.com/gateway-namespace: red}
            spec: {intents: [{kind: Gateway, namespace: red, name: gw-2, segment: oam}, {kind: Service, namespace: red, name: web, segment: oam}]}
        "]].assert_eq(&changed);
    }

    #[test]
    fn a_service_takes_its_ingresses_and_intents_along() {
        let (along, changed) = renamed::<Service>(TEXT, "web", "web-2");
        assert_eq!(along, ["1 Ingress", "1 intent"]);
        expect![[r"
              name: web-2
            spec: {rules: [{http: {paths: [{backend: {service: {name: web-2}}}]}}]}
            spec: {intents: [{kind: Gateway, namespace: red, name: gw, segment: oam}, {kind: Service, namespace: red, name: web-2, segment: oam}]}
        "]].assert_eq(&changed);
    }

    #[test]
    fn a_gateway_of_v1_takes_its_routes_along() {
        let text = "\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: red}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: rt, namespace: blue}
spec:
  parentRefs:
  - {name: gw}
  - {name: gw, namespace: red}
  rules: [{backendRefs: [{name: web}, {name: web, namespace: red}]}]
";
        let (along, changed) = renamed::<GatewayV1>(text, "gw", "gw-2");
        assert_eq!(along, ["1 HTTPRoute"]);
        expect![[r"
            metadata: {name: gw-2, namespace: red}
              - {name: gw-2, namespace: red}
        "]]
        .assert_eq(&changed);
        let (along, changed) = renamed::<Service>(text, "web", "web-2");
        assert_eq!(along, ["1 HTTPRoute"]);
        expect![[r"
            metadata: {name: web-2, namespace: red}
              rules: [{backendRefs: [{name: web}, {name: web-2, namespace: red}]}]
        "]]
        .assert_eq(&changed);
    }

    #[test]
    fn a_setting_takes_what_clusters_say_of_it_along() {
        let text = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: oam}
---
apiVersion: akoplan/v1alpha1
kind: AkoplanSettings
spec:
  clusters:
  - {name: east, settings: [{name: trf, seGroup: a}, {name: oam, seGroup: b}]}   # ours
  - {name: west, settings: [{name: oam, seGroup: c}, {name: oam, seGroup: d}]}
  - {name: oam}
";
        let before = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let at = &before.objects()[0].address;
        let renaming = rename(&before, at, "", "oam-2");
        assert_eq!(renaming.along, ["2 clusters"]);
        let after = renaming.command.apply(&before).unwrap();
        let expected = text.replace("{name: oam, seGroup", "{name: oam-2, seGroup");
        let expected = expected.replace("metadata: {name: oam}", "metadata: {name: oam-2}");
        assert_eq!(&*after.sources()[0].text, expected);
    }

    #[test]
    fn of_duplicates_one_is_renamed_and_the_rest_stays() {
        let twice = TEXT.split_once("---").unwrap().0.to_owned() + "---\n" + TEXT;
        let (along, _) = renamed::<Gateway>(&twice, "gw", "gw-2");
        assert_eq!(along, ["1 listener"]);
    }
}
