//! A guide's text as it was copied from a web page: repaired, asked for what nobody can know, mended, exported.
//!
//! The browser test of the same name goes the same way on the page and gets the same bundle.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use akoplan::analysis::{Analysis, analyse};
use akoplan::diagnostic::{Ask, Finding, Severity};
use akoplan::export::bundle;
use akoplan::fix::{Choice, mend};
use akoplan::repair::repair;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use expect_test::{expect, expect_file};

const SEED: &str = include_str!("seed/seed.txt");
const BUNDLE: &str = "tests/golden/seed_bundle";

/// What an engineer knows and the text does not say.
const ANSWERS: [(&str, [&str; 3]); 2] = [
    ("aviinfrasetting-tkg-wkld-trf", ["tkgvsphere-tkgworkload-group11", "tkg-wkld-trf-vip", "10.223.64.0/26"]),
    ("aviinfrasetting-tkg-wkld-sigtran", ["tkgvsphere-tkgworkload-group12", "tkg-wkld-sigtran-vip", "10.223.65.0/26"]),
];

fn pasted() -> Workspace {
    Workspace::new(&[SourceFile::new("pasted.yaml", repair(SEED).apply(SEED))])
}

fn outline(analysis: &Analysis) -> String {
    let line = |finding: &Finding| format!("{} {} {}\n", finding.code, finding.severity.name(), finding.message);
    analysis.findings.iter().map(line).collect()
}

/// The project with the missing settings defined.
fn defined(mut workspace: Workspace) -> Workspace {
    for (name, answers) in ANSWERS {
        let ask = Ask::DefineSetting(name.to_owned());
        let is_asked = analyse(&workspace).findings.iter().any(|finding| finding.asks.contains(&ask));
        assert!(is_asked, "{name} is asked for");
        let answered = ask.answered(&workspace, &answers.map(str::to_owned));
        assert_eq!(answered.problems, [], "{name}");
        workspace = answered.command.unwrap().apply(&workspace).unwrap();
    }
    workspace
}

/// The project after the first fix of each error, and all safe ones.
fn mended(mut workspace: Workspace) -> Workspace {
    loop {
        let findings = analyse(&workspace).findings;
        let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let Some(fix) = errors.find_map(|finding| finding.fixes.first()) else { break };
        workspace = fix.command.apply(&workspace).unwrap();
    }
    mend(&workspace, &Choice::safe()).workspace
}

#[test]
fn its_mistakes_are_findings() {
    expect![[r#"
        AKP702 info `ako.vmware.com/v1alpha1` is the old version of AviInfraSetting
        AKP313 warning no Service of this project stands behind the listener UDP/161
        AKP313 warning no Service of this project stands behind the listener TCP/80
        AKP312 error the Gateway `app-gateway-admin-0` has no listener TCP/8443
        AKP903 info no file says with which `L7Settings.serviceType` AKO runs, and `web-statefulset-service-oam` is of type ClusterIP
        AKP303 error no AviInfraSetting is called `aviinfrasetting-tkg-wkld-trf`
        AKP401 error IngressClass `avi-ingress-class-trf` is defined already, in `pasted.yaml` at line 92
        AKP303 error no AviInfraSetting is called `aviinfrasetting-tkg-wkld-sigtran`
        AKP701 error the version `networking.k8s.io/v1beta1` of Ingress does not exist any more
        AKP901 info no namespace is given: `default` is assumed
        AKP316 warning no Service is called `web-service-1` in `default`
        AKP015 warning a loose `annotations:` block belongs to no object
        AKP015 warning a loose `annotations:` block belongs to no object
        AKP015 warning a loose `annotations:` block belongs to no object
    "#]].assert_eq(&outline(&analyse(&pasted())));
}

#[test]
fn once_the_settings_are_defined_the_offered_fixes_leave_no_error() {
    let workspace = mended(defined(pasted()));
    let analysis = analyse(&workspace);
    assert_eq!(analysis.count(Severity::Error), 0);
    expect![[r#"
        AKP313 warning no Service of this project stands behind the listener UDP/161
        AKP313 warning no Service of this project stands behind the listener TCP/80
        AKP903 info no file says with which `L7Settings.serviceType` AKO runs, and `web-statefulset-service-oam` is of type ClusterIP
        AKP901 info no namespace is given: `default` is assumed
        AKP316 warning no Service is called `web-service-1` in `default`
        AKP015 warning a loose `annotations:` block belongs to no object
        AKP015 warning a loose `annotations:` block belongs to no object
        AKP015 warning a loose `annotations:` block belongs to no object
    "#]].assert_eq(&outline(&analysis));
}

#[test]
fn the_bundle_is_what_an_engineer_would_apply() {
    let workspace = mended(defined(pasted()));
    let made = bundle(&workspace, &analyse(&workspace));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(BUNDLE);
    for file in &made.files {
        expect_file![folder.join(&file.name)].assert_eq(&file.text);
    }
    let names: BTreeSet<PathBuf> = made.files.iter().map(|file| folder.join(&file.name)).collect();
    let mut golden = BTreeSet::new();
    files(&folder, &mut golden);
    assert_eq!(golden, names);
    let left_out: Vec<String> = made.left_out.iter().map(|left| format!("{}: {}\n", left.line, left.reason)).collect();
    expect![[r#"
        129: a loose block of no object
        132: a loose block of no object
        135: a loose block of no object
    "#]]
    .assert_eq(&left_out.concat());
    let applied: Vec<SourceFile> = made.files.iter().filter(|file| file.name.contains('/')).cloned().collect();
    assert_eq!(analyse(&Workspace::new(&applied)).count(Severity::Error), 0, "nor has the bundle");
}

fn files(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path);
        }
    }
}
