//! Texts that look like something else, and where Kubernetes takes them.

use super::dice::Dice;

/// What no string field may lose or change: other types in YAML 1.1 or 1.2, syntax of YAML and of Go's templates,
/// blanks, line breaks, characters that nobody sees. (U+007F and U+0085 are not here: kustomize 5.7.1 writes them bare
/// and then refuses them.)
const ODD: [&str; 90] = [
    "0123",
    "08",
    "1e3",
    "1.10",
    "1_000",
    "0x1F",
    "0o17",
    "0b1",
    "+1",
    "-0",
    "1.",
    ".5",
    ".inf",
    "-.INF",
    ".nan",
    "on",
    "off",
    "On",
    "yes",
    "NO",
    "y",
    "N",
    "true",
    "False",
    "null",
    "Null",
    "~",
    "",
    "12:30",
    "12:30:45",
    "190:20:30.15",
    "2024-01-01",
    "2001-12-14t21:59:43.10-05:00",
    "00:1b:44:11:3a:b7",
    "=",
    "<<",
    "*",
    "*.my-domain.com",
    "&a",
    "!tag",
    "!!str x",
    "%x",
    "@at",
    "`tick`",
    "|",
    ">-",
    "?",
    "-",
    "---",
    "...",
    "{{ .Values.x }}",
    "{{",
    "}}",
    "{{- \"a\" -}}",
    "{{/* a */}}",
    "{{ `a` }}",
    "`}}`",
    "{{\"{{\"}}",
    "${x}",
    "$(X)",
    "%s",
    " lead",
    "trail ",
    "  ",
    "\ttab",
    "a\tb",
    "a: b",
    "a:",
    "a #b",
    "# c",
    "- a",
    "? a",
    "[a",
    "{a: b}",
    "a, b",
    "'",
    "\"",
    "it's",
    "\\n",
    "\\",
    "two\nlines",
    "block\n\nof\n lines\n",
    " odd\n lead",
    "end\n\n",
    "\n",
    "a\r\nb",
    "emoji 😀",
    "👩\u{200d}👧 é",
    "\u{feff}mark",
    "a\u{2028}b\u{7}c",
];

/// The same within what a label's value takes.
const ODD_LABELS: [&str; 20] = [
    "0123",
    "08",
    "1e3",
    "1.10",
    "1_000",
    "0x1F",
    "0b1",
    "on",
    "off",
    "yes",
    "NO",
    "y",
    "N",
    "true",
    "False",
    "null",
    "Null",
    "2024-01-01",
    "",
    "web",
];

/// The same within what an object's name takes.
const ODD_NAMES: [&str; 16] = [
    "0123",
    "08",
    "1e3",
    "123",
    "0x1f",
    "on",
    "off",
    "yes",
    "no",
    "y",
    "n",
    "true",
    "false",
    "null",
    "2024-01-01",
    "0b1",
];

/// A text for a place that takes all of them; the long ones are as long as a name may be.
pub fn any(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => "x".repeat(253),
        1 => "é😀 ".repeat(63).trim_end().to_owned(),
        2 => "words that go on ".repeat(15).trim_end().to_owned(),
        _ => (*dice.of(&ODD)).to_owned(),
    }
}

pub fn label(dice: &mut Dice) -> String {
    if dice.once_in(20) { "z".repeat(63) } else { (*dice.of(&ODD_LABELS)).to_owned() }
}

/// A name, odd or made of a word and a number.
pub fn name(dice: &mut Dice, word: &str, at: usize) -> String {
    if dice.once_in(4) { (*dice.of(&ODD_NAMES)).to_owned() } else { format!("{word}-{at}") }
}

/// Different names.
pub fn names(dice: &mut Dice, least: u32, most: u32, word: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for at in 0..dice.between(least, most) as usize {
        let name = name(dice, word, at);
        names.push(if names.contains(&name) { format!("{word}-{at}") } else { name });
    }
    names
}
