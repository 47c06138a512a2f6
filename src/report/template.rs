//! Which file of a chart an object was rendered from, by the comments that helm writes.

use crate::text::Span;
use crate::workspace::{File, Workspace};

/// What `helm template` writes above each document.
const SOURCE: &str = "# Source: ";
/// So many bytes of a document are looked through: it is asked for with each finding, and helm writes it on top.
const HEAD: usize = 4096;

/// The template that the document at a place was rendered from, as in `chart/templates/gateway.yaml`.
pub(crate) fn template_of<'a>(workspace: &'a Workspace, file: &str, span: Span) -> Option<&'a str> {
    let file = workspace.file(file)?;
    in_file(file, span.start)
}

/// [`template_of`] for a place in a known file.
pub(super) fn in_file(file: &File, offset: usize) -> Option<&str> {
    let document = file.documents.partition_point(|document| document.span.start <= offset).checked_sub(1)?;
    let text = file.documents.get(document)?.span.slice(&file.source.text);
    let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let head = text.get(..end).unwrap_or_default();
    let comments = head.lines().map(str::trim_end);
    let comments = comments.take_while(|line| line.is_empty() || line.starts_with('#') || line.starts_with("---"));
    comments.filter_map(|line| line.strip_prefix(SOURCE)).last().map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn each_document_has_its_own_template() {
        let text = "---\n# Source: chart/templates/a.yaml\n# words\nkind: A\n---\nkind: B\n# Source: late\n---\n# Source: chart/charts/sub/templates/c.yaml\r\nkind: C\n";
        let workspace = Workspace::new(&[SourceFile::new("<stdin>", text)]);
        let of = |what: &str| template_of(&workspace, "<stdin>", Span::at(text.find(what).unwrap()));
        assert_eq!(of("kind: A"), Some("chart/templates/a.yaml"));
        assert_eq!(of("kind: B"), None);
        assert_eq!(of("kind: C"), Some("chart/charts/sub/templates/c.yaml"));
        assert_eq!(template_of(&workspace, "other", Span::at(0)), None);
        let late = format!("#{}\n# Source: a.yaml\nkind: A\n", "é".repeat(HEAD));
        assert_eq!(template_of(&Workspace::new(&[SourceFile::new("a", late)]), "a", Span::at(0)), None);
    }
}
