//! Where each file of a layout goes: said where it is copied, and beside its folder.

use super::Layout;
use crate::export::ako_values::PATCH_FILE;
use crate::export::kit::APPLY_FILE;
use crate::export::{README_FILE, VALUES_FILE};

impl Layout {
    /// Where a file of this layout goes, as the end of `Copied …:`, code in backticks.
    #[must_use]
    pub fn goes_to(self, file: &str) -> String {
        match (self, file.split('/').collect::<Vec<_>>().as_slice()) {
            (_, [.., README_FILE | APPLY_FILE]) => "to read; it is not applied".to_owned(),
            (Self::Snippets, [.., service, _]) => {
                format!("goes to the chart of the Service `{service}`: its first lines say where")
            }
            (Self::ArgoCd, ["argocd", "argocd-cm.yaml"]) => {
                "goes to Argo CD's ConfigMap `argocd-cm`, before the first sync".to_owned()
            }
            (Self::ArgoCd, ["platform" | "apps", ..]) => "goes to the repository that Argo CD syncs".to_owned(),
            (Self::Kustomize, [folder @ .., PATCH_FILE]) => {
                let command = format!("`helm upgrade … --reuse-values -f {file}`; never to kubectl");
                match folder {
                    [_, cluster] => format!("goes to AKO's own chart in the cluster `{cluster}`: {command}"),
                    _ => format!("goes to AKO's own chart: {command}"),
                }
            }
            (Self::Kustomize, ["overlays", cluster, ..]) => {
                format!("goes to the overlay of the cluster `{cluster}`")
            }
            (Self::Kustomize, _) => "goes to the base of all clusters".to_owned(),
            (Self::AkoValues, _) => {
                "goes to AKO's own chart: `helm upgrade … --reuse-values -f ako-values.yaml`; never to kubectl"
                    .to_owned()
            }
            (Self::Charts, [_, chart, rest @ ..]) => format!("goes to `{}` of the chart `{chart}`", rest.join("/")),
            (Self::Manifests | Self::Kit, ["platform", ..]) => {
                "goes to the platform's repository, and is applied first".to_owned()
            }
            (Self::Manifests | Self::Kit, ["apps", namespace, ..]) => {
                format!("goes to the chart or repository of the application in namespace `{namespace}`")
            }
            (Self::Manifests | Self::Kit | Self::ArgoCd, [VALUES_FILE]) => {
                "goes to AKO's own chart: `helm upgrade … --reuse-values -f values.yaml`; never to kubectl".to_owned()
            }
            (Self::Single, _) => {
                "goes to a review, and to `kubectl apply -f` once AKO has accepted its settings".to_owned()
            }
            (_, _) => {
                format!("goes to `{file}` of the repository it came from")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_no_part_of_a_base_or_an_overlay() {
        let place = |file| Layout::Kustomize.goes_to(file);
        let base = "goes to AKO's own chart: `helm upgrade … --reuse-values -f base/ako-values.yaml`; never to kubectl";
        assert_eq!(place("base/ako-values.yaml"), base);
        let own = "goes to AKO's own chart in the cluster `east`: `helm upgrade … --reuse-values -f \
                   overlays/east/ako-values.yaml`; never to kubectl";
        assert_eq!(place("overlays/east/ako-values.yaml"), own);
        assert_eq!(place("overlays/east/kustomization.yaml"), "goes to the overlay of the cluster `east`");
        assert_eq!(place("base/apps/red/60-service-a.yaml"), "goes to the base of all clusters");
    }
}
