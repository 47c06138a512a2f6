//! Fixes in bulk, on projects with several mistakes.

use super::{Choice, mend};
use crate::diagnostic::Severity;
use crate::history::History;
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// Two settings of the old version, one of them twice; a Service whose port no listener has.
const MISTAKES: &str = "\
# platform
apiVersion: ako.vmware.com/v1alpha1
kind: AviInfraSetting
metadata: {name: oam} # kept
spec: {network: {vipNetworks: [{networkName: oam-vip, cidr: 10.0.0.9/24}]}}
---
apiVersion: ako.vmware.com/v1alpha1
kind: AviInfraSetting
metadata: {name: trf}
---
apiVersion: ako.vmware.com/v1alpha1
kind: AviInfraSetting
metadata: {name: trf}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: oam}
spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: oma}}
";

fn workspace(text: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("a.yaml", text), SourceFile::new("b.yaml", "a: 1\n")])
}

fn codes(applied: &[super::Applied]) -> Vec<&str> {
    applied.iter().map(|applied| applied.code).collect()
}

#[test]
fn safe_fixes_are_applied_until_none_is_left() {
    let before = workspace(MISTAKES);
    let mended = mend(&before, &Choice::safe());
    assert!(mended.is_stable);
    assert_eq!(codes(&mended.applied), ["AKP203", "AKP401", "AKP702", "AKP702"]);
    let text = &mended.workspace.files()[0].source.text;
    assert_eq!(text.matches("v1beta1").count(), 2, "{text}");
    assert_eq!(text.matches("name: trf").count(), 1, "{text}");
    assert!(text.contains("# platform\n") && text.contains("metadata: {name: oam} # kept\n"), "{text}");
    assert!(text.contains("name: oma}"), "{text}");
    let again = mend(&mended.workspace, &Choice::safe());
    assert!(again.is_stable && again.applied.is_empty());
    assert_eq!(again.workspace.sources(), mended.workspace.sources());
}

#[test]
fn only_the_named_code_is_mended() {
    let before = workspace(MISTAKES);
    let mended = mend(&before, &Choice::code("AKP302"));
    assert_eq!(codes(&mended.applied), ["AKP302"]);
    assert_eq!(&*mended.workspace.files()[0].source.text, MISTAKES.replace("name: oma}", "name: oam}"));
    assert!(mended.analysis.findings.iter().all(|finding| finding.code != "AKP302"));
}

/// Two mends of one mistake: the listener may take the Service's port, or the Service the listener's.
#[test]
fn mends_from_two_sides_are_not_mixed() {
    let text = "\
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: gc}
spec: {controller: ako.vmware.com/avi-lb}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: gw, namespace: red}
spec:
  gatewayClassName: gc
  listeners:
  - port: 443
    protocol: TCP
    routes:
      selector:
        matchLabels:
          ako.vmware.com/gateway-name: gw
          ako.vmware.com/gateway-namespace: red
      kind: Service
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: red
  labels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}
spec:
  ports:
  - {port: 8443, protocol: TCP, targetPort: 443}
";
    let before = workspace(text);
    let codes: Vec<&str> = crate::rules::ALL.iter().map(|rule| rule.code).collect();
    let choice = Choice { safe: true, codes: codes.into_iter().map(str::to_owned).collect() };
    let mended = mend(&before, &choice);
    let worst =
        |finding: &&crate::diagnostic::Finding| finding.severity == Severity::Error && *finding.file == *"a.yaml";
    let errors: Vec<_> = mended.analysis.findings.iter().filter(worst).map(|finding| &finding.message).collect();
    assert!(mended.is_stable && errors.is_empty(), "{errors:?}\n{}", mended.workspace.files()[0].source.text);
}

#[test]
fn all_of_it_is_one_step_that_can_be_undone() {
    let before = workspace(MISTAKES);
    let mended = mend(&before, &Choice::safe());
    let mut history = History::new(before.clone());
    history.edit("apply all safe fixes", None, &mended.command(&before)).unwrap();
    assert_eq!(history.workspace().sources(), mended.workspace.sources());
    assert_eq!(history.undo().as_deref(), Some("apply all safe fixes"));
    assert_eq!(history.workspace().sources(), before.sources());
}

#[test]
fn many_fixes_take_few_rounds() {
    let one = |at: usize| {
        format!("---\napiVersion: ako.vmware.com/v1alpha1\nkind: AviInfraSetting\nmetadata: {{name: s{at}}}\n")
    };
    let text: String = (0..300).map(one).collect();
    let mended = mend(&workspace(&text), &Choice::safe());
    assert_eq!(mended.applied.len(), 300);
    assert!(mended.is_stable && !mended.workspace.files()[0].source.text.contains("v1alpha1"));
}
