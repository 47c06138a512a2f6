//! Findings as the page shows them: filtered, grouped, with the place to jump to.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{ROWS, sentence};
use crate::analysis::Analysis;
use crate::diagnostic::{Finding, Severity};
use crate::pace::{Rest, finish};
use crate::rules;
use crate::workspace::{Address, Workspace};

/// What findings can be grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// Errors first.
    #[default]
    Severity,
    /// By object.
    Object,
    /// By code.
    Rule,
    /// By file.
    File,
}

impl GroupBy {
    /// All of them, with the word for each.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Severity, "severity"), (Self::Object, "object"), (Self::Rule, "rule"), (Self::File, "file")];

    /// The grouping of a word; severity for any other.
    #[must_use]
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|(_, name)| *name == word).map(|(by, _)| by).unwrap_or_default()
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(by, _)| *by == self).map_or("severity", |(_, word)| word)
    }
}

/// Findings under a common heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingGroup {
    /// Heading.
    pub title: String,
    /// The worst of them.
    pub worst: Severity,
    /// Places in [`Analysis::findings`].
    pub indexes: Vec<usize>,
    /// How many findings the group has, also where [`shorten`] left some out.
    pub count: usize,
}

/// The findings that hold a text, grouped; groups with worse findings come first.
#[must_use]
pub fn group(analysis: &Analysis, by: GroupBy, search: &str) -> Vec<FindingGroup> {
    finish(grouping(analysis, by, search))
}

/// [`group`] in steps.
pub async fn grouping(analysis: &Analysis, by: GroupBy, search: &str) -> Vec<FindingGroup> {
    let mut rest = Rest::every(ROWS);
    let search = search.trim().to_lowercase();
    let mut groups: BTreeMap<(Severity, String), Vec<usize>> = BTreeMap::new();
    let title = |finding: &Finding| match by {
        GroupBy::Severity => match finding.severity {
            Severity::Error => "Errors".to_owned(),
            Severity::Warning => "Warnings".to_owned(),
            Severity::Info => "Advice".to_owned(),
        },
        GroupBy::Object => finding.object.clone().unwrap_or_else(|| finding.file.to_string()),
        GroupBy::Rule => {
            let name = rules::find(finding.code).map_or("", |rule| rule.name);
            format!("{} {name}", finding.code)
        }
        GroupBy::File => finding.file.to_string(),
    };
    let mut worst: BTreeMap<String, Severity> = BTreeMap::new();
    for finding in &analysis.findings {
        let worst = worst.entry(title(finding)).or_insert(finding.severity);
        *worst = finding.severity.min(*worst);
        rest.round().await;
    }
    for (index, finding) in analysis.findings.iter().enumerate() {
        if holds(finding, &search) {
            let title = title(finding);
            let worst = worst.get(&title).copied().unwrap_or(finding.severity);
            groups.entry((worst, title)).or_default().push(index);
        }
        rest.round().await;
    }
    let group = |((worst, title), indexes): ((Severity, String), Vec<usize>)| {
        let count = indexes.len();
        FindingGroup { title, worst, indexes, count }
    };
    groups.into_iter().map(group).collect()
}

/// Leaves so many findings in all groups together, and the one that is wanted; groups without any are
/// dropped.
pub fn shorten(groups: &mut Vec<FindingGroup>, most: usize, wanted: Option<usize>) {
    let mut left = most;
    for group in groups.iter_mut() {
        group.indexes.retain(|index| {
            let stays = left > 0 || Some(*index) == wanted;
            left = left.saturating_sub(1);
            stays
        });
    }
    groups.retain(|group| !group.indexes.is_empty());
}

/// What tells these findings apart, also when others come and go.
#[must_use]
pub fn keys(analysis: &Analysis, indexes: &[usize]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let key = |index: &usize| {
        let finding = analysis.findings.get(*index)?;
        let object = finding.object.as_deref().unwrap_or(&finding.file);
        let key = format!("{} {object} {} {}", finding.code, finding.path, finding.message);
        let count = seen.entry(key.clone()).and_modify(|count| *count += 1).or_insert(1);
        Some(format!("{key} {count}"))
    };
    indexes.iter().filter_map(key).collect()
}

fn holds(finding: &Finding, search: &str) -> bool {
    let object = finding.object.as_deref().unwrap_or_default();
    search.is_empty()
        || [finding.code, &finding.message, &finding.help, &finding.effect, &finding.file, object]
            .iter()
            .any(|text| text.to_lowercase().contains(search))
}

