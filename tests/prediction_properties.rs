//! What holds for the prediction of any project: order counts only where it counts for AKO, and then
//! a finding says so; what AKO does not read changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use akoplan::ako::{Outcome, Prediction, predict, predict_fully};
use akoplan::analysis::analyse;
use akoplan::diagnostic::Finding;
use akoplan::fix::{Choice, mend};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[path = "prediction_properties/generate.rs"]
mod generate;

/// What AKO does not read, or what nothing refers to.
const UNRELATED: [&str; 5] = [
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: zz, namespace: elsewhere}\ndata: {a: b}\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: zz, namespace: elsewhere}\nspec: {replicas: 1}\n",
    "apiVersion: v1\nkind: Namespace\nmetadata: {name: elsewhere}\n",
    "apiVersion: v1\nkind: Service\nmetadata: {name: zz, namespace: elsewhere}\nspec: {ports: [{port: 80}]}\n",
    "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: zz}\nspec: {controller: other.example/lb}\n",
];

/// A scenario that the real AKO ran, as far as its state does not depend on time.
struct Scenario {
    name: String,
    fixed: Vec<SourceFile>,
    documents: Vec<String>,
}

impl Scenario {
    fn workspace(&self, documents: &[String]) -> Workspace {
        self.spread(documents, 1)
    }

    /// The documents in so many files of one folder.
    fn spread(&self, documents: &[String], files: usize) -> Workspace {
        let mut all = self.fixed.clone();
        let parts = documents.chunks(documents.len().div_ceil(files).max(1)).enumerate();
        all.extend(parts.map(|(at, part)| SourceFile::new(format!("manifests-{at}.yaml"), part.join("---\n"))));
        Workspace::new(&all)
    }
}

fn scenarios() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/scenarios");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let read = |folder: &Path| {
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let is_stable = !text("expected.json").contains("\"unstable\"");
        let documents = text("manifests.yaml").split("---\n").map(str::to_owned).collect::<Vec<_>>();
        let fixed = ["akoplan.yaml", "values.yaml"].map(|name| SourceFile::new(name, text(name))).into();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        (is_stable && documents.len() > 1).then_some(Scenario { name, fixed, documents })
    };
    folders.iter().filter_map(|folder| read(folder)).collect()
}

/// What order may change: statuses, virtual services, what is sent.
fn outcome(prediction: &Prediction) -> serde_json::Value {
    let whole = serde_json::to_value(prediction).unwrap();
    ["crash", "objects", "virtualServices", "sent"].map(|name| sorted(whole.get(name))).into()
}

/// Order in lists carries no meaning.
fn sorted(value: Option<&serde_json::Value>) -> serde_json::Value {
    match value {
        Some(serde_json::Value::Array(items)) => {
            let mut items: Vec<_> = items.iter().map(|item| sorted(Some(item))).collect();
            items.sort_by_cached_key(ToString::to_string);
            items.into()
        }
        Some(serde_json::Value::Object(members)) => {
            let members: BTreeMap<_, _> =
                members.iter().map(|(name, value)| (name.clone(), sorted(Some(value)))).collect();
            serde_json::Value::Object(members.into_iter().collect())
        }
        other => other.cloned().unwrap_or_default(),
    }
}

/// Rules about order, and about what two objects want of one: there the later one wins.
const ABOUT_ORDER: [&str; 9] =
    ["AKP401", "AKP402", "AKP405", "AKP406", "AKP407", "AKP409", "AKP501", "AKP502", "AKP503"];

/// Whether a finding about order is about something whose outcome changes, or about what stands on the
/// way of such a thing.
fn tells_of_order(workspace: &Workspace, changed: &BTreeSet<String>) -> bool {
    analyse(workspace).findings.iter().any(|finding| {
        let is_about_order = finding.code.starts_with("AKP8") || ABOUT_ORDER.contains(&finding.code);
        is_about_order && finding.object.as_ref().is_some_and(|object| changed.contains(object))
    })
}

/// The keys of two maps with another value.
fn differing<'a, T: PartialEq>(
    left: &'a BTreeMap<String, T>,
    right: &'a BTreeMap<String, T>,
) -> impl Iterator<Item = &'a String> {
    left.keys().chain(right.keys()).filter(|key| left.get(*key) != right.get(*key))
}

