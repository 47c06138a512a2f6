//! Does with a workspace what the page and the command line do, for tests with odd input.

use akoplan::ako::{predict_change, predict_fully};
use akoplan::analysis::{Analysis, analyse};
use akoplan::avi_side;
use akoplan::check::{Checked, FailOn};
use akoplan::command::Command;
use akoplan::edit::Value;
use akoplan::export::helm::charts;
use akoplan::export::{bundle, single, snippets, zip};
use akoplan::expose::{self, Way, Wish};
use akoplan::model::Kind;
use akoplan::report;
use akoplan::segment::{self, Draft};
use akoplan::workspace::Workspace;

/// Does everything with a workspace that the page and the command line do; of changes, those of one
/// file's objects if it is named: each change is proven by reading the text again.
pub fn exercise(workspace: &Workspace, only: Option<&str>) -> Analysis {
    let analysis = analyse(workspace);
    for finding in &analysis.findings {
        let file = workspace.file(&finding.file).expect("findings name files that are there");
        assert!(file.source.text.get(finding.span.start..finding.span.end).is_some(), "{finding:?}");
        assert!(!finding.message.is_empty(), "{finding:?}");
        for fix in &finding.fixes {
            let _ = fix.command.apply(workspace);
        }
    }
    let checked = Checked::new(workspace, &analysis);
    let _ = report::check_text(workspace, &checked, report::Colours::Ansi);
    let _ = report::check_json(workspace, &checked);
    let _ = report::check_sarif(workspace, &checked);
    let _ = report::check_github(workspace, &checked);
    let _ = report::check_junit(workspace, &checked, FailOn::Warning);
    let nothing = Workspace::default();
    let changes = [predict_change(&nothing, workspace), predict_change(workspace, &nothing)];
    for prediction in [predict_fully(workspace)].iter().chain(&changes) {
        let _ = report::predict_text(prediction);
        let _ = report::predict_json(prediction);
    }
    let made = bundle(workspace, &analysis);
    for file in &made.files {
        assert!(file.name.split('/').all(|part| !part.is_empty() && part != ".."), "{}", file.name);
    }
    let _ = zip(&made.files);
    let _ = single(workspace);
    let snippets = snippets::files(&snippets::snippets(workspace, &analysis));
    for file in charts(workspace, &analysis).files.iter().chain(&snippets) {
        assert!(file.name.split('/').all(|part| !part.is_empty() && part != ".."), "{}", file.name);
    }
    run_commands(workspace, only);
    analysis
}

fn run_commands(workspace: &Workspace, only: Option<&str>) {
    let run = |command: Command| {
        let _ = command.edits(workspace);
    };
    let objects = workspace.objects().iter();
    for object in objects.filter(|object| only.is_none_or(|only| *object.address.file == *only)) {
        let at = &object.address;
        run(Command::set(at, "metadata.name", Value::from("new")));
        run(Command::set(at, "spec.a[0].b", Value::from(1)));
        run(Command::remove(at, "metadata.name"));
        run(Command::insert(at, "spec.ports", 0, Value::from("x")));
        run(Command::Move { at: at.clone(), path: "spec.ports".into(), from: 0, to: 1 });
        run(Command::RemoveObject { at: at.clone() });
        run(expose::add_listener(workspace, at, &expose::Listener::new("TCP", 80)));
        let wish = Wish {
            namespace: object.namespace().to_owned(),
            service: object.name().to_owned(),
            setting: "aviinfrasetting-oam".to_owned(),
            ..Wish::default()
        };
        let _ = expose::options(workspace, &wish);
        let gateway = Way::Gateway { namespace: wish.namespace.clone(), name: "gw".to_owned() };
        for way in [gateway, Way::LoadBalancer, Way::SharedVip { key: "k".to_owned() }, Way::Ingress] {
            run(expose::apply(workspace, &wish, &way));
            let _ = expose::snippet(workspace, &wish, &way);
        }
        run(avi_side::set_intent(workspace, Kind::Service, object.namespace(), object.name(), "oam"));
    }
    let _ = segment::list(workspace);
    run(segment::create(workspace, &Draft { segment: "oam".to_owned(), ..Draft::default() }));
    run(avi_side::add_se_group(workspace, "group"));
    run(avi_side::add_network(workspace, "network", "", &[]));
    run(avi_side::set(workspace, &["akoVersion"], Value::from("2.2.1")));
}
