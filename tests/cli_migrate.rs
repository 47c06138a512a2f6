//! `akoplan migrate` as people call it: what it lists, reports, prints, writes, refuses, its exit code.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::expect;

const SERVICES: &str = "\
# ours
apiVersion: v1
kind: Service
metadata:
  name: snmp
  namespace: red
  annotations:
    ako.vmware.com/load-balancer-ip: 10.0.0.5
spec: {type: LoadBalancer, ports: [{port: 161, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red} # kept
spec: {type: LoadBalancer, ports: [{port: 443}]}
";
const VALUES: &str = "\
AKOSettings: {clusterName: c, servicesAPI: true}
NetworkSettings: {vipNetworkList: [{networkName: global-net, cidr: 10.0.0.0/24}]}
";

struct Answer {
    code: i32,
    out: String,
    err: String,
}

fn migrate(folder: &Path, arguments: &[&str]) -> Answer {
    let mut process = Command::new(env!("CARGO_BIN_EXE_akoplan"));
    let output = process.arg("migrate").args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("services.yaml", SERVICES), ("values.yaml", VALUES)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn without_a_target_the_offers_are_listed() {
    let Answer { code, out, err } = migrate(&folder("migrate-list"), &["."]);
    expect![[r#"
        --to gateway     Gateway of the services API, by labels
                           2 LoadBalancer Services in red
        --to shared-vip  shared VIP, by annotation
                           2 LoadBalancer Services in red
    "#]]
    .assert_eq(&out);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn the_report_and_the_diff_go_apart_and_write_writes() {
    let folder = folder("migrate-write");
    let arguments = [".", "--to", "shared-vip", "--object", "red/snmp", "--answer", "key=edge"];
    let Answer { code, out, err } = migrate(&folder, &arguments);
    expect![[r#"
        --- services.yaml
        +++ services.yaml
        @@ -7,4 +7,5 @@
           annotations:
             ako.vmware.com/load-balancer-ip: 10.0.0.5
        +    ako.vmware.com/enable-shared-vip: edge
         spec: {type: LoadBalancer, ports: [{port: 161, protocol: UDP}]}
         ---
    "#]]
    .assert_eq(&out);
    expect![[r#"
        Service red/snmp: to shared VIP, by annotation
        kept:
          Service/red/snmp: spec.type: LoadBalancer, by itself → spec.type: LoadBalancer, and ako.vmware.com/enable-shared-vip: edge
          Service/red/snmp: the address 10.0.0.5 → the address that the Service asks for
        decisions:
          What is the key of the shared VIP?
            --answer key=…
            answered: edge
          Which address does the shared VIP ask for?
            --answer address=10.0.0.5: all of the Services ask for it
            --answer address=none: Avi gives the VIP an address
            without an answer: 10.0.0.5
        landings:
          red/snmp UDP/161: stays on global global-net 10.0.0.0/24 (SE group Default-Group), asking for 10.0.0.5
        interruptions:
          admin/c--red-snmp: AKO deletes this virtual service; what it serves is down
          red/snmp UDP/161: goes to a VIP that is made anew with 10.0.0.5: down in between, and until the old VIP has given the address back
    "#]].assert_eq(&err);
    assert_eq!(code, 0);
    assert_eq!(read(&folder, "services.yaml"), SERVICES, "without --write nothing changes");
    let answer = migrate(&folder, &[&arguments[..], &["--write"]].concat());
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    let changed = "    ako.vmware.com/load-balancer-ip: 10.0.0.5\n";
    let expected = SERVICES.replace(changed, &format!("{changed}    ako.vmware.com/enable-shared-vip: edge\n"));
    assert_eq!(read(&folder, "services.yaml"), expected);
}

#[test]
fn an_open_question_is_answered_first() {
    let folder = folder("migrate-open");
    let of = SERVICES.replace(
        "metadata: {name: web, namespace: red}",
        "metadata: {name: web, namespace: red, annotations: {ako.vmware.com/load-balancer-ip: 10.0.0.6}}",
    );
    std::fs::write(folder.join("services.yaml"), &of).unwrap();
    let answer = migrate(&folder, &[".", "--to", "gateway", "--write"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.contains("open: it has to be answered"), "{}", answer.err);
    assert!(answer.err.ends_with("warning: nothing was written, as not all of it can be done so\n"), "{}", answer.err);
    assert_eq!(read(&folder, "services.yaml"), of);
    let answer = migrate(&folder, &[".", "--to", "gateway", "--answer", "address=10.0.0.6", "--write"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(read(&folder, "services.yaml").contains("kind: Gateway\n"));
}

#[test]
fn wrong_calls_are_told() {
    let folder = folder("migrate-wrong");
    let told = |arguments: &[&str]| {
        let answer = migrate(&folder, arguments);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{arguments:?}");
        answer.err
    };
    expect![[r#"
        error: there is no migration `moon`; there are infra-setting, values, ingress, gateway, shared-vip, load-balancer, gateway-api
    "#]].assert_eq(&told(&[".", "--to", "moon"]));
    expect![[r#"
        error: nothing here can be migrated to ingress; without --to all offers are listed
    "#]]
    .assert_eq(&told(&[".", "--to", "ingress"]));
    expect![[r#"
        error: none of the objects can be migrated to gateway; without --to all offers are listed
    "#]]
    .assert_eq(&told(&[".", "--to", "gateway", "--object", "red/other"]));
    expect![[r#"
        error: --write needs files: standard input cannot be written to
    "#]]
    .assert_eq(&told(&["-", "--to", "gateway", "--write"]));
    expect![[r#"
        error: `gateway` is no answer: write --answer key=value
    "#]]
    .assert_eq(&told(&[".", "--to", "gateway", "--answer", "gateway"]));
    let err = told(&[".", "--to", "gateway", "--answer", "color=red"]);
    assert!(err.ends_with("error: there is no question `color`\n"), "{err}");
}
