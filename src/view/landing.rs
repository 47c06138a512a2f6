//! Landings as the page shows them: one line with its state, and the chain with the object of each hop.

use crate::ako::{HopState, Landing, Outcome};
use crate::analysis::Analysis;
use crate::workspace::{Address, Object, Workspace};

/// What became of the way of a Service port or Ingress host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LandingState {
    /// AKO serves nothing, though it is asked for.
    NotServed,
    /// On another network than meant.
    Elsewhere,
    /// On the global network; nothing says that another is meant.
    Global,
    /// Nobody can say before helm has rendered a chart's templates.
    Open,
    /// On a segment, the meant one if one is.
    Lands,
    /// AKO is not asked for.
    NotForAko,
}

impl LandingState {
    /// In a word or two.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotServed => "not served",
            Self::Elsewhere => "elsewhere",
            Self::Global => "global network",
            Self::Open => "depends on values",
            Self::Lands => "lands",
            Self::NotForAko => "not for AKO",
        }
    }

    /// Whether there is a place to name.
    #[must_use]
    pub const fn is_somewhere(self) -> bool {
        matches!(self, Self::Elsewhere | Self::Global | Self::Lands)
    }

    /// Whether it is not what was asked for.
    #[must_use]
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::NotServed | Self::Elsewhere)
    }

    /// The state of a landing.
    #[must_use]
    pub fn of(landing: &Landing) -> Self {
        match (&landing.outcome, landing.as_intended()) {
            (Outcome::NotForAko { .. }, _) => Self::NotForAko,
            (Outcome::NotServed { .. }, _) => Self::NotServed,
            (Outcome::DependsOnValues { .. }, _) => Self::Open,
            (Outcome::Lands(_), Some(false)) => Self::Elsewhere,
            (Outcome::Lands(target), _) if target.segment.is_none() => Self::Global,
            (Outcome::Lands(_), _) => Self::Lands,
        }
    }
}

/// Where something lands, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingLine {
    /// What lands there, where not all of the object does: `TCP/80`, a host.
    pub subject: String,
    /// Where, or why not, in a sentence.
    pub text: String,
    /// The same for the cell of a table: only where; empty where the state says enough.
    pub short: String,
    /// What became of it.
    pub state: LandingState,
}

/// The whole way, for the boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingView {
    /// The line, with its subject.
    pub line: LandingLine,
    /// What it is meant for, and who says so; empty where nothing does.
    pub intended: String,
    /// The boxes.
    pub hops: Vec<HopView>,
}

/// A box of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HopView {
    /// Kind, as in `GatewayClass`; empty for what is no object.
    pub kind: String,
    /// Name, with its namespace where it has one.
    pub name: String,
    /// The object, if it is in this project.
    pub object: Option<Address>,
    /// The field that decided.
    pub path: String,
    /// Where that field stands: file and line.
    pub line: Option<(String, usize)>,
    /// AKO's rule in a sentence.
    pub reason: String,
    /// Where AKO has it.
    pub source: String,
    /// Whether the way goes on as written.
    pub state: HopState,
}

/// The landings of an object, in the order of its ports or rules.
pub fn of_object<'a>(analysis: &'a Analysis, at: &'a Address) -> impl Iterator<Item = &'a Landing> {
    analysis.prediction.landings.iter().filter(move |landing| landing.subject.address == *at)
}

/// The landings of an object in as few lines as say it: one where all land the same.
#[must_use]
pub fn lines<'a>(landings: impl IntoIterator<Item = &'a Landing>) -> Vec<LandingLine> {
    let mut lines: Vec<LandingLine> = Vec::new();
    for landing in landings {
        let line = line(landing);
        match lines.iter_mut().find(|other| other.text == line.text && other.state == line.state) {
            Some(other) => {
                other.subject.push_str(", ");
                other.subject.push_str(&line.subject);
            }
            None => lines.push(line),
        }
    }
    if let [only] = lines.as_mut_slice() {
        only.subject.clear();
    }
    lines
}

/// One landing with its boxes.
#[must_use]
pub fn view(workspace: &Workspace, landing: &Landing) -> LandingView {
    let intended = landing.intended.as_ref().map(|intended| {
        let by = if intended.explicit { "an intent in the settings" } else { "the end of the written chain" };
        format!("Meant for `{}`: {by} says so.", intended.segment)
    });
    LandingView {
        line: line(landing),
        intended: intended.unwrap_or_default(),
        hops: landing.hops.iter().map(|hop| hop_view(workspace, hop)).collect(),
    }
}

