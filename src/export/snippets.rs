//! Snippets for a chart that is there already: what puts each exposed Service on its segment.
//!
//! A chart's author pastes either the lines with everything in them, or a fragment of `values.yaml`
//! with the template lines that ask for it. What must follow the release does: the namespace of a
//! Gateway that stands beside the Service, and names that the same release gives. All else is literal.

mod release;

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::ako::{EXTERNAL_DNS_ANNOTATION, Landing, Outcome, Via};
use crate::analysis::Analysis;
use crate::canonical::file_stem;
use crate::edit::{Value, render_scalar};
use crate::export::helm::go;
use crate::export::{DOCUMENTS, shortened};
use crate::expose::{Marks, Way, Wish};
use crate::model::{
    GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, INFRA_SETTING_ANNOTATION, L4_RULE_ANNOTATION,
    LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION, Service,
};
use crate::pace::{Rest, finish};
use crate::syntax::ScalarStyle;
use crate::text::SourceFile;
use crate::workspace::{Address, Object, Workspace};
use release::{Text, follows, release_of};

/// What to put into the chart of one Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartSnippet {
    /// Where the Service stands.
    pub address: Address,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub service: String,
    /// What it is for, in a sentence with names in backticks.
    pub purpose: String,
    /// The parts to copy: all of it in one, or values with the lines that ask for them.
    pub parts: Vec<SnippetPart>,
}

/// A text to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetPart {
    /// What it is, in a few words.
    pub title: &'static str,
    /// Its file's name among files.
    pub file: &'static str,
    /// The text; its first lines are comments that say where it goes.
    pub text: String,
    /// Where it goes, in a sentence.
    pub goes_to: String,
}

/// The snippets of all exposed Services, in the order of the objects.
#[must_use]
pub fn snippets(workspace: &Workspace, analysis: &Analysis) -> Vec<ChartSnippet> {
    finish(snippeting(workspace, analysis))
}

/// [`snippets`] in steps.
pub async fn snippeting(workspace: &Workspace, analysis: &Analysis) -> Vec<ChartSnippet> {
    let mut rest = Rest::every(DOCUMENTS);
    let mut snippets: Vec<ChartSnippet> = Vec::new();
    let mut seen: BTreeSet<&Address> = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for landing in &analysis.prediction.landings {
        rest.round().await;
        let asks = !matches!(landing.outcome, Outcome::NotForAko { .. });
        if !asks || !seen.insert(&landing.subject.address) {
            continue;
        }
        snippets.extend(snippet(workspace, landing, &mut keys));
    }
    snippets
}

/// The snippets as files: `snippets/<namespace>/<service>/…`.
#[must_use]
pub fn files(snippets: &[ChartSnippet]) -> Vec<SourceFile> {
    const LONGEST: usize = 240;
    let stem = |name: &str| shortened(&file_stem(name), LONGEST).to_owned();
    let mut taken = BTreeSet::new();
    let mut files = Vec::new();
    for snippet in snippets {
        let folder = format!("snippets/{}/{}", stem(&snippet.namespace), stem(&snippet.service));
        let numbered = (2..).map(|number: usize| format!("{folder}-{number}"));
        let mut free = std::iter::once(folder.clone()).chain(numbered);
        let folder = free.find(|folder| !taken.contains(folder)).unwrap_or_default();
        let parts = snippet.parts.iter();
        files.extend(parts.map(|part| SourceFile::new(format!("{folder}/{}", part.file), part.text.clone())));
        taken.insert(folder);
    }
    files
}

/// A line of a Service: where it stands, what it says, and the value that it is among the chart's.
struct Line {
    /// `labels`, `annotations` of the metadata, or `spec`.
    parent: &'static str,
    key: String,
    text: Text,
    /// Its key in the values, with what is said of it there; `None`: never a value.
    value: Option<(&'static str, &'static str)>,
}

