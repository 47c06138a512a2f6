//! Tests of migrations: what each report says, and what each change writes.

use expect_test::Expect;

mod gateway_api;
mod gateways;
mod older;
mod shared_vips;

use super::*;
use crate::diff;
use crate::report::plan_text;
use crate::text::SourceFile;

const SETTING: &str = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: oam}
spec: {seGroup: {name: group10}, network: {vipNetworks: [{networkName: oam-vip, cidr: 10.0.0.0/24}]}}
";
const VALUES: &str = "\
AKOSettings: {clusterName: c, servicesAPI: true}
NetworkSettings: {vipNetworkList: [{networkName: global-net, cidr: 10.1.0.0/24}]}
";

fn workspace(manifests: &str, values: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("a.yaml", manifests), SourceFile::new("values.yaml", values)])
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn planned(workspace: &Workspace, migration: Migration, pairs: &[(&str, &str)]) -> (Offer, Plan) {
    let offer = offers(workspace).into_iter().find(|offer| offer.migration == migration).expect("an offer");
    let plan = plan(workspace, &offer, &answers(pairs));
    (offer, plan)
}

/// The report, and the diff where the change can be made.
fn told(workspace: &Workspace, migration: Migration, pairs: &[(&str, &str)], expected: &Expect) {
    let (offer, plan) = planned(workspace, migration, pairs);
    let mut text = plan_text(&offer, &plan);
    if let Some(command) = &plan.command {
        let files = diff::of_command(workspace, command).unwrap();
        text.extend(files.iter().map(diff::FileDiff::unified));
    }
    expected.assert_eq(&text);
}

fn balanced(name: &str, annotations: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: red\n  annotations:\n{annotations}\nspec:\n  type: LoadBalancer # ours\n  {spec}\n"
    )
}

#[test]
fn offers_can_be_narrowed() {
    let of = "    aviinfrasetting.ako.vmware.com/name: oam";
    let text = [
        SETTING.to_owned(),
        balanced("a", of, "ports: [{port: 80}]"),
        balanced("b", of, "ports: [{port: 443}]"),
        balanced("c", of, "ports: [{port: 443}]"),
    ];
    let all: Vec<String> = offers(&workspace(&text.concat(), VALUES))
        .into_iter()
        .map(|offer| format!("{} {}", offer.migration.name(), offer.title))
        .collect();
    assert_eq!(
        all,
        [
            "gateway 2 LoadBalancer Services in red",
            "gateway Service red/c",
            "shared-vip 2 LoadBalancer Services in red",
            "shared-vip Service red/c"
        ],
        "what has the same port cannot share a VIP"
    );
    let offer = offers(&workspace(&text.concat(), VALUES)).remove(0);
    let narrowed = offer.narrowed(&["red/b".to_owned()]).unwrap();
    assert_eq!(narrowed.objects, ["Service/red/b"]);
    assert_eq!(offer.narrowed(&["red/x".to_owned()]), None);
    assert!(is_called("Gateway.networking.x-k8s.io/red/gw", "Gateway/red/gw") && is_called("Gateway/red/gw", "red/gw"));
    assert!(!is_called("Gateway/red/gw", "Service/red/gw") && is_called("values.yaml", "values.yaml"));
}
