//! The two examples: the published one with its mistakes, and the same as it should be.
//!
//! Three segments of the cluster tkg-wkld: oam through a Gateway and an Ingress, trf and sigtran
//! through Services of type LoadBalancer.

use crate::text::SourceFile;

/// Files of one folder below `static/examples`, in the order of the page's export.
macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        vec![$(SourceFile::new(
            $name,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/examples/", $folder, "/", $name)),
        )),*]
    };
}

/// The example as it should be: it has no finding.
#[must_use]
pub fn clean() -> Vec<SourceFile> {
    files!["clean":
        "platform/oam.yaml",
        "platform/sigtran.yaml",
        "platform/trf.yaml",
        "apps/default/app-gateway-admin-0.yaml",
        "apps/default/my-ingress.yaml",
        "apps/default/sctp-service-sigtran.yaml",
        "apps/default/snmp-service-oam.yaml",
        "apps/default/traffic-service-trf.yaml",
        "apps/default/web-redirect-service-oam.yaml",
        "apps/default/web-statefulset-service-oam.yaml",
        "values.yaml",
        "akoplan.yaml",
    ]
}

/// The example as it was published, mistakes and all; only its indentation is restored.
#[must_use]
pub fn mistakes() -> Vec<SourceFile> {
    files!["mistakes":
        "platform/ingress-classes.yaml",
        "platform/oam.yaml",
        "apps/default/app-gateway-admin-0.yaml",
        "apps/default/my-ingress.yaml",
        "apps/default/sctp-service-sigtran.yaml",
        "apps/default/traffic-service-trf.yaml",
        "apps/default/web-statefulset-service-oam.yaml",
        "values.yaml",
        "akoplan.yaml",
    ]
}
