//! The overview: what lands elsewhere than meant, and each network with what is on it.

use std::collections::BTreeMap;

use super::landings::way;
use crate::ako::{Landing, Outcome, Via, predicting};
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::model::Gateway;
use crate::pace::{Rest, finish, pause};
use crate::segment;
use crate::workspace::{Address, Object, OfKind, Workspace};

/// So many landings that are not as meant are shown; all of them are findings, too.
const MOST_WRONG: usize = 50;
/// So many segments have a lane; the rest are in their table.
const MOST_LANES: usize = 50;
/// So many Gateways, and as many landings, stand on a lane; the rest are in their tables.
const MOST_LINES: usize = 25;

/// The overview of a project, bounded: a large project has more in its tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Landings that are not as meant, the first of them.
    pub wrong: Vec<LandingLine>,
    /// How many there are.
    pub wrong_count: usize,
    /// What damaged documents hold would land elsewhere than meant, too, once they are mended.
    pub damaged: Vec<Damaged>,
    /// One lane for each segment, then the global network and what is not served.
    pub lanes: Vec<Lane>,
    /// How many segments have no lane, since there are too many.
    pub more_segments: usize,
}

/// A landing in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingLine {
    /// What lands: `signaling/sctp-gw SCTP/2905`.
    pub subject: String,
    /// The whole sentence.
    pub sentence: String,
    /// Whether it goes where it is meant to; `None` where nothing says.
    pub as_intended: Option<bool>,
    /// The way it takes, in words.
    pub via: &'static str,
    /// The Service, Ingress or HTTPRoute.
    pub address: Address,
    /// The same for the page: it decides the place that shows the object.
    pub via_kind: Via,
}

/// A landing of what stands in a document that is no YAML yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// The file.
    pub file: String,
    /// The damaged line, from 1.
    pub line: usize,
    /// What would land: `signaling/sctp-gw SCTP/2905`.
    pub subject: String,
    /// Where, as in [`LandingLine::sentence`].
    pub sentence: String,
}

/// A network with what is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Short name of the segment, or what the lane is.
    pub title: String,
    /// The setting's name, where the lane is a segment.
    pub setting: Option<String>,
    /// The setting, where it is defined.
    pub address: Option<Address>,
    /// SE group, network and CIDR in a line.
    pub network: String,
    /// What is wrong with the setting.
    pub worst: Option<Severity>,
    /// Gateways of the segment's classes, the first of them.
    pub gateways: Vec<LaneGateway>,
    /// How many more there are.
    pub more_gateways: usize,
    /// What lands there, the first of it.
    pub landings: Vec<LandingLine>,
    /// How much more lands there.
    pub more_landings: usize,
}

/// A Gateway on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneGateway {
    /// `namespace/name`.
    pub name: String,
    /// The Gateway.
    pub address: Address,
    /// `UDP/161, TCP/80`.
    pub listeners: String,
    /// What is wrong with it.
    pub worst: Option<Severity>,
}

/// The overview of a workspace.
#[must_use]
pub fn overview(workspace: &Workspace, analysis: &Analysis) -> Overview {
    finish(looking(workspace, analysis))
}