/// A box of one hop.
#[must_use]
pub fn hop_view(workspace: &Workspace, hop: &crate::ako::Hop) -> HopView {
    // The name first: it costs nothing, and almost every object is out.
    let is_it = |object: &&Object| hop.at.ends_with(object.name()) && workspace.key(object) == hop.at;
    let object = workspace.objects().iter().rev().filter(|_| hop.at.contains('/')).find(is_it);
    let (kind, name) = match hop.at.split_once('/') {
        Some((kind, name)) if kind.chars().next().is_some_and(char::is_uppercase) => (kind, name),
        _ => ("", hop.at.as_str()),
    };
    let line = hop.place.as_ref().and_then(|place| {
        let file = workspace.file(&place.file)?;
        Some((place.file.to_string(), file.position(place.span.start).line))
    });
    HopView {
        kind: kind.to_owned(),
        name: name.to_owned(),
        object: object.map(|object| object.address.clone()),
        path: hop.path.to_string(),
        line,
        reason: hop.reason.clone(),
        source: hop.source.to_owned(),
        state: hop.state,
    }
}

/// One landing in a line.
#[must_use]
pub fn line(landing: &Landing) -> LandingLine {
    let subject = &landing.subject;
    let subject = match (&subject.protocol, subject.port, &subject.host) {
        (Some(protocol), Some(port), _) => format!("{protocol}/{port}"),
        (_, _, Some(host)) => host.clone(),
        _ => subject.name.clone(),
    };
    let state = LandingState::of(landing);
    let (text, short) = match (&landing.outcome, &landing.intended) {
        (Outcome::NotServed { reason } | Outcome::DependsOnValues { reason } | Outcome::NotForAko { reason }, _) => {
            (reason.clone(), String::new())
        }
        (Outcome::Lands(target), intended) => {
            let missed = intended.as_ref().filter(|_| state == LandingState::Elsewhere);
            let not = missed.map(|intended| format!(", not {}", intended.segment)).unwrap_or_default();
            // The same words as everywhere: the landing's own, without what lands.
            let whole = landing.to_string();
            let text = whole.split_once(" → ").map_or(whole.as_str(), |(_, text)| text).to_owned();
            (text, format!("{target}{not}"))
        }
    };
    LandingLine { subject, text, short, state }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ako::{Intended, Subject, Target, TargetNetwork, Via};
    use crate::syntax::FieldPath;

    fn landing(port: i64, segment: Option<&str>, intended: Option<&str>) -> Landing {
        let network = TargetNetwork { network: "vip".to_owned(), cidr: Some("10.0.0.0/24".to_owned()), v6cidr: None };
        Landing {
            subject: Subject {
                object: "Service/red/web".to_owned(),
                address: Address { file: "a.yaml".into(), document: 0, item: None },
                path: FieldPath::from("spec.ports[0]"),
                namespace: "red".to_owned(),
                name: "web".to_owned(),
                protocol: Some("TCP".to_owned()),
                port: Some(port),
                host: None,
            },
            via: Via::LoadBalancer,
            hops: Vec::new(),
            outcome: Outcome::Lands(Target {
                segment: segment.map(str::to_owned),
                networks: vec![network],
                ..Target::default()
            }),
            intended: intended.map(|segment| Intended { segment: segment.to_owned(), explicit: true }),
        }
    }

    #[test]
    fn what_lands_the_same_is_one_line() {
        let same = [landing(80, Some("oam"), Some("oam")), landing(443, Some("oam"), Some("oam"))];
        let shown = lines(&same);
        assert_eq!(shown.len(), 1);
        assert_eq!((shown[0].subject.as_str(), shown[0].text.as_str()), ("", "vip 10.0.0.0/24"));
        assert_eq!(shown[0].state, LandingState::Lands);
    }

    #[test]
    fn what_lands_elsewhere_stands_apart() {
        let mixed = [
            landing(80, Some("oam"), Some("oam")),
            landing(81, None, Some("oam")),
            landing(82, None, Some("oam")),
            landing(83, None, None),
        ];
        let shown = lines(&mixed);
        let words: Vec<String> =
            shown.iter().map(|line| format!("{}: {} → {}", line.subject, line.state.word(), line.text)).collect();
        assert_eq!(
            words,
            [
                "TCP/80: lands → vip 10.0.0.0/24",
                "TCP/81, TCP/82: elsewhere → global vip 10.0.0.0/24, not oam",
                "TCP/83: global network → global vip 10.0.0.0/24",
            ]
        );
    }
}
