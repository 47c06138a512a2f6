//! What every Kubernetes object has: apiVersion, kind and metadata.

use std::collections::BTreeMap;

use crate::lower::Unread;
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

object! {
    /// Only what says which object something is; read before its kind is known.
    pub struct Header {
        /// `group/version`, or `v1` for the core group.
        pub api_version: Option<String> = "apiVersion",
        /// Kind.
        pub kind: Option<String> = "kind",
        /// Name and namespace.
        pub metadata: Option<ObjectMeta> = "metadata",
        /// The objects of a `List`.
        pub items: Option<Unread> = "items",
    }
}
