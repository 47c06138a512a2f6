//! The table over all landings: what goes elsewhere or falls back on top, filtered by words, state and segment.
//!
//! Rows are made of what is shown only, so a table of 20,000 landings costs no more than its first page.

use std::collections::BTreeSet;

use super::landing::{self, LandingState};
use super::{ROWS, matches_search};
use crate::ako::{Landing, Outcome, Via};
use crate::analysis::Analysis;
use crate::ordered::IntoOrdered;
use crate::pace::{Rest, finish};
use crate::segment::short_name;
use crate::workspace::{Address, Workspace};

/// A landing in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingRow {
    /// Its place in the prediction.
    pub index: usize,
    /// What lands: `signaling/sctp-gw SCTP/2905`.
    pub subject: String,
    /// The Service, Ingress or HTTPRoute.
    pub address: Address,
    /// Its port or rule: `spec.ports[0]`.
    pub path: String,
    /// The way it takes, in words.
    pub way: &'static str,
    /// Short name of the segment that it is meant for; empty where nothing says.
    pub intended: String,
    /// Where it lands, or why not, in a sentence.
    pub text: String,
    /// What became of it.
    pub state: LandingState,
}

/// What is shown of all landings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of any column.
    pub text: String,
    /// Only this state.
    pub state: Option<LandingState>,
    /// Only what lands on this AviInfraSetting or is meant for it.
    pub segment: Option<String>,
}

/// The states in the order of the table: the worst on top.
pub const STATES: [LandingState; 6] = [
    LandingState::Elsewhere,
    LandingState::NotServed,
    LandingState::Global,
    LandingState::Open,
    LandingState::Lands,
    LandingState::NotForAko,
];

/// The way in words.
#[must_use]
pub const fn way(via: Via) -> &'static str {
    match via {
        Via::Gateway => "by its Gateway",
        Via::LoadBalancer => "type LoadBalancer",
        Via::SharedVip => "shared VIP",
        Via::Ingress => "Ingress",
        Via::GatewayApi => "HTTPRoute",
    }
}

/// All landings, looked at once for each analysis: what filters and rows ask for again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The places of all landings in the prediction, the worst first; of one state in the order of the objects.
    pub order: Vec<usize>,
    /// How many landings have each state, in the order of [`STATES`]; those without any are left out.
    pub counts: Vec<(LandingState, usize)>,
    /// The AviInfraSettings that something lands on or is meant for.
    pub segments: Vec<String>,
    /// The state of each landing, as in the prediction.
    states: Vec<LandingState>,
}

impl Table {
    /// The table of a prediction.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        let landings = &analysis.prediction.landings;
        let states: Vec<LandingState> = landings.iter().map(LandingState::of).collect();
        let mut table = Self::default();
        for state in STATES {
            let before = table.order.len();
            table.order.extend(states.iter().enumerate().filter(|(_, own)| **own == state).map(|(index, _)| index));
            let count = table.order.len() - before;
            if count > 0 {
                table.counts.push((state, count));
            }
        }
        let segments: BTreeSet<&str> = landings.iter().flat_map(segments_of).into_set();
        table.segments = segments.into_iter().map(str::to_owned).collect();
        table.states = states;
        table
    }

    /// The places of those that a filter lets through, in order.
    #[must_use]
    pub fn matching(&self, workspace: &Workspace, analysis: &Analysis, filter: &Filter) -> Vec<usize> {
        finish(self.searching(workspace, analysis, filter))
    }

    /// [`Table::matching`] in steps.
    pub async fn searching(&self, workspace: &Workspace, analysis: &Analysis, filter: &Filter) -> Vec<usize> {
        let shown = |index: &&usize| {
            let Some(landing) = analysis.prediction.landings.get(**index) else { return false };
            filter.state.is_none_or(|state| self.states.get(**index) == Some(&state))
                && filter.segment.as_ref().is_none_or(|segment| segments_of(landing).any(|own| own == segment))
                && (filter.text.trim().is_empty() || holds(workspace, landing, &filter.text))
        };
        let (mut found, mut rest) = (Vec::new(), Rest::every(ROWS));
        for index in &self.order {
            found.extend(shown(&index).then_some(*index));
            rest.round().await;
        }
        found
    }
}

