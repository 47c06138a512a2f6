//! Tests of links: every byte comes back, and nothing hostile gets in.

use proptest::prelude::*;

use super::*;
use crate::examples;

fn content(files: &[(&str, &str)]) -> Content {
    let files = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    Content { project: "tkg-wkld".to_owned(), files }
}

/// A plain link around any unpacked bytes.
fn link_around(bytes: &[u8]) -> String {
    format!("1.{}", base64url::encode(&compress_to_vec_zlib(bytes, 9)))
}

fn opened(text: &str) -> Content {
    match read(text).unwrap() {
        Link::Plain(content) => content,
        Link::Sealed(_) => panic!("sealed"),
    }
}

#[test]
fn every_byte_comes_back() {
    for content in [
        content(&[]),
        content(&[("empty.yaml", ""), ("a/ö.yaml", "\u{feff}a: 1\r\n\tb: \"\\u0000\0\"\r💥\u{2028}")]),
        Content { project: String::new(), files: examples::clean() },
        Content { project: "with mistakes".to_owned(), files: examples::mistakes() },
    ] {
        assert_eq!(opened(&link(&content).unwrap()), content);
    }
}

#[test]
fn the_examples_fit_into_a_chat_message() {
    let length = link(&Content { project: String::new(), files: examples::clean() }).unwrap().len();
    assert!(length < 4_000, "{length}");
}

#[test]
fn what_is_too_much_is_refused() {
    // Text that does not compress.
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + (state >> 24) as u8 % 90)
    };
    let long: String = (0..40_000).map(|_| noise()).collect();
    let refusal = link(&content(&[("a.yaml", &long)])).unwrap_err();
    assert!(matches!(refusal, Refusal::TooLong(length) if length > MOST_CHARACTERS), "{refusal}");
    let large = "a".repeat(MOST_BYTES);
    assert!(matches!(link(&content(&[("a.yaml", &large)])), Err(Refusal::TooLarge(_))));
    assert_eq!(link(&content(&vec![("a.yaml", ""); MOST_FILES + 1])), Err(Refusal::TooManyFiles(MOST_FILES + 1)));
}

#[test]
fn bombs_do_not_go_off() {
    let bomb = link_around(&vec![b'0'; MOST_BYTES + 1]);
    assert!(bomb.len() < 10_000);
    assert_eq!(read(&bomb), Err(Unreadable::TooLarge));
    let files = link_around(&b"0:".repeat(2 * MOST_FILES + 3));
    assert_eq!(read(&files), Err(Unreadable::TooLarge));
    assert_eq!(read(&"a".repeat(MOST_READ + 1)), Err(Unreadable::TooLarge));
    let digits = link_around(&b"1".repeat(1_000_000));
    assert_eq!(read(&digits), Err(Unreadable::Damaged));
    let longer = link_around(b"0:99999999999999999999:a");
    assert_eq!(read(&longer), Err(Unreadable::Damaged));
}

#[test]
fn names_from_outside_are_harmless() {
    let mut bytes = Vec::new();
    for text in ["\u{7}<b>\ntkg-wkld\0 ", "../../a\\b", "a: 1 # stay", "a/b\u{1}", "b: "] {
        put(&mut bytes, text);
    }
    let content = opened(&link_around(&bytes));
    assert_eq!(content.project, "<b> tkg-wkld");
    let files: Vec<(&str, &str)> = content.files.iter().map(|file| (file.name.as_str(), &*file.text)).collect();
    assert_eq!(files, [("a/b", "a: 1 # stay"), ("a/b-", "b: ")]);
}

#[test]
fn damage_is_told_apart_from_what_is_newer_or_something_else() {
    let whole = link(&content(&[("a.yaml", "kind: Service\n")])).unwrap();
    for end in 3..whole.len() - 1 {
        assert_eq!(read(&whole[..end]), Err(Unreadable::Damaged), "cut at {end}");
    }
    let changed: String = whole.chars().enumerate().map(|(at, it)| if at == 20 { '_' } else { it }).collect();
    assert_eq!(read(&changed), Err(Unreadable::Damaged));
    assert_eq!(read("2.abc"), Err(Unreadable::Newer("2".to_owned())));
    assert_eq!(read("3q.abc"), Err(Unreadable::Newer("3q".to_owned())));
    for text in ["", "x", "segments", "<script>.x", ".x", "1.", "1234567.x"] {
        assert!(matches!(read(text), Err(Unreadable::NoLink | Unreadable::Damaged)), "{text}");
    }
    assert_eq!(read(&link_around(b"3:\xFF\xFF\xFF")), Err(Unreadable::Damaged), "no UTF-8");
}

#[test]
fn an_envelope_comes_back_and_its_numbers_are_bounded() {
    let mut envelope = Envelope::new([7; SALT_LENGTH], [9; IV_LENGTH]);
    envelope.sealed = vec![1; 40];
    let text = envelope.link().unwrap();
    assert_eq!(read(&text), Ok(Link::Sealed(envelope.clone())));
    for rounds in [0, 1, ROUNDS - 1, 5_000_001, u32::MAX] {
        let hostile = Envelope { rounds, ..envelope.clone() };
        assert!(matches!(read(&hostile.link().unwrap()), Err(Unreadable::Hostile(_))), "{rounds}");
    }
    let short = Envelope { sealed: vec![1; 15], ..envelope };
    assert_eq!(read(&short.link().unwrap()), Err(Unreadable::Damaged));
}

proptest! {
    #[test]
    fn any_project_comes_back(
        project in "[a-zà-ÿ0-9-]{0,20}",
        files in prop::collection::vec(("[a-z]{1,8}(/[a-zà-ÿ0-9]{1,8}){0,2}", "(?s).{0,200}"), 0..8),
    ) {
        let mut files: Vec<SourceFile> = files.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
        names::clean_all(&mut files);
        let content = Content { project, files };
        prop_assert_eq!(opened(&link(&content).unwrap()), content);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(1|1p|2)?\\.?[A-Za-z0-9_-]{0,200}|(?s).{0,100}") {
        let _ = read(&text);
    }

    #[test]
    fn any_packed_bytes_give_harmless_names(bytes in "([0-9]{1,2}:(?s).{0,20}){0,6}") {
        if let Ok(Link::Plain(content)) = read(&link_around(bytes.as_bytes())) {
            for file in &content.files {
                prop_assert_eq!(clean_name(&file.name), file.name.clone());
            }
        }
    }
}