/// Namespace and name of a Gateway's key, which has the group where both APIs are there.
fn of_a_gateway(key: &str) -> Option<&str> {
    let (kind, rest) = key.split_once('/')?;
    (kind.split('.').next() == Some("Gateway")).then_some(rest)
}

/// The objects whose outcome differs: by status, or by what their virtual service is or is sent as; with
/// all that stands on their way to it, and the Namespaces around them.
fn changed(left: &Prediction, right: &Prediction) -> BTreeSet<String> {
    let mut objects: BTreeSet<String> = differing(&left.objects, &right.objects).cloned().collect();
    let services =
        differing(&left.virtual_services, &right.virtual_services).map(|key| key.rsplit('/').next().unwrap());
    let vips = differing(&left.sent.vs_vips, &right.sent.vs_vips).map(String::as_str);
    let sent = differing(&left.sent.virtual_services, &right.sent.virtual_services).map(String::as_str);
    let services: BTreeSet<&str> = services.chain(vips).chain(sent).collect();
    // A Gateway has its virtual service also where no Service lands on it.
    for key in left.objects.keys().chain(right.objects.keys()) {
        if let Some((namespace, name)) = of_a_gateway(key).and_then(|key| key.split_once('/')) {
            let own = format!("--{namespace}-{name}");
            if services.iter().any(|service| service.ends_with(&own)) {
                objects.insert(key.clone());
            }
        }
    }
    for landing in left.landings.iter().chain(&right.landings) {
        let is_on = match &landing.outcome {
            Outcome::Lands(target) => services.contains(target.virtual_service.rsplit('/').next().unwrap()),
            _ => false,
        };
        // Services of one Gateway decide together what becomes of it.
        let shares = landing.hops.iter().any(|hop| of_a_gateway(&hop.at).is_some() && objects.contains(&hop.at));
        if is_on || shares || objects.contains(&landing.subject.object) {
            objects.insert(landing.subject.object.clone());
            objects.insert(format!("Namespace/{}", landing.subject.namespace));
            objects.extend(landing.hops.iter().map(|hop| hop.at.clone()));
        }
    }
    objects
}

/// Orders tried for each scenario; `ORDERS=200 cargo test --test prediction_properties` tries more.
fn orders() -> u64 {
    std::env::var("ORDERS").ok().and_then(|orders| orders.parse().ok()).unwrap_or(5)
}

/// The documents in another order, the same for the same seed.
fn shuffled(documents: &[String], seed: u64) -> Vec<String> {
    let mut documents = documents.to_vec();
    let mut state = seed;
    for at in (1..documents.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        documents.swap(at, usize::try_from(state >> 33).unwrap_or_default() % (at + 1));
    }
    documents
}

#[test]
fn order_counts_only_where_a_finding_says_so() {
    let mut silent = BTreeMap::new();
    for (index, scenario) in scenarios().iter().enumerate() {
        let before = scenario.workspace(&scenario.documents);
        let expected = predict(&before);
        let as_given = outcome(&expected);
        for order in 0..orders() {
            let documents = shuffled(&scenario.documents, order * 1000 + index as u64);
            let after = scenario.spread(&documents, 1 + usize::try_from(order).unwrap() % 3);
            let prediction = predict(&after);
            if outcome(&prediction) == as_given {
                continue;
            }
            let changed = changed(&expected, &prediction);
            if !tells_of_order(&before, &changed) && !tells_of_order(&after, &changed) {
                silent.insert(scenario.name.clone(), documents.join("---\n"));
            }
        }
    }
    let names: Vec<&String> = silent.keys().collect();
    assert!(silent.is_empty(), "order decides, and nothing says so, in {names:?}: {}", silent.values().next().unwrap());
}

