//! Any link is read or refused, quickly, and what it opens to is harmless and can be linked again.
//!
//! The input is a link; where it is none, it is what is packed into one.
#![no_main]

use akoplan::share::{self, Content, Link};
use libfuzzer_sys::fuzz_target;

/// What must hold for whatever was opened.
fn check(content: &Content) {
    let mut names = std::collections::HashSet::new();
    for file in &content.files {
        assert_eq!(share::clean_name(&file.name), file.name, "harmless");
        assert!(names.insert(&file.name), "apart");
    }
    assert_eq!(share::clean_project(&content.project), content.project);
    let packed = share::pack(content).expect("what was opened fits, names only become shorter or get a number");
    assert_eq!(share::unpack(&packed).as_ref(), Ok(content), "opened, packed and opened again");
}

fuzz_target!(|input: &[u8]| {
    if let Ok(text) = std::str::from_utf8(input) {
        match share::read(text) {
            Ok(Link::Plain(content)) => check(&content),
            Ok(Link::Sealed(envelope)) => {
                let link = envelope.link().expect("a fuzzed link is short");
                assert_eq!(share::read(&link), Ok(Link::Sealed(envelope)));
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    if let Ok(content) = share::unpack(&share::packed(input)) {
        check(&content);
    }
});
