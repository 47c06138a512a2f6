//! What holds for the prediction of any project: order counts only where it counts for AKO, and then
//! a finding says so; what AKO does not read changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use akoplan::ako::{Prediction, predict};
use akoplan::analysis::analyse;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

/// What AKO does not read, or what nothing refers to.
const UNRELATED: [&str; 5] = [
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: zz, namespace: elsewhere}\ndata: {a: b}\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: zz, namespace: elsewhere}\nspec: {replicas: 1}\n",
    "apiVersion: v1\nkind: Namespace\nmetadata: {name: elsewhere}\n",
    "apiVersion: v1\nkind: Service\nmetadata: {name: zz, namespace: elsewhere}\nspec: {ports: [{port: 80}]}\n",
    "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: zz}\nspec: {controller: other.example/lb}\n",
];

/// Two namespaces on one shard, of which one names a setting: in some orders nothing says that order decides.
const UNTOLD: [&str; 1] = ["371-d-namespace-infra-one-of-two-same-shard"];

/// A scenario that the real AKO ran, as far as its state does not depend on time.
struct Scenario {
    name: String,
    fixed: Vec<SourceFile>,
    documents: Vec<String>,
}

impl Scenario {
    fn workspace(&self, documents: &[String]) -> Workspace {
        let mut files = self.fixed.clone();
        files.push(SourceFile::new("manifests.yaml", documents.join("---\n")));
        Workspace::new(&files)
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
fn tells_of_order(workspace: &Workspace) -> bool {
    let codes: BTreeSet<&str> = analyse(workspace).findings.iter().map(|finding| finding.code).collect();
    codes.iter().any(|code| {
        code.starts_with("AKP8") || ["AKP401", "AKP402", "AKP405", "AKP501", "AKP502", "AKP503"].contains(code)
    })
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
        let expected = outcome(&predict(&before));
        for order in 0..orders() {
            let documents = shuffled(&scenario.documents, order * 1000 + index as u64);
            let after = scenario.workspace(&documents);
            let differs = outcome(&predict(&after)) != expected;
            let known = UNTOLD.contains(&scenario.name.as_str());
            if differs && !known && !tells_of_order(&before) && !tells_of_order(&after) {
                silent.insert(scenario.name.clone(), documents.join("---\n"));
            }
        }
    }
    let names: Vec<&String> = silent.keys().collect();
    assert!(silent.is_empty(), "order decides, and nothing says so, in {names:?}: {}", silent.values().next().unwrap());
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
