//! AKP410: AKO's values stand in several places.

use serde_json::Value;

use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::{AkoValues, Kind};
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds AKO's values in several places: `values.yaml` and AKO's ConfigMap `avi-k8s-config`, or several
    /// of one of them. It is a warning if they differ in a key that both have, and the first of these keys
    /// are named.
    ///
    /// ## Why it matters
    /// The prediction goes by one of them. AKO reads its ConfigMap, into which helm writes the values when
    /// AKO's chart is installed or upgraded (AKO 2.2.1 `helm/ako/templates/configmap.yaml` and
    /// `helm/ako/templates/statefulset.yaml`), so the ConfigMap counts where there is one; of several files
    /// the last. A change of the one that does not count changes nothing here. Whether Gateway API v1 is on
    /// stands in `values.yaml` alone, and is read from it in any case.
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    /// NetworkSettings:
    ///   vipNetworkList:
    ///   - networkName: tkg-wkld-vip-default
    ///     cidr: 10.223.62.0/26
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: avi-k8s-config
    ///   namespace: avi-system
    /// data:
    ///   clusterName: my-cluster
    ///   vipNetworkList: '[{"networkName":"tkg-wkld-vip-default","cidr":"10.223.62.0/26"}]'
    /// ```
    ///
    /// ## Use instead
    /// The one that you plan with: the ConfigMap for what runs, `values.yaml` for what AKO shall run with
    /// after the next upgrade of its chart.
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: avi-k8s-config
    ///   namespace: avi-system
    /// data:
    ///   clusterName: my-cluster
    ///   vipNetworkList: '[{"networkName":"tkg-wkld-vip-default","cidr":"10.223.62.0/26"}]'
    /// ```
    pub static VALUES_TWICE = {
        code: "AKP410",
        name: "values-twice",
        severity: Warning,
        reads: [AkoValues],
        since: "0.1.0",
        check: check,
    };
}

/// So many keys are named.
const NAMED: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((counts, counted)) = context.values() else { return };
    let line =
        context.workspace().file(&counts.address.file).map_or(0, |file| file.position(counts.whole().start).line);
    let place = format!("`{}` at line {line}", counts.address.file);
    for (object, values) in context.every::<AkoValues>().filter(|(object, _)| object.order != counts.order) {
        let differing = differing(values, counted);
        let named: Vec<String> = differing.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
        let more = differing.len().saturating_sub(NAMED);
        let in_words = match (named.is_empty(), more) {
            (true, _) => String::new(),
            (false, 0) => format!("; they differ in {}", named.join(", ")),
            (false, more) => format!("; they differ in {} and {more} more", named.join(", ")),
        };
        let why = match counts.kind {
            Kind::AkoConfigMap => "AKO reads the ConfigMap",
            _ => "of several files the last counts",
        };
        let severity = if differing.is_empty() { Severity::Info } else { Severity::Warning };
        findings
            .at(object, differing.first().map_or("", String::as_str))
            .severity(severity)
            .message(format!("AKO's values stand in {place}, too{in_words}"))
            .effect(format!("{why}: the prediction does not go by what stands here"))
            .help("keep the one that you plan with")
            .related(counts.place(differing.first().map_or("", String::as_str)), "this one counts")
            .fix("remove these values, go on with the others", Command::RemoveObject { at: object.address.clone() })
            .fix(
                format!("remove those in {place}, go on with these"),
                Command::RemoveObject { at: counts.address.clone() },
            );
    }
}

/// The keys that both have and that say something different.
fn differing(left: &AkoValues, right: &AkoValues) -> Vec<String> {
    fn collect(path: &str, left: &Value, right: &Value, found: &mut Vec<String>) {
        match (left, right) {
            (Value::Object(left), Value::Object(right)) => {
                for (key, left) in left {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    right.get(key).into_iter().for_each(|right| collect(&path, left, right, found));
                }
            }
            _ if left != right => found.push(path.to_owned()),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let (Ok(left), Ok(right)) = (serde_json::to_value(left), serde_json::to_value(right)) {
        collect("", &left, &right, &mut found);
    }
    found
}
