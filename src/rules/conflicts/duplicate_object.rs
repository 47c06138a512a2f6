//! AKP401: an object is there twice.

use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::{GatewayClass, IngressClass, Kind, Typed};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::segment;
use crate::text::Span;
use crate::workspace::{Object, Workspace};

rule! {
    /// ## What it does
    /// Finds objects of the same kind, namespace and name. If they are the same to the letter, it is a
    /// warning; removing the second is a safe fix if both stand in one file and no comment goes with it.
    ///
    /// ## Why it matters
    /// The one that is applied last replaces the other without a word. If an IngressClass or
    /// GatewayClass names another AviInfraSetting the second time, everything of the class moves to that
    /// segment (Kubernetes documentation, *Object Names and IDs*; seen by running AKO 2.2.1).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-trf
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-sigtran
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-trf
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parameters:
    ///     apiGroup: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-trf
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-trf
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parameters:
    ///     apiGroup: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-sigtran
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-trf
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-sigtran
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-trf
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parameters:
    ///     apiGroup: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-trf
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-sigtran
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parameters:
    ///     apiGroup: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-sigtran
    /// ```
    ///
    /// ## What remains
    /// Of the one that is kept, what it says is now checked, and in its place among the others: a name that
    /// leads nowhere (`AKP306`, `AKP312`, `AKP320`), a shared VIP whose Services differ (`AKP407`), a VIP
    /// that is not served (`AKP503`), an order that is not safe (`AKP801`, `AKP803`, `AKP804`).
    pub static DUPLICATE_OBJECT = {
        code: "AKP401",
        name: "duplicate-object",
        severity: Error,
        reads: [],
        since: "0.1.0",
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let applied = context.objects().iter().filter(|object| object.kind.is_applied() && !object.name().is_empty());
    for object in applied {
        let Some(first) = context.workspace().earlier_twin(object) else { continue };
        let line = context
            .workspace()
            .file(&first.address.file)
            .map_or(0, |file| file.position(first.span("metadata.name").start).line);
        let report = findings
            .at(object, "metadata.name")
            .message(format!(
                "{} `{}` is defined already, in `{}` at line {line}",
                object.identity.kind,
                object.name(),
                first.address.file
            ))
            .related(first.place("metadata.name"), "defined here first");
        if text_of(context, first) == text_of(context, object) {
            let report = report
                .severity(Severity::Warning)
                .effect("both say the same, so either may be applied; an edit of one will be lost")
                .help("keep one of the two");
            let remove = Command::RemoveObject { at: object.address.clone() };
            if first.address.file == object.address.file && !has_comment(context, object) {
                report.safe_fix("remove this one", remove);
            } else {
                // Which file is the right one, and whether the comment matters, people know.
                report.fix("remove this one", remove);
            }
            continue;
        }
        let rename = new_name(context, first, object).map(|name| {
            (format!("rename this one to `{name}`"), Command::set(&object.address, "metadata.name", name.clone()))
        });
        report
            .effect("the one that is applied last replaces the other without a word")
            .help("give one of them another name, or keep only one")
            .maybe_fix(rename)
            // The later one is what the cluster would end with.
            .fix(
                format!("keep this one, remove the one in `{}` at line {line}", first.address.file),
                Command::RemoveObject { at: first.address.clone() },
            )
            .fix(
                format!("keep the one in `{}` at line {line}, remove this one", first.address.file),
                Command::RemoveObject { at: object.address.clone() },
            );
    }
}

/// Whether a comment would go away with the object: in its document, or in its item of a `List`.
fn has_comment(context: &Context<'_>, object: &Object) -> bool {
    let (whole, mut comments) = (object.whole(), object.tree().comments.iter());
    if object.address.item.is_none() {
        return comments.next().is_some();
    }
    let file = context.workspace().file(&object.address.file);
    let rest = file.map_or("", |file| Span::new(whole.end, file.source.text.len()).slice(&file.source.text));
    let end = whole.end + rest.find('\n').unwrap_or(rest.len());
    comments.any(|comment| (whole.start..end).contains(&(comment.span.start + object.offset())))
}

fn text_of<'a>(context: &Context<'a>, object: &Object) -> &'a str {
    let file = context.workspace().file(&object.address.file);
    file.map_or("", |file| object.whole().slice(&file.source.text))
}

