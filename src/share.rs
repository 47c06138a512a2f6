//! A project as the fragment of a link, and back: versioned, compressed, on wish behind a passphrase.
//!
//! ```text
//! 1.BASE64URL      zlib ( netstrings: project name, then name and text of each file )
//! 1p.BASE64URL     envelope ( AES-GCM ( the same zlib ) ), see `envelope`
//! ```
//!
//! Links live for ever in tickets and chats: what version 1 wrote is read by every later version, which
//! the links in `tests/share/` prove. A change of the format is a new version.
//!
//! Whoever made a link is unknown. Sizes are bounded before memory is taken, a checksum tells a damaged
//! link from a whole one, and names are made harmless.

mod base64url;
mod envelope;
mod names;

use std::fmt;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

use crate::text::SourceFile;

pub use envelope::{Envelope, IV_LENGTH, ROUNDS, SALT_LENGTH};
pub use names::clean_name;

/// Longest link that is made, in characters after the page's address.
///
/// Browsers' engines take more (Chromium 2 MB, Firefox 1 MB), but Chromium's address bar shows and
/// copies no more than 32,779 characters, and chats cut a message off: Slack at 40,000, GitHub's
/// comments at 65,536.
pub const MOST_CHARACTERS: usize = 32_000;
/// Longest link that is read. A later version may make longer ones; no browser keeps more than this.
const MOST_READ: usize = 2_000_000;
/// Largest project in a link, unpacked: deflate packs up to 1,032 bytes into one.
const MOST_BYTES: usize = 4_000_000;
/// Most files in a link.
const MOST_FILES: usize = 1_000;
/// The slowest and smallest: a link is made once and is as long as it is.
const COMPRESSION_LEVEL: u8 = 10;

const PLAIN: &str = "1";
const SEALED: &str = "1p";

/// What a link carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What the project is called; may be empty.
    pub project: String,
    /// All files, byte for byte.
    pub files: Vec<SourceFile>,
}

/// A link that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// What is in it.
    Plain(Content),
    /// It needs a passphrase first; then [`unpack`] reads what was sealed.
    Sealed(Envelope),
}

/// Why no link is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It would have so many characters.
    TooLong(usize),
    /// The project has so many files.
    TooManyFiles(usize),
    /// The project has so many bytes.
    TooLarge(usize),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(length) => {
                write!(f, "the link would have {length} characters; browsers and chats reliably take {MOST_CHARACTERS}")
            }
            Self::TooManyFiles(count) => {
                write!(f, "the project has {count} files; a link takes {MOST_FILES}")
            }
            Self::TooLarge(bytes) => write!(f, "the project has {bytes} bytes; a link takes {MOST_BYTES}"),
        }
    }
}

/// Why a link cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not begin as links of akoplan do.
    NoLink,
    /// A version that this akoplan does not know.
    Newer(String),
    /// Characters are missing or changed.
    Damaged,
    /// More is packed into it than a project has.
    TooLarge,
    /// A header that no akoplan writes.
    Hostile(&'static str),
    /// The passphrase does not open it, or the link is damaged: the cipher does not tell which.
    WrongPassphrase,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLink => write!(f, "this is no link of akoplan"),
            Self::Newer(version) => {
                write!(f, "the link was made by a newer akoplan (format {version}); reload this page to get the newest")
            }
            Self::Damaged => write!(
                f,
                "the link is damaged: characters are missing or changed. Chats cut long links off; ask for it again, or for a file"
            ),
            Self::TooLarge => {
                write!(f, "more is packed into the link than akoplan opens: {MOST_BYTES} bytes, {MOST_FILES} files")
            }
            Self::Hostile(what) => write!(f, "akoplan did not make this link: {what}"),
            Self::WrongPassphrase => {
                write!(
                    f,
                    "the passphrase does not open this link. Capitals and spaces count; if it is right, the link is damaged"
                )
            }
        }
    }
}

/// Makes the part of a link after `#/share/`.
///
/// # Errors
/// If the project does not fit into a link.
pub fn link(content: &Content) -> Result<String, Refusal> {
    written(PLAIN, &pack(content)?)
}

