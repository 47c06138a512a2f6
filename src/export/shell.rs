//! Words and names in commands that people paste into a POSIX shell, and in the page around them.

/// A word of a command, quoted where the shell would read it otherwise.
#[must_use]
pub(super) fn word(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_./:=@%+,-".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    quoted(text)
}

/// A text in single quotes.
#[must_use]
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Whether a name is one that Kubernetes takes: only then a command can ask for it.
#[must_use]
pub(super) fn is_name(text: &str) -> bool {
    let is_usual = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"-.".contains(&letter);
    !text.is_empty() && text.len() <= 253 && !text.starts_with('-') && text.bytes().all(is_usual)
}

/// A sentence in one line of a Markdown page: names in backticks stay, and nothing else is read as markup.
#[must_use]
pub(super) fn prose(text: &str) -> String {
    let line: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    let parts = line.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 0 { part.replace('<', "&lt;") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}

/// A name as code in a line of a Markdown page.
#[must_use]
pub(super) fn code(text: &str) -> String {
    let line = text.chars().map(|character| if character.is_control() { ' ' } else { character });
    format!("`{}`", line.collect::<String>().replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_shell_would_read_is_quoted() {
        assert_eq!(word("platform/10-a.yaml"), "platform/10-a.yaml");
        assert_eq!(word("platform/10-*.yaml"), "'platform/10-*.yaml'");
        assert_eq!(word("a'; rm b"), "'a'\\''; rm b'");
        assert_eq!(word(""), "''");
    }

    #[test]
    fn a_page_has_no_markup_of_others() {
        assert_eq!(prose("no `<b>` is\ncalled <script>"), "no `<b>` is called &lt;script>");
        assert_eq!(code("a`b"), "`a'b`");
    }

    #[test]
    fn only_names_of_kubernetes_are_asked_for() {
        assert!(is_name("app-gateway-admin-0") && is_name("a.b"));
        assert!(!is_name("") && !is_name("-n") && !is_name("A b") && !is_name("a\nb"));
    }
}