fn snippet(workspace: &Workspace, landing: &Landing, keys: &mut BTreeSet<String>) -> Option<ChartSnippet> {
    let object = workspace.at(&landing.subject.address)?;
    let (_, service) = workspace.get::<Service>(object.namespace(), object.name())?;
    let way = match landing.via {
        Via::Gateway => Way::Gateway {
            namespace: object.label(GATEWAY_NAMESPACE_LABEL)?.to_owned(),
            name: object.label(GATEWAY_NAME_LABEL)?.to_owned(),
        },
        Via::SharedVip => Way::SharedVip { key: object.annotation(SHARED_VIP_ANNOTATION)?.to_owned() },
        Via::LoadBalancer => Way::LoadBalancer,
        Via::Ingress | Via::GatewayApi => return None,
    };
    let lines = lines(workspace, object, service, &way);
    let name = object.name();
    let key = free_key(keys, name);
    let purpose = format!("{}: {}", how(&way), landing.outcome);
    Some(ChartSnippet {
        address: object.address.clone(),
        namespace: object.namespace().to_owned(),
        service: name.to_owned(),
        purpose,
        parts: parts(name, &key, &lines),
    })
}

fn how(way: &Way) -> String {
    match way {
        Way::Gateway { namespace, name } => format!("On the Gateway `{namespace}/{name}`"),
        Way::SharedVip { key } => format!("On the address that all Services with the key `{key}` share"),
        Way::LoadBalancer | Way::Ingress => "On an address of its own".to_owned(),
    }
}

fn lines(workspace: &Workspace, object: &Object, service: &Service, way: &Way) -> Vec<Line> {
    let setting = object.annotation(INFRA_SETTING_ANNOTATION).unwrap_or_default().to_owned();
    let (namespace, name) = (object.namespace().to_owned(), object.name().to_owned());
    let wish = Wish { namespace, service: name, setting, ..Wish::default() };
    let marks = Marks::of(workspace, &wish, way);
    let release = release_of(object);
    let mut lines: Vec<Line> = Vec::new();
    for (key, value) in &marks.labels {
        let (text, value) = match way {
            Way::Gateway { namespace, name } if key == GATEWAY_NAME_LABEL => {
                let gateway = workspace.get::<Gateway>(namespace, name).map(|(gateway, _)| gateway);
                let beside = gateway.filter(|gateway| gateway.namespace() == object.namespace());
                let text = follows(value, release.filter(|own| beside.and_then(release_of) == Some(own)));
                (text, ("gateway", "Name of the Gateway."))
            }
            _ if value == object.namespace() => {
                (Text::Namespace, ("gatewayNamespace", "Namespace of the Gateway; empty: that of the release."))
            }
            _ => (Text::Literal(value.clone()), ("gatewayNamespace", "Namespace of the Gateway.")),
        };
        lines.push(Line { parent: "labels", key: key.clone(), text, value: Some(value) });
    }
    let mut annotations = marks.annotations;
    if marks.service_type == "LoadBalancer" {
        for key in [LOAD_BALANCER_IP_ANNOTATION, L4_RULE_ANNOTATION, EXTERNAL_DNS_ANNOTATION] {
            annotations.extend(object.annotation(key).map(|value| (key.to_owned(), value.to_owned())));
        }
    }
    for (key, value) in annotations {
        let (text, value) = match key.as_str() {
            SHARED_VIP_ANNOTATION => {
                let members = workspace.all::<Service>().map(|(member, _)| member).filter(|member| {
                    member.namespace() == object.namespace()
                        && member.annotation(SHARED_VIP_ANNOTATION) == Some(&*value)
                });
                let all = members.into_iter().all(|member| release_of(member) == release);
                let text = follows(&value, release.filter(|_| all));
                (text, Some(("sharedVip", "Key of the shared address: the same in all Services that share it.")))
            }
            INFRA_SETTING_ANNOTATION => {
                (Text::Literal(value), Some(("infraSetting", "AviInfraSetting, of the platform.")))
            }
            LOAD_BALANCER_IP_ANNOTATION => (Text::Literal(value), Some(("address", "Wanted address."))),
            EXTERNAL_DNS_ANNOTATION => {
                (Text::Literal(value), Some(("host", "Host name, which AKO takes in place of its own.")))
            }
            _ => (Text::Literal(value), None),
        };
        lines.push(Line { parent: "annotations", key, text, value });
    }
    let spec = &service.spec;
    let own_type = spec.service_type.as_deref().filter(|own| *own == "NodePort" && marks.service_type == "ClusterIP");
    let service_type = own_type.unwrap_or(marks.service_type);
    let mut line = |key: &str, text: &str, value| {
        lines.push(Line { parent: "spec", key: key.to_owned(), text: Text::Literal(text.to_owned()), value });
    };
    if service_type == "LoadBalancer" {
        if let Some(class) = spec.load_balancer_class.as_deref().or(marks.class) {
            line("loadBalancerClass", class, None);
        }
        if let Some(address) = spec.load_balancer_ip.as_deref().filter(|address| !address.is_empty()) {
            line("loadBalancerIP", address, Some(("loadBalancerIP", "Wanted address.")));
        }
    }
    line("type", service_type, Some(("type", "Type of the Service.")));
    lines
}

