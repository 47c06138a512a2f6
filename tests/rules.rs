//! Guards the rules: codes, pages, examples, fixes, what they read, and `docs/rules.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use akoplan::ako::predict;
use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::diagnostic::{Finding, Severity};
use akoplan::model::{AviInfraSetting, Kind};
use akoplan::rules::{ALL, Context, Findings, GROUPS, RETIRED, Rule};
use akoplan::text::SourceFile;
use akoplan::view::page;
use akoplan::workspace::{Object, Workspace};

/// The headings of every page, in this order.
const HEADINGS: [&str; 4] = ["What it does", "Why it matters", "Example", "Use instead"];

fn workspace(text: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("example.yaml", text)])
}

fn describe(workspace: &Workspace, findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let line = workspace.file(&finding.file).map_or(0, |file| file.position(finding.span.start).line);
        let _ = writeln!(text, "  {} {}: {} ({})", finding.code, line, finding.message, finding.severity.name());
    }
    text
}

/// Fails once, with everything that is wrong.
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn codes_and_names_are_well_formed_unique_and_in_order() {
    let codes: Vec<&str> = ALL.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "a code stands twice");
    let names: BTreeSet<&str> = ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), codes.len(), "a name stands twice");
    for rule in ALL {
        let number = rule.code.strip_prefix("AKP").unwrap_or_default();
        assert!(number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()), "{}", rule.code);
        assert!(!RETIRED.contains(&rule.code), "{} is retired", rule.code);
        assert!(GROUPS.iter().any(|(prefix, _)| rule.code.starts_with(prefix)), "{} has no group", rule.code);
        let is_kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(rule.name.bytes().all(is_kebab), "{}", rule.name);
    }
}

#[test]
fn every_rule_file_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut declared = BTreeMap::new();
    for group in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in std::fs::read_dir(group).unwrap().map(|entry| entry.unwrap().path()) {
            let text = std::fs::read_to_string(&file).unwrap();
            for code in text.split("code: \"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(text.starts_with(&format!("//! {code}: ")), "{} does not open with its code", file.display());
                assert!(declared.insert(code.to_owned(), file.clone()).is_none(), "{code} is declared twice");
            }
        }
    }
    let listed: BTreeSet<String> = ALL.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(declared.keys().cloned().collect::<BTreeSet<_>>(), listed);
}

#[test]
fn every_page_has_its_headings() {
    let mut wrong = Vec::new();
    for rule in ALL {
        let headings: Vec<&str> = rule.lines.iter().filter_map(|line| line.strip_prefix("## ")).collect();
        if !headings.starts_with(&HEADINGS) {
            wrong.push(format!("{}: {headings:?}", rule.code));
        }
        if rule.examples("Example").is_empty() || rule.examples("Use instead").is_empty() {
            wrong.push(format!("{}: no YAML in the page", rule.code));
        }
        let summary = rule.summary();
        if !summary.starts_with("Finds ") || !summary.ends_with('.') {
            wrong.push(format!("{}: the summary is {summary:?}", rule.code));
        }
    }
    none(&wrong);
}

#[test]
fn every_example_raises_its_own_code_and_use_instead_nothing() {
    let mut wrong = Vec::new();
    for rule in ALL {
        for example in rule.examples("Example") {
            let workspace = workspace(&example);
            let findings = analyse(&workspace).findings;
            if findings.is_empty() || findings.iter().any(|finding| finding.code != rule.code) {
                wrong.push(format!("{}: the example raises\n{}", rule.code, describe(&workspace, &findings)));
            }
        }
        for example in rule.examples("Use instead") {
            let workspace = workspace(&example);
            let findings = analyse(&workspace).findings;
            if !findings.is_empty() {
                wrong.push(format!("{}: 'Use instead' raises\n{}", rule.code, describe(&workspace, &findings)));
            }
        }
    }
    none(&wrong);
}

