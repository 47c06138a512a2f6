//! The form "Expose a service": what is typed so far, the ways, and what would come of the chosen one.

use std::collections::BTreeMap;

use crate::ako::{Landing, predicting};
use crate::command::{Command, CommandError};
use crate::diff::{self, FileDiff};
use crate::expose::{Choice, Pasted, Port, Way, Wish, apply, default_host, options, parse_listeners, snippet};
use crate::model::{AviInfraSetting, Gateway, Kind, Service};
use crate::ordered::IntoOrdered;
use crate::pace::{finish, pause};
use crate::segment;
use crate::workspace::{Address, Workspace};

/// What is typed and chosen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Namespace of the Service.
    pub namespace: String,
    /// Name of the Service.
    pub name: String,
    /// The ports of a new Service, as typed.
    pub ports: String,
    /// The labels of a new Service's pods, as typed: `app=nginx`.
    pub selector: String,
    /// Name of the AviInfraSetting; empty: no segment.
    pub setting: String,
    /// The address is to be shared with other Services.
    pub shares_address: bool,
    /// Host of an Ingress.
    pub host: String,
    /// Path of an Ingress.
    pub path: String,
    /// Name for a new Gateway; empty: the offered one.
    pub gateway: String,
    /// The way that was chosen; `None`: the first that is possible.
    pub way: Option<Way>,
}

/// What the chosen way would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The change.
    pub command: Command,
    /// What to put into a chart.
    pub snippet: String,
    /// What would be written.
    pub diff: Vec<FileDiff>,
    /// The project afterwards.
    pub after: Workspace,
    /// Where the Service would land.
    pub landings: Vec<Landing>,
    /// The Service afterwards.
    pub service: Option<Address>,
}

impl Draft {
    /// A form for a Service given as `namespace/name`, or for a new one.
    #[must_use]
    pub fn new(workspace: &Workspace, service: &str) -> Self {
        let mut draft = Self { setting: first_segment(workspace), ..Self::default() };
        match service.split_once('/') {
            Some((namespace, name)) => draft.choose(workspace, namespace, name),
            None => draft.namespace = default_namespace(workspace),
        }
        draft
    }

    /// Takes an existing Service, with the segment that it is meant for.
    pub fn choose(&mut self, workspace: &Workspace, namespace: &str, name: &str) {
        namespace.clone_into(&mut self.namespace);
        name.clone_into(&mut self.name);
        self.way = None;
        self.host = default_host(workspace, name);
        if let Some(setting) = meant_for(workspace, namespace, name) {
            self.setting = setting;
        }
    }

    /// Begins a new Service in place of an existing one.
    pub fn begin(&mut self, workspace: &Workspace) {
        self.name.clear();
        self.way = None;
        if self.namespace.is_empty() {
            self.namespace = default_namespace(workspace);
        }
    }

    /// Whether the Service is there already.
    #[must_use]
    pub fn exists(&self, workspace: &Workspace) -> bool {
        workspace.get::<Service>(self.namespace.trim(), self.name.trim()).is_some()
    }

    /// What was understood of the ports.
    #[must_use]
    pub fn pasted(&self) -> Pasted {
        parse_listeners(&self.ports)
    }

    /// The wish that this is.
    #[must_use]
    pub fn wish(&self, workspace: &Workspace) -> Wish {
        let exists = self.exists(workspace);
        let port = |protocol: String, port: i64| Port { protocol, port, target: None };
        let ports = self.pasted().listeners.into_iter().map(|it| port(it.protocol, it.port));
        Wish {
            namespace: self.namespace.trim().to_owned(),
            service: self.name.trim().to_owned(),
            setting: self.setting.clone(),
            ports: if exists { Vec::new() } else { ports.collect() },
            selector: selector(&self.selector),
            shares_address: self.shares_address,
            host: self.host.trim().to_owned(),
            path: self.path.trim().to_owned(),
        }
    }

    /// The ways with their verdicts; a new Gateway has the name that was typed.
    #[must_use]
    pub fn choices(&self, workspace: &Workspace) -> Vec<Choice> {
        let mut choices = options(workspace, &self.wish(workspace));
        let typed = self.gateway.trim();
        for choice in choices.iter_mut().filter(|choice| !typed.is_empty() && is_new_gateway(workspace, &choice.way)) {
            let Way::Gateway { namespace, name } = &mut choice.way else { continue };
            typed.clone_into(name);
            if workspace.get::<Gateway>(namespace, name).is_some() {
                choice.possible = false;
                choice.reason = format!("There is a Gateway `{namespace}/{name}` already.");
            }
        }
        choices
    }

