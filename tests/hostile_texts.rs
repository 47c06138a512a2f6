//! Hostile texts in every field: no panic, no lost byte, no markup, no wait.
//!
//! Each kind is written with all fields of its model, and each text stands in each of them, alone and in all at
//! once; then in every text of the conformance manifests. A slice by default;
//! `HOSTILE=all cargo test --release --test hostile_texts` for all of them.

#[path = "support/exercise.rs"]
mod exercise;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use akoplan::analysis::{Analysis, analyse};
use akoplan::command::Command;
use akoplan::edit::Value;
use akoplan::export::layout::{Choice as Way, Layout, make};
use akoplan::export::{bundle, files_as_they_are};
use akoplan::fix::{Choice, mend};
use akoplan::import::{Incoming, files, read};
use akoplan::lower::ReadObject;
use akoplan::lower::shape::{ObjectShape, Shape};
use akoplan::migrate::{offers, plan};
use akoplan::model::{
    AkoValues, AkoplanSettings, AviInfraSetting, Gateway, GatewayClass, GatewayClassV1, GatewayV1, HttpRoute, Ingress,
    IngressClass, Namespace, Service,
};
use akoplan::share::{self, Content, Link};
use akoplan::syntax::{FieldPath, NodeKind, parse};
use akoplan::text::{SourceFile, apply_edits};
use akoplan::workspace::Workspace;
use exercise::exercise;
use serde_json::json;

/// Texts that mean something to somebody.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ .Values.x }}",
        "${x}",
        "{{",
        "}}",
        "%s%n%d",
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty",
        "a\u{0}b",
        "\u{202e}txt.exe\u{202c}",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "../../etc/passwd",
        "a\r\n---\r\nkind: Secret",
        "`|*[](javascript:alert(1))",
        "'\"\\",
        "\u{feff}\u{85}\u{2028}",
        "",
        " ",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("a".repeat(10_000));
    texts.push("é".repeat(253));
    texts
}

/// Kinds with API versions and their models.
fn kinds() -> Vec<(&'static str, &'static str, &'static ObjectShape)> {
    macro_rules! kind {
        ($version:literal, $kind:literal, $model:ty) => {{
            static SHAPE: ObjectShape = <$model as ReadObject>::SHAPE;
            ($version, $kind, &SHAPE)
        }};
    }
    vec![
        kind!("ako.vmware.com/v1beta1", "AviInfraSetting", AviInfraSetting),
        kind!("networking.x-k8s.io/v1alpha1", "GatewayClass", GatewayClass),
        kind!("networking.x-k8s.io/v1alpha1", "Gateway", Gateway),
        kind!("gateway.networking.k8s.io/v1", "GatewayClass", GatewayClassV1),
        kind!("gateway.networking.k8s.io/v1", "Gateway", GatewayV1),
        kind!("gateway.networking.k8s.io/v1", "HTTPRoute", HttpRoute),
        kind!("networking.k8s.io/v1", "Ingress", Ingress),
        kind!("networking.k8s.io/v1", "IngressClass", IngressClass),
        kind!("v1", "Namespace", Namespace),
        kind!("v1", "Service", Service),
        kind!("akoplan/v1alpha1", "AkoplanSettings", AkoplanSettings),
        kind!("", "", AkoValues),
    ]
}

/// A value for every field, with `text` in the `chosen`th text, or in all of them.
fn filled(shape: &ObjectShape, text: &str, chosen: Option<usize>, count: &mut usize, depth: usize) -> Value {
    const DEEPEST: usize = 8;
    let put = |harmless: &str, count: &mut usize| {
        *count += 1;
        Value::from(if chosen.is_none_or(|chosen| chosen + 1 == *count) { text } else { harmless })
    };
    let mut map = serde_json::Map::new();
    for (name, shape) in shape.fields {
        let value = match shape {
            Shape::Scalar => put("a", count),
            Shape::Number => Value::from(443),
            Shape::Bool => Value::from(true),
            Shape::Scalars => Value::Array(vec![put("a", count), put("b", count)]),
            Shape::StringMap => {
                let key = put("ako.vmware.com/gateway-name", count).as_str().unwrap_or_default().to_owned();
                let known = [
                    "ako.vmware.com/gateway-name",
                    "ako.vmware.com/gateway-namespace",
                    "ako.vmware.com/enable-shared-vip",
                    "aviinfrasetting.ako.vmware.com/name",
                    "akoplan/ignore",
                ];
                let mut entries: serde_json::Map<String, Value> =
                    known.iter().map(|key| ((*key).to_owned(), put("a", count))).collect();
                entries.insert(key, put("a", count));
                Value::Object(entries)
            }
            Shape::Object(inner) if depth < DEEPEST => filled(inner, text, chosen, count, depth + 1),
            Shape::List(inner) if depth < DEEPEST => Value::Array(vec![filled(inner, text, chosen, count, depth + 1)]),
            Shape::Object(_) | Shape::List(_) | Shape::Unread => continue,
        };
        map.insert((*name).to_owned(), value);
    }
    Value::Object(map)
}