/// How many landings AKO is asked for, and whether one of them is not served or lands elsewhere.
#[must_use]
pub fn summary(analysis: &Analysis) -> (usize, bool) {
    let states = analysis.prediction.landings.iter().map(LandingState::of);
    states.fold((0, false), |(asked, wrong), state| {
        (asked + usize::from(state != LandingState::NotForAko), wrong || state.is_wrong())
    })
}

fn segments_of(landing: &Landing) -> impl Iterator<Item = &str> {
    let lands = match &landing.outcome {
        Outcome::Lands(target) => target.segment.as_deref(),
        Outcome::NotServed { .. } | Outcome::DependsOnValues { .. } | Outcome::NotForAko { .. } => None,
    };
    let intended = landing.intended.as_ref().map(|intended| intended.segment.as_str());
    lands.into_iter().chain(intended)
}

fn holds(workspace: &Workspace, landing: &Landing, text: &str) -> bool {
    let intended = landing.intended.as_ref().map_or("", |intended| short_name(workspace, &intended.segment));
    matches_search(text, &[&landing.to_string(), way(landing.via), intended, LandingState::of(landing).word()])
}

/// The row of a landing.
#[must_use]
pub fn row(workspace: &Workspace, analysis: &Analysis, index: usize) -> Option<LandingRow> {
    let landing = analysis.prediction.landings.get(index)?;
    let line = landing::line(landing);
    let intended = landing.intended.as_ref().map(|intended| short_name(workspace, &intended.segment));
    Some(LandingRow {
        index,
        subject: landing.subject.to_string(),
        address: landing.subject.address.clone(),
        path: landing.subject.path.to_string(),
        way: way(landing.via),
        intended: intended.unwrap_or_default().to_owned(),
        text: line.text,
        state: line.state,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::examples;
    use crate::text::SourceFile;

    fn subjects(workspace: &Workspace, analysis: &Analysis, filter: &Filter) -> Vec<String> {
        let shown = Table::of(analysis).matching(workspace, analysis, filter);
        let rows = shown.into_iter().filter_map(|index| row(workspace, analysis, index));
        rows.map(|row| format!("{}: {} ({})", row.state.word(), row.subject, row.intended)).collect()
    }

    #[test]
    fn what_goes_elsewhere_is_on_top() {
        let workspace = Workspace::new(&examples::mistakes());
        let analysis = analyse(&workspace);
        let all = subjects(&workspace, &analysis, &Filter::default());
        assert_eq!(all.len(), analysis.prediction.landings.len());
        assert_eq!(all[0], "elsewhere: default/sctp-service-sigtran SCTP/2905 (sigtran)");
        let (asked, wrong) = summary(&analysis);
        assert!(asked > 0 && wrong);
        let counted: usize = Table::of(&analysis).counts.iter().map(|(_, count)| count).sum();
        assert_eq!(counted, all.len());
    }

    #[test]
    fn words_state_and_segment_narrow_it() {
        let workspace = Workspace::new(&examples::clean());
        let analysis = analyse(&workspace);
        let oam = Table::of(&analysis).segments.into_iter().find(|name| name.ends_with("-oam")).unwrap();
        let by_segment = Filter { segment: Some(oam), ..Filter::default() };
        let by_state = Filter { state: Some(LandingState::Elsewhere), ..Filter::default() };
        let by_text = Filter { text: "SCTP sigtran-vip".to_owned(), ..Filter::default() };
        assert!(subjects(&workspace, &analysis, &by_segment).iter().all(|subject| subject.ends_with("(oam)")));
        assert!(!subjects(&workspace, &analysis, &by_segment).is_empty());
        assert!(subjects(&workspace, &analysis, &by_state).is_empty());
        assert_eq!(subjects(&workspace, &analysis, &by_text).len(), 1);
    }

    #[test]
    fn one_of_many_is_found() {
        let service = |index: usize| {
            format!(
                "---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{index}, namespace: a}}\nspec: {{type: LoadBalancer, ports: [{{port: 80}}]}}\n"
            )
        };
        let text: String = (0..2_000).map(service).collect();
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let analysis = Analysis { prediction: crate::ako::predict(&workspace).into(), ..Analysis::default() };
        let table = Table::of(&analysis);
        assert_eq!(table.order.len(), 2_000);
        let filter = Filter { text: "s1999 tcp/80".to_owned(), ..Filter::default() };
        assert_eq!(table.matching(&workspace, &analysis, &filter).len(), 1);
    }
}
