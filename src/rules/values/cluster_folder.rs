//! AKP227: the name of a cluster cannot be a folder's.

use crate::clusters::refusal;
use crate::command::Command;
use crate::model::AkoplanSettings;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds clusters in akoplan's settings (`spec.clusters`) whose name cannot be that of a folder.
    ///
    /// ## Why it matters
    /// The export for kustomize gives each cluster a folder, `overlays/<name>/`, and its paths go into
    /// shell commands. A cluster without such a name gets no overlay: all that is said of it is lost. Letters,
    /// digits, `-`, `_` and `.` are taken, at most 63, and not `.` or `-` first.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg east/1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-east-1
    /// ```
    pub static CLUSTER_FOLDER = {
        code: "AKP227",
        name: "cluster-folder",
        severity: Warning,
        reads: [AkoplanSettings],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((settings, _)) = context.every::<AkoplanSettings>().last() else { return };
    let clusters = &context.settings().spec.clusters;
    for (at, variant) in clusters.iter().enumerate() {
        // One without a name at all is reported as such.
        let Some(name) = variant.name.as_deref() else { continue };
        let Some(reason) = refusal(name) else { continue };
        let path = format!("spec.clusters[{at}].name");
        let is_free = |wanted: &str| {
            !clusters.iter().filter_map(|other| other.name.as_deref()).any(|other| other.eq_ignore_ascii_case(wanted))
        };
        let fix = folder(name)
            .filter(|name| is_free(name))
            .map(|name| (format!("write `{name}`"), Command::set(&settings.address, path.as_str(), name)));
        findings
            .at(settings, path.as_str())
            .message(format!("a cluster cannot be called `{}`: {reason}", name.replace('`', "'")))
            .effect("the export for kustomize has no overlay for it")
            .help("give the cluster a name that can be a folder's")
            .maybe_fix(fix);
    }
}

/// The name with `-` for what a folder's cannot have.
fn folder(name: &str) -> Option<String> {
    let is_usual = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let folder: String = name.trim().chars().map(|letter| if is_usual(letter) { letter } else { '-' }).collect();
    let folder = folder.trim_start_matches(['.', '-']).trim_end_matches('-');
    refusal(folder).is_none().then(|| folder.to_owned())
}