/// The bytes of a link, for sealing.
///
/// # Errors
/// If the project has more than a link is read with.
pub fn pack(content: &Content) -> Result<Vec<u8>, Refusal> {
    if content.files.len() > MOST_FILES {
        return Err(Refusal::TooManyFiles(content.files.len()));
    }
    let mut written = Vec::new();
    put(&mut written, &content.project);
    for file in &content.files {
        put(&mut written, &file.name);
        put(&mut written, &file.text);
    }
    if written.len() > MOST_BYTES {
        return Err(Refusal::TooLarge(written.len()));
    }
    Ok(packed(&written))
}

/// Any bytes compressed as those of a link: for tests of what a link must never do.
#[must_use]
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(bytes, COMPRESSION_LEVEL)
}

/// Reads the part of a link after `#/share/`; line breaks that mail put in, and what a sentence put
/// behind it, do no harm.
///
/// # Errors
/// If it is no link, or not a whole one.
pub fn read(text: &str) -> Result<Link, Unreadable> {
    if text.len() > MOST_READ {
        return Err(Unreadable::TooLarge);
    }
    let (version, encoded) = text.trim().split_once('.').ok_or(Unreadable::NoLink)?;
    let bytes = || base64url::decode(encoded).ok_or(Unreadable::Damaged);
    match version {
        PLAIN => unpack(&bytes()?).map(Link::Plain),
        SEALED => Envelope::read(&bytes()?).map(Link::Sealed),
        _ if is_version(version) => Err(Unreadable::Newer(version.to_owned())),
        _ => Err(Unreadable::NoLink),
    }
}

/// Reads what [`pack`] wrote.
///
/// # Errors
/// If it is not whole, or too large.
pub fn unpack(packed: &[u8]) -> Result<Content, Unreadable> {
    let bytes = decompress_to_vec_zlib_with_limit(packed, MOST_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => Unreadable::TooLarge,
        _ => Unreadable::Damaged,
    })?;
    let mut rest = std::str::from_utf8(&bytes).map_err(|_| Unreadable::Damaged)?;
    let project = clean_project(take(&mut rest)?);
    let mut files = Vec::new();
    while !rest.is_empty() {
        if files.len() == MOST_FILES {
            return Err(Unreadable::TooLarge);
        }
        let name = take(&mut rest)?;
        files.push(SourceFile::new(name, take(&mut rest)?));
    }
    names::clean_all(&mut files);
    Ok(Content { project, files })
}

/// A project's name from outside: one line, not longer than fits.
#[must_use]
pub fn clean_project(name: &str) -> String {
    let cleaned: String = name.chars().map(|it| if names::is_harmful(it) { ' ' } else { it }).take(80).collect();
    cleaned.trim().to_owned()
}

fn written(version: &str, bytes: &[u8]) -> Result<String, Refusal> {
    let link = format!("{version}.{}", base64url::encode(bytes));
    if link.len() > MOST_CHARACTERS { Err(Refusal::TooLong(link.len())) } else { Ok(link) }
}

/// A number, and for a passphrase a letter.
fn is_version(text: &str) -> bool {
    let digits = text.trim_end_matches(|it: char| it.is_ascii_lowercase());
    text.len() <= 6 && !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
}

/// Writes a netstring: length in bytes, a colon, the text.
fn put(written: &mut Vec<u8>, text: &str) {
    written.extend(text.len().to_string().bytes());
    written.push(b':');
    written.extend(text.bytes());
}

/// Reads a netstring.
fn take<'a>(rest: &mut &'a str) -> Result<&'a str, Unreadable> {
    let (length, after) = rest.split_once(':').ok_or(Unreadable::Damaged)?;
    let length: usize = length.parse().map_err(|_| Unreadable::Damaged)?;
    let (text, after) = after.split_at_checked(length).ok_or(Unreadable::Damaged)?;
    *rest = after;
    Ok(text)
}

#[cfg(test)]
mod tests;
