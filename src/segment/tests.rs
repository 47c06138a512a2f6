//! Segments: names, the documents of a new one, the list.

use expect_test::expect;

use super::*;
use crate::text::SourceFile;

const VALUES: &str = "AKOSettings:\n  clusterName: tkg-wkld\n";

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    Workspace::new(&files)
}

fn oam() -> Draft {
    Draft {
        segment: "oam".to_owned(),
        se_group: "tkgvsphere-tkgworkload-group10".to_owned(),
        network: NetworkRef::Name("tkg-wkld-oam-vip".to_owned()),
        cidr: "10.223.63.0/26".to_owned(),
        ..Draft::default()
    }
}

#[test]
fn names_follow_the_templates() {
    let known = workspace(&[("values.yaml", VALUES)]);
    let of = |workspace: &Workspace| {
        let names = names(workspace, "oam");
        [names.infra_setting, names.gateway_class, names.ingress_class].join(" ")
    };
    assert_eq!(of(&known), "aviinfrasetting-tkg-wkld-oam avigatewayclass-tkg-wkld-oam avi-ingress-class-oam");
    assert_eq!(short_name(&known, "aviinfrasetting-tkg-wkld-oam"), "oam");
    assert_eq!(short_name(&known, "other"), "other");
    let unknown = workspace(&[]);
    assert_eq!(of(&unknown), "aviinfrasetting-oam avigatewayclass-oam avi-ingress-class-oam");
    let own = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\n\
               spec: {naming: {aviInfraSetting: '{cluster}-{segment}-x'}}\n";
    let own = workspace(&[("akoplan.yaml", own)]);
    assert_eq!(names(&own, "oam").infra_setting, "oam-x");
    assert_eq!(short_name(&own, "oam-x"), "oam");
}

