//! What every Kubernetes object has: metadata.

use std::collections::BTreeMap;

use crate::object;

object! {
    /// The part of `metadata` that concerns us (Kubernetes `meta/v1 ObjectMeta`).
    pub struct ObjectMeta {
        /// Name, unique with kind and namespace.
        pub name: Option<String> = "name",
        /// Namespace; absent for cluster-scoped kinds, and usual to leave out in charts.
        pub namespace: Option<String> = "namespace",
        /// Labels: here AKO reads which Gateway a Service belongs to.
        pub labels: BTreeMap<String, String> = "labels",
        /// Annotations: here AKO reads AviInfraSetting, shared VIP and preferred address.
        pub annotations: BTreeMap<String, String> = "annotations",
    }
    known [
        "generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "ownerReferences", "finalizers", "managedFields", "selfLink",
    ]
}
