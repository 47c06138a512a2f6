//! Tests of the review of a change.

use super::*;
use crate::analysis::analyse;
use crate::examples;
use crate::text::SourceFile;

const SETTING: &str = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\nspec:\n  network:\n    \
                       vipNetworks:\n    - networkName: oam-vip\n      cidr: 10.1.0.0/24\n";
const SERVICE: &str = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\n  annotations:\n    \
                       aviinfrasetting.ako.vmware.com/name: oam\nspec:\n  type: LoadBalancer\n  ports:\n  - port: 80\n";

fn workspace(text: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("a.yaml", text)])
}

fn lines(review: &Review) -> Vec<String> {
    let mut lines = Vec::new();
    for Move { subject, from, to, written, .. } in &review.moves {
        let text = |place: &Option<String>| place.clone().unwrap_or_else(|| "-".to_owned());
        lines.push(format!("{subject}: {} > {} ({})", text(from), text(to), text(written)));
    }
    lines.extend(review.objects.iter().map(|object| format!("{} {}", object.object, object.change.word())));
    lines.extend(review.interruptions.iter().map(|it| format!("{}: {}", it.about, it.sentence)));
    lines
}

#[test]
fn nothing_changed_is_nothing() {
    for example in [examples::clean(), examples::mistakes()] {
        let same = Workspace::new(&example);
        let review = review(&same, &same);
        assert!(review.is_empty());
        assert_eq!((lines(&review), &review.notices), (Vec::new(), &Vec::new()));
        assert_eq!((review.introduced.len(), review.fixed.len()), (0, 0));
        assert_eq!(review.unchanged.len(), analyse(&same).findings.len());
    }
}

#[test]
fn moved_lines_and_comments_are_no_news() {
    let old = workspace(&format!("{SETTING}{}", SERVICE.replace("name: oam", "name: missing")));
    let new = workspace(&format!("# a comment\n\n{SETTING}{}", SERVICE.replace("name: oam", "name: missing")));
    let review = review(&old, &new);
    assert_eq!((review.introduced.len(), review.fixed.len(), review.objects.len()), (0, 0, 0));
    assert!(!review.unchanged.is_empty());
    assert_eq!(review.files.len(), 1);
}

#[test]
fn a_setting_that_goes_moves_the_vip_to_the_global_network() {
    let other = SETTING.replace("name: oam", "name: other");
    let values = "NetworkSettings:\n  vipNetworkList:\n  - networkName: global\n    cidr: 10.9.0.0/24\n---\n";
    let both = format!("{values}{other}---\n{SETTING}{SERVICE}");
    let review = review(&workspace(&both), &workspace(&format!("{values}{other}{SERVICE}")));
    assert!(review.introduced.iter().any(|finding| finding.severity == Severity::Error), "{:?}", review.introduced);
    assert!(review.introduced(Severity::Error) > 0);
    let told = lines(&review);
    assert!(
        told.iter().any(|line| line.starts_with("red/web TCP/80: oam-vip 10.1.0.0/24") && line.contains("> global"))
    );
    assert!(told.contains(&"AviInfraSetting/oam removed".to_owned()), "{told:?}");
    assert!(told.iter().any(|line| line.contains("The VIP moves from oam-vip 10.1.0.0/24")), "{told:?}");
    assert!(review.moves.iter().any(|it| it.as_intended == Some(false)));
}

#[test]
fn another_range_of_the_same_network_has_to_be_made_again() {
    let old = workspace(&format!("{SETTING}{SERVICE}"));
    let new = workspace(&format!("{}{SERVICE}", SETTING.replace("10.1.0.0/24", "10.2.0.0/24")));
    let told = lines(&review(&old, &new));
    let stays = "The VIP stays on oam-vip 10.1.0.0/24 although the manifests want oam-vip 10.2.0.0/24";
    assert!(told.iter().any(|line| line.contains(stays)), "{told:?}");
}

#[test]
fn what_is_gone_is_down() {
    let told = lines(&review(&workspace(&format!("{SETTING}{SERVICE}")), &workspace(SETTING)));
    assert!(told.iter().any(|line| line.contains("AKO deletes this virtual service")), "{told:?}");
    assert!(told.contains(&"Service/red/web removed".to_owned()));
    assert!(
        told.iter().any(|line| line.starts_with("red/web TCP/80: oam-vip") && line.contains("> - (-)")),
        "{told:?}"
    );
}

#[test]
fn fields_that_nobody_may_change_are_told() {
    let class = |controller: &str| {
        let kind = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: avi}\n";
        workspace(&format!("{kind}spec: {{controller: {controller}}}\n"))
    };
    let told = lines(&review(&class("ako.vmware.com/avi-lb"), &class("k8s.io/nginx")));
    assert!(
        told.iter().any(|line| line.starts_with("IngressClass/avi: `spec.controller` cannot be changed")),
        "{told:?}"
    );
}

#[test]
fn a_crash_is_said_at_once_or_for_the_next_start() {
    let fatal = SETTING.replace("cidr: 10.1.0.0/24", "v6cidr: '2001:db8:40::'");
    let old = workspace(&format!("{SETTING}{SERVICE}"));
    let later = review(&old, &workspace(&format!("{fatal}{SERVICE}"))).interruptions;
    assert!(later.iter().any(|it| it.sentence.starts_with("AKO's process dies the next time")), "{later:?}");
    let more = SERVICE.replace("name: web", "name: more");
    let at_once = review(&old, &workspace(&format!("{fatal}{SERVICE}{more}"))).interruptions;
    let [only] = at_once.as_slice() else { panic!("{at_once:?}") };
    assert!(only.sentence.starts_with("AKO's process dies, and again"), "{only:?}");
}

#[test]
fn values_with_which_ako_does_not_start_stop_everything_and_delete_nothing() {
    let of = |values: &str| workspace(&format!("{values}{SERVICE}"));
    let good = of("AKOSettings: {clusterName: a}\n");
    let bad = of("AKOSettings: {clusterName: a.b}\n");
    let told = review(&good, &bad).interruptions;
    let [only] = told.as_slice() else { panic!("{told:?}") };
    assert!(only.sentence.starts_with("AKO does not start any more, and what it sent before stays"), "{only:?}");
    assert_eq!(review(&bad, &bad).interruptions, []);
}

#[test]
fn the_values_are_called_by_their_kind() {
    let of = |cluster: &str| {
        Workspace::new(&[SourceFile::new("v.yaml", format!("AKOSettings: {{clusterName: {cluster}}}\n"))])
    };
    let objects = review(&of("a"), &of("b")).objects;
    assert_eq!(objects.iter().map(|it| it.object.as_str()).collect::<Vec<_>>(), ["values.yaml"]);
}
