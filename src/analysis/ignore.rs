//! The annotation `akoplan/ignore: "AKP501 reason…"`: codes first, then words.

/// What an annotation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreNote<'a> {
    /// Codes, as written.
    pub codes: Vec<&'a str>,
    /// The reason; empty where none is given.
    pub reason: &'a str,
}

impl<'a> IgnoreNote<'a> {
    /// Reads an annotation's value; never fails.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let is_separator = |character: char| character.is_whitespace() || matches!(character, ',' | ':');
        let mut rest = text.trim();
        let mut codes = Vec::new();
        while rest.starts_with("AKP") {
            let (code, after) = rest.split_once(is_separator).unwrap_or((rest, ""));
            codes.push(code);
            rest = after.trim_start_matches(is_separator);
        }
        Self { codes, reason: rest }
    }

    /// Whether findings of a code are ignored.
    #[must_use]
    pub fn is_about(&self, code: &str) -> bool {
        self.codes.contains(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_first() {
        let read = |text| {
            let IgnoreNote { codes, reason } = IgnoreNote::read(text);
            (codes.join(" "), reason)
        };
        assert_eq!(read("AKP501 moved in March"), ("AKP501".to_owned(), "moved in March"));
        assert_eq!(read(" AKP501, AKP502: both: on purpose "), ("AKP501 AKP502".to_owned(), "both: on purpose"));
        assert_eq!(read("AKP501"), ("AKP501".to_owned(), ""));
        assert_eq!(read("because"), (String::new(), "because"));
        assert_eq!(read(""), (String::new(), ""));
    }
}
