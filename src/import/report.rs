//! What is to be told of an import: which files were not taken, and what happened to others.

use std::fmt;

use super::{LARGEST_FILE, LARGEST_TOTAL, MOST_FILES};
use crate::repair::MOST_TEXT;

/// Something to be known of a file that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The file's name as it came.
    pub name: String,
    /// What it is.
    pub note: Note,
}

/// What can be said of a file that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It was UTF-16 and is UTF-8 now.
    Utf16,
    /// It has bytes that are no text.
    Replaced,
    /// Its path in the archive, as written, leads out of it.
    Outside(String),
    /// Another text has its name: this one's.
    Renamed(String),
    /// It does not read well, and is too long to be looked at for damage.
    TooLongToRepair,
    /// So many of its objects stand in the place of those that were there.
    TakenOver(usize),
    /// So many of its objects were there already and are left out.
    Known(usize),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => f.write_str("was UTF-16 and is UTF-8 now; no character is lost"),
            Self::Replaced => f.write_str(
                "is neither UTF-8 nor UTF-16: bytes that are no text stand as \u{FFFD}, so keep the original",
            ),
            Self::Outside(path) => write!(f, "leads out of its archive as `{path}`; taken as if it stood inside"),
            Self::Renamed(name) => write!(f, "is taken as `{name}`: another text has its name"),
            Self::TooLongToRepair => write!(
                f,
                "does not read well, and is longer than the {} MB that are looked at for damage: split it to have it repaired",
                MOST_TEXT >> 20
            ),
            Self::TakenOver(1) => f.write_str("has an object that takes the place of the one that was here"),
            Self::TakenOver(count) => write!(f, "has {count} objects that take the place of those that were here"),
            Self::Known(1) => f.write_str("has an object that is here already and is left out"),
            Self::Known(count) => write!(f, "has {count} objects that are here already and are left out"),
        }
    }
}

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its name; empty where it is about all that follows.
    pub name: String,
    /// Why.
    pub why: Why,
}

impl Skipped {
    /// A file that was not taken, with the reason.
    pub fn new(name: impl Into<String>, why: Why) -> Self {
        Self { name: name.into(), why }
    }
}

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Found in a folder or an archive, and its name is not that of a manifest.
    NotByName,
    /// Hidden, or in a hidden folder.
    Hidden,
    /// Not text, and its name is not that of a manifest.
    NotText,
    /// An archive that is not read.
    Archive,
    /// Larger than [`LARGEST_FILE`].
    TooLarge,
    /// More than [`LARGEST_TOTAL`] together.
    TooMuch,
    /// More than [`MOST_FILES`].
    TooManyFiles,
    /// Needs a password.
    Encrypted,
    /// Packed in a way that is not read.
    Method,
    /// Does not unpack to what the archive says of it.
    Damaged,
    /// The archive's own list cannot be read.
    DamagedArchive,
    /// A symbolic link.
    Link,
    /// A kustomization names it as a piece of other objects: a patch, or a generator's file.
    Patch,
    /// AKO's values in an overlay of kustomize: those of one cluster.
    OfCluster,
    /// The browser or the file system did not give it.
    Unread,
    /// The very same file is there.
    Here,
    /// All its objects, so many, are there already.
    Known(usize),
}

impl Why {
    /// Whether it is what one expects of a folder with other files in it.
    #[must_use]
    pub const fn is_usual(self) -> bool {
        matches!(self, Self::NotByName | Self::Hidden)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MEGA: usize = 1 << 20;
        match self {
            Self::NotByName => f.write_str("its name does not end with .yaml, .yml or .json"),
            Self::Hidden => f.write_str("it is hidden"),
            Self::NotText => f.write_str("it is not text"),
            Self::Archive => f.write_str("it is an archive that is not read here: unpack it, or bring a .zip"),
            Self::TooLarge => write!(f, "it is larger than {} MB: split it", LARGEST_FILE / MEGA),
            Self::TooMuch => write!(f, "with it, it would be more than {} MB at once", LARGEST_TOTAL / MEGA),
            Self::TooManyFiles => write!(f, "more than {MOST_FILES} files at once: bring the rest in another import"),
            Self::Encrypted => f.write_str("it is encrypted: unpack the archive with its password first"),
            Self::Method => f.write_str("it is packed in a way that is not read here: pack it with deflate"),
            Self::Damaged => f.write_str("it is damaged: it does not unpack to what the archive says of it"),
            Self::DamagedArchive => f.write_str("the archive is damaged: what its list should name is not there"),
            Self::Link => f.write_str("it is a symbolic link"),
            Self::Patch => f.write_str("a kustomization makes a patch or data of it: what is read is the base"),
            Self::OfCluster => f.write_str("it has AKO's values of one overlay: what is read is the base"),
            Self::Unread => f.write_str("it could not be read"),
            Self::Here => f.write_str("it is here already, byte for byte"),
            Self::Known(1) => f.write_str("its object is here already"),
            Self::Known(count) => write!(f, "all its {count} objects are here already"),
        }
    }
}