#[test]
fn a_new_segment_is_three_documents() {
    let before = workspace(&[("values.yaml", VALUES)]);
    let after = create(&before, &oam()).apply(&before).unwrap();
    let text = &after.file("platform/oam.yaml").unwrap().source.text;
    assert_eq!(**text, preview(&before, &oam()));
    expect![[r#"
        apiVersion: ako.vmware.com/v1beta1
        kind: AviInfraSetting
        metadata:
          name: aviinfrasetting-tkg-wkld-oam
        spec:
          seGroup:
            name: tkgvsphere-tkgworkload-group10
          network:
            vipNetworks:
            - networkName: tkg-wkld-oam-vip
              cidr: 10.223.63.0/26
            enableRhi: false
        ---
        apiVersion: networking.x-k8s.io/v1alpha1
        kind: GatewayClass
        metadata:
          name: avigatewayclass-tkg-wkld-oam
        spec:
          controller: ako.vmware.com/avi-lb
          parametersRef:
            group: ako.vmware.com
            kind: AviInfraSetting
            name: aviinfrasetting-tkg-wkld-oam
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: avi-ingress-class-oam
        spec:
          controller: ako.vmware.com/avi-lb
          parameters:
            apiGroup: ako.vmware.com
            kind: AviInfraSetting
            name: aviinfrasetting-tkg-wkld-oam
    "#]]
    .assert_eq(text);
    assert!(obstacle(&before, &oam()).is_none());
    assert!(obstacle(&after, &oam()).is_some());
    assert_eq!(preview(&after, &oam()), "", "what is there is not written twice");
}

#[test]
fn an_old_ako_gets_v1alpha1() {
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {akoVersion: 1.10.5}\n";
    let workspace = workspace(&[("akoplan.yaml", settings)]);
    assert!(preview(&workspace, &oam()).starts_with("apiVersion: ako.vmware.com/v1alpha1\n"));
}

#[test]
fn everything_a_form_offers_is_written() {
    let draft = Draft {
        segment: "sig".to_owned(),
        network: NetworkRef::Uuid("dvportgroup-1".to_owned()),
        v6cidr: "2001:db8::/64".to_owned(),
        enable_rhi: Some(true),
        bgp_peer_labels: vec!["peer1".to_owned(), " ".to_owned()],
        shard_size: "SMALL".to_owned(),
        with_gateway_class: false,
        with_ingress_class: false,
        ..Draft::default()
    };
    expect![[r#"
        apiVersion: ako.vmware.com/v1beta1
        kind: AviInfraSetting
        metadata:
          name: aviinfrasetting-sig
        spec:
          network:
            vipNetworks:
            - networkUUID: dvportgroup-1
              v6cidr: 2001:db8::/64
            enableRhi: true
            bgpPeerLabels:
            - peer1
          l7Settings:
            shardSize: SMALL
    "#]]
    .assert_eq(&preview(&workspace(&[]), &draft));
}

#[test]
fn segments_are_listed_with_what_leads_to_them() {
    let first = workspace(&[("values.yaml", VALUES)]);
    let second = create(&first, &oam()).apply(&first).unwrap();
    let apps = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: gw, namespace: red}\n\
                spec: {gatewayClassName: avigatewayclass-tkg-wkld-oam, listeners: []}\n---\n\
                apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\n  labels:\n    \
                ako.vmware.com/gateway-name: gw\n    ako.vmware.com/gateway-namespace: red\n---\n\
                apiVersion: v1\nkind: Service\nmetadata:\n  name: sctp\n  annotations:\n    \
                aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-sigtran\n";
    let mut files = second.sources();
    files.push(SourceFile::new("apps/a.yaml", apps));
    let workspace = second.with_files(&files);
    let segments = list(&workspace);
    let shape: Vec<(&str, bool, usize, usize, usize)> = segments
        .iter()
        .map(|segment| {
            let classes = segment.gateway_classes.len() + segment.ingress_classes.len();
            (segment.name.as_str(), segment.defined.is_some(), classes, segment.gateways.len(), segment.services.len())
        })
        .collect();
    assert_eq!(shape, [("oam", true, 2, 1, 1), ("sigtran", false, 0, 0, 1)]);
}

#[test]
fn own_names_win_over_the_templates() {
    let workspace = workspace(&[("values.yaml", VALUES)]);
    let own = Names { infra_setting: " oam-setting ".to_owned(), ..Names::default() };
    let draft = Draft { names: own, ..oam() };
    let names = draft_names(&workspace, &draft);
    assert_eq!(names.infra_setting, "oam-setting");
    assert_eq!(names.gateway_class, "avigatewayclass-tkg-wkld-oam");
    let after = create(&workspace, &draft).apply(&workspace).unwrap();
    let (_, class) = after.get::<GatewayClass>("", &names.gateway_class).unwrap();
    assert_eq!(of_gateway_class(class), Some("oam-setting"));
    assert_eq!(
        kept(&after, &draft),
        [
            "There is a GatewayClass `avigatewayclass-tkg-wkld-oam` already: it stays as it is and leads to `oam-setting`.",
            "There is an IngressClass `avi-ingress-class-oam` already: it stays as it is and leads to `oam-setting`.",
        ]
    );
}

#[test]
fn a_segment_goes_with_its_classes_and_its_file_and_comes_back_with_one_undo() {
    let before =
        workspace(&[("values.yaml", VALUES), ("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")]);
    let alone = create(&before, &oam()).apply(&before).unwrap();
    let gone = remove(&alone, &list(&alone)[0]).apply(&alone).unwrap();
    assert_eq!(gone.sources(), before.sources());

    let file = platform_file("oam");
    let comment = Command::AddDocument {
        file: file.clone(),
        text: "apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n".to_owned(),
    };
    let beside = comment.apply(&alone).unwrap();
    let gone = remove(&beside, &list(&beside)[0]).apply(&beside).unwrap();
    assert_eq!(gone.objects().iter().map(|object| gone.key(object)).collect::<Vec<_>>().len(), 3);
    assert!(list(&gone).is_empty() && gone.file(&file).is_some());
}

#[test]
fn a_trial_shows_what_creating_would_do() {
    let workspace = workspace(&[("values.yaml", VALUES)]);
    let (after, at) = trial(&workspace, &oam()).unwrap();
    assert_eq!(after.at(&at).unwrap().text("spec.network.vipNetworks[0].cidr"), Some("10.223.63.0/26"));
    assert!(trial(&after, &oam()).is_none());
    assert!(trial(&workspace, &Draft::default()).is_none());
}

#[test]
fn a_missing_class_is_added_beside_its_setting() {
    let mut workspace = workspace(&[("values.yaml", VALUES)]);
    let draft = Draft { with_gateway_class: false, with_ingress_class: false, ..oam() };
    workspace = create(&workspace, &draft).apply(&workspace).unwrap();
    let setting = "aviinfrasetting-tkg-wkld-oam";
    workspace = add_gateway_class(&workspace, setting).apply(&workspace).unwrap();
    workspace = add_ingress_class(&workspace, setting).apply(&workspace).unwrap();
    let text = &workspace.file("platform/oam.yaml").unwrap().source.text;
    assert_eq!(**text, preview(&self::workspace(&[("values.yaml", VALUES)]), &oam()));
}

#[test]
fn a_segment_that_is_referred_to_has_a_row_and_a_draft_of_its_name() {
    let class = |setting: &str| {
        format!(
            "apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata: {{name: c-{setting}}}\n\
             spec: {{controller: ako.vmware.com/avi-lb, parametersRef: {{group: ako.vmware.com, kind: AviInfraSetting, name: {setting}}}}}\n"
        )
    };
    let files =
        [("values.yaml", VALUES), ("a.yaml", &class("aviinfrasetting-tkg-wkld-sigtran")), ("b.yaml", &class("other"))];
    let workspace = workspace(&files);
    let rows = rows(&workspace, &crate::analysis::Analysis::default());
    let [other, sigtran] = [&rows[1], &rows[0]];
    assert_eq!((sigtran.name.as_str(), sigtran.worst), ("sigtran", Some(crate::diagnostic::Severity::Error)));
    assert_eq!(sigtran.referred_by, ["GatewayClass/c-aviinfrasetting-tkg-wkld-sigtran"]);
    let segments = list(&workspace);
    let draft = draft_for(&workspace, &segments[0]);
    assert_eq!((draft.segment.as_str(), draft.names.infra_setting.as_str()), ("sigtran", ""));
    assert!(!draft.with_gateway_class && draft.with_ingress_class);
    let draft = draft_for(&workspace, &segments[1]);
    assert_eq!(draft_names(&workspace, &draft).infra_setting, other.setting);
}

#[test]
fn a_row_counts_and_names() {
    let before = workspace(&[("values.yaml", VALUES)]);
    let after = create(&before, &oam()).apply(&before).unwrap();
    let row = rows(&after, &crate::analysis::Analysis::default()).remove(0);
    assert_eq!(row.networks, ["tkg-wkld-oam-vip"]);
    assert_eq!(
        [row.cidrs[0].as_str(), row.usable.as_str(), row.se_group.as_str()],
        ["10.223.63.0/26", "62", "tkgvsphere-tkgworkload-group10"]
    );
    assert_eq!((row.used, row.worst, row.gateway_classes.len()), (0, None, 1));
}