/// JSON with what hides in a text written as an escape, which YAML reads too.
fn written(value: &Value) -> String {
    let mut text = String::new();
    for character in value.to_string().chars() {
        let code = u32::from(character);
        match code {
            0x7f..=0x9f | 0xfeff | 0x2028 | 0x2029 => {
                let _ = write!(text, "\\u{code:04x}");
            }
            _ => text.push(character),
        }
    }
    text
}

fn document((version, kind, shape): (&str, &str, &ObjectShape), text: &str, chosen: Option<usize>) -> (String, usize) {
    let mut count = 0;
    let mut value = filled(shape, text, chosen, &mut count, 0);
    if let (Value::Object(map), false) = (&mut value, kind.is_empty()) {
        map.insert("apiVersion".to_owned(), Value::from(version));
        map.insert("kind".to_owned(), Value::from(kind));
    }
    (written(&value) + "\n", count)
}

/// Does everything with some files, and holds what must hold whatever is in them.
fn endure(sources: &[SourceFile]) {
    let incoming =
        sources.iter().map(|file| Incoming { name: file.name.clone(), bytes: file.text.as_bytes().to_vec() });
    let workspace = Workspace::new(&files(&Workspace::default(), read(incoming.collect()).files));
    for source in sources {
        let kept = workspace.file(&source.name).unwrap_or_else(|| panic!("{} is lost", source.name));
        assert_eq!(kept.source.text, source.text, "a byte is lost");
    }
    assert_eq!(files_as_they_are(&workspace), workspace.sources());
    let analysis = exercise(&workspace, None);
    ways_out(&workspace, &analysis);
    let _ = mend(&workspace, &Choice::safe());
    for offer in offers(&workspace) {
        let made = plan(&workspace, &offer, &BTreeMap::default());
        if let Some(command) = &made.command {
            let _ = command.apply(&workspace);
        }
    }
    let content = Content { project: sources[0].text.chars().take(80).collect(), files: workspace.sources() };
    let Ok(link) = share::link(&content) else { return };
    let Ok(Link::Plain(back)) = share::read(&link) else { panic!("the link is unreadable") };
    assert_eq!(back.files, content.files);
}

/// Makes every layout, and holds what must hold of its files: paths stay below their folder, no two are one, pages have
/// no markup of others, and what is made anew is YAML.
fn ways_out(workspace: &Workspace, analysis: &Analysis) {
    // The files as they came have the names that they came with.
    for layout in Layout::ALL.into_iter().filter(|layout| *layout != Layout::Files) {
        let made = make(workspace, analysis, Way { with_link: true, ..Way::of(layout) }, "https://here/#/share/");
        let mut names = BTreeSet::new();
        for file in &made.files {
            let parts = file.name.split(['/', '\\']);
            assert!(parts.into_iter().all(|part| !matches!(part, "" | "." | "..")), "{layout:?}: {}", file.name);
            assert!(!file.name.contains(char::is_control), "{layout:?}: {:?}", file.name);
            assert!(names.insert(file.name.to_lowercase()), "{layout:?}: {} is there twice", file.name);
            let _ = layout.goes_to(&file.name);
            let last = file.name.rsplit('/').next().unwrap_or_default();
            if file.name.contains(".md") {
                no_markup(&file.text);
            }
            if ["kustomization.yaml", "ako-values.yaml", "argocd-cm.yaml"].contains(&last)
                || file.name.starts_with("overlays/")
            {
                assert!(parse(&file.text).is_readable(), "{layout:?}, {}: {}", file.name, file.text);
            }
        }
    }
}

/// Markdown that people look at: what is in a file stands there as code, never as an element.
fn no_markup(markdown: &str) {
    let mut fenced = false;
    for line in markdown.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let outside: String = line.split('`').step_by(2).collect();
        assert!(fenced || !outside.contains("<script") && !outside.contains("<img"), "{line}");
    }
}

fn all() -> bool {
    std::env::var("HOSTILE").is_ok_and(|wish| wish == "all")
}

#[test]
fn in_every_field_of_every_kind_at_once() {
    for text in hostile() {
        let documents: String = kinds().into_iter().map(|kind| document(kind, &text, None).0 + "---\n").collect();
        endure(&[SourceFile::new("a.yaml", documents)]);
    }
}

