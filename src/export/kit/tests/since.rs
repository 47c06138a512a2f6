//! Kits beside an earlier state: what each step changes, interrupts, makes again and takes away.

use expect_test::expect_file;

use super::*;
use crate::export::steps::Since;

const SETTING: &str = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\nspec:\n  network:\n    \
                       vipNetworks:\n    - networkName: oam-vip\n      cidr: 10.1.0.0/24\n";
const SERVICE: &str = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\n  annotations:\n    \
                       aviinfrasetting.ako.vmware.com/name: oam\nspec:\n  type: LoadBalancer\n  ports:\n  - port: 80\n";
const VALUES: &str = "---\nNetworkSettings:\n  vipNetworkList:\n  - networkName: global\n    cidr: 10.9.0.0/24\n";

fn beside(old: &str, new: &str) -> Kit {
    let [old, new] = [old, new].map(|text| Workspace::new(&[SourceFile::new("a.yaml", text)]));
    kit_beside(&new, &analyse(&new), &old)
}

/// Steps as `about: what it does`.
fn told(kit: &Kit) -> Vec<String> {
    let mut lines = Vec::new();
    for step in &kit.steps {
        let Some(Since { added, changed, unchanged, gone, refused, interrupted, lagging }) = &step.since else {
            panic!("{}", step.about)
        };
        for (word, list) in [("new", added), ("changed", changed), ("as before", unchanged), ("gone", gone)] {
            lines.extend(list.iter().map(|key| format!("{}: {word} {key}", step.about)));
        }
        for (word, list) in [("refused", refused), ("interrupted", interrupted), ("lagging", lagging)] {
            lines.extend(list.iter().map(|notice| format!("{}: {word} {}", step.about, notice.about)));
        }
    }
    lines
}

#[test]
fn beside_the_same_state_there_is_nothing_to_do() {
    for files in [examples::clean(), examples::mistakes()] {
        let workspace = Workspace::new(&files);
        let kit = kit_beside(&workspace, &analyse(&workspace), &workspace);
        assert!(told(&kit).iter().all(|line| line.contains(": as before ")), "{:?}", told(&kit));
        assert!(checks(&kit).is_empty() && kit.steps.iter().all(|step| step.back.is_empty()));
        assert!(kit.files[0].text.contains("\nNothing: the manifests say what they said before.\n"));
    }
}

#[test]
fn beside_nothing_every_object_is_new_and_all_else_is_as_without() {
    let workspace = Workspace::new(&examples::clean());
    let kit = kit_beside(&workspace, &analyse(&workspace), &Workspace::default());
    let plain = made(&examples::clean());
    assert!(told(&kit).iter().all(|line| line.contains(": new ")), "{:?}", told(&kit));
    assert_eq!(checks(&kit), checks(&plain));
    let commands = |kit: &Kit| kit.steps.iter().map(|step| step.commands.clone()).collect::<Vec<_>>();
    assert_eq!(commands(&kit), commands(&plain));
}

#[test]
fn the_page_from_one_state_to_another() {
    // The clean example, two segments and an Ingress fewer, one range moved on, one Service new.
    let old = examples::clean();
    let mut new: Vec<SourceFile> = old
        .iter()
        .filter(|file| {
            !["platform/sigtran.yaml", "apps/default/sctp-service-sigtran.yaml"].contains(&file.name.as_str())
        })
        .map(|file| SourceFile::new(&*file.name, file.text.replace("10.223.64.0/26", "10.223.66.0/26")))
        .collect();
    let service = old.iter().find(|file| file.name.ends_with("traffic-service-trf.yaml")).unwrap();
    new.push(SourceFile::new(
        "apps/default/more.yaml",
        service.text.replace("traffic-service-trf", "more-service-trf"),
    ));
    let [old, new] = [old, new].map(|files| Workspace::new(&files));
    let kit = kit_beside(&new, &analyse(&new), &old);
    expect_file!["../../../../tests/golden/clean_changed.apply.md"].assert_eq(&kit.files[0].text);
    assert!(kit.is_complete());
    // Nothing is lost of what a review tells of the objects.
    let told = told(&kit);
    let review = crate::review::review(&old, &new);
    assert!(review.objects.len() > 4);
    for crate::review::ObjectChange { object, change } in review.objects {
        let word = match change {
            crate::review::Change::Added => "new",
            crate::review::Change::Changed => "changed",
            crate::review::Change::Removed => "gone",
        };
        assert!(told.iter().any(|line| line.ends_with(&format!(": {word} {object}"))), "{word} {object}: {told:?}");
    }
}

#[test]
fn nothing_is_deleted_that_may_stand_in_a_document_that_cannot_be_read() {
    let [old, new] = [examples::clean(), examples::mistakes()].map(|files| Workspace::new(&files));
    let kit = kit_beside(&new, &analyse(&new), &old);
    let change = kit.change.as_ref().unwrap();
    assert!(change.missing.contains(&"Service/default/traffic-service-trf".to_owned()), "{change:?}");
    assert!(change.gone.is_empty() && !kit.steps.iter().any(|step| step.commands.concat().contains("delete")));
    let page = &kit.files[0].text;
    assert!(page.contains("Nothing is deleted: documents of the project are not in the kit"), "{page}");
}

#[test]
fn manifests_alone_ran_under_the_settings_and_values_of_the_new_ones() {
    let new = examples::clean();
    let is_manifest = |file: &&SourceFile| file.name.starts_with("apps/") || file.name.starts_with("platform/");
    let old: Vec<SourceFile> = new.iter().filter(is_manifest).cloned().collect();
    assert!(old.len() < new.len());
    let [old, new] = [old, new].map(|files| Workspace::new(&files));
    let kit = kit_beside(&new, &analyse(&new), &old);
    assert!(told(&kit).iter().all(|line| line.contains(": as before ")), "{:?}", told(&kit));
    assert!(checks(&kit).is_empty());
}

