//! What a field shows while one types, when the page answers later than the next letter comes.

use std::collections::VecDeque;

/// Texts typed into a field and not yet seen back in its value.
///
/// The page shows a field's value from its state. When computing takes longer than the pause
/// between two letters, a value that is older than the text in the field arrives; shown, it would
/// take letters away. So what was typed stays until the value is neither of the typed texts nor
/// the one before them: then somebody else changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    seen: String,
    pending: VecDeque<String>,
}

impl Typing {
    /// Takes note of the text that now stands in the field.
    pub fn typed(&mut self, text: &str) {
        if self.pending.back().is_none_or(|last| last != text) {
            self.pending.push_back(text.to_owned());
        }
    }

    /// The text to show when the state says `value`.
    pub fn shown<'t>(&'t mut self, value: &'t str) -> &'t str {
        if let Some(answered) = self.pending.iter().rposition(|text| text == value) {
            self.pending.drain(..=answered);
        } else if value != self.seen {
            self.pending.clear();
        }
        if value != self.seen {
            value.clone_into(&mut self.seen);
        }
        self.pending.back().map_or(value, String::as_str)
    }

    /// The field was left or answered to: from now on it shows what the state says.
    pub fn forget(&mut self) {
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typing(texts: &[&str]) -> Typing {
        let mut typing = Typing::default();
        for text in texts {
            typing.typed(text);
        }
        typing
    }

    #[test]
    fn late_answers_take_no_letters_away() {
        let mut typing = typing(&["o", "oa", "oam"]);
        assert_eq!(typing.shown(""), "oam");
        assert_eq!(typing.shown("o"), "oam");
        typing.typed("oamx");
        assert_eq!(typing.shown("o"), "oamx");
        assert_eq!(typing.shown("oam"), "oamx");
        assert_eq!(typing.shown("oamx"), "oamx");
        assert_eq!(typing, Typing { seen: "oamx".to_owned(), pending: VecDeque::new() });
    }

    #[test]
    fn a_letter_taken_back_is_one_of_the_typed() {
        let mut typing = typing(&["o", "oa", "o"]);
        assert_eq!(typing.shown("o"), "o");
        assert_eq!(typing.shown("oa"), "oa");
    }

    #[test]
    fn a_change_from_elsewhere_is_shown() {
        let mut typing = typing(&["o", "oa"]);
        assert_eq!(typing.shown("o"), "oa");
        assert_eq!(typing.shown("undone"), "undone");
        assert_eq!(typing.shown("o"), "o");
    }

    #[test]
    fn what_nobody_took_goes_when_the_field_is_left() {
        let mut typing = typing(&["12x"]);
        assert_eq!(typing.shown(""), "12x");
        typing.forget();
        assert_eq!(typing.shown(""), "");
    }
}