#[test]
fn in_each_field_of_each_kind_alone() {
    let texts = hostile();
    let each = if all() { texts.len() } else { 1 };
    let mut turn = 0;
    for kind in kinds() {
        let (whole, fields) = document(kind, "a", None);
        assert!(fields > 5 && parse(&whole).is_readable(), "{whole}");
        for field in 0..fields {
            for _ in 0..each {
                let text = &texts[turn % texts.len()];
                turn += 1;
                let (document, _) = document(kind, text, Some(field));
                let workspace = Workspace::new(&[SourceFile::new("a.yaml", document.as_str())]);
                assert_eq!(*workspace.sources()[0].text, *document);
                let analysis = analyse(&workspace);
                let _ = bundle(&workspace, &analysis);
                let mended = mend(&workspace, &Choice::safe());
                let _ = mended.command(&workspace).apply(&workspace);
            }
        }
    }
    assert!(turn > 300, "{turn}");
}

/// A text of a manifest replaced by another, in double quotes with escapes.
fn replaced(text: &str, hostile: &[String], turn: &mut usize) -> String {
    let mut edits = Vec::new();
    for document in akoplan::syntax::split_documents(text) {
        let tree = parse(document.span.slice(text));
        for node in tree.nodes() {
            let NodeKind::Mapping { entries, .. } = &node.kind else { continue };
            for entry in entries {
                let is_type = tree.scalar(entry.key).is_some_and(|key| matches!(key, "apiVersion" | "kind"));
                let NodeKind::Scalar { .. } = &tree.node(entry.value).kind else { continue };
                if is_type || tree.node(entry.value).span.is_empty() {
                    continue;
                }
                *turn += 1;
                let value = written(&Value::from(hostile[*turn % hostile.len()].as_str()));
                let span = tree.node(entry.value).span.shifted(document.span.start);
                edits.push(akoplan::text::Edit::replace(span, value));
            }
        }
    }
    apply_edits(text, &edits)
}

#[test]
fn in_the_texts_of_the_conformance_manifests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/scenarios");
    let mut scenarios: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    scenarios.sort();
    let hostile = hostile();
    let step = if all() { 1 } else { 40 };
    let mut turn = 0;
    for (at, scenario) in scenarios.iter().enumerate().filter(|(at, _)| at % step == 0) {
        let text = std::fs::read_to_string(scenario.join("manifests.yaml")).unwrap_or_default();
        // Some fields at a time: what refers to each other goes on referring.
        let few = [hostile[at % hostile.len()].clone(), "web".to_owned(), "443".to_owned()];
        endure(&[SourceFile::new("a.yaml", replaced(&text, &few, &mut turn))]);
    }
    assert!(turn > 100);
}

#[test]
fn names_of_files_and_projects() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: constructor, namespace: __proto__}\n";
    for name in hostile().into_iter().filter(|name| !name.trim().is_empty()) {
        let sources = [SourceFile::new(name.as_str(), service), SourceFile::new("__proto__", "a: 1\n")];
        let workspace = Workspace::new(&sources);
        ways_out(&workspace, &exercise(&workspace, None));
        let _ = share::clean_project(&name);
    }
}

/// A value of one document of a text.
fn value(text: &str, path: &[&str]) -> Option<String> {
    let tree = parse(text);
    let path = path.iter().fold(FieldPath::root(), |path, step| match step.parse() {
        Ok(index) => path.index(index),
        Err(_) => path.key(step),
    });
    tree.find(tree.root?, &path).and_then(|node| tree.scalar(node)).map(str::to_owned)
}

#[test]
fn what_clusters_say_arrives_in_their_overlays_as_it_is() {
    for text in hostile().into_iter().filter(|text| !text.is_empty()) {
        let network = json!({"networkName": text, "cidr": text, "v6cidr": text});
        let settings = json!({
            "apiVersion": "akoplan/v1alpha1",
            "kind": "AkoplanSettings",
            "spec": {"clusters": [
                {"name": text},
                {
                    "name": "east",
                    "ako": {"clusterName": text, "seGroup": text, "networks": [network]},
                    "settings": [{"name": "oam", "seGroup": text, "networks": [network]}, {"name": text}],
                },
            ]},
        });
        let setting = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\n";
        let files = [SourceFile::new("akoplan.yaml", written(&settings)), SourceFile::new("oam.yaml", setting)];
        endure(&files);
        let workspace = Workspace::new(&files);
        let made = make(&workspace, &analyse(&workspace), Way::of(Layout::Kustomize), "").files;
        let of = |name: &str| &*made.iter().find(|file| file.name == name).unwrap().text;
        let patch = of("overlays/east/settings/10-aviinfrasetting-oam.yaml");
        for path in [
            &["spec", "seGroup", "name"][..],
            &["spec", "network", "vipNetworks", "0", "networkName"],
            &["spec", "network", "vipNetworks", "0", "v6cidr"],
        ] {
            assert_eq!(value(patch, path).as_ref(), Some(&text), "{path:?} in {patch}");
        }
        let values = of("overlays/east/ako-values.yaml");
        for path in [
            &["AKOSettings", "clusterName"][..],
            &["ControllerSettings", "serviceEngineGroupName"],
            &["NetworkSettings", "vipNetworkList", "0", "cidr"],
        ] {
            assert_eq!(value(values, path).as_ref(), Some(&text), "{path:?} in {values}");
        }
    }
}

