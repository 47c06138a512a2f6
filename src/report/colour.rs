//! Colours of a report on a terminal; without them the text is the same to the letter.

use std::borrow::Cow;

use crate::diagnostic::Severity;

/// Whether a report has colours. Whoever prints decides: only on a terminal, and never with `NO_COLOR`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// Text alone.
    #[default]
    Without,
    /// ANSI escape sequences of the 16 colours, which terminals map to their theme.
    Ansi,
}

impl Colours {
    /// In bold.
    pub(super) fn bold(self, text: &str) -> Cow<'_, str> {
        self.paint("1", text)
    }

    /// The frame around an excerpt: arrows, bars, line numbers.
    pub(super) fn frame(self, text: &str) -> Cow<'_, str> {
        self.paint("1;34", text)
    }

    /// In the colour of a severity.
    pub(super) fn severity(self, severity: Severity, text: &str) -> Cow<'_, str> {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        };
        self.paint(code, text)
    }

    fn paint<'a>(self, code: &str, text: &'a str) -> Cow<'a, str> {
        match self {
            Self::Ansi if !text.is_empty() => Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m")),
            _ => Cow::Borrowed(text),
        }
    }
}
