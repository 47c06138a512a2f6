//! Fixes that ask: their questions, what is wrong with the answers, and the change that they make.

use crate::analysis::analyse;
use crate::avi_side::{network_names, se_group_names};
use crate::capacity::{Asked, Family, Whose, look};
use crate::command::Command;
use crate::diagnostic::{Ask, Severity};
use crate::model::AviInfraSetting;
use crate::model::infra_setting::InfraSpec;
use crate::segment::{self, Draft, Names, NetworkRef, short_name};
use crate::view::{findings, problems};
use crate::workspace::{Address, Workspace};

/// What a fix wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The Service Engine group.
    SeGroup,
    /// The network that VIPs are taken from.
    Network,
    /// The range of that network.
    Cidr,
}

/// What became of answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answered {
    /// What is to be said of them: of one question, or (`None`) of all together.
    pub problems: Vec<(Option<Question>, String)>,
    /// The change; `None` as long as it would write something that AKO refuses, or less than is needed.
    pub command: Option<Command>,
}

impl Question {
    /// The label of its field.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::SeGroup => "SE group",
            Self::Network => "VIP network",
            Self::Cidr => "CIDR",
        }
    }

    /// What it is about, naming the field. AKO without `cidr`: `internal/rest/avi_obj_vsvip.go`.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::SeGroup => {
                "Service Engine group on the Avi Controller: `spec.seGroup.name`. Left empty, AKO's own is used."
            }
            Self::Network => {
                "Network on the Avi Controller that VIPs are taken from: `spec.network.vipNetworks[].networkName`."
            }
            Self::Cidr => {
                "Range that VIPs are taken from: `spec.network.vipNetworks[].cidr`. Left empty, Avi takes any subnet of the network."
            }
        }
    }

    /// An answer of the right form, to show in the empty field.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::SeGroup => "AKO's own",
            Self::Network => "",
            Self::Cidr => "10.223.63.0/26",
        }
    }

    /// The field that the answer is written to.
    const fn path(self) -> &'static str {
        match self {
            Self::SeGroup => "spec.seGroup",
            Self::Network => "spec.network.vipNetworks[0].networkName",
            Self::Cidr => "spec.network.vipNetworks[0].cidr",
        }
    }

    /// Answers that the project knows of: of the Avi side, then those that other segments have.
    #[must_use]
    pub fn suggestions(self, workspace: &Workspace) -> Vec<String> {
        let mut known = match self {
            Self::SeGroup => se_group_names(workspace),
            Self::Network => network_names(workspace, false),
            Self::Cidr => return Vec::new(),
        };
        for (_, setting) in workspace.all::<AviInfraSetting>() {
            for name in self.used(&setting.spec) {
                if !known.contains(name) {
                    known.push(name.clone());
                }
            }
        }
        known
    }

    fn used(self, spec: &InfraSpec) -> Vec<&String> {
        let networks = spec.network.as_ref().map_or(&[][..], |network| &network.vip_networks);
        match self {
            Self::SeGroup => spec.se_group.iter().filter_map(|group| group.name.as_ref()).collect(),
            Self::Network => networks.iter().filter_map(|network| network.network_name.as_ref()).collect(),
            Self::Cidr => Vec::new(),
        }
    }
}

impl Ask {
    /// What it does, in the imperative.
    #[must_use]
    pub fn title(&self) -> String {
        let Self::DefineSetting(name) = self;
        format!("define AviInfraSetting `{name}`")
    }

    /// What it wants to know, in the order of the answers.
    #[must_use]
    pub const fn questions(&self) -> &'static [Question] {
        &[Question::SeGroup, Question::Network, Question::Cidr]
    }

    /// Looks at answers: tries the change and hears the rules on it. Missing answers are empty ones.
    #[must_use]
    pub fn answered(&self, workspace: &Workspace, answers: &[String]) -> Answered {
        let answer = |at: usize| answers.get(at).map_or("", |answer| answer.trim());
        let (se_group, network, cidr) = (answer(0), answer(1), answer(2));
        let Self::DefineSetting(name) = self;
        let draft = setting_draft(workspace, name, se_group, network, cidr);
        let mut problems = Vec::new();
        if network.is_empty() {
            let needed = "A network is needed: without one AKO takes the global network.".to_owned();
            problems.push((Some(Question::Network), needed));
        }
        let asked = Asked { text: cidr, family: Family::V4, whose: Whose::New, network };
        if let Some(wrong) = look(workspace, asked).wrong {
            problems.push((Some(Question::Cidr), wrong));
        }
        // As long as something is known to be missing, nothing is tried: that takes time.
        if !problems.is_empty() {
            return Answered { problems, command: None };
        }
        let is_refused = match segment::trial(workspace, &draft) {
            Some((after, at)) if after.get::<AviInfraSetting>("", name).is_some() => {
                told(self, &after, &at, &mut problems)
            }
            _ => {
                let is_there = segment::obstacle(workspace, &draft);
                problems.push((None, is_there.unwrap_or_else(|| format!("`{name}` cannot be a name."))));
                true
            }
        };
        Answered { problems, command: (!is_refused).then(|| segment::create(workspace, &draft)) }
    }
}

/// The setting alone: what refers to it is there already.
fn setting_draft(workspace: &Workspace, name: &str, se_group: &str, network: &str, cidr: &str) -> Draft {
    Draft {
        segment: short_name(workspace, name).to_owned(),
        names: Names { infra_setting: name.to_owned(), ..Names::default() },
        se_group: se_group.to_owned(),
        network: NetworkRef::Name(network.to_owned()),
        cidr: cidr.to_owned(),
        with_gateway_class: false,
        with_ingress_class: false,
        ..Draft::default()
    }
}

/// Puts down what the rules say of the new object; whether one of it is an error.
fn told(ask: &Ask, after: &Workspace, at: &Address, all: &mut Vec<(Option<Question>, String)>) -> bool {
    let analysis = analyse(after);
    for question in ask.questions() {
        all.extend(problems(&analysis, after, at, question.path()).into_iter().map(|text| (Some(*question), text)));
    }
    all.extend(problems(&analysis, after, at, "metadata").into_iter().map(|text| (None, text)));
    let own = findings::of_object(after, &analysis, at);
    own.iter().filter_map(|at| analysis.findings.get(*at)).any(|finding| finding.severity == Severity::Error)
}

#[cfg(test)]
mod tests;