#[test]
fn waves_leave_annotations_as_they_are() {
    for text in hostile() {
        let mut annotations = serde_json::Map::from_iter([("a".to_owned(), Value::from(text.as_str()))]);
        // YAML has no longer keys on one line.
        let key = if text.len() > 1000 { "long" } else { text.as_str() };
        annotations.insert(key.to_owned(), Value::from("b"));
        let service = json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": "web", "namespace": "red", "annotations": annotations},
        });
        let file = SourceFile::new("web.yaml", written(&service));
        let workspace = Workspace::new(std::slice::from_ref(&file));
        let made = make(&workspace, &analyse(&workspace), Way::of(Layout::ArgoCd), "").files;
        let manifest = made.iter().find(|file| file.name == "apps/red/60-service-web.yaml");
        let manifest = &manifest.unwrap_or_else(|| panic!("{text:?}: {made:?}")).text;
        let own = |key: &str| value(manifest, &["metadata", "annotations", key]);
        assert_eq!(own("a").as_ref(), Some(&text), "{manifest}");
        assert_eq!(own(key).as_deref(), Some("b"), "{manifest}");
        assert_eq!(own("argocd.argoproj.io/sync-wave").as_deref(), Some("-2"), "{manifest}");
    }
}

/// What an import of many files, or of one file with many documents, must bear.
#[test]
fn twenty_thousand_of_everything() {
    let count = if all() { 20_000 } else { 2_000 };
    let service = |at: usize| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: s{at}\n  labels:\n    ako.vmware.com/gateway-name: g{at}\n    \
             ako.vmware.com/gateway-namespace: red\nspec:\n  ports:\n  - port: 80\n"
        )
    };
    let template = |at: usize| {
        format!(
            "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata:\n  name: {{{{ .Release.Name }}}}-{at}\nspec:\n  \
             gatewayClassName: c{at}\n  listeners:\n  {{{{- range .Values.ports }}}}\n  - port: {{{{ . }}}}\n  {{{{- end }}}}\n"
        )
    };
    let one: Vec<String> = (0..count).flat_map(|at| [service(at), template(at)]).collect();
    let one = one.join("---\n");
    let workspace = Workspace::new(&[SourceFile::new("one.yaml", one)]);
    assert_eq!(workspace.objects().len(), 2 * count);
    let analysis = analyse(&workspace);
    // Each template says what it is, and none of the names that they may become is called missing.
    assert_eq!(analysis.findings.iter().filter(|finding| finding.code == "AKP004").count(), count);
    let many: Vec<SourceFile> =
        (0..count).map(|at| SourceFile::new(format!("folder/{at}.yaml"), service(at))).collect();
    let workspace = Workspace::new(&many);
    assert_eq!(workspace.objects().len(), count);
    let analysis = analyse(&workspace);
    assert!(analysis.findings.iter().any(|finding| finding.code == "AKP311"));
    let at = &workspace.objects()[0].address;
    let after = Command::set(at, "metadata.name", Value::from("new")).apply(&workspace).unwrap();
    assert_eq!(after.files().len(), count);
}

#[test]
fn ten_thousand_levels() {
    let deep = (0..10_000).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
    let flow = format!("a: {}1{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let objects = format!("a: {}1{}\n", "{b: ".repeat(10_000), "}".repeat(10_000));
    let quoted = format!("a: \"{{{{ {} }}}}\"\n", "(".repeat(10_000));
    let actions = format!("{}a: 1\n{}", "{{- if .x }}\n".repeat(10_000), "{{- end }}\n".repeat(10_000));
    for text in [deep, flow, objects, quoted, actions] {
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text.as_str())]);
        assert_eq!(*workspace.sources()[0].text, *text);
        let _ = analyse(&workspace);
    }
}
