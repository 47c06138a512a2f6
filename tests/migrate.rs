//! Migrations over every scenario: what the report says of landings is what the prediction says, nothing but
//! what is concerned changes, and there and back leads to where it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use akoplan::ako::{Outcome, Prediction, predict};
use akoplan::history::History;
use akoplan::migrate::{Answers, LandingState, Migration, Offer, Plan, offers, plan};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

fn root(folder: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// All scenarios, seen and reasoned, and the two examples.
fn projects() -> Vec<(String, Workspace)> {
    let mut projects = Vec::new();
    let entries = |folder: &str| {
        let mut paths: Vec<_> = fs::read_dir(root(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    for path in entries("tests/conformance/scenarios") {
        let read = |name: &str| SourceFile::new(name, fs::read_to_string(path.join(name)).unwrap());
        let files = ["akoplan.yaml", "values.yaml", "manifests.yaml"].map(read);
        projects.push((path.file_name().unwrap().to_string_lossy().into_owned(), Workspace::new(&files)));
    }
    for path in entries("tests/scenarios") {
        let text = fs::read_to_string(&path).unwrap();
        let parts = text.split("=== ").skip(1).filter_map(|part| part.split_once('\n'));
        let files: Vec<SourceFile> =
            parts.filter(|(name, _)| *name != "expect").map(|(name, body)| SourceFile::new(name, body)).collect();
        projects.push((path.file_stem().unwrap().to_string_lossy().into_owned(), Workspace::new(&files)));
    }
    projects.push(("clean".to_owned(), Workspace::new(&akoplan::examples::clean())));
    projects.push(("mistakes".to_owned(), Workspace::new(&akoplan::examples::mistakes())));
    assert!(projects.len() > 300, "{} projects", projects.len());
    projects
}

/// Plans with an answer to every question: the default, else the first that does not say no.
fn answered(workspace: &Workspace, offer: &Offer) -> Plan {
    let mut answers = Answers::new();
    for _ in 0..4 {
        let plan = plan(workspace, offer, &answers);
        let open: Vec<_> = plan.open().cloned().collect();
        if open.is_empty() || !plan.obstacles.is_empty() {
            return plan;
        }
        for decision in open {
            let yes = decision.choices.iter().find(|(value, _)| value != "no").expect("a choice");
            answers.insert(decision.key.to_owned(), yes.0.clone());
        }
    }
    plan(workspace, offer, &answers)
}

/// Network, SE group and tenant of everything that lands; hosts without their object's kind, which changes.
fn places(prediction: &Prediction) -> BTreeMap<String, String> {
    let lands = prediction.landings.iter().filter_map(|landing| match &landing.outcome {
        Outcome::Lands(target) => {
            let subject = &landing.subject;
            let what = subject
                .host
                .clone()
                .map_or_else(|| subject.to_string(), |host| format!("{} {host}", subject.namespace));
            let tenant = target.virtual_service.split('/').next().unwrap_or_default().to_owned();
            Some((what, format!("{:?} {:?} {tenant}", target.networks, target.se_group)))
        }
        Outcome::NotServed { .. } | Outcome::DependsOnValues { .. } | Outcome::NotForAko { .. } => None,
    });
    lands.collect()
}

/// Whether a report owns up to something.
fn tells(plan: &Plan, what: &str) -> bool {
    let is_it = |subject: &str| match what.split_once(' ') {
        Some((namespace, host)) if !namespace.contains('/') => {
            subject.starts_with(&format!("{namespace}/")) && subject.ends_with(&format!(" {host}"))
        }
        _ => subject == what,
    };
    plan.lost.iter().any(|loss| is_it(&loss.about))
        || plan.landings.iter().any(|it| is_it(&it.subject) && it.state == LandingState::Mended)
}

/// The prediction for both states, asked apart from the report.
fn check_landings(at: &str, before: &Workspace, after: &Workspace, plan: &Plan) {
    assert_eq!(after.sources(), plan.after.sources(), "{at}");
    let (old, new) = (predict(before), predict(after));
    assert!(new.crash.is_none() || old.crash.is_some(), "{at} makes AKO crash");
    let (old, new) = (places(&old), places(&new));
    for (what, place) in &old {
        let stays = new.get(what) == Some(place);
        assert!(stays || tells(plan, what), "{at}: {what} goes from {place} to {:?} without a word", new.get(what));
    }
}

/// Losing a network, an SE group or the service itself is never what happens without an answer.
fn check_defaults(at: &str, before: &Workspace, offer: &Offer) {
    let plan = plan(before, offer, &Answers::new());
    let worst = plan.landings.iter().find(|it| matches!(it.state, LandingState::Moves | LandingState::Lost));
    if let (Some(worst), Some(_)) = (worst, &plan.command) {
        panic!("{at}: {} {}", worst.subject, worst.state.word());
    }
}

/// Documents that are not concerned keep every byte.
fn check_bytes(at: &str, before: &Workspace, after: &Workspace, offer: &Offer) {
    let concerned: BTreeSet<&str> = offer.objects.iter().map(String::as_str).collect();
    let may_change = |name: &str, index: usize| {
        let inside = before.objects().iter();
        let mut inside = inside.filter(|object| *object.address.file == *name && object.address.document == index);
        inside.any(|object| {
            concerned.contains(before.key(object).as_str())
                || matches!(object.identity.kind.as_str(), "AkoplanSettings" | "Namespace" | "")
        })
    };
    for file in before.files() {
        let name = &file.source.name;
        for (_, document) in file.documents.iter().enumerate().filter(|(index, _)| !may_change(name, *index)) {
            let text = document.span.slice(&file.source.text).trim_start_matches("---\n").trim_end();
            let is_kept = after.file(name).is_some_and(|file| file.source.text.contains(text));
            assert!(is_kept, "{at} changes {text}");
        }
    }
}

/// One undo takes it back.
fn check_undo(at: &str, before: &Workspace, plan: &Plan) {
    let Some(command) = &plan.command else { return };
    let mut history = History::new(before.clone());
    history.edit("migrate", None, command).unwrap();
    assert_ne!(history.workspace().sources(), before.sources(), "{at} changes something");
    history.undo();
    assert_eq!(history.workspace().sources(), before.sources(), "{at}");
}

#[test]
fn nothing_changes_but_what_the_report_says() {
    let mut counted: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, before) in projects() {
        for offer in offers(&before) {
            let at = format!("{name}: {} to {}", offer.title, offer.migration.name());
            check_defaults(&at, &before, &offer);
            let plan = answered(&before, &offer);
            let count = counted.entry(offer.migration.name()).or_default();
            count.1 += 1;
            let Some(command) = &plan.command else {
                assert!(!plan.obstacles.is_empty(), "{at}: no command, and nothing against it: {:?}", plan.decisions);
                continue;
            };
            count.0 += 1;
            let after = command.apply(&before).unwrap_or_else(|error| panic!("{at}: {error}"));
            check_landings(&at, &before, &after, &plan);
            check_bytes(&at, &before, &after, &offer);
            check_undo(&at, &before, &plan);
        }
    }
    let least = [
        ("infra-setting", 1),
        ("ingress", 1),
        ("gateway", 100),
        ("shared-vip", 150),
        ("load-balancer", 90),
        ("gateway-api", 60),
    ];
    for (migration, least) in least {
        let (done, offered) = counted.get(migration).copied().unwrap_or_default();
        assert!(done >= least, "{migration}: {done} of {offered} could be planned");
    }
}

/// The same Services on the way back.
fn back(workspace: &Workspace, services: &BTreeSet<&String>, migration: Migration) -> Option<Offer> {
    offers(workspace)
        .into_iter()
        .find(|offer| offer.migration == migration && services.iter().all(|service| offer.objects.contains(service)))
}

#[test]
fn there_and_back_leads_to_where_it_was() {
    let ways = [Migration::Gateway, Migration::SharedVip, Migration::LoadBalancer];
    let mut count = 0;
    for (name, before) in projects() {
        let old = places(&predict(&before));
        for offer in offers(&before).into_iter().filter(|offer| ways.contains(&offer.migration)) {
            let there = answered(&before, &offer);
            let moves =
                there.landings.iter().any(|it| !matches!(it.state, LandingState::Stays | LandingState::NotServed));
            if there.command.is_none() || moves {
                continue;
            }
            let services: BTreeSet<&String> = offer.objects.iter().filter(|key| key.starts_with("Service/")).collect();
            for way in ways.into_iter().filter(|way| *way != offer.migration) {
                let Some(home) = back(&there.after, &services, way) else { continue };
                let at = format!("{name}: {} to {} and to {}", offer.title, offer.migration.name(), way.name());
                let again = answered(&there.after, &home);
                if again.command.is_none() {
                    continue;
                }
                let new = places(&predict(&again.after));
                let changed: Vec<_> = old.iter().filter(|(what, place)| new.get(*what) != Some(place)).collect();
                assert!(changed.iter().all(|(what, _)| tells(&again, what)), "{at}: {changed:?}");
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count} ways there and back");
    println!("{count} ways there and back");
}
