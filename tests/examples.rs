//! The two examples: the clean one has no finding, the other one for every mistake in it.

use std::fmt::Write as _;

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::examples;
use akoplan::workspace::Workspace;
use expect_test::expect;

fn findings(workspace: &Workspace) -> String {
    let mut text = String::new();
    for finding in analyse(workspace).findings {
        let line = workspace.file(&finding.file).map_or(0, |file| file.position(finding.span.start).line);
        let (code, severity, path) = (finding.code, finding.severity.name(), &finding.path);
        let place = format!("{}:{line} {path}", finding.file);
        let _ = writeln!(text, "{code} {severity} {}\n    {}", place.trim_end(), finding.message);
        for fix in &finding.fixes {
            let _ = writeln!(text, "    {} {}", if fix.safe { "safe fix:" } else { "fix:" }, fix.title);
        }
    }
    text
}

#[test]
fn the_clean_example_has_no_finding() {
    assert_eq!(findings(&Workspace::new(&examples::clean())), "");
}

#[test]
fn the_example_with_mistakes_has_one_for_each() {
    expect![[r#"
        AKP303 error platform/ingress-classes.yaml:21 spec.parameters.name
            no AviInfraSetting is called `aviinfrasetting-tkg-wkld-trf`
        AKP401 error platform/ingress-classes.yaml:26 metadata.name
            IngressClass `avi-ingress-class-trf` is defined already, in `platform/ingress-classes.yaml` at line 15
            fix: rename this one to `avi-ingress-class-sigtran`
            fix: keep this one, remove the one in `platform/ingress-classes.yaml` at line 15
            fix: keep the one in `platform/ingress-classes.yaml` at line 15, remove this one
        AKP303 error platform/ingress-classes.yaml:32 spec.parameters.name
            no AviInfraSetting is called `aviinfrasetting-tkg-wkld-sigtran`
        AKP702 warning platform/oam.yaml:1 apiVersion
            `ako.vmware.com/v1alpha1` is the old version of AviInfraSetting
            safe fix: write `ako.vmware.com/v1beta1`
        AKP313 warning apps/default/app-gateway-admin-0.yaml:10 spec.listeners[0].port
            no Service of this project stands behind the listener UDP/161
            fix: remove the listener
        AKP313 warning apps/default/app-gateway-admin-0.yaml:19 spec.listeners[1].port
            no Service of this project stands behind the listener TCP/80
            fix: remove the listener
        AKP701 error apps/default/my-ingress.yaml:1 apiVersion
            the version `networking.k8s.io/v1beta1` of Ingress does not exist any more
            safe fix: convert it to `networking.k8s.io/v1`
        AKP304 error apps/default/sctp-service-sigtran.yaml:7 metadata.annotations[aviinfrasetting.ako.vmware.com/name]
            no AviInfraSetting is called `aviinfrasetting-tkg-wkld-sigtran`
        AKP013 error apps/default/traffic-service-trf.yaml:7
            the quote ” is typographic: it does not match the straight "
            fix: make the quotes straight
        AKP312 error apps/default/web-statefulset-service-oam.yaml:13 spec.ports[0].port
            the Gateway `app-gateway-admin-0` has no listener TCP/8443
            fix: set the Service's port to 443, the listener that equals its `targetPort`
            fix: add a listener TCP/8443 to the Gateway
    "#]]
    .assert_eq(&findings(&Workspace::new(&examples::mistakes())));
}

#[test]
fn the_first_fix_of_the_port_is_the_listener_that_was_meant() {
    let workspace = Workspace::new(&examples::mistakes());
    let all = analyse(&workspace).findings;
    let port = all.iter().find(|finding| finding.code == "AKP312").unwrap();
    let after = port.fixes[0].command.apply(&workspace).unwrap();
    let service = after.file("apps/default/web-statefulset-service-oam.yaml").unwrap();
    assert!(service.source.text.contains("- port: 443\n    targetPort: 443\n"), "{}", service.source.text);
    assert!(!port.fixes[0].safe);
}

/// In the order of the folder the class comes after its Gateway, which works all the same.
#[test]
fn a_gateway_before_its_class_is_not_called_refused() {
    let mut files = examples::mistakes();
    for order in ["applied", "by path"] {
        let workspace = Workspace::new(&files);
        let all = analyse(&workspace).findings;
        let port = all.iter().find(|finding| finding.code == "AKP312").unwrap();
        let ready = "AKO makes no pool for this port; the Gateway's listeners say `Ready`, and the Service gets no \
                     status from it";
        assert_eq!(port.effect, ready, "{order}");
        files.sort_by(|one, other| one.name.cmp(&other.name));
    }
    let gateway = files.iter_mut().find(|file| file.name.ends_with("app-gateway-admin-0.yaml")).unwrap();
    gateway.text = gateway.text.replacen("gateway-name: app-gateway-admin-0", "gateway-name: other", 1).into();
    let all = analyse(&Workspace::new(&files)).findings;
    let port = all.iter().find(|finding| finding.code == "AKP312").unwrap();
    assert!(port.effect.ends_with("it refuses the Gateway too, for another reason"), "{}", port.effect);
}

/// Each fix of the published example can be applied, one after the other; what is left has to be defined
/// by people.
#[test]
fn the_fixes_lead_to_what_only_people_can_decide() {
    let mut workspace = Workspace::new(&examples::mistakes());
    for _ in 0..20 {
        let all = analyse(&workspace).findings;
        let fixable = all.iter().find(|finding| !finding.fixes.is_empty() && finding.code != "AKP313");
        let Some(fix) = fixable.map(|finding| finding.fixes[0].command.clone()) else { break };
        workspace = fix.apply(&workspace).unwrap();
        assert!(!matches!(fix, Command::RemoveFile { .. }));
    }
    expect![[r#"
        AKP303 error platform/ingress-classes.yaml:21 spec.parameters.name
            no AviInfraSetting is called `aviinfrasetting-tkg-wkld-trf`
        AKP303 error platform/ingress-classes.yaml:32 spec.parameters.name
            no AviInfraSetting is called `aviinfrasetting-tkg-wkld-sigtran`
        AKP313 warning apps/default/app-gateway-admin-0.yaml:10 spec.listeners[0].port
            no Service of this project stands behind the listener UDP/161
            fix: remove the listener
        AKP313 warning apps/default/app-gateway-admin-0.yaml:19 spec.listeners[1].port
            no Service of this project stands behind the listener TCP/80
            fix: remove the listener
        AKP304 error apps/default/sctp-service-sigtran.yaml:7 metadata.annotations[aviinfrasetting.ako.vmware.com/name]
            no AviInfraSetting is called `aviinfrasetting-tkg-wkld-sigtran`
        AKP304 error apps/default/traffic-service-trf.yaml:7 metadata.annotations[aviinfrasetting.ako.vmware.com/name]
            no AviInfraSetting is called `aviinfrasetting-tkg-wkld-trf`
    "#]]
    .assert_eq(&findings(&workspace));
}