#[test]
fn what_is_gone_is_deleted_last_users_before_settings() {
    let namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: red}\n";
    let ingress = "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: red}\n---\napiVersion: \
                   networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: other, namespace: red}\n";
    let kept = SETTING.replace("name: oam", "name: kept");
    let kit = beside(&format!("{SETTING}{SERVICE}{ingress}{namespace}---\n{kept}"), &kept);
    let last = kit.steps.last().unwrap();
    assert_eq!(
        last.commands,
        [
            "kubectl delete --ignore-not-found -n red ingress.networking.k8s.io other web",
            "kubectl delete --ignore-not-found -n red service web",
            "kubectl delete --ignore-not-found aviinfrasetting.ako.vmware.com oam",
        ]
    );
    assert_eq!(told(&kit).last().unwrap(), "What is gone: interrupted admin/my-cluster--red-web");
    let change = kit.change.as_ref().unwrap();
    assert_eq!((change.gone.len(), change.left.as_slice()), (4, &["Namespace/red".to_owned()][..]));
    assert!(kit.files[0].text.contains("no command can name them: `Namespace/red`."));
}

#[test]
fn a_setting_that_goes_while_it_is_used_moves_the_vip_in_the_last_step() {
    let kept = SETTING.replace("name: oam", "name: kept");
    let kit = beside(&format!("{SETTING}{SERVICE}---\n{kept}{VALUES}"), &format!("{kept}{SERVICE}{VALUES}"));
    let told = told(&kit);
    let quiet = ["AviInfraSettings: as before AviInfraSetting/kept", "Services: as before Service/red/web"];
    assert_eq!(
        (&told[..2], told[2].as_str()),
        (&quiet.map(str::to_owned)[..], "What is gone: gone AviInfraSetting/oam")
    );
    // A VIP that AKO moves loses its range, which only a new one gets.
    let outages = [
        "What is gone: interrupted my-cluster--red-web",
        "What does not follow by itself: lagging my-cluster--red-web",
    ];
    assert_eq!(told[3..], outages);
    let since = kit.steps[2].since.as_ref().unwrap();
    assert_eq!(since.interrupted[0].objects, ["Service/red/web"]);
    assert!(since.interrupted[0].sentence.starts_with("The VIP moves from oam-vip 10.1.0.0/24"), "{since:?}");
}

#[test]
fn an_interruption_is_told_at_the_step_that_brings_it() {
    let elsewhere = SETTING.replace("oam-vip", "other-vip");
    let kit = beside(&format!("{SETTING}{SERVICE}"), &format!("{elsewhere}{SERVICE}"));
    let told = told(&kit);
    assert_eq!(
        told[..2],
        ["AviInfraSettings: changed AviInfraSetting/oam", "AviInfraSettings: interrupted my-cluster--red-web"]
    );
    assert!(told.contains(&"Services: as before Service/red/web".to_owned()), "{told:?}");
    let page = &kit.files[0].text;
    assert!(page.contains("**Outages, or addresses that move: step 1.**"), "{page}");
    // The status that changes with it is expected although the Service is as before.
    assert!(checks(&kit).contains_key("AviInfraSetting/oam"));
}

#[test]
fn what_does_not_follow_is_made_again_at_the_end() {
    let kit = beside(&format!("{SETTING}{SERVICE}"), &format!("{}{SERVICE}", SETTING.replace("10.1.", "10.2.")));
    let last = kit.steps.last().unwrap();
    assert_eq!(told(&kit).last().unwrap(), "What does not follow by itself: lagging my-cluster--red-web");
    assert_eq!(
        last.commands,
        ["kubectl delete -f apps/red/60-service-web.yaml", "kubectl apply -f apps/red/60-service-web.yaml"]
    );
}

#[test]
fn what_the_server_refuses_is_deleted_before_its_step() {
    let class = |controller: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: avi}}\nspec: {{controller: {controller}}}\n"
        )
    };
    let kit = beside(&class("example.com/other"), &class("ako.vmware.com/avi-lb"));
    let [step] = kit.steps.as_slice() else { panic!("{:?}", told(&kit)) };
    let since = step.since.as_ref().unwrap();
    assert_eq!(since.refused[0].commands, ["kubectl delete -f platform/30-ingressclass-avi.yaml"]);
    let page = &kit.files[0].text;
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(place("kubectl delete -f platform") < place("kubectl apply -f platform"));
    assert!(page.contains("`spec.controller` cannot be changed"));
}

#[test]
fn only_what_was_new_is_taken_back_by_deleting_it() {
    let other = SERVICE.replace("name: web", "name: new");
    let kit = beside(&format!("{SETTING}{SERVICE}"), &format!("{SETTING}{SERVICE}{other}"));
    let back: Vec<&String> = kit.steps.iter().flat_map(|step| &step.back).collect();
    assert_eq!(back, ["kubectl delete --ignore-not-found -f apps/red/60-service-new.yaml"]);
    assert_eq!(checks(&kit).into_keys().collect::<Vec<_>>(), ["Service/red/new"]);
}

#[test]
fn what_the_server_wrote_is_no_difference() {
    let status = format!("{SETTING}status: {{status: Accepted}}\n");
    let kit = beside(&format!("{status}{SERVICE}"), &format!("{SETTING}{SERVICE}"));
    assert!(told(&kit).iter().all(|line| line.contains("as before")), "{:?}", told(&kit));
}
