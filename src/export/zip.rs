//! A small ZIP writer: deflate or stored, UTF-8 names, the same bytes each time.
//!
//! Format: PKWARE APPNOTE 6.3. The crate `zip` costs four times as much in wasm and does not give the
//! same bytes each time without care.

use crate::pace::{finish, pause};
use crate::text::SourceFile;

/// 1 January 1980, midnight: the format's first moment. A real time would change the bytes.
const DATE: u16 = 1 << 5 | 1;
/// Deflate needs version 2.0 of the format; the high byte says that attributes are Unix'.
const VERSION: u16 = 20;
const MADE_BY_UNIX: u16 = 3 << 8 | VERSION;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// An ordinary file, `rw-r--r--`.
const ATTRIBUTES: u32 = 0o100_644 << 16;
const COMPRESSION_LEVEL: u8 = 8;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Packs files, in their order.
#[must_use]
pub fn zip(files: &[SourceFile]) -> Vec<u8> {
    finish(zipping(files))
}

/// [`zip`] in steps, file by file.
pub async fn zipping(files: &[SourceFile]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for file in files {
        pause().await;
        let offset = length(archive.len());
        let content = file.text.as_bytes();
        let deflated = miniz_oxide::deflate::compress_to_vec(content, COMPRESSION_LEVEL);
        let (method, packed) =
            if deflated.len() < content.len() { (DEFLATED, deflated.as_slice()) } else { (STORED, content) };
        // What the local header and the directory say alike.
        let mut common = Vec::new();
        for field in [VERSION, FLAGS, method, 0, DATE] {
            common.extend(field.to_le_bytes());
        }
        for field in [crc32(content), length(packed.len()), length(content.len())] {
            common.extend(field.to_le_bytes());
        }
        common.extend(short(file.name.len()).to_le_bytes());
        common.extend(0_u16.to_le_bytes());

        archive.extend(0x0403_4b50_u32.to_le_bytes());
        archive.extend(&common);
        archive.extend(file.name.as_bytes());
        archive.extend(packed);

        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(MADE_BY_UNIX.to_le_bytes());
        directory.extend(&common);
        // No comment, first disk, no internal attributes.
        directory.extend([0; 6]);
        directory.extend(ATTRIBUTES.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(file.name.as_bytes());
    }
    let offset = length(archive.len());
    archive.extend(&directory);
    archive.extend(0x0605_4b50_u32.to_le_bytes());
    archive.extend([0; 4]);
    for _ in ["on this disk", "in all"] {
        archive.extend(short(files.len()).to_le_bytes());
    }
    archive.extend(length(directory.len()).to_le_bytes());
    archive.extend(offset.to_le_bytes());
    archive.extend(0_u16.to_le_bytes());
    archive
}

/// Beyond the format's limits an archive would be wrong, but projects are far below 4 GB.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn short(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The checksum of ISO 3309, as ZIP wants it.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| TABLE[usize::from(crc.to_le_bytes()[0] ^ byte)] ^ (crc >> 8))
}

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    let mut start = 0_u32;
    while at < table.len() {
        let mut value = start;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[at] = value;
        at += 1;
        start += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_the_usual_ones() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let files = [SourceFile::new("a/ä.yaml", "a: 1\n".repeat(50)), SourceFile::new("b", "")];
        let packed = zip(&files);
        assert_eq!(packed, zip(&files));
        assert_eq!(packed[..4], *b"PK\x03\x04");
        assert!(packed.len() < 300);
        assert_eq!(zip(&[]).len(), 22);
    }
}
