//! Schema: fields and values that the API of a kind does not have.

pub mod number_out_of_range;
pub mod required_field;
pub mod unknown_api;
pub mod unknown_field;
pub mod unknown_key;
pub mod value_not_allowed;
pub mod wrong_type;

use super::Context;
use crate::lower::FieldIssue;
use crate::model::Kind;
use crate::text::Span;
use crate::workspace::Object;

/// Everything that does not fit a kind's schema.
fn issues<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Object, &'a FieldIssue)> + use<'a> {
    context.objects().iter().flat_map(|object| object.issues().iter().map(move |issue| (object, issue)))
}

/// The place of an issue in the file.
fn span_of(object: &Object, issue: &FieldIssue) -> Span {
    issue.span.shifted(object.offset())
}

/// What happens to an object that does not fit its schema.
fn refused(kind: Kind) -> &'static str {
    match kind {
        Kind::AkoValues => "helm hands it to AKO as it is, and nothing refuses it",
        Kind::AkoplanSettings => "akoplan leaves it out of account",
        _ => "the API server refuses the object",
    }
}
