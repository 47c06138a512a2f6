//! Go's template language: what of a text must be escaped in it, and how texts stand in its actions.

use std::fmt::Write;

/// The namespace of the release, as a YAML string whatever it looks like.
pub(crate) const RELEASE_NAMESPACE: &str = "{{ .Release.Namespace | quote }}";
/// The same inside a loop.
pub(crate) const RELEASE_NAMESPACE_IN_LOOP: &str = "{{ $.Release.Namespace | quote }}";

/// A text that comes out of a template as it is: only `{{` begins an action.
pub(crate) fn escape(text: &str) -> String {
    text.replace("{{", "{{ \"{{\" }}")
}

/// A text as a string constant inside an action.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            other if other.is_control() || matches!(other, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                // Writing to a String cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_an_action_is_escaped() {
        assert_eq!(escape("a { b }} {{ .Values.x }}"), "a { b }} {{ \"{{\" }} .Values.x }}");
        assert_eq!(escape("{{{"), "{{ \"{{\" }}{");
        assert_eq!(escape("{{{{-"), "{{ \"{{\" }}{{ \"{{\" }}-");
    }

    #[test]
    fn constants_stay_on_their_line() {
        assert_eq!(quoted("a\"b\\c\nd\u{7f}{{ e }}"), "\"a\\\"b\\\\c\\nd\\u007f{{ e }}\"");
    }
}