fn parts(service: &str, key: &str, lines: &[Line]) -> Vec<SnippetPart> {
    let merge = "where `labels`, `annotations` or `type` stand already, put the lines below them or in their place";
    let whole = format!("Into the template of the Service `{service}`: {merge}.");
    let values = format!("Into the chart's `values.yaml`, at the left margin: values for the Service `{service}`.");
    let asking = format!(
        "Into the template of the Service `{service}`, with `{key}` in `values.yaml` and instead of the lines without \
         values: {merge}."
    );
    let mut values_text = format!("{key}:\n");
    for line in lines {
        let Some((own, about)) = line.value else { continue };
        // Writing to a String cannot fail.
        let _ = writeln!(values_text, "  # {about}\n  {own}: {}", scalar(line.text.default()));
    }
    let whole_text = block(lines, |line| line.text.in_template());
    let asking_text = block(lines, |line| match line.value {
        Some((own, _)) => line.text.asking(&format!(".Values.{key}.{own}")),
        None => line.text.in_template(),
    });
    vec![
        part("Lines of the Service", "service.yaml", whole, go::escape, &whole_text),
        part("Values", "values.yaml", values, str::to_owned, &values_text),
        part("Lines that ask for the values", "template.yaml", asking, go::escape, &asking_text),
    ]
}

fn part(
    title: &'static str,
    file: &'static str,
    goes_to: String,
    escape: fn(&str) -> String,
    text: &str,
) -> SnippetPart {
    let lines = wrapped(&goes_to).into_iter();
    let comment: String = lines.flat_map(|line| ["# ".to_owned(), escape(&line), "\n".to_owned()]).collect();
    SnippetPart { title, file, text: comment + text, goes_to }
}

/// The lines below their parents.
fn block(lines: &[Line], text: impl Fn(&Line) -> String) -> String {
    let mut block = String::new();
    let mut last = "";
    for line in lines {
        let indent = if line.parent == "spec" { "  " } else { "    " };
        if line.parent != last {
            if last.is_empty() && line.parent != "spec" {
                block += "metadata:\n";
            }
            let parent = if line.parent == "spec" { "spec".to_owned() } else { format!("  {}", line.parent) };
            block += &parent;
            block += ":\n";
            last = line.parent;
        }
        block.extend([indent, &line.key, ": ", &text(line), "\n"]);
    }
    block
}

/// A text as a YAML value on one line.
fn scalar(text: &str) -> String {
    render_scalar(&Value::from(text), ScalarStyle::Plain)
}

/// Words on lines that are not too long; control characters are blanks.
fn wrapped(text: &str) -> Vec<String> {
    const WIDTH: usize = 100;
    let mut lines = vec![String::new()];
    for word in text.split(|character: char| character.is_whitespace() || character.is_control()) {
        let full = lines.last().is_some_and(|line| !line.is_empty() && line.len() + word.len() > WIDTH);
        if full {
            lines.push(String::new());
        }
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines
}

/// A key for the values of a Service that templates can name without quotes: `aviWebService`.
fn free_key(taken: &mut BTreeSet<String>, service: &str) -> String {
    let mut key = "avi".to_owned();
    for word in service.split(|character: char| !character.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        key.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        key.extend(letters);
    }
    let numbered = (2..).map(|number: usize| format!("{key}_{number}"));
    let free = std::iter::once(key.clone()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests;
