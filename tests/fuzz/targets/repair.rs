//! Repairs of any text: they are disjoint edits, any subset of which can be taken, and what is left can be repaired again.
#![no_main]

use akoplan::repair::repair;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = repair(text);
    let mut spans: Vec<_> = found.repairs.iter().flat_map(|repair| &repair.edits).map(|edit| edit.span).collect();
    spans.sort();
    for span in &spans {
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "edits keep characters whole");
    }
    assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "edits are disjoint");
    let _ = found.apply_some(text, |at| at % 2 == 0);
    if found.repairs.is_empty() {
        assert_eq!(found.apply(text), text);
    }
    let repaired = found.apply(text);
    let again = repair(&repaired);
    let _ = again.apply(&repaired);
});
