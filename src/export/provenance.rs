//! What made an export, for which versions, what was open, and on wish a link that brings the project back.
//!
//! It stands in the README and at the top of the single YAML, not in each manifest: a manifest's bytes stay the
//! user's own, so that they can be compared with what is in a repository or chart. In the YAML its lines begin with
//! a mark, by which they are known and left out when the file is exported again.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::shell::code;
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::model::settings::NEWEST_AKO;
use crate::version::Version;
use crate::workspace::Workspace;

/// What each line of a header begins with.
const MARK: &str = "# akoplan: ";

/// What made it, and the versions that the project is for; of what is no version nothing is said.
pub(super) fn made_by(workspace: &Workspace) -> String {
    let spec = &workspace.settings().spec;
    let ako = spec.ako_version.as_deref().unwrap_or(NEWEST_AKO);
    let versions = [("AKO", Some(ako)), ("Kubernetes", spec.kubernetes_version.as_deref())];
    let versions = versions.map(|(what, version)| {
        let version = Version::parse(version?)?;
        Some(format!("{what} {version}"))
    });
    let versions: Vec<String> = versions.into_iter().flatten().collect();
    let of = if versions.is_empty() { "" } else { " for " };
    format!("Made by akoplan {}{of}{}.", env!("CARGO_PKG_VERSION"), versions.join(" and "))
}

/// The findings that are open, by code: `AKP303 (error), 2 times`.
pub(super) fn open_findings(analysis: &Analysis) -> Vec<String> {
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for finding in &analysis.findings {
        *counts.entry((finding.severity, finding.code)).or_default() += 1;
    }
    let times = |count: usize| if count == 1 { String::new() } else { format!(", {count} times") };
    counts
        .into_iter()
        .map(|((severity, rule), count)| format!("{rule} ({}){}", severity.name(), times(count)))
        .collect()
}

/// The header of a YAML text, each line marked.
pub(super) fn header(workspace: &Workspace, analysis: Option<&Analysis>, link: Option<&str>) -> String {
    let mut lines = vec![made_by(workspace)];
    if let Some(analysis) = analysis {
        let open = open_findings(analysis);
        lines.push(if open.is_empty() {
            "No finding is open.".to_owned()
        } else {
            format!("Open: {}.", open.join("; "))
        });
    }
    lines.extend(link.map(|link| format!("The project behind it: {}", one_line(link))));
    lines.push("All objects in apply order: cluster-scoped first.".to_owned());
    lines.into_iter().flat_map(|line| [MARK.to_owned(), line, "\n".to_owned()]).collect()
}

/// The section of a README that says where a bundle comes from.
pub(super) fn section(workspace: &Workspace, analysis: &Analysis, link: Option<&str>) -> String {
    // Writing to a String cannot fail.
    let mut text = format!("{}\n", made_by(workspace));
    if let Some(link) = link {
        let _ = writeln!(text, "\nThe project behind it: {}", code(link));
    }
    let open = open_findings(analysis);
    match analysis.count(Severity::Error) {
        0 if open.is_empty() => {}
        0 => text.push_str("\nFindings that were open, none an error; `akoplan check` lists them:\n\n"),
        1 => text.push_str("\n**1 error was open** when it was made. All findings; `akoplan check` lists them:\n\n"),
        count => {
            let words = format!("{count} errors were open");
            let _ = writeln!(text, "\n**{words}** when it was made. All findings; `akoplan check` lists them:\n");
        }
    }
    for line in open {
        let _ = writeln!(text, "- {line}");
    }
    text
}

/// A text without a header at its top.
pub(super) fn without_header(text: &str) -> &str {
    let mut rest = text;
    while let Some(after) = rest.strip_prefix(MARK) {
        rest = after.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest
}

fn one_line(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::export::{bundle_with, single_with};
    use crate::text::SourceFile;

    #[test]
    fn a_header_is_replaced_never_stacked() {
        let files = crate::examples::mistakes();
        let workspace = Workspace::new(&files);
        let analysis = analyse(&workspace);
        let first = single_with(&workspace, &analysis, Some("https://example.com/#/share/1.abc"));
        assert!(first.starts_with("# akoplan: Made by akoplan "), "{first}");
        assert!(first.contains("\n# akoplan: Open: AKP013 (error); "), "{first}");
        assert!(first.contains("\n# akoplan: The project behind it: https://example.com/#/share/1.abc\n"));
        let settings = files.into_iter().filter(|file| file.name == "akoplan.yaml");
        let again: Vec<SourceFile> = std::iter::once(SourceFile::new("all.yaml", first)).chain(settings).collect();
        let again = Workspace::new(&again);
        let second = single_with(&again, &analyse(&again), None);
        assert_eq!(second.matches("Made by akoplan").count(), 1);
        let manifests = bundle_with(&again, &analyse(&again), None).files;
        let with_mark = manifests.iter().filter(|file| file.text.contains(MARK)).count();
        assert_eq!(with_mark, 0, "no manifest has a header");
    }

    #[test]
    fn what_people_wrote_above_stays() {
        assert_eq!(without_header("# akoplan: a\n# akoplan: b\n# mine\nkind: A\n"), "# mine\nkind: A\n");
        assert_eq!(without_header("# mine\n# akoplan: a\n"), "# mine\n# akoplan: a\n");
        assert_eq!(without_header("# akoplan: a"), "");
    }

    #[test]
    fn the_readme_counts_findings_and_has_the_link() {
        let workspace = Workspace::new(&crate::examples::mistakes());
        let bundle = bundle_with(&workspace, &analyse(&workspace), Some("https://example.com/#/share/1.abc"));
        let readme = &bundle.files[0].text;
        assert!(readme.contains("for AKO 2.2.1 and Kubernetes 1.33.\n"), "{readme}");
        assert!(
            readme.contains("\n- AKP303 (error), 2 times\n") && readme.contains("`https://example.com/#/share/1.abc`")
        );
    }
}
