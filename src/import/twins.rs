//! Objects that an import brings and the project has already, or that come twice: which they are, and what becomes of
//! each by people's choice.
//!
//! What is taken out goes with its whole document, or its item of a `List`; all other bytes stay as they came.

mod place;
mod sift;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

pub use sift::Sifted;

use crate::edit::{same, value_of};
use crate::model::Kind;
use crate::pace::{Progress, Rest, finish, pause};
use crate::text::{SourceFile, Span};
use crate::workspace::{Identity, Object, Workspace};

/// So many objects are looked at between two pauses.
const OBJECTS: usize = 256;
/// More twins than this are not shown one by one.
const MOST_SHOWN: usize = 200;

/// What becomes of two objects with one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// Both stay, and are a finding.
    KeepBoth,
    /// The one that comes stands in the place of the other one.
    TakeNew,
    /// The one that comes is left out.
    KeepOld,
}

impl Choice {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::KeepBoth, Self::TakeNew, Self::KeepOld];

    /// As people choose it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::KeepBoth => "keep both",
            Self::TakeNew => "take the new one in place of the old",
            Self::KeepOld => "keep the old one, leave the new one out",
        }
    }

    /// Its name in a form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KeepBoth => "both",
            Self::TakeNew => "new",
            Self::KeepOld => "old",
        }
    }

    /// The choice of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.name() == name)
    }
}

/// Where an object stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// An object that comes although it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Its key, as in `Service/red/web`.
    pub object: String,
    /// Where it comes.
    pub new: Spot,
    /// Where it is already.
    pub old: Spot,
    /// Whether that is in the same import.
    pub within_import: bool,
    /// Whether both say the same, and no comment goes with the new one.
    pub is_same: bool,
    /// Its place among all objects.
    at: usize,
}

impl Twin {
    /// What is chosen where nobody says otherwise: what says the same is needed once, and of others none is lost. A
    /// file that has an object twice itself comes as it is: the finding about it offers the choice.
    #[must_use]
    pub fn default_choice(&self) -> Choice {
        if self.is_same && !self.is_within_file() { Choice::KeepOld } else { Choice::KeepBoth }
    }

    fn is_within_file(&self) -> bool {
        self.old.file == self.new.file
    }
}

/// The files of an import beside those of the project, and the objects that are in both or come twice.
#[derive(Clone, Debug)]
pub struct Twins {
    base: Workspace,
    /// The project with all files.
    joint: Workspace,
    /// The files that come, by name.
    coming: BTreeSet<String>,
    /// Names of files that come and are there byte for byte: they are left out.
    pub known_files: Vec<String>,
    /// The objects, in the order in which they come.
    pub list: Vec<Twin>,
}

impl Twins {
    /// Looks at files that have their names (see [`super::named`]).
    #[must_use]
    pub fn of(workspace: &Workspace, files: &[SourceFile]) -> Self {
        finish(Self::finding(workspace.clone(), files.to_vec(), Progress::default()))
    }

    /// [`Twins::of`] in steps.
    pub async fn finding(base: Workspace, files: Vec<SourceFile>, progress: Progress) -> Self {
        let mut sources = base.sources();
        let mut coming = BTreeSet::new();
        let mut known_files = Vec::new();
        for file in files {
            if base.file(&file.name).is_some() {
                known_files.push(file.name);
            } else if coming.insert(file.name.clone()) {
                sources.push(file);
            }
        }
        let joint = base.clone().reading(sources, progress).await;
        let mut twins = Self { base, joint, coming, known_files, list: Vec::new() };
        let mut earlier: HashMap<Key<'_>, &Object> = HashMap::new();
        let mut list = Vec::new();
        let mut rest = Rest::every(OBJECTS);
        for object in twins.joint.objects() {
            rest.round().await;
            let Some(key) = Key::of(object) else { continue };
            let old = earlier.insert(key, object);
            if let Some(old) = old.filter(|_| twins.coming.contains(&*object.address.file)) {
                list.push(twins.twin(old, object));
                pause().await;
            }
        }
        twins.list = list;
        twins
    }

