//! The README beside the manifests for Argo CD: how it is taught to wait, and what Applications point where.

use std::fmt::Write;

use serde_json::{Value, json};

use super::order::{Early, Order};
use super::{APPLICATION_HEALTH_CHECK, APPLICATION_HEALTH_KEY, CONFIG_MAP_FILE, HEALTH_CHECK, HEALTH_KEY};
use crate::analysis::Analysis;
use crate::edit::render;
use crate::export::shell::code;
use crate::export::{LeftOut, VALUES_FILE, provenance};
use crate::workspace::{Object, Workspace};

/// What the page has to tell of the files.
pub(super) struct About<'a> {
    /// What is not in them.
    pub left_out: &'a [LeftOut],
    /// The manifests, as they were read.
    pub read: &'a Workspace,
    /// Their waves.
    pub order: &'a Order<'a>,
    /// Whether AKO's values go along.
    pub has_values: bool,
}

/// The whole page.
pub(super) fn page(workspace: &Workspace, analysis: &Analysis, about: &About<'_>) -> String {
    let made = provenance::section(workspace, analysis, None);
    let chart = render(&json!({"configs": {"cm": {HEALTH_KEY: HEALTH_CHECK}}}));
    let mut text = format!(
        "# For Argo CD

{made}

AKO uses an AviInfraSetting only once it has accepted it. What arrives earlier, as everything does that is applied at \
         once, begins on the global network and loses its range when AKO moves it. So the manifests have sync waves, \
         and Argo CD is taught to wait:

1. The health check for AviInfraSettings, once for each Argo CD: `{CONFIG_MAP_FILE}` is a patch of its ConfigMap (the \
         command is in the file). Without it Argo CD takes every setting for healthy at once, and the waves do not wait.
2. This folder goes into the repository, and Applications point at it, as below.

Where Argo CD's own chart (argo-cd) installed it, the health check goes into that chart's values:

```yaml
{chart}```

| wave | what |
| --- | --- |
| -8 | Namespaces, definitions |
| -7 | AviInfraSettings: here Argo CD waits until AKO has accepted them; a rejected one is `Degraded`, with the reason |
| -6, -5 | classes |
| -4 | Gateways of `networking.x-k8s.io` |
| -3 | Secrets, ConfigMaps, other objects of AKO |
| -2 | Services, Gateways of Gateway API v1 |
| -1 | Ingresses, routes |
| 0 | all that has no wave, such as workloads |

Never let Argo CD prune or replace a setting that is in use: a deleted one moves live VIPs to the global network. The \
         annotation `argocd.argoproj.io/sync-options: Prune=false` on a setting holds it.
"
    );
    waves(&mut text, about);
    applications(&mut text, workspace, about.has_values);
    // Writing to a String cannot fail.
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        let _ = text.write_fmt(arguments);
    };
    if about.has_values {
        line(format_args!("\n`{VALUES_FILE}` is no manifest: it is for AKO's own chart.\n"));
    }
    if !about.left_out.is_empty() {
        line(format_args!("\n## Not in it\n\n"));
    }
    for LeftOut { file, line: number, reason } in about.left_out {
        line(format_args!("- {}, line {number}: {reason}\n", code(file)));
    }
    text
}

/// The waves that the table does not tell: those of people, and what follows from them.
fn waves(text: &mut String, about: &About<'_>) {
    // Writing to a String cannot fail.
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        let _ = text.write_fmt(arguments);
    };
    let key = |object: &Object| code(&about.read.key(object));
    let Order { own, moved, early, .. } = about.order;
    if own.is_empty() {
        return;
    }
    line(format_args!("\n## Waves of your own\n\n"));
    if !early.is_empty() {
        line(format_args!("**The waves that you gave are not safe.** They stay as they are; mend them first:\n\n"));
    }
    for Early { user, user_wave, needed, needed_wave, effect } in early {
        let (user, needed) = (key(user), key(needed));
        line(format_args!(
            "- **{user} is of wave {user_wave} and does not come after {needed}, wave {needed_wave}, which it uses: {effect}.**\n"
        ));
    }
    line(format_args!("{}These stay as you gave them:\n\n", if early.is_empty() { "" } else { "\n" }));
    for (object, wave) in own {
        line(format_args!("- {}: {wave}\n", key(object)));
    }
    if !moved.is_empty() {
        line(format_args!("\nSo that order holds, these have another wave than in the table:\n\n"));
    }
    for (object, wave) in moved {
        line(format_args!("- {}: {wave}\n", key(object)));
    }
}

/// Examples of Applications: one for all, and two under a third where the folders have two owners.
fn applications(text: &mut String, workspace: &Workspace, has_values: bool) {
    let namespace = workspace.settings().spec.default_namespace.as_deref().unwrap_or("default");
    let exclude = if has_values { format!("{{argocd/*,{VALUES_FILE}}}") } else { "argocd/*".to_owned() };
    let all = application("segments", namespace, "segments", None, Some(&exclude));
    let platform = application("segments-platform", namespace, "segments/platform", Some("0"), None);
    let apps = application("segments-apps", namespace, "segments/apps", Some("1"), None);
    let health = render(&json!({"data": {APPLICATION_HEALTH_KEY: APPLICATION_HEALTH_CHECK}}));
    let _ = write!(
        text,
        "
## Applications

Waves count within one Application, so one for both folders keeps them all. It reads the folder with all below it, but \
         for what is no manifest; `repoURL` and `path` are yours, `namespace` is for objects that name none:

```yaml
{all}```

Where `platform/` and `apps/` have two owners, they are two Applications in an app of apps, whose own waves put one \
         before the other:

```yaml
{platform}---
{apps}```

That keeps the order only if Argo CD waits for the health of an Application, which it has not done by itself since 1.8. \
         This goes into its ConfigMap `argocd-cm`, beside the other health check:

```yaml
{health}```

Both need automated sync, as above: an Application that nobody syncs does not become healthy, and the next wave does \
         not come. Two Applications without an app of apps have no order: sync `platform/` first, and `apps/` once it \
         is healthy.
"
    );
}

fn application(name: &str, namespace: &str, path: &str, wave: Option<&str>, exclude: Option<&str>) -> String {
    let mut metadata = json!({"name": name, "namespace": "argocd"});
    if let (Some(metadata), Some(wave)) = (metadata.as_object_mut(), wave) {
        metadata.insert("annotations".to_owned(), json!({super::WAVE_ANNOTATION: wave}));
    }
    let mut directory = json!({"recurse": true});
    if let (Some(directory), Some(exclude)) = (directory.as_object_mut(), exclude) {
        directory.insert("exclude".to_owned(), Value::from(exclude));
    }
    render(&json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": metadata,
        "spec": {
            "project": "default",
            "source": {
                "repoURL": "https://git.example.com/network.git",
                "targetRevision": "HEAD",
                "path": path,
                "directory": directory,
            },
            "destination": {"server": "https://kubernetes.default.svc", "namespace": namespace},
            "syncPolicy": {"automated": {}},
        },
    }))
}