/// Generated projects tried for each property; `CASES=100000 cargo test --test prediction_properties` tries more.
fn runner() -> TestRunner {
    let cases = std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300);
    TestRunner::new_with_rng(
        Config { cases, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
}

/// A generated project on a cluster with all of AKO's ways switched on.
fn generated(documents: Vec<String>) -> Scenario {
    let values = "AKOSettings:\n  clusterName: cluster\n  servicesAPI: true\nfeatureGates:\n  GatewayAPI: true\nNetworkSettings:\n  \
                  vipNetworkList: [{networkName: global, cidr: 10.9.0.0/24}]\n";
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nmetadata: {name: generated}\nspec:\n  avi:\n    \
                    subDomains: [example.com]\n";
    let fixed = vec![SourceFile::new("akoplan.yaml", settings), SourceFile::new("values.yaml", values)];
    Scenario { name: "generated".to_owned(), fixed, documents }
}

#[test]
fn order_of_generated_projects_counts_only_where_a_finding_says_so() {
    let cases = generate::documents()
        .prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle(), 1..4_usize));
    let result = runner().run(&cases, |(documents, shuffled, files)| {
        let scenario = generated(documents);
        let before = scenario.workspace(&scenario.documents);
        let after = scenario.spread(&shuffled, files);
        let (left, right) = (predict(&before), predict(&after));
        if outcome(&left) == outcome(&right) {
            return Ok(());
        }
        let changed = changed(&left, &right);
        let told = tells_of_order(&before, &changed) || tells_of_order(&after, &changed);
        prop_assert!(
            told,
            "silent about {changed:?}:\n{}\n=====\n{}",
            scenario.documents.join("---\n"),
            shuffled.join("---\n")
        );
        Ok(())
    });
    result.unwrap();
}

#[test]
fn what_ako_does_not_read_changes_nothing_in_generated_projects() {
    let cases = (generate::documents(), generate::unrelated(), any::<prop::sample::Index>());
    let result = runner().run(&cases, |(documents, unrelated, at)| {
        let scenario = generated(documents);
        let expected = outcome(&predict(&scenario.workspace(&scenario.documents)));
        let mut more = scenario.documents.clone();
        more.insert(at.index(more.len() + 1), unrelated);
        prop_assert_eq!(outcome(&predict(&scenario.workspace(&more))), expected);
        Ok(())
    });
    result.unwrap();
}

/// What stands after a restart: what is otherwise then, over what is now.
fn restarted(prediction: &Prediction) -> serde_json::Value {
    let now = serde_json::to_value(prediction).unwrap();
    let then = now.get("afterRestart");
    let of = |name: &str| sorted(then.and_then(|then| then.get(name)).or_else(|| now.get(name)));
    ["crash", "objects", "virtualServices", "sent"].map(of).into()
}

#[test]
fn after_a_restart_the_order_of_documents_counts_no_more() {
    let cases =
        generate::documents().prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle()));
    let result = runner().run(&cases, |(documents, shuffled)| {
        let scenario = generated(documents);
        let before = predict_fully(&scenario.workspace(&scenario.documents));
        let after = predict_fully(&scenario.workspace(&shuffled));
        prop_assert_eq!(restarted(&before), restarted(&after), "{}", scenario.documents.join("---\n"));
        Ok(())
    });
    result.unwrap();
}

#[test]
fn safe_fixes_end_what_members_of_a_shared_vip_disagree_about() {
    let cases = runner().run(&generate::documents(), |documents| {
        let before = generated(documents.clone()).workspace(&documents);
        let is_of_shared_vip =
            |finding: &&Finding| finding.code == "AKP407" && finding.fixes.iter().any(|fix| fix.safe);
        if !analyse(&before).findings.iter().any(|finding| is_of_shared_vip(&finding)) {
            return Ok(());
        }
        let after = mend(&before, &Choice::safe());
        let left: Vec<_> = after.analysis.findings.iter().filter(is_of_shared_vip).map(|left| &left.message).collect();
        prop_assert!(left.is_empty() && after.is_stable, "{left:?}:\n{}", documents.join("---\n"));
        Ok(())
    });
    cases.unwrap();
}

#[test]
fn how_documents_are_spread_over_files_changes_nothing() {
    for scenario in scenarios() {
        let expected = outcome(&predict(&scenario.workspace(&scenario.documents)));
        for files in 2..5 {
            let spread = scenario.spread(&scenario.documents, files);
            assert_eq!(outcome(&predict(&spread)), expected, "{} in {files} files", scenario.name);
        }
    }
}

#[test]
fn what_ako_does_not_read_changes_nothing() {
    for (index, scenario) in scenarios().iter().enumerate() {
        let expected = outcome(&predict(&scenario.workspace(&scenario.documents)));
        for (at, unrelated) in UNRELATED.iter().enumerate() {
            let mut documents = scenario.documents.clone();
            documents.insert((index + at) % (documents.len() + 1), (*unrelated).to_owned());
            assert_eq!(outcome(&predict(&scenario.workspace(&documents))), expected, "{}", scenario.name);
        }
    }
}