    /// The chosen one of the ways: what was chosen if it is still there, else the first that is possible.
    #[must_use]
    pub fn chosen<'c>(&self, workspace: &Workspace, choices: &'c [Choice]) -> Option<&'c Choice> {
        let wanted = self.way.as_ref()?;
        let both_new = |way: &Way| is_new_gateway(workspace, way) && is_new_gateway(workspace, wanted);
        choices.iter().find(|choice| choice.way == *wanted || both_new(&choice.way))
    }

    /// [`Draft::chosen`], and where nothing was, the first that is possible.
    #[must_use]
    pub fn way<'c>(&self, workspace: &Workspace, choices: &'c [Choice]) -> Option<&'c Choice> {
        self.chosen(workspace, choices).or_else(|| choices.iter().find(|choice| choice.possible))
    }

    /// What a way would do; `None` as long as it cannot be gone.
    #[must_use]
    pub fn preview(&self, workspace: &Workspace, way: Option<&Choice>) -> Option<Preview> {
        finish(self.previewing(workspace, way))
    }

    /// [`Draft::preview`] in steps.
    pub async fn previewing(&self, workspace: &Workspace, way: Option<&Choice>) -> Option<Preview> {
        let choice = way.filter(|choice| choice.possible && self.obstacle(workspace).is_none())?;
        previewing(workspace, &self.wish(workspace), &choice.way).await.ok()
    }

    /// Why nothing can be exposed yet, in a sentence.
    #[must_use]
    pub fn obstacle(&self, workspace: &Workspace) -> Option<String> {
        if self.namespace.trim().is_empty() || self.name.trim().is_empty() {
            return Some("A new Service needs a namespace and a name.".to_owned());
        }
        if !self.exists(workspace) && self.pasted().listeners.is_empty() {
            return Some("A new Service needs at least one port.".to_owned());
        }
        None
    }
}

/// What a way would do; `None` where it cannot be done.
///
/// # Errors
/// If the change does not fit the project.
pub fn preview(workspace: &Workspace, wish: &Wish, way: &Way) -> Result<Preview, CommandError> {
    finish(previewing(workspace, wish, way))
}

/// [`preview`] in steps.
///
/// # Errors
/// As [`preview`].
pub async fn previewing(workspace: &Workspace, wish: &Wish, way: &Way) -> Result<Preview, CommandError> {
    let command = apply(workspace, wish, way);
    pause().await;
    let after = command.apply(workspace)?;
    pause().await;
    let service = after.get::<Service>(&wish.namespace, &wish.service).map(|(object, _)| object.address.clone());
    let mut landings = predicting(&after).await.landings;
    pause().await;
    // The Service's own, and those of an Ingress that is not there yet.
    landings.retain(|landing| {
        let at = &landing.subject.address;
        Some(at) == service.as_ref() || (*way == Way::Ingress && workspace.at(at).is_none())
    });
    let diff = diff::between(workspace, &after);
    Ok(Preview { command, snippet: snippet(workspace, wish, way), diff, after, landings, service })
}

/// A way in words.
#[must_use]
pub fn way_words(workspace: &Workspace, way: &Way) -> String {
    match way {
        way if is_new_gateway(workspace, way) => "Gateway labels: a new Gateway".to_owned(),
        Way::Gateway { namespace, name } => format!("Gateway labels: `{namespace}/{name}`"),
        Way::LoadBalancer => "LoadBalancer annotation: an address of its own".to_owned(),
        Way::SharedVip { key } => format!("Shared VIP: the key `{key}`"),
        Way::Ingress => "Ingress: by host and path".to_owned(),
    }
}

/// Whether a way makes a Gateway.
#[must_use]
pub fn is_new_gateway(workspace: &Workspace, way: &Way) -> bool {
    matches!(way, Way::Gateway { namespace, name } if workspace.get::<Gateway>(namespace, name).is_none())
}

