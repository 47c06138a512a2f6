//! AKP809: a segment, class or Gateway is a helm hook.

use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::{AviInfraSetting, Gateway, GatewayClass, GatewayClassV1, GatewayV1, IngressClass};
use crate::rule;
use crate::rules::links::annotation_path;
use crate::rules::yaml::helm_template::is_template;
use crate::rules::{Context, Findings};
use crate::workspace::{Object, OfKind};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings, classes and Gateways with the annotation `helm.sh/hook`.
    ///
    /// ## Why it matters
    /// Hooks look like the way to have the segments there before the rest. But helm's default policy,
    /// `before-hook-creation`, deletes a hook's object and creates it again whenever the hook runs, so with
    /// `pre-upgrade` or `post-upgrade` at every upgrade (Helm documentation, *Chart Hooks*). When a setting
    /// is deleted, AKO moves its live VIPs to the global network and SE group and takes the pools from its
    /// Ingresses; when a GatewayClass or a Gateway is, it deletes the virtual services and their addresses
    /// (AKO 2.2.1, seen by running it). An object that is a hook of the installation alone is never upgraded
    /// and never uninstalled, and one with a hook that helm does not know is left out without an error (seen
    /// by running helm 4.1.4).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    ///   annotations:
    ///     helm.sh/hook: pre-install,pre-upgrade
    ///     helm.sh/hook-weight: "-5"
    /// spec:
    ///   seGroup:
    ///     name: tkgvsphere-tkgworkload-group10
    /// ```
    ///
    /// ## Use instead
    /// The segments in a chart of their own, installed before those that use them; helm takes over what
    /// its hooks have left there with `helm upgrade --take-ownership`:
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: tkgvsphere-tkgworkload-group10
    /// ```
    pub static HELM_HOOK = {
        code: "AKP809",
        name: "helm-hook",
        severity: Error,
        reads: [AviInfraSetting, GatewayClass, IngressClass, Gateway, GatewayClassV1, GatewayV1],
        since: "0.1.0",
        by_object: true,
        needs_known: Nothing,
        check: check,
    };
}

const HOOK: &str = "helm.sh/hook";
const POLICY: &str = "helm.sh/hook-delete-policy";
const WEIGHT: &str = "helm.sh/hook-weight";

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    const ADDRESS: &str = "AKO deletes its virtual service and its address";
    look::<AviInfraSetting>(
        context,
        "AKO moves its live VIPs to the global network and SE group, and takes the pools from its Ingresses",
        findings,
    );
    look::<GatewayClass>(context, "AKO deletes the virtual services of its Gateways and their addresses", findings);
    look::<IngressClass>(context, "AKO passes over for good what is added to a class that is not there", findings);
    look::<Gateway>(context, ADDRESS, findings);
    look::<GatewayClassV1>(context, "its Gateways have no class", findings);
    look::<GatewayV1>(context, ADDRESS, findings);
}

fn look<'a, T: OfKind + 'a>(context: &Context<'a>, deleted: &str, findings: &mut Findings<'_>) {
    for (object, _) in context.every::<T>() {
        let Some(hook) = object.annotation(HOOK).filter(|hook| !is_template(hook)) else { continue };
        let policy = object.annotation(POLICY);
        if policy.is_some_and(is_template) {
            continue;
        }
        let fate = Fate::of(hook, policy);
        findings
            .at(object, annotation_path(HOOK))
            .message(format!("helm takes this object for a hook, `{hook}`"))
            .effect(fate.effect(deleted))
            .help("leave hooks to Jobs: keep segments and classes in a chart of their own, installed first")
            .severity(fate.severity())
            .fix("remove the annotations of the hook", without_hook(object));
    }
}

/// What helm does with the object of a hook.
#[derive(Clone, Copy)]
enum Fate {
    LeftOut,
    DeletedAtOnce,
    MadeAgain(&'static str),
    InTheWay,
    OnceForAll,
    NotWithTheRelease,
}

impl Fate {
    /// As helm 4.1.4 reads the annotations: `pkg/release/v1/util/manifest_sorter.go`, `pkg/action/hooks.go`.
    fn of(hook: &str, policy: Option<&str>) -> Self {
        const EVENTS: [&str; 9] = [
            "pre-install",
            "post-install",
            "pre-upgrade",
            "post-upgrade",
            "pre-rollback",
            "post-rollback",
            "pre-delete",
            "post-delete",
            "test",
        ];
        let words = |text: &str| text.split(',').map(|word| word.trim().to_ascii_lowercase()).collect::<Vec<_>>();
        let events = words(hook);
        if events.iter().any(|event| !EVENTS.contains(&event.as_str()) && event != "test-success") {
            return Self::LeftOut;
        }
        let policies = policy.map_or_else(|| vec!["before-hook-creation".to_owned()], words);
        let is_at = |moment: &str| events.iter().any(|event| event.ends_with(moment));
        let again = ["upgrade", "rollback"].into_iter().find(|moment| is_at(moment));
        match again {
            None if !is_at("install") => Self::NotWithTheRelease,
            _ if policies.iter().any(|policy| policy == "hook-succeeded") => Self::DeletedAtOnce,
            None => Self::OnceForAll,
            Some(moment) if policies.iter().any(|policy| policy == "before-hook-creation") => Self::MadeAgain(moment),
            Some(_) => Self::InTheWay,
        }
    }

