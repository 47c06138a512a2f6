//! Rules and prediction follow the one table of versions: what an older AKO does not have, no rule
//! reproaches a project with.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use akoplan::ako::versions::{Capability, TABLE, since};
use akoplan::analysis::analyse;
use akoplan::diagnostic::Finding;
use akoplan::rules::{self, ALL, Rule};
use akoplan::text::SourceFile;
use akoplan::version::Version;
use akoplan::workspace::Workspace;

/// What a rule says of its own bad example where AKO lacks something.
enum Says {
    /// Nothing: it is true of a newer AKO only.
    Nothing,
    /// Something that holds for the older AKO, with these words in it.
    Of(&'static str),
}
use Says::{Nothing, Of};

/// For each row of the table a rule that speaks of it.
const OLDER: &[(Capability, &str, Says)] = &[
    (Capability::ServicesApi, "AKP504", Of("AKO 1.4 reads no Gateway")),
    (Capability::ServicesApi, "AKP706", Of("AKO 1.4 has no AviInfraSetting")),
    (Capability::ServicesApi, "AKP312", Nothing),
    (Capability::SeveralProtocolsOnGateway, "AKP703", Of("AKO 1.5 does not support TCP and UDP")),
    (Capability::VipNetworkCidr, "AKP201", Nothing),
    (Capability::VipNetworkCidr, "AKP205", Nothing),
    (Capability::VipNetworkCidr, "AKP704", Nothing),
    (Capability::IngressV1, "AKP701", Nothing),
    (Capability::LoadBalancerBesideGateways, "AKP404", Nothing),
    (Capability::SharedVip, "AKP703", Of("AKO 1.7 does not support TCP and UDP")),
    (Capability::SharedVip, "AKP407", Nothing),
    (Capability::SharedVip, "AKP408", Nothing),
    (Capability::Ipv6, "AKP204", Nothing),
    (Capability::SettingListeners, "AKP206", Nothing),
    (Capability::MixedProtocols, "AKP703", Of("AKO 1.10.1 does not support TCP and UDP")),
    (Capability::InfraSettingV1beta1, "AKP702", Nothing),
    (Capability::InfraSettingV1beta1, "AKP706", Of("AKO 1.11 has no `ako.vmware.com/v1beta1`")),
    (Capability::NamespaceSetting, "AKP214", Nothing),
    (Capability::NamespaceSetting, "AKP305", Nothing),
    (Capability::GatewayApi, "AKP506", Of("AKO 1.11 reads no Gateway")),
    (Capability::GatewayApi, "AKP324", Nothing),
    (Capability::OpenHostnames, "AKP707", Of("AKO 1.13 wants a hostname on each listener")),
    (Capability::ListenerByListener, "AKP326", Nothing),
    (Capability::UrlRewrite, "AKP222", Nothing),
    (Capability::GatewayApi, "AKP331", Nothing),
    (Capability::RouteRuleNames, "AKP225", Nothing),
    (Capability::GatewayApiSetting, "AKP327", Of("does not read `parametersRef`")),
    (Capability::RouteExtensions, "AKP332", Nothing),
];

/// Rows of which no rule speaks, and why.
const NO_RULE: &[(Capability, &str)] = &[
    (Capability::ProtocolInGatewayPools, "names only"),
    (Capability::SharedVipSetting, "the landing tells"),
    (Capability::Sctp, "the offers of a new Service ask it"),
    (Capability::LoadBalancerIpAnnotation, "a test of its own, since the example has a Gateway"),
    (Capability::L4Rule, "a test of its own, since the example differs in more"),
    (Capability::NetworkUuid, "a test of its own, since the example has no UUID alone"),
    (Capability::LoadBalancerClass, "the landing tells"),
    (Capability::DedicatedGateways, "no rule is about the dedicated mode"),
];

/// The example with another version of AKO in the settings.
fn with_version(example: &str, version: Version) -> Workspace {
    const KIND: &str = "kind: AkoplanSettings\n";
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n";
    let own = example.lines().filter(|line| !line.trim_start().starts_with("akoVersion:"));
    let mut text: String = own.flat_map(|line| [line, "\n"]).collect();
    if !text.contains(KIND) {
        text = format!("{settings}---\n{text}");
    }
    let at = text.find(KIND).unwrap();
    let spec = at + text[at..].find("spec:").expect("the settings of examples have a spec") + "spec:".len();
    text.insert_str(spec, &format!("\n  akoVersion: {version}"));
    Workspace::new(&[SourceFile::new("example.yaml", text)])
}

fn older_than(capability: Capability) -> Version {
    let Version(major, minor, patch) = since(capability);
    Version(major, minor, patch - 1)
}

fn own_findings(rule: &Rule, workspace: &Workspace) -> Vec<Finding> {
    analyse(workspace).findings.into_iter().filter(|finding| finding.code == rule.code).collect()
}

#[test]
fn each_row_has_a_rule_that_speaks_of_it_and_speaks_true() {
    let mut wrong = Vec::new();
    for row in TABLE {
        let mut own = OLDER.iter().filter(|(capability, ..)| *capability == row.capability).peekable();
        let is_excused = NO_RULE.iter().any(|(capability, _)| *capability == row.capability);
        if own.peek().is_some() == is_excused {
            wrong.push(format!("{:?} stands in both lists or in none", row.capability));
        }
        for (capability, code, says) in own {
            let rule = rules::find(code).unwrap();
            let version = older_than(*capability);
            let examples = rule.examples("Example");
            let messages: Vec<String> = examples
                .iter()
                .flat_map(|example| own_findings(rule, &with_version(example, version)))
                .map(|finding| finding.message)
                .collect();
            let is_right = match says {
                Nothing => messages.is_empty(),
                Of(words) => messages.iter().any(|message| message.contains(words)),
            };
            if !is_right {
                wrong.push(format!("{code} with AKO {version}: {messages:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_rule_speaks_of_what_an_older_ako_does_not_have() {
    let mut asked = 0;
    for rule in ALL {
        for capability in rule.needs {
            for example in rule.examples("Example") {
                asked += 1;
                let newer = own_findings(rule, &with_version(&example, since(*capability)));
                let older = own_findings(rule, &with_version(&example, older_than(*capability)));
                assert!(!newer.is_empty(), "{} says nothing with AKO {}", rule.code, since(*capability));
                assert!(older.is_empty(), "{} speaks with AKO {}", rule.code, older_than(*capability));
            }
        }
    }
    assert!(asked > 30, "{asked}");
}

/// The files of a folder and all below it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// What the caveat of an older version says is left out has to be left out.
#[test]
fn the_prediction_asks_for_the_rows_that_it_says_it_follows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ako");
    let texts: Vec<String> = sources(&folder)
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name != "versions.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let asked: BTreeSet<String> = TABLE
        .iter()
        .map(|row| format!("{:?}", row.capability))
        .filter(|name| texts.iter().any(|text| text.contains(&format!("Capability::{name})"))))
        .collect();
    let said: BTreeSet<String> =
        TABLE.iter().filter(|row| row.followed).map(|row| format!("{:?}", row.capability)).collect();
    assert_eq!(asked, said);
}

fn codes(version: &str, text: &str) -> Vec<&'static str> {
    let settings =
        format!("apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  akoVersion: {version}\n---\n");
    let workspace = Workspace::new(&[SourceFile::new("example.yaml", settings + text)]);
    analyse(&workspace).findings.iter().map(|finding| finding.code).collect()
}

const GATEWAY: &str = "
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: c}
spec: {controller: ako.vmware.com/avi-lb}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: g, namespace: ns}
spec:
  gatewayClassName: c
  listeners:
  - {port: 80, protocol: TCP, routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: g, ako.vmware.com/gateway-namespace: ns}}}}