/// Labels like `app=nginx, tier: web`; a word alone is the value of `app`.
fn selector(text: &str) -> BTreeMap<String, String> {
    let pieces = text.split([',', ';', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            let (key, value) = piece.split_once(['=', ':']).unwrap_or(("app", piece));
            (key.trim().to_owned(), value.trim().to_owned())
        })
        .into_map()
}

fn first_segment(workspace: &Workspace) -> String {
    workspace.all::<AviInfraSetting>().next().map(|(object, _)| object.name().to_owned()).unwrap_or_default()
}

fn default_namespace(workspace: &Workspace) -> String {
    let named = workspace.settings().spec.default_namespace.clone();
    named.or_else(|| workspace.namespaces().into_iter().next()).unwrap_or_else(|| "default".to_owned())
}

/// The segment that an intent or what is written says.
fn meant_for(workspace: &Workspace, namespace: &str, name: &str) -> Option<String> {
    let intent = workspace.settings().spec.intents.iter().find(|intent| {
        intent.kind.as_deref() == Some(Kind::Service.name())
            && intent.namespace.as_deref() == Some(namespace)
            && intent.name.as_deref() == Some(name)
    });
    let intended = intent.and_then(|intent| intent.segment.clone());
    let (object, _) = workspace.get::<Service>(namespace, name)?;
    intended.or_else(|| segment::of_service(workspace, object))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;

    #[test]
    fn a_new_service_takes_the_first_way_that_is_possible() {
        let workspace = Workspace::new(&examples::clean());
        let mut draft =
            Draft { name: "dns".to_owned(), ports: "TCP 53, UDP 53".to_owned(), ..Draft::new(&workspace, "") };
        assert_eq!((draft.namespace.as_str(), draft.setting.as_str()), ("default", "aviinfrasetting-tkg-wkld-oam"));
        assert_eq!(draft.obstacle(&workspace), None);
        let choices = draft.choices(&workspace);
        let way = draft.way(&workspace, &choices).unwrap();
        assert_eq!(way_words(&workspace, &way.way), "Gateway labels: `default/app-gateway-admin-0`");
        let shown = preview(&workspace, &draft.wish(&workspace), &way.way).unwrap();
        let files: Vec<&str> = shown.diff.iter().map(|file| file.file.as_str()).collect();
        assert_eq!(files.len(), 3, "{files:?}");
        assert!(shown.service.is_some());
        draft.gateway = "app-gateway-admin-0".to_owned();
        let reasons = draft.choices(&workspace).into_iter().filter(|it| !it.possible).map(|it| it.reason);
        let taken = "There is a Gateway `default/app-gateway-admin-0` already.";
        assert!(reasons.into_iter().any(|reason| reason == taken));
    }

    #[test]
    fn an_existing_service_comes_with_its_segment() {
        let workspace = Workspace::new(&examples::clean());
        let draft = Draft::new(&workspace, "default/sctp-service-sigtran");
        assert_eq!(draft.setting, "aviinfrasetting-tkg-wkld-sigtran");
        assert!(draft.exists(&workspace));
        let choices = draft.choices(&workspace);
        assert!(draft.way(&workspace, &choices).is_some());
    }

    #[test]
    fn without_a_segment_nothing_names_a_setting() {
        let workspace = Workspace::new(&examples::clean());
        let draft = Draft { setting: String::new(), ..Draft::new(&workspace, "default/sctp-service-sigtran") };
        let choices = draft.choices(&workspace);
        let possible: Vec<String> =
            choices.iter().filter(|it| it.possible).map(|it| way_words(&workspace, &it.way)).collect();
        assert_eq!(possible, ["LoadBalancer annotation: an address of its own", "Shared VIP: the key `shared`"]);
        let shown = preview(&workspace, &draft.wish(&workspace), &Way::LoadBalancer).unwrap();
        assert_eq!(shown.snippet, "spec:\n  type: LoadBalancer\n");
        assert!(
            shown.after.file("apps/default/sctp-service-sigtran.yaml").unwrap().source.text.find("aviinfra").is_none()
        );
    }

    #[test]
    fn selectors_are_read() {
        let read: Vec<String> = selector("nginx").into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(read, ["app=nginx"]);
        assert_eq!(selector("app: a, tier=b").len(), 2);
    }
}
