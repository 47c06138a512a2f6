//! Definitions of settings that are referred to: good answers, bad answers, any answers.

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::Finding;
use crate::text::SourceFile;

const OAM: &str = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: aviinfrasetting-oam}
spec: {seGroup: {name: group10}, network: {vipNetworks: [{networkName: oam-vip, cidr: 10.0.0.0/24}]}}
";
const AVI_SIDE: &str = "\
apiVersion: akoplan/v1alpha1
kind: AkoplanSettings
spec: {avi: {seGroups: [{name: group10}, {name: group11}], networks: [{name: oam-vip}, {name: trf-vip}]}}
";
const CLASS: &str = "\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: trf}
spec: {controller: ako.vmware.com/avi-lb, parameters: {apiGroup: ako.vmware.com, kind: AviInfraSetting, name: aviinfrasetting-trf}}
";
const OTHERS: &str = "\
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: trf}
spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: aviinfrasetting-trf}}
---
apiVersion: v1
kind: Namespace
metadata: {name: red, annotations: {aviinfrasetting.ako.vmware.com/name: aviinfrasetting-trf}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red, annotations: {aviinfrasetting.ako.vmware.com/name: aviinfrasetting-trf}}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
";

fn workspace(texts: &[&str]) -> Workspace {
    let file = |(at, text): (usize, &&str)| SourceFile::new(format!("{at}.yaml"), *text);
    Workspace::new(&texts.iter().enumerate().map(file).collect::<Vec<_>>())
}

fn asking(workspace: &Workspace) -> Vec<Finding> {
    analyse(workspace).findings.into_iter().filter(|finding| !finding.asks.is_empty()).collect()
}

fn answers(se_group: &str, network: &str, cidr: &str) -> Vec<String> {
    [se_group, network, cidr].map(str::to_owned).to_vec()
}

fn ask() -> Ask {
    Ask::DefineSetting("aviinfrasetting-trf".to_owned())
}

/// What is said, one a line, and whether there is a change.
fn said(workspace: &Workspace, answers: &[String]) -> String {
    let Answered { problems, command } = ask().answered(workspace, answers);
    let lines = problems.into_iter().map(|(question, text)| {
        let about = question.map_or("all", Question::label);
        format!("{about}: {text}\n")
    });
    lines.collect::<String>() + if command.is_some() { "can be done" } else { "cannot be done" }
}

#[test]
fn everything_that_refers_to_a_missing_setting_asks_for_it_and_one_definition_serves_all() {
    let before = workspace(&[OAM, CLASS, OTHERS]);
    let found = asking(&before);
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["AKP303", "AKP302", "AKP305", "AKP304"]);
    assert!(found.iter().all(|finding| finding.asks == [ask()]), "{found:#?}");
    let answered = ask().answered(&before, &answers(" group11", "trf-vip ", "10.0.1.0/24"));
    assert_eq!(answered.problems, []);
    let after = answered.command.unwrap().apply(&before).unwrap();
    assert!(asking(&after).is_empty());
    expect![[r"
        apiVersion: ako.vmware.com/v1beta1
        kind: AviInfraSetting
        metadata:
          name: aviinfrasetting-trf
        spec:
          seGroup:
            name: group11
          network:
            vipNetworks:
            - networkName: trf-vip
              cidr: 10.0.1.0/24
            enableRhi: false
    "]]
    .assert_eq(&after.file("platform/trf.yaml").unwrap().source.text);
    assert_eq!(
        said(&after, &answers("", "x", "")),
        "all: There is an AviInfraSetting `aviinfrasetting-trf` already.\ncannot be done"
    );
}

#[test]
fn bad_answers_get_messages_and_no_object() {
    let before = workspace(&[OAM, CLASS]);
    let bad = |se_group: &str, network: &str, cidr: &str| said(&before, &answers(se_group, network, cidr)) + "\n\n";
    let all = [
        said(&before, &[]) + "\n\n",
        bad("", " ", "10.0.1"),
        bad("", "trf-vip", "10.0.1.0"),
        bad("", "trf-vip", "2001:db8::/64"),
        bad("", "trf-vip", "10.0.1.7/24"),
        bad("", "trf-vip", "10.0.0.0/25"),
        bad("", "trf-vip", ""),
    ];
    expect![[r#"
        VIP network: A network is needed: without one AKO takes the global network.
        cannot be done

        VIP network: A network is needed: without one AKO takes the global network.
        CIDR: A CIDR is an address and a prefix length, as in `10.223.63.0/26`.
        cannot be done

        CIDR: The prefix length is missing, as in `10.223.63.0/26`.
        cannot be done

        CIDR: This is an IPv6 range; it belongs into `v6cidr`.
        cannot be done

        CIDR: AKP203: `10.0.1.7/24` is an address inside the network `10.0.1.0/24`
        can be done

        CIDR: AKP601: `10.0.0.0/25` on `trf-vip` shares addresses with `10.0.0.0/24` on `oam-vip` of `aviinfrasetting-oam`
        can be done

        can be done

    "#]].assert_eq(&all.concat());
    let of_avi = workspace(&[OAM, CLASS, AVI_SIDE]);
    expect![[r#"
        SE group: AKP314: The Avi Controller has no SE group `group1`
        VIP network: AKP315: The Avi Controller has no network `net`
        cannot be done"#]]
    .assert_eq(&said(&of_avi, &answers("group1", "net", "")));
    let odd = Ask::DefineSetting("Not a name".to_owned());
    let answered = odd.answered(&before, &answers("", "net", ""));
    expect![[r#"Answered { problems: [(None, "AKP208: `Not a name` cannot be a name: the upper-case letter `N` is not allowed")], command: None }"#]].assert_eq(&format!("{answered:?}"));
}

#[test]
fn what_the_project_knows_is_suggested() {
    let known = workspace(&[OAM.replace("group10", "group9").as_str(), CLASS, AVI_SIDE]);
    assert_eq!(Question::SeGroup.suggestions(&known), ["group10", "group11", "group9"]);
    assert_eq!(Question::Network.suggestions(&known), ["oam-vip", "trf-vip"]);
    assert!(Question::Cidr.suggestions(&known).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is answered: either nothing is changed, or the finding goes and no error comes.
    #[test]
    fn no_answer_breaks_anything(
        se_group in "[a-z0-9: #'\"-]{0,8}|\\PC{0,6}",
        network in "[a-z0-9: #'\"-]{0,8}|\\PC{0,6}",
        cidr in "[0-9./: a-f]{0,12}|10\\.0\\.[0-9]\\.0/2[0-9]",
    ) {
        let before = workspace(&[OAM, CLASS, OTHERS]);
        if let Some(command) = ask().answered(&before, &answers(&se_group, &network, &cidr)).command {
            let after = command.apply(&before).unwrap();
            let errors = analyse(&after).findings.into_iter().filter(|finding| finding.severity == Severity::Error);
            prop_assert_eq!(errors.map(|finding| finding.message).collect::<Vec<_>>(), Vec::<String>::new());
            let (_, setting) = after.get::<AviInfraSetting>("", "aviinfrasetting-trf").unwrap();
            prop_assert_eq!(Question::Network.used(&setting.spec), [network.trim()]);
            prop_assert!(asking(&after).is_empty());
        }
    }
}
