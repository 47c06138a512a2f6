//! What goes into a chart's own template.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Way, Wish, apply, inner_type, must_name_class, shared};
use crate::canonical::{gateway_labels, yaml};
use crate::model::{AVI_CONTROLLER, INFRA_SETTING_ANNOTATION, SHARED_VIP_ANNOTATION};
use crate::ordered::IntoOrdered;
use crate::workspace::Workspace;

/// What to put into the chart's Service: labels or annotations, and the type. For an Ingress the
/// whole object.
#[must_use]
pub fn snippet(workspace: &Workspace, wish: &Wish, way: &Way) -> String {
    if *way == Way::Ingress {
        return yaml(&apply::ingress(workspace, wish));
    }
    let marks = Marks::of(workspace, wish, way);
    let mut metadata = Map::new();
    let mut put = |key: &str, marks: &BTreeMap<String, String>| {
        if !marks.is_empty() {
            metadata.insert(key.to_owned(), to_value(marks));
        }
    };
    put("labels", &marks.labels);
    put("annotations", &marks.annotations);
    let mut spec = Map::new();
    if let Some(class) = marks.class {
        spec.insert("loadBalancerClass".to_owned(), Value::from(class));
    }
    spec.insert("type".to_owned(), Value::from(marks.service_type));
    if metadata.is_empty() {
        return yaml(&json!({ "spec": spec }));
    }
    yaml(&json!({ "metadata": metadata, "spec": spec }))
}

fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// What marks a Service for a way.
pub(crate) struct Marks {
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    pub service_type: &'static str,
    pub class: Option<&'static str>,
}

impl Marks {
    pub fn of(workspace: &Workspace, wish: &Wish, way: &Way) -> Self {
        let setting = (!wish.setting.is_empty()).then(|| (INFRA_SETTING_ANNOTATION.to_owned(), wish.setting.clone()));
        let class = must_name_class(workspace).then_some(AVI_CONTROLLER);
        let inner = Self {
            labels: BTreeMap::new(),
            annotations: BTreeMap::new(),
            service_type: inner_type(workspace),
            class: None,
        };
        let annotated =
            |annotations| Self { annotations, service_type: "LoadBalancer", class, labels: BTreeMap::new() };
        match way {
            Way::Gateway { namespace, name } => Self { labels: gateway_labels(namespace, name), ..inner },
            Way::LoadBalancer => annotated(setting.into_iter().into_map()),
            Way::SharedVip { key } => {
                let own = setting.into_iter().chain([(SHARED_VIP_ANNOTATION.to_owned(), key.clone())]);
                annotated(own.chain(shared::taken_over(workspace, wish, key)).into_map())
            }
            Way::Ingress => inner,
        }
    }
}
