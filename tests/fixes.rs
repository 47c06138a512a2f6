//! Every fix that is offered anywhere removes its finding, brings no error or warning, leaves every line
//! that it does not mend as it was, and is taken back by one undo.
//!
//! "Anywhere" is every example of the rules and every scenario of the conformance folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::diagnostic::{Finding, Fix, Severity};
use akoplan::diff;
use akoplan::fix::{Choice, mend};
use akoplan::history::History;
use akoplan::rules::{self, ALL};
use akoplan::text::{SourceFile, apply_edits};
use akoplan::workspace::Workspace;

/// Rules without a fix, and why: what would mend it only people know.
const NOT_MECHANICAL: &[(&str, &str)] = &[
    ("AKP001", "which line is wrong, the parser cannot tell; Repair shows what it would do"),
    ("AKP004", "what a template becomes, the chart's values say"),
    ("AKP005", "a file with control characters is no manifest, or in another encoding"),
    ("AKP007", "a value that holds itself has no end to be written out"),
    ("AKP008", "written out, the aliases would fill any memory"),
    ("AKP009", "where a document may be parted, its author knows"),
    ("AKP010", "which object a loose piece belongs to, or of which kind it is, nobody wrote"),
    ("AKP105", "which number was meant"),
    ("AKP318", "which SE group of this cluster was meant"),
    ("AKP319", "which SE group of the Avi administrators was meant"),
    ("AKP324", "whether the route's host is wrong or the listener's"),
    ("AKP328", "which host was meant, or which sub-domain the cloud is to have"),
    ("AKP402", "which of the Services is to stay behind the listener"),
    ("AKP405", "which Gateway is to have the host"),
    ("AKP406", "whether the namespace is to have a class of its own"),
    ("AKP409", "what the object is to be called instead"),
    ("AKP501", "the cause stands elsewhere, and the rule about it has the fix"),
    ("AKP502", "whether the reference is wrong or the intent"),
    ("AKP503", "the cause stands elsewhere, and the rule about it has the fix"),
    ("AKP601", "which of the ranges is wrong, and what it should be"),
    ("AKP604", "which range is free"),
    ("AKP703", "one Gateway or several Services: Migrate shows what each of them means"),
    ("AKP707", "which host was meant"),
    ("AKP805", "which folder is applied first, the pipeline says"),
    ("AKP903", "with which values AKO runs, the cluster knows"),
    ("AKP990", "the reason is people's to give"),
];

/// What shows fixes that no example of a rule does: typing errors in names, and what has one way out among others.
const SLIPS: &str = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: setting-oam}
spec: {network: {vipNetworks: [{networkName: oam, networkUUID: oam-1, cidr: 010.1.0.7/24}]}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: class-oam}
spec:
  controller: ako.vmware.com/avi-lb
  parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: settings-oam}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: class-oam}
spec:
  controller: ako.vmware.com/avi-lb
  parameters: {apiGroup: ako.vmware.com, kind: AviInfraSetting, name: setting-oam}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: another}
spec:
  controller: ako.vmware.com/avi-lb
  parameters: {apiGroup: ako.vmware.com, kind: AviInfraSetting, name: setting-oma}
---
apiVersion: v1
kind: Namespace
metadata: {name: red, annotations: {aviinfrasetting.ako.vmware.com/name: seting-oam}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: gw, namespace: red}
spec: {gatewayClassName: clas-oam, listeners: []}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red, annotations: {aviinfrasetting.ako.vmware.com/name: setting-oamm}}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: pages, namespace: red}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: red}
spec:
  ingressClassName: clas-oam
  rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: pages, port: {number: 80}}}}]}}]
---
apiVersion: akoplan/v1alpha1
kind: AkoplanSettings
spec:
  external: [{kind: Service, namespace: red, name: outside}]
  intents: [{kind: Service, namespace: red, name: outside, segment: setting-om}]