/// [`overview`] in steps.
pub async fn looking(workspace: &Workspace, analysis: &Analysis) -> Overview {
    let mut rest = Rest::every(LANDINGS);
    let landings = &analysis.prediction.landings;
    let mut wrong = Lines::default();
    let mut by_segment: BTreeMap<&str, Lines<'_>> = BTreeMap::new();
    let mut on_global = Lines::default();
    let mut nowhere = Lines::default();
    for landing in landings {
        rest.round().await;
        if landing.as_intended() == Some(false) {
            wrong.push(landing, MOST_WRONG);
        }
        match &landing.outcome {
            Outcome::Lands(target) => {
                let own = target.segment.as_deref().map(|segment| by_segment.entry(segment).or_default());
                own.unwrap_or(&mut on_global).push(landing, MOST_LINES);
            }
            Outcome::NotServed { .. } => nowhere.push(landing, MOST_LINES),
            Outcome::DependsOnValues { .. } | Outcome::NotForAko { .. } => {}
        }
    }
    let segments = segment::listing(workspace).await;
    let worst_of = analysis.worst_by_object();
    let worst_of = |object: &Object| worst_of.get(workspace.key(object).as_str()).copied();
    pause().await;
    let more_segments = segments.len().saturating_sub(MOST_LANES);
    let mut lanes: Vec<Lane> = segments
        .into_iter()
        .take(MOST_LANES)
        .map(|segment| {
            let own = by_segment.remove(segment.setting.as_str()).unwrap_or_default();
            let object = segment.defined.as_ref().and_then(|address| workspace.at(address));
            Lane {
                network: match object {
                    Some(object) => network_line(object),
                    None if segment.external => "defined outside this project".to_owned(),
                    None => "not defined".to_owned(),
                },
                worst: match object {
                    Some(object) => worst_of(object),
                    None if segment.external => None,
                    None => Some(Severity::Error),
                },
                gateways: segment
                    .gateways
                    .iter()
                    .take(MOST_LINES)
                    .filter_map(|at| gateway(workspace.at(at)?, worst_of))
                    .collect(),
                more_gateways: segment.gateways.len().saturating_sub(MOST_LINES),
                more_landings: own.more(),
                landings: own.lines(),
                title: segment.name,
                setting: Some(segment.setting),
                address: segment.defined,
            }
        })
        .collect();
    let rest = |title: &str, network: &str, worst, own: Lines<'_>| {
        let lane = Lane {
            title: title.to_owned(),
            setting: None,
            address: None,
            network: network.to_owned(),
            worst,
            gateways: Vec::new(),
            more_gateways: 0,
            more_landings: own.more(),
            landings: own.lines(),
        };
        (!lane.landings.is_empty()).then_some(lane)
    };
    let global = global_line(workspace);
    lanes.extend(rest("global network", &global, None, on_global));
    lanes.extend(rest("not served", "AKO makes nothing of these", Some(Severity::Error), nowhere));
    Overview {
        wrong_count: wrong.count,
        wrong: wrong.lines(),
        damaged: damaged(workspace, analysis).await,
        lanes,
        more_segments,
    }
}

/// The first of many landings, and how many there are: only what is shown is put into words.
#[derive(Default)]
struct Lines<'a> {
    first: Vec<&'a Landing>,
    count: usize,
}

impl<'a> Lines<'a> {
    fn push(&mut self, landing: &'a Landing, most: usize) {
        self.count += 1;
        if self.first.len() < most {
            self.first.push(landing);
        }
    }

    fn more(&self) -> usize {
        self.count - self.first.len()
    }

    fn lines(&self) -> Vec<LandingLine> {
        self.first.iter().map(|landing| line(landing)).collect()
    }
}

/// More damaged documents than this are not tried out: each costs a prediction.
const MOST_DAMAGED: usize = 8;

/// In a larger project they are not tried out at all: the landings of what can be read say enough.
const MOST_OBJECTS: usize = 5_000;
/// So many landings are sorted between two pauses.
const LANDINGS: usize = 1024;

/// What would come out of the damaged documents that an offered fix makes readable.
async fn damaged(workspace: &Workspace, analysis: &Analysis) -> Vec<Damaged> {
    let fixable = analysis.findings.iter().filter(|finding| finding.object.is_none() && !finding.fixes.is_empty());
    let unreadable = fixable.filter_map(|finding| {
        let file = workspace.file(&finding.file)?;
        let mut documents = file.documents.iter().filter(|document| !document.parsed.tree.is_readable());
        let holds = documents.any(|it| it.span.start <= finding.span.start && finding.span.start < it.span.end);
        holds.then(|| (finding, file.position(finding.span.start).line))
    });
    let mut found = Vec::new();
    if workspace.objects().len() > MOST_OBJECTS {
        return found;
    }
    for (finding, line) in unreadable.take(MOST_DAMAGED) {
        let Some(mended) = finding.fixes.first().and_then(|fix| fix.command.apply(workspace).ok()) else { continue };
        for landing in predicting(&mended).await.landings {
            let address = &landing.subject.address;
            let is_new = *address.file == *finding.file && workspace.at(address).is_none();
            if is_new && landing.as_intended() == Some(false) {
                let (subject, sentence) = (landing.subject.to_string(), landing.to_string());
                found.push(Damaged { file: finding.file.to_string(), line, subject, sentence });
            }
        }
    }
    found
}