/// What the duplicate was meant to be called: its name with the part changed in which the two settings
/// differ, as `avi-ingress-class-trf` that names `…-sigtran` was meant as `avi-ingress-class-sigtran`; else
/// the name that the templates make of its setting's.
fn new_name(context: &Context<'_>, first: &Object, object: &Object) -> Option<String> {
    let (theirs, own) = (setting_of(first)?, setting_of(object)?);
    if theirs == own {
        return None;
    }
    let workspace = context.workspace();
    let templated = segment::names(workspace, segment::short_name(workspace, own));
    let (templated, is_taken): (String, fn(&Workspace, &str) -> bool) = match object.kind {
        Kind::GatewayClass => (templated.gateway_class, |all, name| all.get::<GatewayClass>("", name).is_some()),
        _ => (templated.ingress_class, |all, name| all.get::<IngressClass>("", name).is_some()),
    };
    let names = [with_other_part(object.name(), theirs, own), Some(templated)];
    names.into_iter().flatten().find(|name| !is_taken(workspace, name))
}

/// A class's name with the part changed in which two settings' names differ.
fn with_other_part(class: &str, theirs: &str, own: &str) -> Option<String> {
    let (theirs, own) = differing_parts(theirs, own)?;
    let mut parts: Vec<&str> = class.split('-').collect();
    let at = parts.iter().rposition(|part| *part == theirs)?;
    parts[at] = own;
    Some(parts.join("-"))
}

fn setting_of(object: &Object) -> Option<&str> {
    match &object.value {
        Typed::GatewayClass(class) => segment::of_gateway_class(class),
        Typed::IngressClass(class) => segment::of_ingress_class(class),
        _ => None,
    }
}

/// The one part between hyphens in which two names differ.
fn differing_parts<'a>(theirs: &'a str, own: &'a str) -> Option<(&'a str, &'a str)> {
    if theirs.split('-').count() != own.split('-').count() {
        return None;
    }
    let mut different = theirs.split('-').zip(own.split('-')).filter(|(theirs, own)| theirs != own);
    let found = different.next()?;
    different.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    fn class(setting: &str) -> String {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: web}}\n\
             spec: {{controller: ako.vmware.com/avi-lb, parameters: {{apiGroup: ako.vmware.com, kind: AviInfraSetting, name: {setting}}}}}\n"
        )
    }

    fn offers(text: &str) -> Vec<String> {
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let findings = analyse(&workspace).findings;
        let duplicate = findings.iter().find(|finding| finding.code == "AKP401").unwrap();
        duplicate.fixes.iter().map(|fix| fix.title.clone()).collect()
    }

    #[test]
    fn a_class_whose_name_says_nothing_of_its_setting_gets_the_templates_name_where_that_is_free() {
        let twice = class("aviinfrasetting-trf") + "---\n" + &class("aviinfrasetting-sig-lab");
        let choice = [
            "keep this one, remove the one in `a.yaml` at line 3",
            "keep the one in `a.yaml` at line 3, remove this one",
        ];
        assert_eq!(offers(&twice), [&["rename this one to `avi-ingress-class-sig-lab`"], &choice[..]].concat());
        let taken = twice.clone() + "---\n" + &class("x").replace("name: web", "name: avi-ingress-class-sig-lab");
        assert_eq!(offers(&taken), choice);
        let other = class("aviinfrasetting-trf")
            + "---\n"
            + &class("aviinfrasetting-trf").replace("{name: web}", "{name: web, labels: {}}");
        assert_eq!(offers(&other), choice);
    }
}