    fn twin(&self, old: &Object, new: &Object) -> Twin {
        let value = |object: &Object| value_of(object.tree(), object.node());
        let says_the_same = value(old).zip(value(new)).is_some_and(|(old, new)| same(&old, &new));
        let is_same = says_the_same && (self.text(old) == self.text(new) || !self.has_comment(new));
        Twin {
            object: match new.kind {
                Kind::AkoValues => "AKO's values".to_owned(),
                _ => self.joint.key(new),
            },
            new: self.spot(new),
            old: self.spot(old),
            within_import: self.coming.contains(&*old.address.file),
            is_same,
            at: new.order,
        }
    }

    fn spot(&self, object: &Object) -> Spot {
        let line = self.joint.file(&object.address.file).map_or(0, |file| file.position(object.whole().start).line);
        Spot { file: object.address.file.to_string(), line }
    }

    /// The object's whole document, or its lines in a `List`.
    fn text(&self, object: &Object) -> &str {
        let Some(file) = self.joint.file(&object.address.file) else { return "" };
        let text = &*file.source.text;
        match (object.address.item, file.documents.get(object.address.document)) {
            (None, Some(document)) => place::body(document.span.slice(text)).trim(),
            _ => object.whole().slice(text),
        }
    }

    fn has_comment(&self, object: &Object) -> bool {
        let mut comments = object.tree().comments.iter();
        if object.address.item.is_none() {
            return comments.next().is_some();
        }
        let (text, offset) = (self.document_text(object), object.offset());
        let own = place::lines_of_item(text, object.whole().start - offset, object.whole().end - offset);
        let own = own.unwrap_or_else(|| Span::new(0, text.len()));
        comments.any(|comment| own.start <= comment.span.start && comment.span.end <= own.end)
    }

    fn document_text(&self, object: &Object) -> &str {
        let file = self.joint.file(&object.address.file);
        let document = file.and_then(|file| Some((file, file.documents.get(object.address.document)?)));
        document.map_or("", |(file, document)| document.span.slice(&file.source.text))
    }

    /// The project with all the files that come, as it is read already.
    #[must_use]
    pub const fn joint(&self) -> &Workspace {
        &self.joint
    }

    /// Whether people have to choose: some objects differ from those of other files.
    #[must_use]
    pub fn are_open(&self) -> bool {
        self.list.iter().any(|twin| !twin.is_same && !twin.is_within_file())
    }

    /// Whether this was found for the project as it is.
    #[must_use]
    pub fn are_of(&self, workspace: &Workspace) -> bool {
        self.base.is_same(workspace)
    }

    /// What is chosen where nobody says otherwise.
    #[must_use]
    pub fn defaults(&self) -> Vec<Choice> {
        self.list.iter().map(Twin::default_choice).collect()
    }

    /// The files that come with twins, in order, each with the places of its twins in [`Twins::list`].
    #[must_use]
    pub fn by_file(&self) -> Vec<(&str, Range<usize>)> {
        let runs = self.list.chunk_by(|before, after| before.new.file == after.new.file);
        let mut next = 0;
        runs.map(|run| {
            next += run.len();
            (run.first().map_or("", |twin| twin.new.file.as_str()), next - run.len()..next)
        })
        .collect()
    }

    /// The places in [`Twins::list`] of those to show: what differs first, and no more than people look at.
    #[must_use]
    pub fn shown(&self) -> Vec<usize> {
        let (mut shown, same): (Vec<usize>, Vec<usize>) = (0..self.list.len()).partition(|at| !self.list[*at].is_same);
        shown.extend(same);
        shown.truncate(MOST_SHOWN);
        shown
    }

    /// What is told before the choice, as a heading.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.list.len() {
            1 => "1 object is here already".to_owned(),
            count => format!("{count} objects are here already"),
        }
    }
}

/// Who an object is among those of an import; AKO's values and akoplan's settings are there once, whatever they are
/// called.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Only(Kind),
    Named(&'a Identity),
}

impl<'a> Key<'a> {
    fn of(object: &'a Object) -> Option<Self> {
        match object.kind {
            Kind::AkoValues | Kind::AkoplanSettings => Some(Self::Only(object.kind)),
            _ => (!object.name().is_empty()).then_some(Self::Named(&object.identity)),
        }
    }
}

/// The choice that all of these have in common.
#[must_use]
pub fn common(choices: &[Choice]) -> Option<Choice> {
    let first = choices.first().copied()?;
    choices.iter().all(|choice| *choice == first).then_some(first)
}

#[cfg(test)]
mod tests;
