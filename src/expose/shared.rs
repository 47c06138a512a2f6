//! What a Service takes over from those whose address it comes to share: where they differ in address,
//! L4Rule or class, AKO deletes the virtual service of all (`internal/nodes/dequeue_ingestion.go`,
//! `handleL4SharedVipService`).

use super::{Wish, existing};
use crate::ako::versions::{AkoVersion, Capability};
use crate::model::{AVI_CONTROLLER, L4_RULE_ANNOTATION, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION, Service};
use crate::workspace::{Object, Workspace};

type Member<'a> = (&'a Object, &'a Service);

/// What members have to have alike, beside the AviInfraSetting.
const ALIKE: [(Capability, &str, &str); 2] = [
    (Capability::LoadBalancerIpAnnotation, LOAD_BALANCER_IP_ANNOTATION, "address"),
    (Capability::L4Rule, L4_RULE_ANNOTATION, "L4Rule"),
];

/// The other Services of a key that AKO counts, in order.
fn others<'a>(workspace: &'a Workspace, wish: &Wish, key: &str) -> Vec<Member<'a>> {
    let is_other = |(object, service): &Member<'_>| {
        object.namespace() == wish.namespace
            && object.name() != wish.service
            && object.annotation(SHARED_VIP_ANNOTATION) == Some(key)
            && service.spec.service_type.as_deref() == Some("LoadBalancer")
    };
    workspace.all::<Service>().filter(is_other).collect()
}

/// The value that a Service has of an annotation; the address may stand in its spec.
fn value<'a>((object, service): Member<'a>, annotation: &str) -> Option<&'a str> {
    let spec = service.spec.load_balancer_ip.as_deref().filter(|_| annotation == LOAD_BALANCER_IP_ANNOTATION);
    spec.filter(|address| !address.is_empty())
        .or_else(|| object.annotation(annotation).filter(|value| !value.is_empty()))
}

/// The annotations that the Service needs to have what the others have.
pub(super) fn taken_over(workspace: &Workspace, wish: &Wish, key: &str) -> Vec<(String, String)> {
    let (others, own) = (others(workspace, wish, key), existing(workspace, wish));
    let ako = AkoVersion::of(workspace);
    let mut annotations = Vec::new();
    for (capability, annotation, _) in ALIKE {
        let theirs = others.iter().find_map(|other| value(*other, annotation));
        let has_own = own.is_some_and(|own| value(own, annotation).is_some());
        if let Some(theirs) = theirs.filter(|_| !has_own && ako.has(capability)) {
            annotations.push((annotation.to_owned(), theirs.to_owned()));
        }
    }
    annotations
}

