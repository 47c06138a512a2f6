//! What is typed into the form for a new segment.

use akoplan::analysis::Analysis;
use akoplan::segment::{self, Draft, NetworkRef};
use akoplan::view;
use akoplan::workspace::{Address, Workspace};
use yew::AttrValue;

/// What is typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewSegmentState {
    /// The segment that would be made.
    pub draft: Draft,
    /// Whether it was tried to create it: from then on, what is missing is told.
    pub tried: bool,
}

impl NewSegmentState {
    /// The state in which the form opens; for a setting that something refers to, with its name.
    pub fn of(workspace: &Workspace, setting: &str) -> Self {
        let referred = segment::list(workspace).into_iter().find(|segment| segment.setting == setting);
        let draft = referred.map(|segment| segment::draft_for(workspace, &segment)).unwrap_or_default();
        Self { draft, tried: false }
    }

    /// The network's name or UUID.
    pub fn network(&self) -> &str {
        match &self.draft.network {
            NetworkRef::Name(text) | NetworkRef::Uuid(text) => text,
        }
    }

    /// Whether the network is named by UUID.
    pub const fn by_uuid(&self) -> bool {
        matches!(self.draft.network, NetworkRef::Uuid(_))
    }
}

/// The segment as if it were made, with what the rules say.
pub struct Trial {
    /// The project with it.
    pub workspace: Workspace,
    /// The analysis of that.
    pub analysis: Analysis,
    /// Where its setting stands.
    pub at: Address,
}

impl PartialEq for Trial {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What the rules say of a field of the setting.
pub fn problems(trial: Option<&Trial>, path: &str) -> Vec<AttrValue> {
    let found = trial.map(|trial| view::problems(&trial.analysis, &trial.workspace, &trial.at, path));
    found.unwrap_or_default().into_iter().map(AttrValue::from).collect()
}
