//! What a step does to what is there: its objects beside an earlier state, and outages.

use crate::export::shell::code;
use crate::view::sentence;

/// What a step does to what is there; objects by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// What is new.
    pub added: Vec<String>,
    /// What says something else.
    pub changed: Vec<String>,
    /// What says the same.
    pub unchanged: Vec<String>,
    /// What is deleted.
    pub gone: Vec<String>,
    /// What has to be deleted before the step's own commands, which is an outage.
    pub refused: Vec<Notice>,
    /// What goes down or moves with this step.
    pub interrupted: Vec<Notice>,
    /// What stays as it is until it is made again, which is an outage.
    pub lagging: Vec<Notice>,
}

/// An outage, or what needs one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// An object, a virtual service or a VIP.
    pub about: String,
    /// Keys of the objects that it belongs to, where they are known.
    pub objects: Vec<String>,
    /// What happens, in a sentence.
    pub sentence: String,
    /// Commands that it needs.
    pub commands: Vec<String>,
}

impl Since {
    /// Its objects, a sentence for each kind of difference; names in backticks.
    #[must_use]
    pub fn objects(&self) -> Vec<String> {
        let Self { added, changed, unchanged, gone, .. } = self;
        let is_quiet = added.is_empty() && changed.is_empty() && gone.is_empty();
        let before = if is_quiet { "All of it is as before; the step may be left out" } else { "As before" };
        let kinds = [("New", added), ("Changed", changed), ("Goes", gone), (before, unchanged)];
        let kinds = kinds.into_iter().filter(|(_, list)| !list.is_empty());
        kinds.map(|(word, list)| format!("{word}: {}.", keys(list))).collect()
    }

    /// What needs an outage or brings one, with a heading for each kind; of what stays the step itself tells.
    #[must_use]
    pub fn outages(&self) -> Vec<(&'static str, &[Notice])> {
        let kinds = [
            ("Outages, or addresses that move", self.interrupted.as_slice()),
            ("Made again, since the change is refused: its first commands delete it", self.refused.as_slice()),
        ];
        kinds.into_iter().filter(|(_, notices)| !notices.is_empty()).collect()
    }
}

impl Notice {
    /// All of it in a line; names in backticks.
    #[must_use]
    pub fn line(&self) -> String {
        let of = if self.objects.is_empty() { String::new() } else { format!(" ({})", keys(&self.objects)) };
        format!("{}{of}: {}.", code(&self.about), sentence(&self.sentence))
    }
}

/// Keys with commas between.
pub(in crate::export) fn keys(list: &[String]) -> String {
    list.iter().map(|key| code(key)).collect::<Vec<_>>().join(", ")
}
