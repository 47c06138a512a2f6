//! Any text is read, nothing of it is lost, and what is said about it lies inside it.
#![no_main]

use akoplan::analysis::analyse;
use akoplan::rules;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let workspace = Workspace::new(&[SourceFile::new("fuzz.yaml", text)]);
    let file = workspace.file("fuzz.yaml").expect("a file stays, whatever is in it");
    assert_eq!(&*file.source.text, text);
    for document in &file.documents {
        assert!(text.get(document.span.start..document.span.end).is_some());
    }
    for finding in &analyse(&workspace).findings {
        assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?}");
        assert!(rules::find(finding.code).is_some());
    }
});
