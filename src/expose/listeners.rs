//! Gateways and their listeners: new ones, and lists of ports that people paste.

use crate::canonical::{app_file, gateway_labels, metadata, yaml};
use crate::command::Command;
use crate::model::Gateway;
use crate::model::services_api::{GatewaySpec, LabelSelector, Listener as GatewayListener, Routes};
use crate::workspace::{Address, OfKind, Workspace};

/// A listener as forms hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: String,
    /// Port.
    pub port: i64,
    /// Host name; empty: none.
    pub hostname: String,
}

impl Listener {
    /// A listener without a host name.
    pub fn new(protocol: impl Into<String>, port: i64) -> Self {
        Self { protocol: protocol.into(), port, hostname: String::new() }
    }

    /// As the Gateway writes it: with the two labels by which AKO accepts it.
    fn written(&self, namespace: &str, gateway: &str) -> GatewayListener {
        let selector = LabelSelector { match_labels: gateway_labels(namespace, gateway), match_expressions: None };
        GatewayListener {
            hostname: Some(self.hostname.trim().to_owned()).filter(|hostname| !hostname.is_empty()),
            port: Some(self.port),
            protocol: Some(self.protocol.clone()),
            // AKO reads neither group nor kind; the schema requires the kind.
            routes: Some(Routes {
                group: Some("v1".to_owned()),
                kind: Some("Service".to_owned()),
                namespaces: None,
                selector: Some(selector),
            }),
            tls: None,
        }
    }
}

/// Writes a new Gateway to `apps/<namespace>/<name>.yaml`.
#[must_use]
pub fn new_gateway(namespace: &str, name: &str, class: &str, listeners: &[Listener]) -> Command {
    let gateway = Gateway {
        api_version: Some("networking.x-k8s.io/v1alpha1".to_owned()),
        kind: Some(Gateway::KIND.name().to_owned()),
        metadata: metadata(namespace, name),
        spec: GatewaySpec {
            gateway_class_name: Some(class.to_owned()),
            listeners: listeners.iter().map(|listener| listener.written(namespace, name)).collect(),
            addresses: Vec::new(),
        },
    };
    Command::AddDocument { file: app_file(namespace, name), text: yaml(&gateway) }
}

/// Adds a listener at the end of a Gateway's list, with the labels that it must have.
#[must_use]
pub fn add_listener(workspace: &Workspace, gateway: &Address, listener: &Listener) -> Command {
    add_listeners(workspace, gateway, std::slice::from_ref(listener))
}

/// [`add_listener`] for several.
#[must_use]
pub fn add_listeners(workspace: &Workspace, gateway: &Address, listeners: &[Listener]) -> Command {
    let object = workspace.at(gateway);
    let count = object.and_then(|object| Gateway::of(&object.value)).map_or(0, |value| value.spec.listeners.len());
    let (namespace, name) = object.map_or(("", ""), |object| (object.namespace(), object.name()));
    let insert = |(at, listener): (usize, &Listener)| {
        let value = serde_json::to_value(listener.written(namespace, name)).unwrap_or_default();
        Command::insert(gateway, "spec.listeners", count + at, value)
    };
    Command::Batch(listeners.iter().enumerate().map(insert).collect())
}

/// What was understood of a pasted list of ports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Listeners in order, without repetition.
    pub listeners: Vec<Listener>,
    /// Pieces that say no port.
    pub rejected: Vec<String>,
}

/// Reads lines like `UDP 161`, `TCP/80`, `161/udp`, `443`, `TCP 443 www.example.com`; commas and
/// semicolons separate, too. Without a protocol it is TCP.
#[must_use]
pub fn parse_listeners(text: &str) -> Pasted {
    let mut pasted = Pasted::default();
    for piece in text.split(['\n', '\r', ',', ';']).map(str::trim).filter(|piece| !piece.is_empty()) {
        match parse_listener(piece) {
            Some(listener) if pasted.listeners.contains(&listener) => {}
            Some(listener) => pasted.listeners.push(listener),
            None => pasted.rejected.push(piece.to_owned()),
        }
    }
    pasted
}

fn parse_listener(piece: &str) -> Option<Listener> {
    let (mut protocol, mut port, mut hostname) = (None, None, String::new());
    let words = piece.split(|character: char| character.is_whitespace() || matches!(character, '/' | ':'));
    for word in words.filter(|word| !word.is_empty() && *word != "-") {
        let upper = word.to_ascii_uppercase();
        if matches!(upper.as_str(), "TCP" | "UDP" | "SCTP") && protocol.is_none() {
            protocol = Some(upper);
        } else if let (None, Ok(number)) = (port, word.parse::<u16>()) {
            port = Some(i64::from(number)).filter(|port| *port > 0);
            port?;
        } else if word.contains('.') && hostname.is_empty() {
            word.clone_into(&mut hostname);
        } else {
            return None;
        }
    }
    Some(Listener { protocol: protocol.unwrap_or_else(|| "TCP".to_owned()), port: port?, hostname })
}