---
apiVersion: v1
kind: Service
metadata: {name: a, namespace: ns, labels: {ako.vmware.com/gateway-name: g, ako.vmware.com/gateway-namespace: ns}}
spec: {type: LoadBalancer, selector: {a: b}, ports: [{port: 80, protocol: TCP}]}
";

#[test]
fn labels_of_a_load_balancer_service_count_before_1_6_4() {
    assert_eq!(codes("1.5.2", GATEWAY), [""; 0]);
    assert!(codes("1.6.4", GATEWAY).contains(&"AKP404"));
    // Then it has to fit a listener, and share none.
    assert_eq!(codes("1.5.2", &GATEWAY.replace("[{port: 80,", "[{port: 81,")), ["AKP313", "AKP312"]);
    let second = GATEWAY.rsplit("---").next().unwrap().replace("name: a,", "name: b,");
    assert_eq!(codes("1.5.2", &format!("{GATEWAY}---{second}")), ["AKP402", "AKP402"]);
}

#[test]
fn a_namespace_that_names_a_setting_crashes_no_ako_before_1_11_1() {
    let text = "
AKOSettings: {clusterName: cluster, servicesAPI: true}
---
apiVersion: ako.vmware.com/v1alpha1
kind: AviInfraSetting
metadata: {name: a}
---
apiVersion: v1
kind: Namespace
metadata: {name: ns, annotations: {aviinfrasetting.ako.vmware.com/name: a}}
";
    assert_eq!(codes("1.10.5", text), [""; 0]);
    assert!(codes("1.11.1", text).contains(&"AKP214"));
}

#[test]
fn the_annotated_address_counts_since_1_9_1() {
    let text = "
apiVersion: v1
kind: Service
metadata: {name: a, namespace: ns, annotations: {ako.vmware.com/load-balancer-ip: here}}
spec: {type: LoadBalancer, selector: {a: b}, ports: [{port: 80, protocol: TCP}]}
";
    assert_eq!(codes("1.8.1", text), [""; 0]);
    assert_eq!(codes("1.9.1", text), ["AKP215"]);
}

#[test]
fn rules_of_a_shared_vip_are_compared_since_1_10_1() {
    let service = |name: &str, more: &str| {
        format!(
            "
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: ns, annotations: {{ako.vmware.com/enable-shared-vip: k{more}}}}}
spec: {{type: LoadBalancer, selector: {{a: b}}, ports: [{{port: 80, protocol: TCP}}]}}
"
        )
    };
    let text = format!("{}---{}", service("a", ", ako.vmware.com/l4rule: r"), service("b", ""));
    assert_eq!(codes("1.9.1", &text), [""; 0]);
    assert_eq!(codes("1.10.1", &text), ["AKP407"]);
}

#[test]
fn a_network_by_uuid_alone_is_none_before_1_10_3() {
    let text = |network: &str| {
        format!(
            "
apiVersion: ako.vmware.com/v1alpha1
kind: AviInfraSetting
metadata: {{name: a}}
spec: {{network: {{vipNetworks: [{network}]}}}}
"
        )
    };
    assert_eq!(codes("1.10.2", &text("{networkUUID: one}")), ["AKP207"]);
    assert_eq!(codes("1.10.3", &text("{networkUUID: one}")), [""; 0]);
    assert_eq!(codes("1.10.2", &text("{networkName: net, networkUUID: one}")), [""; 0]);
}
