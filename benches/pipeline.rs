//! What the way from text to findings costs, against the YAML parser alone on the same text in the same
//! run, and how it grows: `cargo bench`. Prints a table; judges nothing by the clock alone.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

/// A project of about `objects` objects: segments of gateways and services, annotated Services, Ingresses.
fn project(objects: usize) -> Vec<SourceFile> {
    let mut platform = String::new();
    let mut apps = String::new();
    for segment in 0..(objects / 100).max(1) {
        let octets = format!("10.{}.{}", segment / 250, segment % 250);
        let _ = write!(
            platform,
            "---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata:\n  name: segment-{segment}\nspec:\n  \
             seGroup:\n    name: group-{segment}\n  network:\n    vipNetworks:\n    - networkName: net-{segment}\n      cidr: {octets}.0/26\n\
             ---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata:\n  name: class-{segment}\nspec:\n  \
             controller: ako.vmware.com/avi-lb\n  parametersRef:\n    group: ako.vmware.com\n    kind: AviInfraSetting\n    name: segment-{segment}\n"
        );
        for gateway in 0..10 {
            let name = format!("gateway-{segment}-{gateway}");
            let _ = write!(
                apps,
                "---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata:\n  name: {name}\n  namespace: red\nspec:\n  \
                 gatewayClassName: class-{segment}\n  listeners:\n"
            );
            for port in 0..8 {
                let _ = write!(
                    apps,
                    "  - protocol: TCP\n    port: {}\n    routes:\n      kind: Service\n      group: v1\n      selector:\n        matchLabels:\n          \
                     ako.vmware.com/gateway-name: {name}\n          ako.vmware.com/gateway-namespace: red\n",
                    8000 + port
                );
            }
            for port in 0..8 {
                let _ = write!(
                    apps,
                    "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{segment}-{gateway}-{port}\n  namespace: red\n  labels:\n    \
                     ako.vmware.com/gateway-name: {name}\n    ako.vmware.com/gateway-namespace: red\nspec:\n  selector: {{app: web}}\n  \
                     ports:\n  - name: web\n    port: {}\n    targetPort: 80\n    protocol: TCP # as the gateway has it\n",
                    8000 + port
                );
            }
        }
        for service in 0..8 {
            let _ = write!(
                apps,
                "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: balanced-{segment}-{service}\n  namespace: blue\n  annotations:\n    \
                 aviinfrasetting.ako.vmware.com/name: segment-{segment}\nspec:\n  type: LoadBalancer\n  selector: {{app: web}}\n  ports:\n  \
                 - port: 53\n    protocol: UDP\n"
            );
        }
    }
    vec![SourceFile::new("platform/all.yaml", platform), SourceFile::new("apps/all.yaml", apps)]
}

/// The quickest of several runs: what the machine can do when nothing else is in the way.
fn quickest(runs: usize, mut work: impl FnMut()) -> Duration {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn parser_alone(files: &[SourceFile]) {
    for file in files {
        for event in granit_parser::Parser::new_from_str(&file.text) {
            let _ = black_box(event);
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() {
    println!(
        "{:>8} {:>8} {:>10} {:>10} {:>10} {:>12} {:>9}",
        "objects", "MB", "parser ms", "read ms", "analyse ms", "keystroke ms", "check/parser"
    );
    let mut last: Option<(usize, Duration)> = None;
    for objects in [1_000, 10_000] {
        let files = project(objects);
        let bytes: usize = files.iter().map(|file| file.text.len()).sum();
        let runs = if objects > 5_000 { 3 } else { 10 };
        let parser = quickest(runs, || parser_alone(&files));
        let read = quickest(runs, || drop(black_box(Workspace::new(&files))));
        let workspace = Workspace::new(&files);
        let analysis = quickest(runs, || drop(black_box(analyse(&workspace))));
        let at = workspace.objects()[workspace.objects().len() / 2].address.clone();
        let edit = Command::set(&at, "metadata.labels.tier", "x");
        let keystroke = quickest(runs, || {
            if let Ok(after) = edit.apply(&workspace) {
                drop(black_box(analyse(&after)));
            }
        });
        let check = read + analysis;
        #[allow(clippy::cast_precision_loss, reason = "for people to read")]
        let megabytes = bytes as f64 / 1e6;
        println!(
            "{:>8} {megabytes:>8.2} {:>10.1} {:>10.1} {:>10.1} {:>12.2} {:>9.2}",
            workspace.objects().len(),
            milliseconds(parser),
            milliseconds(read),
            milliseconds(analysis),
            milliseconds(keystroke),
            check.as_secs_f64() / parser.as_secs_f64(),
        );
        if let Some((fewer, quicker)) = last {
            println!(
                "growth: {:.1} times the objects take {:.1} times the time",
                workspace.objects().len() / fewer,
                check.as_secs_f64() / quicker.as_secs_f64()
            );
        }
        last = Some((workspace.objects().len(), check));
    }
}