/// What speaks against sharing the address of a key, if anything does.
pub(super) fn hindrance(workspace: &Workspace, wish: &Wish, key: &str) -> Option<String> {
    const GONE: &str = "AKO would take the address from all of them.";
    let (others, own) = (others(workspace, wish, key), existing(workspace, wish));
    let (first, _) = others.first()?;
    let is_foreign = |(_, service): &&Member<'_>| {
        service.spec.load_balancer_class.as_deref().is_some_and(|class| class != AVI_CONTROLLER)
    };
    if let Some((foreign, _)) = others.iter().find(is_foreign) {
        return Some(format!("`{}` has this key and another controller's class: {GONE}", foreign.name()));
    }
    for (capability, annotation, noun) in ALIKE {
        let theirs = others.iter().find_map(|other| Some((other.0.name(), value(*other, annotation)?)));
        let mine = own.and_then(|own| value(own, annotation));
        let ako = AkoVersion::of(workspace);
        match (theirs, mine) {
            (Some((name, theirs)), Some(mine)) if theirs != mine => {
                return Some(format!(
                    "`{name}` has this key and the {noun} `{theirs}`, this Service has `{mine}`: {GONE}"
                ));
            }
            (None, Some(mine)) => {
                let name = first.name();
                return Some(format!("`{name}` has this key and no {noun}, this Service has `{mine}`: {GONE}"));
            }
            (Some((name, theirs)), None) if noun == "address" && !ako.has(capability) => {
                return Some(format!(
                    "`{name}` has this key and the {noun} `{theirs}`, which AKO reads only in `spec.loadBalancerIP` here: write it there first."
                ));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::expose::{Way, Wish, apply, options, snippet};
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    fn service(name: &str, annotations: &str, spec: &str) -> String {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: red, annotations: {{{annotations}}}}}\n\
             spec: {{{spec}selector: {{app: {name}}}, ports: [{{port: 53, protocol: TCP}}]}}\n"
        )
    }

    fn member(name: &str, annotations: &str, spec: &str) -> String {
        service(
            name,
            &format!("ako.vmware.com/enable-shared-vip: k{annotations}"),
            &format!("type: LoadBalancer, {spec}"),
        )
    }

    /// The project with a Service `dns` that is to share the address of `k`.
    fn project(texts: &[String], own: &str) -> (Workspace, Wish, Way) {
        let own = service("dns", own, "").replace("port: 53", "port: 54");
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", texts.concat() + &own)]);
        let wish = Wish { namespace: "red".to_owned(), service: "dns".to_owned(), ..Wish::default() };
        (workspace, wish, Way::SharedVip { key: "k".to_owned() })
    }

    fn verdict(texts: &[String], own: &str) -> Result<String, String> {
        let (workspace, wish, way) = project(texts, own);
        let choice = options(&workspace, &wish).into_iter().find(|choice| choice.way == way).unwrap();
        if choice.possible { Ok(choice.reason) } else { Err(choice.reason) }
    }

    #[test]
    fn address_and_rule_are_taken_over() {
        let others = [
            member("one", "", "loadBalancerIP: 10.1.0.9, "),
            member("two", ", ako.vmware.com/load-balancer-ip: 10.1.0.9", ""),
        ];
        let others = others.map(|text| text.replace("shared-vip: k", "shared-vip: k, ako.vmware.com/l4rule: r"));
        let others = [others[0].clone(), others[1].replace("port: 53", "port: 55")];
        let (workspace, wish, way) = project(&others, "");
        assert!(verdict(&others, "").is_ok());
        let text = snippet(&workspace, &wish, &way);
        assert!(text.contains("ako.vmware.com/load-balancer-ip: \"10.1.0.9\"\n"), "{text}");
        assert!(text.contains("ako.vmware.com/l4rule: r\n"), "{text}");
        let after = apply(&workspace, &wish, &way).apply(&workspace).unwrap();
        let codes: Vec<&str> = analyse(&after).findings.iter().map(|finding| finding.code).collect();
        assert!(!codes.contains(&"AKP407"), "{codes:?}");
        assert_eq!(analyse(&after).prediction.virtual_services.len(), 1);
    }

    #[test]
    fn what_differs_speaks_against_it() {
        let (nine, plain) = (member("one", "", "loadBalancerIP: 10.1.0.9, "), member("one", "", ""));
        let ten = "ako.vmware.com/load-balancer-ip: 10.1.0.10";
        assert_eq!(
            verdict(std::slice::from_ref(&nine), ten).unwrap_err(),
            "`one` has this key and the address `10.1.0.9`, this Service has `10.1.0.10`: AKO would take the address from all of them."
        );
        assert_eq!(
            verdict(std::slice::from_ref(&plain), ten).unwrap_err(),
            "`one` has this key and no address, this Service has `10.1.0.10`: AKO would take the address from all of them."
        );
        assert!(verdict(&[plain], "ako.vmware.com/l4rule: r").unwrap_err().contains("no L4Rule"));
        let foreign = member("one", "", "loadBalancerClass: other.example/lb, ");
        assert!(verdict(&[foreign], "").unwrap_err().contains("another controller's class"));
        // AKO does not count what is not of type LoadBalancer.
        let passed_over = service("one", "ako.vmware.com/enable-shared-vip: k", "");
        assert!(verdict(&[passed_over], ten).is_ok());
        let old = "---\napiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {akoVersion: 1.8.1}\n".to_owned();
        assert!(verdict(&[old, nine], "").unwrap_err().contains("write it there first"));
    }
}
