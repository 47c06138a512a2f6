//! `akoplan fix` as people call it: what it prints, what it writes, what it refuses, its exit code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::expect;

const OLD_SETTING: &str = "\
# ours
apiVersion: ako.vmware.com/v1alpha1
kind: AviInfraSetting
metadata: {name: oam} # kept
spec: {network: {vipNetworks: [{networkName: oam-vip, cidr: 10.0.0.0/24}]}}
";
/// Its name is a slip, which people have to decide on.
const CLASS: &str = "\
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: oam}
spec:
  controller: ako.vmware.com/avi-lb
  parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: oma}
";

struct Answer {
    code: i32,
    out: String,
    err: String,
}

fn fix(folder: &Path, arguments: &[&str]) -> Answer {
    akoplan(folder, &[&["fix"], arguments].concat())
}

fn akoplan(folder: &Path, arguments: &[&str]) -> Answer {
    let mut process = Command::new(env!("CARGO_BIN_EXE_akoplan"));
    let output = process.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder of the test's own with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    folder
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn without_write_it_prints_the_diff_and_changes_nothing() {
    let folder = folder("fix-diff", &[("a.yaml", OLD_SETTING.as_bytes()), ("b.yaml", CLASS.as_bytes())]);
    let Answer { code, out, err } = fix(&folder, &["."]);
    expect![[r"
        --- a.yaml
        +++ a.yaml
        @@ -1,4 +1,4 @@
         # ours
        -apiVersion: ako.vmware.com/v1alpha1
        +apiVersion: ako.vmware.com/v1beta1
         kind: AviInfraSetting
         metadata: {name: oam} # kept
    "]]
    .assert_eq(&out);
    expect![[r#"
        fixed: AKP702 AviInfraSetting/oam: write `ako.vmware.com/v1beta1`
        not fixed: AKP302 GatewayClass/oam: define AviInfraSetting `oma` by `--define oma=SEGROUP,NETWORK,CIDR`
        warning: 1 error is open; `akoplan check` shows it
    "#]]
    .assert_eq(&err);
    assert_eq!(code, 1);
    assert_eq!((read(&folder, "a.yaml"), read(&folder, "b.yaml")), (OLD_SETTING.to_owned(), CLASS.to_owned()));
}

#[test]
fn with_write_only_what_is_mended_changes_and_named_codes_are_mended_too() {
    let folder = folder("fix-write", &[("a.yaml", OLD_SETTING.as_bytes()), ("b.yaml", CLASS.as_bytes())]);
    let answer = fix(&folder, &["a.yaml", "b.yaml", "--write", "--code", "AKP302"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""), "{}", answer.err);
    assert_eq!(read(&folder, "a.yaml"), OLD_SETTING.replace("v1alpha1", "v1beta1"));
    assert_eq!(read(&folder, "b.yaml"), CLASS.replace("oma", "oam"));
    let again = fix(&folder, &["."]);
    assert_eq!((again.code, again.out.as_str(), again.err.as_str()), (0, "", ""), "what is well stays");
}

#[test]
fn what_is_no_utf8_is_never_written() {
    let broken = [OLD_SETTING.as_bytes(), b"# caf\xe9\n"].concat();
    let folder_of_broken = folder("fix-latin1", &[("a.yaml", &broken)]);
    let answer = fix(&folder_of_broken, &["a.yaml", "--write"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("neither UTF-8 nor UTF-16"), "{}", answer.err);
    assert_eq!(std::fs::read(folder_of_broken.join("a.yaml")).unwrap(), broken);
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(OLD_SETTING.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let folder = folder("fix-utf16", &[("a.yaml", &wide), ("b.yaml", OLD_SETTING.replace("oam", "trf").as_bytes())]);
    let answer = fix(&folder, &["a.yaml", "b.yaml", "--write"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("error: `a.yaml` is not UTF-8"), "{}", answer.err);
    assert_eq!(std::fs::read(folder.join("a.yaml")).unwrap(), wide);
    assert!(read(&folder, "b.yaml").contains("v1alpha1"), "all or nothing");
}

#[test]
fn wrong_calls_are_told() {
    let folder = folder("fix-wrong", &[("a.yaml", OLD_SETTING.as_bytes())]);
    let answer = fix(&folder, &["a.yaml", "--code", "AKP999"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert_eq!(answer.err, "error: there is no rule `AKP999`; `akoplan rules` lists all\n");
    let answer = fix(&folder, &["-", "--write"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert_eq!(answer.err, "error: --write needs files: standard input cannot be written to\n");
}

/// Refers to a setting that nothing resembles.
const ASKING: &str = "\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: traffic}
spec: {controller: ako.vmware.com/avi-lb, parameters: {apiGroup: ako.vmware.com, kind: AviInfraSetting, name: traffic}}
";

#[test]
fn a_missing_setting_is_asked_for_and_defined_by_the_answers() {
    let files = [("manifests/a/a.yaml", OLD_SETTING.as_bytes()), ("manifests/b.yaml", ASKING.as_bytes())];
    let folder = folder("fix-define", &files);
    let answer = fix(&folder, &["manifests"]);
    assert_eq!(answer.code, 1);
    expect![[r"
        fixed: AKP702 AviInfraSetting/oam: write `ako.vmware.com/v1beta1`
        not fixed: AKP303 IngressClass/traffic: define AviInfraSetting `traffic` by `--define traffic=SEGROUP,NETWORK,CIDR`
        warning: 1 error is open; `akoplan check` shows it
    "]]
    .assert_eq(&answer.err);
    let Answer { code, out, err } =
        fix(&folder, &["manifests", "--define", "traffic=group11,trf-vip,10.0.1.0/24", "--write"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    expect![[r"
        fixed: AKP303 IngressClass/traffic: define AviInfraSetting `traffic`
        fixed: AKP702 AviInfraSetting/oam: write `ako.vmware.com/v1beta1`
    "]]
    .assert_eq(&err);
    expect![[r"
        apiVersion: ako.vmware.com/v1beta1
        kind: AviInfraSetting
        metadata:
          name: traffic
        spec:
          seGroup:
            name: group11
          network:
            vipNetworks:
            - networkName: trf-vip
              cidr: 10.0.1.0/24
            enableRhi: false
    "]]
    .assert_eq(&read(&folder, "manifests/platform/traffic.yaml"));
    assert_eq!(fix(&folder, &["manifests"]).err, "", "what is well stays");
}

#[test]
fn bad_definitions_are_told_and_nothing_is_written() {
    let folder = folder("fix-define-wrong", &[("b.yaml", ASKING.as_bytes()), ("a.yaml", OLD_SETTING.as_bytes())]);
    let told = |definition: &str| {
        let answer = fix(&folder, &["a.yaml", "b.yaml", "--write", "--define", definition]);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""));
        answer.err.lines().next().unwrap_or_default().to_owned() + "\n"
    };
    let all =
        [told("traffic=,trf-vip,10.0.1"), told("traffic=x,,"), told("trafic=x,y,"), told("traffic=x,y"), told("y")];
    expect![[r#"
        error: --define traffic: CIDR: A CIDR is an address and a prefix length, as in `10.223.63.0/26`.
        error: --define traffic: VIP network: A network is needed: without one AKO takes the global network.
        error: --define trafic: nothing refers to an AviInfraSetting of this name that is not there; missing: `traffic`
        error: invalid value 'traffic=x,y' for '--define <NAME=SEGROUP,NETWORK,CIDR>': it is NAME=SEGROUP,NETWORK,CIDR; SEGROUP and CIDR may be empty
        error: invalid value 'y' for '--define <NAME=SEGROUP,NETWORK,CIDR>': it is NAME=SEGROUP,NETWORK,CIDR; SEGROUP and CIDR may be empty
    "#]].assert_eq(&all.concat());
    assert!(!folder.join("platform").exists());
    assert_eq!(read(&folder, "a.yaml"), OLD_SETTING);
}

/// The way of `tests/seed.rs` by commands: a guide's text as it was copied, repaired, mended, exported.
#[test]
fn a_guide_s_text_becomes_a_bundle_without_an_error() {
    let folder = folder("fix-guide", &[("guide.yaml", include_bytes!("seed/seed.txt"))]);
    assert_eq!(akoplan(&folder, &["repair", "guide.yaml", "--write"]).code, 0);
    let trf = "aviinfrasetting-tkg-wkld-trf=tkgvsphere-tkgworkload-group11,tkg-wkld-trf-vip,10.223.64.0/26";
    let sigtran = "aviinfrasetting-tkg-wkld-sigtran=tkgvsphere-tkgworkload-group12,tkg-wkld-sigtran-vip,10.223.65.0/26";
    let definitions = ["--define", trf, "--define", sigtran];
    let mended = fix(&folder, &[&["guide.yaml", "--write", "--code", "AKP401,AKP312"], &definitions[..]].concat());
    assert_eq!((mended.code, mended.out.as_str()), (0, ""), "{}", mended.err);
    assert_eq!(akoplan(&folder, &["check", "."]).code, 0);
    assert_eq!(akoplan(&folder, &["export", ".", "--out", "bundle"]).code, 0);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/seed_bundle");
    for part in ["platform", "apps/default"] {
        assert_eq!(texts(&folder.join("bundle").join(part)), texts(&golden.join(part)), "{part}");
    }
}

/// Names and texts of a folder's files.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()))
        .collect()
}