#[test]
fn findings_are_complete_sentences() {
    let mut wrong = Vec::new();
    for rule in ALL {
        for finding in rule.examples("Example").iter().flat_map(|example| analyse(&workspace(example)).findings) {
            let titles = finding.fixes.iter().map(|fix| &fix.title);
            for text in [&finding.message, &finding.effect, &finding.help].into_iter().chain(titles) {
                let first = text.split(' ').next().unwrap_or_default();
                let capitals = first.chars().filter(char::is_ascii_uppercase).count();
                // Names such as AKO, TCP/443 and IngressClass keep their capitals, and so do kinds.
                let starts_low = !first.starts_with(|first: char| first.is_ascii_uppercase())
                    || capitals > 1
                    || ["Gateways", "Gateway", "Service", "Kubernetes"].contains(&first);
                if text.is_empty() || text.ends_with('.') || !starts_low || text.matches('`').count() % 2 == 1 {
                    wrong.push(format!("{}: {text:?}", rule.code));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_fix_mends_and_does_no_harm() {
    let mut wrong = Vec::new();
    for rule in ALL {
        for example in rule.examples("Example") {
            let before = workspace(&example);
            let findings = analyse(&before).findings;
            for finding in &findings {
                for fix in &finding.fixes {
                    if let Some(problem) = problem_with(rule, &before, &findings, finding, &fix.command) {
                        wrong.push(format!("{}: '{}' {problem}", rule.code, fix.title));
                    }
                }
            }
        }
    }
    none(&wrong);
}

/// Why a fix is not good: it fails, leaves its finding, adds others, or is not done with.
fn problem_with(
    rule: &Rule,
    before: &Workspace,
    findings: &[Finding],
    finding: &Finding,
    command: &Command,
) -> Option<String> {
    let after = match command.apply(before) {
        Ok(after) => after,
        Err(error) => return Some(format!("cannot be applied: {error}")),
    };
    let left = analyse(&after).findings;
    let texts = || after.sources().into_iter().map(|source| source.text.to_string()).collect::<Vec<_>>().join("\n");
    if left.iter().any(|other| other.code == finding.code && other.message == finding.message) {
        return Some(format!("leaves its finding:\n{}", texts()));
    }
    let remains = rule.remains();
    let is_new = |other: &&Finding| {
        !remains.contains(&other.code) && !findings.iter().any(|old| old.code == other.code && old.path == other.path)
    };
    if let Some(new) = left.iter().find(is_new) {
        return Some(format!("raises {}: {}\n{}", new.code, new.message, texts()));
    }
    // Byte edits name places of the text that they were made for; the others can be done again.
    let is_once = matches!(command, Command::EditText { .. } | Command::RemoveFile { .. });
    let can_repeat = !is_once && !matches!(command, Command::Insert { .. } | Command::AddDocument { .. });
    if can_repeat {
        let again = command.apply(&after).map(|again| again.sources() == after.sources());
        let is_removal = matches!(command, Command::Remove { .. } | Command::RemoveObject { .. });
        if again != Ok(true) && !(is_removal && again.is_err()) && !is_list_removal(command) {
            return Some(format!("changes more when it is applied twice: {again:?}"));
        }
    }
    None
}

/// Removing an item moves the next one to its place: the command must not be repeated.
fn is_list_removal(command: &Command) -> bool {
    matches!(command, Command::Remove { path, .. } if path.to_string().ends_with(']'))
        || matches!(command, Command::RemoveObject { .. })
}

#[test]
fn rules_read_the_kinds_that_they_say() {
    let pages = ALL.iter().flat_map(|rule| [rule.examples("Example"), rule.examples("Use instead")]).flatten();
    let workspaces: Vec<Workspace> = pages.map(|example| workspace(&example)).collect();
    let predictions: Vec<_> = workspaces.iter().map(predict).collect();
    let mut wrong = Vec::new();
    for rule in ALL {
        let mut read: BTreeSet<Kind> = BTreeSet::new();
        let mut asked_prediction = false;
        for (workspace, prediction) in workspaces.iter().zip(&predictions) {
            let context = Context::new(workspace, prediction);
            (rule.check)(&context, &mut Findings::new(rule, workspace, &mut Vec::new()));
            read.extend(context.read_kinds());
            asked_prediction |= context.asked_prediction();
        }
        let said: BTreeSet<Kind> = rule.reads.iter().copied().collect();
        if !(said == read || asked_prediction && said.is_superset(&read)) {
            wrong.push(format!("{} says {said:?}, reads {read:?}", rule.code));
        }
    }
    none(&wrong);
}

#[test]
fn the_documentation_is_fresh() {
    let mut text = String::from(
        "# Rules\n\nWritten by `UPDATE_EXPECT=1 cargo test --test rules` from the doc comments in `src/rules`.\n",
    );
    for (prefix, title) in GROUPS {
        let rules: Vec<&&Rule> = ALL.iter().filter(|rule| rule.code.starts_with(prefix)).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {title}\n\n| code | name | severity | finds |\n| --- | --- | --- | --- |\n");
        for rule in &rules {
            let (summary, severity) = (rule.summary().replace('|', "\\|"), rule.severity.name());
            let _ = writeln!(
                text,
                "| [{0}](#{1}) | {2} | {severity} | {summary} |",
                rule.code,
                rule.code.to_lowercase(),
                rule.name
            );
        }
        for rule in rules {
            let page = rule.page().replace("\n## ", "\n#### ").replacen("## ", "#### ", 1);
            let (code, name, severity) = (rule.code, rule.name, rule.severity.name());
            let _ = write!(text, "\n### {code}\n\n`{name}` · {severity} · since {}\n\n{}\n", rule.since, page.trim());
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/rules.md is stale: run UPDATE_EXPECT=1 cargo test --test rules");
}

/// The page in the browser reads them there.
#[test]
fn the_documentation_holds_every_page() {
    let document = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).unwrap();
    for rule in ALL {
        let page = page::of_rule(&document, rule.code).unwrap();
        assert_eq!(page::blocks(page), page::blocks(&rule.page()), "{}", rule.code);
        assert_eq!(page::summary(page), Some(rule.summary()), "{}", rule.code);
    }
}

/// Bad input gives a finding that says so, never a panic.
#[test]
fn bad_input_is_a_clear_finding() {
    let deep = format!("a: {}", "[".repeat(100_000));
    let bomb: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned())
        .chain(
            (1..9).map(|level| format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(","))),
        )
        .collect();
    let cases: [(&str, String, &str); 9] = [
        ("empty", String::new(), "AKP011"),
        ("binary", "PK\u{3}\u{4}\0\0".to_owned(), "AKP005"),
        ("ten megabytes of a", "a".repeat(10_000_000), "AKP010"),
        ("alias bomb", bomb, "AKP008"),
        ("helm template", "metadata:\n  name: {{ .Release.Name }}\n".to_owned(), "AKP004"),
        ("control structure", "{{- if .Values.a }}\na: 1\n{{- end }}\n".to_owned(), "AKP004"),
        ("mark", "\u{feff}apiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: a\r\n".to_owned(), "AKP012"),
        ("tabs", "metadata:\n\tname: a\n".to_owned(), "AKP003"),
        ("deep", deep, "AKP009"),
    ];
    for (what, text, code) in cases {
        let workspace = workspace(&text);
        let findings = analyse(&workspace).findings;
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [code], "{what}:\n{}", describe(&workspace, &findings));
        assert_eq!(&*workspace.sources()[0].text, text, "{what}: a byte is lost");
    }
}

/// No false alarms: where AKO is content with everything, no rule says error.
///
/// Healthy is a scenario without `crash`, `bootError`, `apiServer`, `unstable`, `afterRestart` and
/// `allAtOnce`, with every setting Accepted, every Service, Ingress and route served, and the VIPs on
/// the networks that the settings in the written chain name.
#[test]
fn healthy_conformance_scenarios_raise_no_error() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/scenarios");
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut scenarios: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    scenarios.sort();
    for scenario in scenarios {
        let read = |name: &str| std::fs::read_to_string(scenario.join(name)).unwrap_or_default();
        let expected: serde_json::Value = serde_json::from_str(&read("expected.json")).unwrap();
        let names = ["akoplan.yaml", "values.yaml", "manifests.yaml"];
        let files: Vec<SourceFile> = names
            .into_iter()
            .filter(|name| scenario.join(name).is_file())
            .map(|name| SourceFile::new(name, read(name)))
            .collect();
        let workspace = Workspace::new(&files);
        if !is_healthy(&workspace, &expected) {
            continue;
        }
        count += 1;
        let mut errors = analyse(&workspace).findings;
        errors.retain(|finding| finding.severity == Severity::Error);
        if !errors.is_empty() {
            let name = scenario.file_name().unwrap_or_default().to_string_lossy();
            wrong.push(format!("{name}\n{}", describe(&workspace, &errors)));
        }
    }
    assert!(count > 60, "only {count} healthy scenarios");
    none(&wrong);
}

fn is_healthy(workspace: &Workspace, expected: &serde_json::Value) -> bool {
    let flags = ["crash", "bootError", "apiServer", "unstable", "afterRestart", "allAtOnce"];
    let state = &expected["state"];
    if flags.iter().any(|flag| !expected[*flag].is_null() || !state[*flag].is_null()) {
        return false;
    }
    let written = &state["objects"];
    let is_served = |object: &Object| {
        let key = workspace.key(object);
        let status = &written[&key];
        match object.kind {
            Kind::AviInfraSetting => status["status"] == "Accepted",
            Kind::Service => {
                let is_asked = object.label("ako.vmware.com/gateway-name").is_some()
                    || object.text("spec.type") == Some("LoadBalancer");
                !is_asked || status["ingress"].as_array().is_some_and(|points| !points.is_empty())
            }
            Kind::Ingress => status["ingress"].as_array().is_some_and(|points| !points.is_empty()),
            // Gateways whose listeners no Service stands behind are checked by their Services.
            Kind::Gateway | Kind::GatewayV1 => {
                status["addresses"].as_array().is_some_and(|addresses| !addresses.is_empty())
            }
            _ => true,
        }
    };
    let routes = workspace.objects().iter().filter(|object| object.identity.kind == "HTTPRoute");
    let routes_served = routes.into_iter().all(|route| {
        let parents = written[&workspace.key(route)]["parents"].as_array().cloned().unwrap_or_default();
        let conditions = parents.iter().flat_map(|parent| parent["conditions"].as_array().cloned().unwrap_or_default());
        !parents.is_empty() && conditions.into_iter().all(|condition| condition["status"] == "True")
    });
    workspace.objects().iter().all(is_served) && routes_served && lands_as_written(workspace, state)
}

/// Whether the networks sent are those of the settings, where the manifests name any.
fn lands_as_written(workspace: &Workspace, state: &serde_json::Value) -> bool {
    let referred = |object: &Object| {
        let paths = [
            "spec.parametersRef.name",
            "spec.parameters.name",
            "metadata.annotations[aviinfrasetting.ako.vmware.com/name]",
        ];
        paths.into_iter().find_map(|path| object.text(path).map(str::to_owned))
    };
    let named: BTreeSet<String> =
        workspace.objects().iter().filter_map(referred).filter(|name| !name.is_empty()).collect();
    let sent = state["sent"]["vsVips"].as_object().cloned().unwrap_or_default();
    let networks: BTreeSet<String> = sent
        .values()
        .flat_map(|vip| vip["networks"].as_array().cloned().unwrap_or_default())
        .filter_map(|network| network["network"].as_str().map(str::to_owned))
        .collect();
    if named.iter().any(|name| workspace.get::<AviInfraSetting>("", name).is_none()) {
        return false;
    }
    let own: Option<BTreeSet<String>> = named
        .iter()
        .map(|name| {
            let (_, setting) = workspace.get::<AviInfraSetting>("", name)?;
            let network = setting.spec.network.as_ref()?.vip_networks.first()?;
            network.network_name.clone()
        })
        .collect();
    // Settings that name no network leave the global one; then nothing can be compared.
    named.is_empty() || own.is_none_or(|own| networks.is_subset(&own))
}

/// Whether the first fix of a code's first finding is safe, and the text after it.
fn first_fix(text: &str, code: &str) -> Option<(bool, String)> {
    let before = workspace(text);
    let finding = analyse(&before).findings.into_iter().find(|finding| finding.code == code)?;
    let fix = finding.fixes.first()?;
    Some((fix.safe, fix.command.apply(&before).ok()?.sources()[0].text.to_string()))
}

/// A comment that a fix takes away, and a class that it moves, are people's to decide.
#[test]
fn fixes_that_lose_something_are_not_safe() {
    let ingress = |annotations: &str, class: &str, comment: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata:\n  name: a\n  namespace: b\n{annotations}\
             spec:\n{class}  rules:\n  - host: a.example.com\n    http:\n      paths:\n      - path: /\n        backend:\n          \
             serviceName: web{comment}\n          servicePort: \"8080\"\n"
        )
    };
    let class = "  ingressClassName: avi-lb\n";
    let (is_safe, converted) = first_fix(&ingress("", class, ""), "AKP701").unwrap();
    assert!(is_safe && converted.contains("number: 8080\n"), "{converted}");
    assert!(!first_fix(&ingress("", class, " # c1"), "AKP701").unwrap().0);
    let annotation = "  annotations:\n    kubernetes.io/ingress.class: avi-lb\n";
    let (is_safe, converted) = first_fix(&ingress(annotation, "", ""), "AKP701").unwrap();
    assert!(!is_safe && converted.contains(class) && !converted.contains("ingress.class:"), "{converted}");
    let twin = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n";
    assert!(first_fix(&format!("{twin}---\n{twin}"), "AKP401").unwrap().0);
    assert!(!first_fix(&format!("{twin}---\n{twin}# kept\n"), "AKP401").unwrap().0);
}
