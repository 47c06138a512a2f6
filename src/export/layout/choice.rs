//! What was chosen of the ways out, as a short text that a browser can keep.

use std::fmt;

use super::Layout;

/// A layout with its options.
///
/// As text the layout's name and the options that are on, with blanks between: `manifests without-server-fields`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// How the files are laid out.
    pub layout: Layout,
    /// Whether what the API server wrote is left out: `status`, `managedFields`, `uid` and the like.
    pub without_server_fields: bool,
    /// Whether a link that brings the project back goes along, where the layout has a place for it.
    pub with_link: bool,
    /// Whether the kit is for a cluster that runs with what was imported last; only the page knows an import.
    pub since_import: bool,
}

const WITHOUT_SERVER_FIELDS: &str = "without-server-fields";
const WITH_LINK: &str = "with-link";
const SINCE_IMPORT: &str = "since-import";

impl Choice {
    /// A layout without options.
    #[must_use]
    pub const fn of(layout: Layout) -> Self {
        Self { layout, without_server_fields: false, with_link: false, since_import: false }
    }

    /// Reads a text that some version of akoplan kept: what is not known any more or not yet is as by default.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut words = text.split_ascii_whitespace().take(8);
        let mut choice = Self::of(words.next().and_then(Layout::of).unwrap_or_default());
        for word in words {
            choice.without_server_fields |= word == WITHOUT_SERVER_FIELDS;
            choice.with_link |= word == WITH_LINK;
            choice.since_import |= word == SINCE_IMPORT;
        }
        choice
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.layout.about().id)?;
        let options = [
            (self.without_server_fields, WITHOUT_SERVER_FIELDS),
            (self.with_link, WITH_LINK),
            (self.since_import, SINCE_IMPORT),
        ];
        for (_, word) in options.into_iter().filter(|(is_on, _)| *is_on) {
            write!(f, " {word}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_again() {
        for layout in Layout::ALL {
            for options in 0..8 {
                let is_on = |option: u8| options & option != 0;
                let choice =
                    Choice { layout, without_server_fields: is_on(1), with_link: is_on(2), since_import: is_on(4) };
                assert_eq!(Choice::parse(&choice.to_string()), choice);
            }
        }
    }

    #[test]
    fn what_nobody_knows_is_as_by_default() {
        let long = "x ".repeat(100_000);
        for hostile in ["", " ", "<script>", "__proto__", "manifestsfiles", "\0", "constructor files", long.as_str()] {
            assert_eq!(Choice::parse(hostile), Choice::default(), "{hostile:.20}");
        }
        assert_eq!(Choice::parse("files later-option"), Choice::of(Layout::Files));
    }
}