fn gateway(object: &Object, worst_of: impl Fn(&Object) -> Option<Severity>) -> Option<LaneGateway> {
    let listeners = Gateway::of(&object.value)?.spec.listeners.iter().map(|listener| {
        let protocol = listener.protocol.as_deref().unwrap_or("?");
        listener.port.map_or_else(|| format!("{protocol}/?"), |port| format!("{protocol}/{port}"))
    });
    Some(LaneGateway {
        name: format!("{}/{}", object.namespace(), object.name()),
        address: object.address.clone(),
        listeners: listeners.collect::<Vec<_>>().join(", "),
        worst: worst_of(object),
    })
}

fn line(landing: &Landing) -> LandingLine {
    LandingLine {
        subject: landing.subject.to_string(),
        sentence: landing.to_string(),
        as_intended: landing.as_intended(),
        via: way(landing.via),
        address: landing.subject.address.clone(),
        via_kind: landing.via,
    }
}

/// `tkg-wkld-oam-vip 10.223.63.0/26 · SE group tkgvsphere-tkgworkload-group10`.
fn network_line(object: &Object) -> String {
    let text = |path: &str| object.text(path).filter(|text| !text.is_empty());
    let network = text("spec.network.vipNetworks[0].networkName").or(text("spec.network.vipNetworks[0].networkUUID"));
    let cidr = text("spec.network.vipNetworks[0].cidr").or(text("spec.network.vipNetworks[0].v6cidr"));
    let place = match (network, cidr) {
        (Some(network), Some(cidr)) => format!("{network} {cidr}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "the global network".to_owned(),
    };
    match text("spec.seGroup.name") {
        Some(group) => format!("{place} · SE group {group}"),
        None => place,
    }
}

fn global_line(workspace: &Workspace) -> String {
    let Some((_, values)) = workspace.values() else { return "not known: no values of AKO here".to_owned() };
    let networks = values.network_settings.vip_network_list.iter().map(|network| {
        let name = network.network_name.as_deref().or(network.network_uuid.as_deref()).unwrap_or("?");
        match &network.cidr {
            Some(cidr) => format!("{name} {cidr}"),
            None => name.to_owned(),
        }
    });
    let networks: Vec<String> = networks.collect();
    if networks.is_empty() { "no vipNetworkList in AKO's values".to_owned() } else { networks.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::examples;

    #[test]
    fn the_example_with_mistakes_shows_traffic_and_signaling_on_the_global_network_at_one_glance() {
        let workspace = Workspace::new(&examples::mistakes());
        let view = overview(&workspace, &analyse(&workspace));
        let wrong: Vec<&str> = view.wrong.iter().map(|line| line.sentence.as_str()).collect();
        let sigtran = "default/sctp-service-sigtran SCTP/2905 → global tkg-wkld-vip-default 10.223.62.0/26";
        assert!(wrong.iter().any(|sentence| sentence.starts_with(sigtran) && sentence.ends_with("is not defined")));
        let [traffic] = view.damaged.as_slice() else { panic!("{:?}", view.damaged) };
        assert_eq!((traffic.file.as_str(), traffic.line), ("apps/default/traffic-service-trf.yaml", 7));
        assert!(traffic.sentence.contains("→ global tkg-wkld-vip-default 10.223.62.0/26"), "{traffic:?}");
        assert!(traffic.sentence.ends_with("`aviinfrasetting-tkg-wkld-trf` is not defined"), "{traffic:?}");
    }

    #[test]
    fn a_large_project_shows_the_first_and_counts_the_rest() {
        let service = |at: usize| {
            format!(
                "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: s{at}\n  annotations:\n    \
                 aviinfrasetting.ako.vmware.com/name: missing\nspec:\n  type: LoadBalancer\n  ports:\n  - port: 80\n"
            )
        };
        let text: String = (0..60).map(service).collect();
        let workspace = Workspace::new(&[crate::text::SourceFile::new("a.yaml", text)]);
        let view = overview(&workspace, &analyse(&workspace));
        assert_eq!((view.wrong.len(), view.wrong_count), (MOST_WRONG, 60));
        let global = view.lanes.iter().find(|lane| lane.title == "global network").unwrap();
        assert_eq!((global.landings.len(), global.more_landings), (MOST_LINES, 60 - MOST_LINES));
    }

    #[test]
    fn healthy_documents_are_not_tried_out() {
        let workspace = Workspace::new(&examples::clean());
        let view = overview(&workspace, &analyse(&workspace));
        assert_eq!((view.wrong, view.damaged), (Vec::new(), Vec::new()));
    }
}