";
const CERTIFICATES: &str = "\
apiVersion: v1
kind: Secret
metadata: {name: shop-tls, namespace: red}
type: kubernetes.io/tls
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: avi}
spec: {controllerName: ako.vmware.com/avi-lb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: red}
spec:
  gatewayClassName: avi
  listeners:
  - {name: a, port: 443, protocol: HTTPS, hostname: a.example.com, tls: {certificateRefs: [{name: shop-lts}]}}
  - {name: b, port: 443, protocol: HTTPS, hostname: b.example.com, tls: {mode: Passthrough, certificateRefs: [{name: shop-tls}]}}
  - {name: c, port: 443, protocol: TLS, hostname: c.example.com}
";
const INGRESSES: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a, namespace: red}
spec:
  ingressClassName: avi-lb
  rules:
  - host: a.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
      - {path: /b, pathType: Prefix, backend: {resource: {kind: Bucket, name: a}}}
";
const WILDCARD: &str = "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a, namespace: red}
spec:
  ingressClassName: avi-lb
  rules:
  - host: *.example.com
";

/// Every workspace with the name that a complaint gives it.
fn workspaces() -> Vec<(String, Workspace)> {
    let mut found = Vec::new();
    for (name, text) in
        [("slips", SLIPS), ("certificates", CERTIFICATES), ("ingresses", INGRESSES), ("wildcard", WILDCARD)]
    {
        found.push((name.to_owned(), Workspace::new(&[SourceFile::new("a.yaml", text)])));
    }
    for rule in ALL {
        for (at, example) in rule.examples("Example").into_iter().enumerate() {
            let workspace = Workspace::new(&[SourceFile::new("example.yaml", example)]);
            found.push((format!("{} example {at}", rule.code), workspace));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/conformance/scenarios", "tests/scenarios", "static/examples"] {
        let mut scenarios: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        scenarios.sort();
        for scenario in scenarios.into_iter().filter(|path| path.is_dir()) {
            let mut files = Vec::new();
            read(&scenario, "", &mut files);
            let name = scenario.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((name, Workspace::new(&files)));
        }
    }
    found
}

fn read(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(SourceFile::new(name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Codes, with how many findings of an error or a warning there are.
fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity <= Severity::Warning) {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}

fn of_code(findings: &[Finding], code: &str) -> usize {
    findings.iter().filter(|finding| finding.code == code).count()
}

/// What is wrong with a fix.
fn problem(before: &Workspace, findings: &[Finding], finding: &Finding, fix: &Fix) -> Option<String> {
    let after = match fix.command.apply(before) {
        Ok(after) => after,
        Err(error) => return Some(format!("cannot be applied: {error}")),
    };
    let left = analyse(&after).findings;
    if of_code(&left, finding.code) >= of_code(findings, finding.code) {
        return Some("does not remove its finding".to_owned());
    }
    let (old, new) = (counts(findings), counts(&left));
    let remains = rules::find(finding.code).map(rules::Rule::remains).unwrap_or_default();
    let mut wrong = String::new();
    for (code, count) in new.iter().filter(|_| !was_unreadable(before, finding)) {
        if *count > old.get(code).copied().unwrap_or_default() && !remains.contains(code) {
            let message = left.iter().rfind(|finding| finding.code == *code).map(|finding| &finding.message);
            let _ = write!(wrong, "brings {code}: {}; ", message.map_or("", String::as_str));
        }
    }
    wrong.push_str(&bytes(before, &after, &fix.command).unwrap_or_default());
    wrong.push_str(&undo(before, fix).unwrap_or_default());
    (!wrong.is_empty()).then_some(wrong)
}

/// Whether the document could not be read: what it holds is then checked for the first time.
fn was_unreadable(before: &Workspace, finding: &Finding) -> bool {
    let file = before.file(&finding.file).unwrap();
    let mut documents = file.documents.iter().filter(|document| !document.parsed.tree.is_readable());
    documents.any(|it| it.span.start <= finding.span.start && finding.span.start < it.span.end)
}

/// Whether a byte changes that no edit of the command names, or a line beside the edited ones.
fn bytes(before: &Workspace, after: &Workspace, command: &Command) -> Option<String> {
    if matches!(command, Command::RemoveFile { .. }) {
        return None;
    }
    let edits = command.edits(before).ok()?;
    for file in before.files() {
        let (name, text) = (&file.source.name, &file.source.text);
        let edited = edits.get(name).map_or_else(|| text.to_string(), |edits| apply_edits(text, edits));
        let new = after.file(name).map(|file| file.source.text.to_string());
        if new.as_ref() != Some(&edited) {
            return Some(format!("changes `{name}` where its edits do not; "));
        }
        let touched: BTreeSet<usize> = edits
            .get(name)
            .into_iter()
            .flatten()
            .flat_map(|edit| file.position(edit.span.start).line..=file.position(edit.span.end).line)
            .collect();
        let kept = text.split_inclusive('\n').enumerate().filter(|(at, _)| !touched.contains(&(at + 1)));
        let mut rest = edited.split_inclusive('\n');
        for (at, line) in kept {
            if !rest.any(|other| other == line) {
                return Some(format!("loses line {} of `{name}`; ", at + 1));
            }
        }
    }
    None
}

fn undo(before: &Workspace, fix: &Fix) -> Option<String> {
    let mut history = History::new(before.clone());
    history.edit(&fix.title, None, &fix.command).ok()?;
    let changed = history.workspace().sources() != before.sources();
    let label = history.undo();
    let is_back = history.workspace().sources() == before.sources();
    (!changed || label.as_ref() != Some(&fix.title) || !is_back).then(|| "is not undone by one undo; ".to_owned())
}

#[test]
fn every_fix_mends_and_harms_nothing() {
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut fixes, mut codes) = (0, BTreeSet::new());
    for (name, workspace) in workspaces() {
        let findings = analyse(&workspace).findings;
        for finding in &findings {
            for fix in &finding.fixes {
                fixes += 1;
                codes.insert(finding.code);
                if let Some(problem) = problem(&workspace, &findings, finding, fix) {
                    let complaint = format!("{name}: {}: {problem}", fix.title);
                    wrong.entry(finding.code.to_owned()).or_default().push(complaint);
                }
            }
        }
    }
    let reasoned: BTreeSet<&str> = NOT_MECHANICAL.iter().map(|(code, _)| *code).collect();
    let without: Vec<&str> = ALL.iter().map(|rule| rule.code).filter(|code| !codes.contains(code)).collect();
    assert_eq!(
        without,
        reasoned.iter().copied().collect::<Vec<_>>(),
        "rules without a fix, and those that have a reason"
    );
    assert!(NOT_MECHANICAL.iter().all(|(_, reason)| reason.len() > 10 && reason.len() < 90));
    assert!(fixes > 150 && codes.len() > 45, "only {fixes} fixes of {} codes", codes.len());
    let lines: Vec<String> =
        wrong.into_iter().flat_map(|(code, all)| all.into_iter().map(move |one| format!("{code} {one}"))).collect();
    assert!(lines.is_empty(), "{} of {fixes} fixes:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn all_safe_fixes_at_once_leave_none_and_bring_nothing() {
    let mut wrong = Vec::new();
    let mut mended_workspaces = 0;
    for (name, before) in workspaces() {
        let findings = analyse(&before).findings;
        let mended = mend(&before, &Choice::safe());
        mended_workspaces += usize::from(!mended.applied.is_empty());
        let is_left = mended.analysis.findings.iter().any(|finding| finding.fixes.iter().any(|fix| fix.safe));
        let (old, new) = (counts(&findings), counts(&mended.analysis.findings));
        let remains: BTreeSet<&str> =
            mended.applied.iter().filter_map(|one| rules::find(one.code)).flat_map(rules::Rule::remains).collect();
        let is_more = |(code, count): (&&str, &usize)| {
            *count > old.get(code).copied().unwrap_or_default() && !remains.contains(code)
        };
        let brought: Vec<_> = new.iter().filter(|entry| is_more(*entry)).collect();
        if !mended.is_stable || is_left || !brought.is_empty() {
            wrong.push(format!("{name}: stable {}, left {is_left}, brought {brought:?}", mended.is_stable));
        }
        let one_step = mended.command(&before).apply(&before).unwrap();
        assert_eq!(one_step.sources(), mended.workspace.sources(), "{name}");
        assert_eq!(diff::between(&before, &mended.workspace).is_empty(), mended.applied.is_empty(), "{name}");
    }
    assert!(mended_workspaces > 5, "only {mended_workspaces} workspaces have safe fixes");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
