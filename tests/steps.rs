//! Step by step, reading and analysis give what they give at once: on every scenario, example and rule's page.

use std::fs;
use std::path::Path;

use akoplan::analysis::{analyse, analysing, analysing_in_pieces};
use akoplan::examples;
use akoplan::pace::{Progress, Steps, finish};
use akoplan::rules;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

/// Every conformance scenario, both examples, and all that the rules' pages show, in one project.
fn projects() -> Vec<Vec<SourceFile>> {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/scenarios");
    let mut folders: Vec<_> = fs::read_dir(scenarios).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let names = ["akoplan.yaml", "values.yaml", "manifests-old.yaml", "manifests.yaml"];
    let file = |folder: &Path, name| Some(SourceFile::new(name, fs::read_to_string(folder.join(name)).ok()?));
    let mut all: Vec<Vec<SourceFile>> =
        folders.iter().map(|folder| names.iter().filter_map(|name| file(folder, *name)).collect()).collect();
    let shown = rules::ALL.iter().flat_map(|rule| {
        let texts = rule.examples("Example").into_iter().chain(rule.examples("Use instead")).enumerate();
        texts.map(|(at, text)| SourceFile::new(format!("{}-{at}.yaml", rule.code), text)).collect::<Vec<_>>()
    });
    all.extend([examples::clean(), examples::mistakes(), shown.collect(), Vec::new()]);
    all
}

#[test]
fn in_pieces_the_answer_is_the_same() {
    let mut count = 0;
    for files in projects() {
        let workspace = Workspace::new(&files);
        let at_once = finish(analysing_in_pieces(workspace.clone(), Progress::default(), usize::MAX));
        for piece in [1, 3] {
            let pieces = finish(analysing_in_pieces(workspace.clone(), Progress::default(), piece));
            assert_eq!(format!("{pieces:?}"), format!("{at_once:?}"), "{files:?}");
        }
        count += at_once.findings.len();
    }
    assert!(count > 500, "the comparison says something: {count} findings");
}

#[test]
fn step_by_step_reading_and_analysis_give_what_they_give_at_once() {
    for files in projects() {
        let (progress, read) = (Progress::default(), Workspace::new(&files));
        let mut steps = Steps::new(Workspace::default().reading(files.clone(), progress.clone()));
        let workspace = std::iter::from_fn(|| Some(steps.step())).flatten().next().unwrap();
        assert_eq!(format!("{workspace:?}").len(), format!("{read:?}").len());
        assert_eq!(workspace.objects().len(), read.objects().len());
        let mut steps = Steps::new(analysing(workspace.clone(), progress.clone()));
        let analysis = std::iter::from_fn(|| Some(steps.step())).flatten().next().unwrap();
        assert_eq!(format!("{analysis:?}"), format!("{:?}", analyse(&read)));
        let measure = progress.measure();
        assert_eq!((measure.read, measure.checked), (measure.documents, rules::ALL.len()));
    }
}
