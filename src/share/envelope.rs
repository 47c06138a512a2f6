//! What stands around a sealed link: how the key is made of the passphrase, and what the cipher needs.
//!
//! The page does the cryptography by `WebCrypto`: the key is PBKDF2-HMAC-SHA-256 of the passphrase in
//! UTF-8 (NFC) with salt and rounds, 256 bits; the cipher is AES-GCM with a tag of 128 bits, and the
//! header as additional data, so that none of it can be changed unseen.
//!
//! ```text
//! byte 0       4        20      32
//!      rounds  salt     iv      sealed bytes and tag
//! ```

use super::{Refusal, SEALED, Unreadable, written};

/// Rounds for new links: the number OWASP's Password Storage Cheat Sheet has for PBKDF2-HMAC-SHA-256.
pub const ROUNDS: u32 = 600_000;
/// More would only make the reader's machine busy: some seconds.
const MOST_ROUNDS: u32 = 5_000_000;
/// Bytes of the salt.
pub const SALT_LENGTH: usize = 16;
/// Bytes of the initialisation vector, as AES-GCM wants it.
pub const IV_LENGTH: usize = 12;
/// Bytes of the tag behind what is sealed.
const TAG_LENGTH: usize = 16;
const HEADER_LENGTH: usize = 4 + SALT_LENGTH + IV_LENGTH;

/// A sealed link, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Rounds of the key derivation.
    pub rounds: u32,
    /// Salt of the key derivation.
    pub salt: [u8; SALT_LENGTH],
    /// Initialisation vector of the cipher.
    pub iv: [u8; IV_LENGTH],
    /// What the cipher gave, its tag last.
    pub sealed: Vec<u8>,
}

impl Envelope {
    /// An envelope for a new link, empty yet; salt and vector have to be fresh random bytes.
    #[must_use]
    pub const fn new(salt: [u8; SALT_LENGTH], iv: [u8; IV_LENGTH]) -> Self {
        Self { rounds: ROUNDS, salt, iv, sealed: Vec::new() }
    }

    /// The additional data of the cipher.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        [self.rounds.to_be_bytes().as_slice(), &self.salt, &self.iv].concat()
    }

    /// Makes the part of a link after `#/share/`.
    ///
    /// # Errors
    /// If it is too long.
    pub fn link(&self) -> Result<String, Refusal> {
        written(SEALED, &[self.header().as_slice(), &self.sealed].concat())
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (header, sealed) = bytes.split_at_checked(HEADER_LENGTH).ok_or(Unreadable::Damaged)?;
        let (rounds, rest) = header.split_first_chunk().ok_or(Unreadable::Damaged)?;
        let (salt, rest) = rest.split_first_chunk().ok_or(Unreadable::Damaged)?;
        let iv = rest.first_chunk().ok_or(Unreadable::Damaged)?;
        let rounds = u32::from_be_bytes(*rounds);
        match rounds {
            // Whoever sealed so weakly cannot have used akoplan; and zero is no number for the browser.
            ..ROUNDS => return Err(Unreadable::Hostile("its key has too few rounds")),
            ROUNDS..=MOST_ROUNDS => {}
            _ => return Err(Unreadable::Hostile("its key would keep this browser busy for long")),
        }
        if sealed.len() < TAG_LENGTH {
            return Err(Unreadable::Damaged);
        }
        Ok(Self { rounds, salt: *salt, iv: *iv, sealed: sealed.to_vec() })
    }
}