    const fn severity(self) -> Severity {
        match self {
            Self::OnceForAll => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn effect(self, deleted: &str) -> String {
        match self {
            Self::LeftOut => "helm knows no such hook and leaves the object out: it is never applied".to_owned(),
            Self::DeletedAtOnce => format!("helm deletes it as soon as it is applied, by `{POLICY}`: {deleted}"),
            Self::MadeAgain(moment) => format!("helm deletes and re-creates it at every {moment}: {deleted}"),
            Self::InTheWay => {
                format!("helm wants to create it again and `{POLICY}` keeps it: upgrades fail, as it is there already")
            }
            Self::OnceForAll => {
                "helm applies it when the release is installed and never again: no upgrade changes it, no uninstall removes it".to_owned()
            }
            Self::NotWithTheRelease => {
                "helm does not apply it with the release, but only for tests or when the release is uninstalled".to_owned()
            }
        }
    }
}

/// Takes the annotations of a hook away, with the whole field where nothing else is in it.
fn without_hook(object: &Object) -> Command {
    let own = [HOOK, WEIGHT, POLICY].into_iter().filter(|key| object.annotation(key).is_some());
    let own: Vec<&str> = own.collect();
    let all = object.value.metadata().map_or(0, |metadata| metadata.annotations.len());
    let remove = |key: &&str| Command::remove(&object.address, annotation_path(key));
    match own.as_slice() {
        own if own.len() == all => Command::remove(&object.address, "metadata.annotations"),
        [one] => remove(one),
        several => Command::Batch(several.iter().map(remove).collect()),
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::diagnostic::Finding;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    fn findings(annotations: &str) -> (Workspace, Vec<Finding>) {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: oam\n  annotations:\n{annotations}\
             spec:\n  controller: ako.vmware.com/avi-lb\n"
        );
        let workspace = Workspace::new(&[SourceFile::new("class.yaml", text)]);
        let findings = analyse(&workspace).findings.into_iter().filter(|finding| finding.code == "AKP809").collect();
        (workspace, findings)
    }

    #[test]
    fn what_helm_does_with_a_hook_is_told_by_its_events_and_policy() {
        let told = |hook: &str, policy: &str| {
            let policy =
                if policy.is_empty() { String::new() } else { format!("    helm.sh/hook-delete-policy: {policy}\n") };
            let (_, findings) = findings(&format!("    helm.sh/hook: \"{hook}\"\n{policy}"));
            findings.first().map(|finding| format!("{}: {}", finding.severity.name(), finding.effect)).unwrap()
        };
        for (hook, policy, expected) in [
            ("pre-install, Pre-Upgrade", "", "error: helm deletes and re-creates it at every upgrade: "),
            (
                "post-rollback",
                "hook-failed,before-hook-creation",
                "error: helm deletes and re-creates it at every rollback: ",
            ),
            ("pre-install", "hook-succeeded", "error: helm deletes it as soon as it is applied"),
            ("pre-upgrade", "hook-failed", "error: helm wants to create it again"),
            ("pre-install", "", "warning: helm applies it when the release is installed and never again"),
            ("test", "", "error: helm does not apply it with the release"),
            ("crd-install", "", "error: helm knows no such hook"),
            ("", "", "error: helm knows no such hook"),
        ] {
            let told = told(hook, policy);
            assert!(told.starts_with(expected), "{hook}, {policy}: {told}");
        }
    }

    #[test]
    fn the_fix_leaves_other_annotations_and_comments() {
        let other = "    team: network # ours\n";
        let (workspace, findings) = findings(&format!(
            "    helm.sh/hook: pre-upgrade\n{other}    helm.sh/hook-weight: \"1\"\n    helm.sh/hook-delete-policy: hook-failed\n"
        ));
        let after = findings[0].fixes[0].command.apply(&workspace).unwrap();
        let text = &after.sources()[0].text;
        assert!(text.contains(&format!("  annotations:\n{other}spec:\n")), "{text}");
    }

    #[test]
    fn other_kinds_and_unrendered_hooks_are_left_alone() {
        let job =
            "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\n  annotations:\n    helm.sh/hook: pre-upgrade\n";
        let workspace = Workspace::new(&[SourceFile::new("job.yaml", job)]);
        assert!(analyse(&workspace).findings.iter().all(|finding| finding.code != "AKP809"));
        assert!(findings("    helm.sh/hook: \"{{ .Values.hook }}\"\n").1.is_empty());
    }
}
