//! An export into a folder where an earlier one stands: what is written, what goes, what is left to people.
//!
//! A small file beside the export, [`LISTING_FILE`], says which files it made and with which content. So the next
//! export can take away what it no longer makes (patterns of commands, helm's templates and folders of Argo CD would
//! apply it), and tells a file that people put there or changed, which it leaves as it is.

mod listing;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::export::layout::Layout;
use crate::import::{inside, is_manifest};
use crate::text::SourceFile;

pub use listing::{LISTING_FILE, Listing};

/// What stands in the folder under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// A file.
    File {
        /// Its content.
        bytes: Vec<u8>,
        /// Whether the export is made from it.
        is_source: bool,
    },
    /// A folder, a link or a device, or a link is on the way to it: who writes there may write elsewhere.
    Other,
}

/// What is done in the folder; all names are below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renewal {
    /// Files to take away, before anything is written.
    pub remove: Vec<String>,
    /// Files to write, as places in the export.
    pub write: Vec<usize>,
    /// Files of the export that stand there already as they are to be, as places in it.
    pub same: Vec<usize>,
    /// What is left as it is although it is not as the export makes it.
    pub kept: Vec<Kept>,
    /// What the listing says while files come and go, so that a call that is cut off can be made again.
    pub meanwhile: Listing,
    /// What the listing says afterwards.
    pub listing: Listing,
}

/// A file that is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: Why,
    /// Whether the export has a file of this name, which is not written.
    pub is_wanted: bool,
}

/// Why a file is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An export made it, and it was changed since.
    Changed,
    /// No export made it.
    Foreign,
    /// This export is made from it.
    Source,
    /// It is a folder, a link or a device, or a link is on the way to it.
    NoFile,
}

impl Kept {
    /// What to tell of it, after its path.
    #[must_use]
    pub const fn sentence(&self) -> &'static str {
        match (self.is_wanted, self.why) {
            (true, Why::Changed) => {
                "was changed since an export wrote it and stays so; --overwrite writes this export's"
            }
            (true, Why::Foreign | Why::Source) => {
                "was not written by an export and stays; --overwrite writes this export's"
            }
            (true, Why::NoFile) => "is no plain file, or lies behind a link, and is not written",
            (false, Why::Changed) => {
                "is from an earlier export and was changed since: it stays, delete it where it is not wanted"
            }
            (false, Why::Source) => "is from an earlier export and was read by this one: it stays",
            (false, Why::NoFile) => "is from an earlier export and no plain file any more: it stays",
            (false, Why::Foreign) => "is not from an export and stays: what applies its folder applies it, too",
        }
    }
}

impl Renewal {
    /// Decides on each file of an export and of earlier ones.
    ///
    /// `standing` says what is in the folder under a name; `overwrite` lets the export write over plain files that
    /// people put there or changed. Names that lead outside the folder are none.
    #[must_use]
    pub fn plan(files: &[SourceFile], earlier: &Listing, overwrite: bool, standing: impl Fn(&str) -> Standing) -> Self {
        let mut plan = Self { meanwhile: earlier.clone(), ..Self::default() };
        let made: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        for name in earlier.names().filter(|name| !made.contains(name)) {
            let why = match standing(name) {
                Standing::Nothing => continue,
                Standing::Other => Why::NoFile,
                Standing::File { is_source: true, .. } => Why::Source,
                Standing::File { bytes, .. } if earlier.wrote(name, &bytes) => {
                    plan.remove.push(name.to_owned());
                    continue;
                }
                Standing::File { .. } => Why::Changed,
            };
            // It stays known: once it is as it was, or gone, nothing is to be told any more.
            plan.listing.take_over(name, earlier);
            plan.kept.push(Kept { name: name.to_owned(), why, is_wanted: false });
        }
        for (at, file) in files.iter().enumerate() {
            let (name, text) = (file.name.as_str(), file.text.as_bytes());
            let why =
                match standing(name) {
                    _ if !is_below(name) => Why::NoFile,
                    Standing::Other => Why::NoFile,
                    Standing::File { bytes, .. } if bytes == text && !is_renamed(&plan.remove, name) => {
                        plan.same.push(at);
                        // What stood there before any export is not the export's to take away.
                        if earlier.knows(name) {
                            plan.listing.add(name, text);
                        }
                        continue;
                    }
                    Standing::File { bytes, .. } if !overwrite && !earlier.wrote(name, &bytes) => {
                        if earlier.knows(name) { Why::Changed } else { Why::Foreign }
                    }
                    Standing::Nothing | Standing::File { .. } => {
                        plan.write.push(at);
                        plan.listing.add(name, text);
                        plan.meanwhile.add(name, text);
                        continue;
                    }
                };
            plan.listing.take_over(name, earlier);
            plan.kept.push(Kept { name: name.to_owned(), why, is_wanted: true });
        }
        plan
    }

    /// Whether every file of the export stands in the folder afterwards.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.kept.iter().all(|kept| !kept.is_wanted)
    }

    /// Adds files that no export made, of `present` in the folder, which are applied along with a layout's.
    pub fn tell_foreign(&mut self, layout: Layout, files: &[SourceFile], present: &[String]) {
        let folders: BTreeSet<&str> = applied_folders(layout, files).collect();
        let told: BTreeSet<&str> = self.kept.iter().map(|kept| kept.name.as_str()).collect();
        let made: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let is_foreign = |name: &&String| {
            let folder = name.split('/').next().unwrap_or_default();
            let is_applied = match layout {
                Layout::Charts => name.split('/').nth(2) == Some("templates"),
                _ => is_manifest(name),
            };
            folders.contains(folder)
                && is_applied
                && !made.contains(name.as_str())
                && !told.contains(name.as_str())
                && !self.meanwhile.knows(name)
        };
        let foreign: Vec<Kept> = present
            .iter()
            .filter(is_foreign)
            .map(|name| Kept { name: name.clone(), why: Why::Foreign, is_wanted: false })
            .collect();
        self.kept.extend(foreign);
    }
}

/// The folders of an export of which everything is applied or rendered that stands there, whoever put it there.
pub fn applied_folders(layout: Layout, files: &[SourceFile]) -> impl Iterator<Item = &str> {
    let is_read_whole = matches!(layout, Layout::Manifests | Layout::Kit | Layout::ArgoCd | Layout::Charts);
    let folders = files.iter().filter_map(|file| Some(file.name.split_once('/')?.0));
    folders.filter(move |folder| is_read_whole && *folder != "argocd")
}

/// Whether a file goes whose name differs in case alone: to some file systems it is the same one.
fn is_renamed(removed: &[String], name: &str) -> bool {
    removed.iter().any(|removed| removed.eq_ignore_ascii_case(name))
}

/// Whether a name is one below the folder, and not the listing's own.
fn is_below(name: &str) -> bool {
    !name.is_empty() && name != LISTING_FILE && inside(name) == (name.to_owned(), false)
}