/// A finding with everything a card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingView {
    /// Its place in [`Analysis::findings`].
    pub index: usize,
    /// Code.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// The object's key, or the file.
    pub object: String,
    /// `file:line`.
    pub place: String,
    /// File name.
    pub file: Rc<str>,
    /// Line, from 1.
    pub line: usize,
    /// The field; empty for the object as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What AKO does.
    pub effect: String,
    /// What to do.
    pub help: String,
    /// Titles of the fixes, the best first.
    pub fixes: Vec<String>,
    /// Other places: `file:line` and what is there.
    pub related: Vec<(String, String)>,
    /// The object, for the jump to its form.
    pub address: Option<Address>,
}

/// A finding by its place in the analysis.
#[must_use]
pub fn view(workspace: &Workspace, analysis: &Analysis, index: usize) -> Option<FindingView> {
    let finding = analysis.findings.get(index)?;
    let line = |file: &str, offset: usize| workspace.file(file).map_or(1, |file| file.position(offset).line);
    let at = line(&finding.file, finding.span.start);
    let related = finding.related.iter().map(|related| {
        (format!("{}:{}", related.file, line(&related.file, related.span.start)), related.message.clone())
    });
    Some(FindingView {
        index,
        code: finding.code,
        severity: finding.severity,
        object: finding.object.clone().unwrap_or_else(|| finding.file.to_string()),
        place: format!("{}:{at}", finding.file),
        file: Rc::clone(&finding.file),
        line: at,
        path: finding.path.to_string(),
        message: sentence(&finding.message),
        effect: sentence(&finding.effect),
        help: sentence(&finding.help),
        fixes: finding.fixes.iter().map(|fix| fix.title.clone()).collect(),
        related: related.collect(),
        address: object_of(workspace, finding),
    })
}

/// The object that a finding is about: the one it lies in.
#[must_use]
pub fn object_of(workspace: &Workspace, finding: &Finding) -> Option<Address> {
    finding.object.as_ref()?;
    let inside = workspace.objects_around(&finding.file, finding.span.start).iter().filter(|object| {
        let whole = object.whole();
        whole.start <= finding.span.start && finding.span.end <= whole.end
    });
    // An item of a list lies in the list's document, too: the innermost counts.
    inside.min_by_key(|object| object.whole().len()).map(|object| object.address.clone())
}

/// The places in the analysis of an object's findings.
#[must_use]
pub fn of_object(workspace: &Workspace, analysis: &Analysis, at: &Address) -> Vec<usize> {
    let Some(object) = workspace.at(at) else { return Vec::new() };
    let key = workspace.key(object);
    let findings = analysis.findings.iter().enumerate();
    let own = findings.filter(|(_, finding)| finding.object.as_ref() == Some(&key));
    own.filter(|(_, finding)| object_of(workspace, finding).as_ref() == Some(at)).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_keeps_its_key_when_others_go() {
        let finding = |code, message: &str| Finding {
            code,
            severity: Severity::Error,
            file: "a.yaml".into(),
            span: crate::text::Span::new(0, 0),
            object: None,
            path: crate::syntax::FieldPath::root(),
            message: message.to_owned(),
            effect: String::new(),
            help: String::new(),
            fixes: Vec::new(),
            asks: Vec::new(),
            related: Vec::new(),
        };
        let of = |findings: Vec<Finding>| {
            let indexes: Vec<usize> = (0..findings.len()).collect();
            keys(&Analysis { findings, ..Analysis::default() }, &indexes)
        };
        let (first, twin) = (finding("AKP401", "first"), finding("AKP015", "a loose block"));
        let all = of(vec![first, twin.clone(), twin.clone()]);
        assert_eq!(of(vec![twin.clone(), twin]), all[1..]);
        assert_ne!(all[1], all[2]);
    }

    #[test]
    fn a_long_list_is_shortened_to_the_first_and_the_wanted_one() {
        let group = |title: &str, indexes: Vec<usize>| FindingGroup {
            title: title.to_owned(),
            worst: Severity::Error,
            count: indexes.len(),
            indexes,
        };
        let mut groups = vec![group("a", vec![0, 1]), group("b", vec![2, 3, 4, 5]), group("c", vec![6])];
        shorten(&mut groups, 3, Some(5));
        let left: Vec<(&str, &[usize], usize)> =
            groups.iter().map(|group| (group.title.as_str(), group.indexes.as_slice(), group.count)).collect();
        assert_eq!(left, [("a", &[0, 1][..], 2), ("b", &[2, 5][..], 4)]);
    }
}
