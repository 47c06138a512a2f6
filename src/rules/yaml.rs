//! YAML: what keeps a document from being read as written.

pub mod byte_order_mark;
pub mod duplicate_key;
pub mod empty_file;
pub mod excessive_aliases;
pub mod helm_template;
pub mod invalid_yaml;
pub mod loose_metadata;
pub mod not_an_object;
pub mod not_text;
pub mod recursive_alias;
pub mod tab_indentation;
pub mod too_large;
pub mod typographic_quote_breaks;
pub mod typographic_quotes;
pub mod unknown_alias;

use super::Context;
use crate::syntax::SyntaxIssue;
use crate::text::Span;
use crate::workspace::{Document, File};

/// What a document that cannot be read means for everything in it.
const UNREAD: &str = "akoplan does not read it, and cannot tell what is in this document";

/// Every mistake that was found while reading, with its place in the file.
fn issues<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (&'a File, &'a Document, &'a SyntaxIssue, Span)> + use<'a> {
    context.files().iter().flat_map(|file| {
        file.documents.iter().flat_map(move |document| {
            let issues = document.parsed.tree.issues.iter();
            issues.map(move |issue| (&**file, document, issue, issue.span.shifted(document.span.start)))
        })
    })
}

/// The text of a document.
fn text_of<'a>(file: &'a File, document: &Document) -> &'a str {
    document.span.slice(&file.source.text)
}
