//! What of a Service follows the helm release that it is installed by.

use crate::edit::{Value, render_scalar};
use crate::export::helm::go;
use crate::syntax::ScalarStyle;
use crate::workspace::Object;

/// Helm's mark on what a release has installed (helm `pkg/action/validate.go`).
const RELEASE_ANNOTATION: &str = "meta.helm.sh/release-name";
/// The label that charts give the release's name to (helm documentation, *Labels and Annotations*).
const INSTANCE_LABEL: &str = "app.kubernetes.io/instance";

/// The release that an object belongs to, if it says so.
pub(super) fn release_of(object: &Object) -> Option<&str> {
    let name = object.annotation(RELEASE_ANNOTATION).or_else(|| object.label(INSTANCE_LABEL))?;
    (!name.is_empty()).then_some(name)
}

/// A text of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Always the same.
    Literal(String),
    /// The namespace of the release.
    Namespace,
    /// The name of the release with something behind it.
    Name {
        /// What is behind it; empty: nothing.
        rest: String,
    },
}

/// A name that a release gave: with the release's name at its begin it follows it.
pub(super) fn follows(text: &str, release: Option<&str>) -> Text {
    let rest = release.and_then(|release| text.strip_prefix(release));
    match rest.filter(|rest| rest.is_empty() || rest.starts_with('-')) {
        Some(rest) => Text::Name { rest: rest.to_owned() },
        None => Text::Literal(text.to_owned()),
    }
}

impl Text {
    /// As it stands in a template.
    pub fn in_template(&self) -> String {
        match self {
            Self::Literal(text) => go::escape(&render_scalar(&Value::from(text.as_str()), ScalarStyle::Plain)),
            Self::Namespace => go::RELEASE_NAMESPACE.to_owned(),
            Self::Name { .. } => format!("{{{{ {} | quote }}}}", self.expression()),
        }
    }

    /// In a template that asks the chart's values for it; what follows the release is there where the value is empty.
    pub fn asking(&self, value: &str) -> String {
        match self {
            Self::Literal(_) => format!("{{{{ {value} | quote }}}}"),
            _ => format!("{{{{ {value} | default {} | quote }}}}", self.expression()),
        }
    }

    /// The value that the chart comes with.
    pub fn default(&self) -> &str {
        match self {
            Self::Literal(text) => text,
            _ => "",
        }
    }

    fn expression(&self) -> String {
        match self {
            Self::Literal(text) => go::quoted(text),
            Self::Namespace => ".Release.Namespace".to_owned(),
            Self::Name { rest } if rest.is_empty() => ".Release.Name".to_owned(),
            Self::Name { rest } => format!("(printf \"%s%s\" .Release.Name {})", go::quoted(rest)),
        }
    }
}
