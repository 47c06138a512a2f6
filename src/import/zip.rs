//! Reads ZIP archives: bounded, whole entries only, and never a path that leads out of the archive.
//!
//! Format: PKWARE APPNOTE 6.3. The list at the archive's end says what is in it; what stands between
//! the entries is nobody's.

use super::names::inside;
use super::{MOST_FILES, Skipped, Wanted, Why, wanted};
use crate::export::zip::crc32;

const LIST_ENTRY: u32 = 0x0201_4b50;
const LOCAL_ENTRY: u32 = 0x0403_4b50;
const END: u32 = 0x0605_4b50;
/// The end's own fields, without the comment behind them.
const END_LENGTH: usize = 22;
const LONGEST_COMMENT: usize = 0xFFFF;
const ENCRYPTED: u16 = 1;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Unix' kind of a file, and that of a symbolic link.
const FILE_KIND: u32 = 0o170_000;
const LINK: u32 = 0o120_000;

/// Whether bytes begin as an archive does, an empty one included.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// An entry that was read.
pub struct Unpacked {
    /// Its path in the archive, made harmless.
    pub path: String,
    /// Its path as written, where that leads outside.
    pub outside: Option<String>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Reads what is wanted of an archive; `left` is how many bytes may still be unpacked.
pub fn unpack(archive: &[u8], left: &mut usize) -> (Vec<Unpacked>, Vec<Skipped>) {
    let (mut read, mut skipped) = (Vec::new(), Vec::new());
    let Some(entries) = entries(archive) else {
        return (read, vec![Skipped::new("", Why::DamagedArchive)]);
    };
    for (at, entry) in entries.into_iter().enumerate() {
        let Some(entry) = entry else {
            skipped.push(Skipped::new("", Why::DamagedArchive));
            break;
        };
        if at >= MOST_FILES {
            skipped.push(Skipped::new("", Why::TooManyFiles));
            break;
        }
        let (path, leads_outside) = inside(&entry.name);
        if entry.name.ends_with(['/', '\\']) || path.is_empty() {
            continue;
        }
        match entry.unpack(archive, &path, *left) {
            Ok(bytes) => {
                *left -= bytes.len().min(*left);
                read.push(Unpacked { path, outside: leads_outside.then_some(entry.name), bytes });
            }
            Err(why) => skipped.push(Skipped::new(path, why)),
        }
    }
    (read, skipped)
}

/// What the list says of an entry.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: usize,
    unpacked: usize,
    attributes: u32,
    place: usize,
}

impl Entry {
    fn unpack(&self, archive: &[u8], path: &str, left: usize) -> Result<Vec<u8>, Why> {
        if self.attributes >> 16 & FILE_KIND == LINK {
            return Err(Why::Link);
        }
        match wanted(&format!("archive/{path}"), self.unpacked) {
            Wanted::Yes => {}
            Wanted::No(why) => return Err(why),
        }
        if self.flags & ENCRYPTED != 0 {
            return Err(Why::Encrypted);
        }
        if self.unpacked > left {
            return Err(Why::TooMuch);
        }
        let data = self.data(archive).ok_or(Why::Damaged)?;
        let bytes = match self.method {
            STORED => data.to_vec(),
            // What is said of the size is not believed: a bomb says little and unpacks to much.
            DEFLATED => {
                miniz_oxide::inflate::decompress_to_vec_with_limit(data, self.unpacked).map_err(|_| Why::Damaged)?
            }
            _ => return Err(Why::Method),
        };
        if bytes.len() == self.unpacked && crc32(&bytes) == self.checksum { Ok(bytes) } else { Err(Why::Damaged) }
    }

    fn data<'a>(&self, archive: &'a [u8]) -> Option<&'a [u8]> {
        let header = archive.get(self.place..)?;
        if long(header, 0)? != LOCAL_ENTRY {
            return None;
        }
        let start = 30 + usize::from(short(header, 26)?) + usize::from(short(header, 28)?);
        header.get(start..)?.get(..self.packed)
    }
}

/// All entries of the list; one that cannot be read is the last. `None` where there is no list.
fn entries(archive: &[u8]) -> Option<Vec<Option<Entry>>> {
    let last = archive.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(LONGEST_COMMENT);
    let end = (first..=last).rev().find(|at| long(archive, *at) == Some(END))?;
    let count = short(archive, end + 10)?;
    let mut at = usize::try_from(long(archive, end + 16)?).ok()?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let entry = entry(archive, at);
        let Some((entry, next)) = entry else {
            entries.push(None);
            break;
        };
        entries.push(Some(entry));
        at = next;
    }
    Some(entries)
}

/// The entry of the list at an offset, and where the next one stands.
fn entry(archive: &[u8], at: usize) -> Option<(Entry, usize)> {
    let header = archive.get(at..)?;
    if long(header, 0)? != LIST_ENTRY {
        return None;
    }
    let length = |at| short(header, at).map(usize::from);
    let size = |at| long(header, at).and_then(|size| usize::try_from(size).ok());
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let entry = Entry {
        name: String::from_utf8_lossy(header.get(46..46 + name)?).into_owned(),
        flags: short(header, 8)?,
        method: short(header, 10)?,
        checksum: long(header, 16)?,
        packed: size(20)?,
        unpacked: size(24)?,
        attributes: long(header, 38)?,
        place: size(42)?,
    };
    Some((entry, at + 46 + name + extra + comment))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
