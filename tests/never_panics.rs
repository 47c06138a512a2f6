//! Arbitrary text and mutilated examples: everything that can be done with them can be done.

#[path = "support/exercise.rs"]
mod exercise;

use akoplan::examples;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use exercise::exercise;
use proptest::prelude::*;

/// Pieces that break YAML, or mean something in it.
#[rustfmt::skip]
const NASTY: [&str; 32] = [
    "\t", "\r\n", "\r", "---\n", "...\n", "- ", "? ", ": ", "#", "{", "}", "[", "]", "'", "\"", "|\n", ">-\n",
    "&a ", "*a", "<<: *a\n", "!!str ", "{{ .Values.x }}", "\u{feff}", "\u{201d}", "\0", "null", "~", "1e999",
    "kind: List\nitems:\n", "  ", "\u{85}", "é",
];

#[derive(Clone, Debug)]
enum Mutation {
    /// Takes bytes out, as far as they are there.
    Cut(usize, usize),
    /// Puts a nasty piece in.
    Put(usize, usize),
    /// Repeats a line elsewhere.
    Copy(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = 0..4000_usize;
    prop_oneof![
        (place.clone(), 0..40_usize).prop_map(|(at, length)| Mutation::Cut(at, length)),
        (place.clone(), 0..NASTY.len()).prop_map(|(at, piece)| Mutation::Put(at, piece)),
        (place.clone(), place).prop_map(|(from, to)| Mutation::Copy(from, to)),
    ]
}

/// The nearest place at or before an offset where a text can be cut.
fn boundary(text: &str, offset: usize) -> usize {
    let wrapped = offset % (text.len() + 1);
    (0..=wrapped).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn mutate(text: &mut String, mutation: &Mutation) {
    match *mutation {
        Mutation::Cut(at, length) => {
            let start = boundary(text, at);
            let end = (start..=(start + length).min(text.len())).rev().find(|end| text.is_char_boundary(*end));
            text.replace_range(start..end.unwrap_or(start), "");
        }
        Mutation::Put(at, piece) => text.insert_str(boundary(text, at), NASTY[piece]),
        Mutation::Copy(from, to) => {
            let line = text[boundary(text, from)..].lines().next().unwrap_or_default().to_owned();
            let to = boundary(text, to);
            text.insert_str(to, &(line + "\n"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text(text in "\\PC{0,200}|[ \\n\\t:{}\\[\\],&*#?|>'\"a-c0-9-]{0,200}") {
        exercise(&Workspace::new(&[SourceFile::new("a.yaml", text)]), None);
    }

    #[test]
    fn mutilated_examples(
        mistakes in any::<bool>(),
        file in 0..12_usize,
        mutations in prop::collection::vec(mutation(), 1..6),
    ) {
        let mut files = if mistakes { examples::mistakes() } else { examples::clean() };
        let at = file % files.len();
        let mut text = files[at].text.to_string();
        for mutation in &mutations {
            mutate(&mut text, mutation);
        }
        files[at].text = text.into();
        exercise(&Workspace::new(&files), Some(&files[at].name));
    }
}
