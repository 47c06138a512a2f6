//! What made an export, for which versions, what was open, and on wish a link that brings the project back.
//!
//! It stands in the README and at the top of the single YAML; a manifest of the bundle says at its top what made it
//! and what is open of its own objects. In YAML its lines begin with a mark, by which they are known and left out when
//! the file is exported again: below them a manifest's bytes are the user's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::LeftOut;
use super::shell::code;
use super::steps::has_used_settings;
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::model::settings::NEWEST_AKO;
use crate::version::Version;
use crate::workspace::Workspace;

/// What each line of a header begins with.
const MARK: &str = "# akoplan: ";

/// What the line of a document begins with that is not in an export.
const LEFT_OUT: &str = "# akoplan: Left out: ";

/// Why a document is left out that no object can be read from.
pub(super) const UNREADABLE: &str = "it cannot be read as YAML";

/// The line of a YAML text that says what is not in it.
pub(super) fn left_out_line(left_out: &LeftOut) -> String {
    let LeftOut { file, line, reason } = left_out;
    format!("{LEFT_OUT}{}, line {line}: {reason}.\n", one_line(file))
}

/// Whether a comment says that an export left out a document which may have had any object.
pub(crate) fn tells_unreadable(comment: &str) -> bool {
    comment.strip_prefix(LEFT_OUT).is_some_and(|rest| rest.trim_end().trim_end_matches('.').ends_with(UNREADABLE))
}

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

/// Findings, counted by severity and code.
#[derive(Clone, Debug, Default)]
struct Counts<'a>(BTreeMap<(Severity, &'a str), usize>);

impl<'a> Counts<'a> {
    fn add(&mut self, severity: Severity, code: &'a str, times: usize) {
        *self.0.entry((severity, code)).or_default() += times;
    }

    /// As in `AKP303 (error), 2 times`.
    fn words(&self) -> Vec<String> {
        let times = |count: usize| if count == 1 { String::new() } else { format!(", {count} times") };
        let words = |((severity, code), count): (&(Severity, &str), &usize)| {
            format!("{code} ({}){}", severity.name(), times(*count))
        };
        self.0.iter().map(words).collect()
    }
}

/// The findings that are open, by code: `AKP303 (error), 2 times`.
pub(super) fn open_findings(analysis: &Analysis) -> Vec<String> {
    let mut counts = Counts::default();
    for finding in &analysis.findings {
        counts.add(finding.severity, finding.code, 1);
    }
    counts.words()
}

/// The headers of single manifests.
pub(super) struct ManifestHeaders<'a> {
    made_by: String,
    by_object: BTreeMap<&'a str, Counts<'a>>,
}

impl<'a> ManifestHeaders<'a> {
    /// Of a project's manifests: errors and warnings are named.
    pub(super) fn of(workspace: &Workspace, analysis: &'a Analysis) -> Self {
        let mut by_object: BTreeMap<&str, Counts> = BTreeMap::new();
        // What is said for information alone is no reason to stop over a manifest.
        for finding in analysis.findings.iter().filter(|finding| finding.severity != Severity::Info) {
            let of = finding.object.as_deref().unwrap_or_default();
            by_object.entry(of).or_default().add(finding.severity, finding.code, 1);
        }
        Self { made_by: made_by(workspace), by_object }
    }

    /// The header of a manifest's text that has objects of these keys, with line breaks as in the text.
    pub(super) fn above(&self, text: &str, objects: &BTreeSet<String>) -> String {
        let mut open = Counts::default();
        for counts in objects.iter().filter_map(|object| self.by_object.get(object.as_str())) {
            counts.0.iter().for_each(|((severity, code), times)| open.add(*severity, code, *times));
        }
        let mut lines = vec![self.made_by.clone()];
        if !open.0.is_empty() {
            lines.push(format!("Open here: {}.", open.words().join("; ")));
        }
        let header = marked(lines);
        let is_dos = text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r'));
        if is_dos { header.replace('\n', "\r\n") } else { header }
    }
}

/// Lines of a header as they stand in YAML.
fn marked(lines: Vec<String>) -> String {
    lines.into_iter().flat_map(|line| [MARK.to_owned(), line, "\n".to_owned()]).collect()
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
    if has_used_settings(workspace) {
        lines.extend(NOT_AT_ONCE.map(str::to_owned));
    }
    marked(lines)
}

/// What the top of the single YAML says where something in it uses settings: it is one command away from being applied.
const NOT_AT_ONCE: [&str; 4] = [
    "Applying all of it at once is not safe the first time: AKO uses an AviInfraSetting only once it has accepted it.",
    "What comes earlier begins on the global network, and loses its range when AKO moves it.",
    "The apply kit has it in steps that wait: akoplan export PATH --layout kit --out DIR; so have argocd, kustomize, helm.",
    "Or apply its AviInfraSettings alone, and the rest after: \
     kubectl wait aviinfrasetting --all --for=jsonpath='{.status.status}'=Accepted --timeout=60s",
];

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
        let is_manifest = |file: &&SourceFile| file.name.starts_with("platform/") || file.name.starts_with("apps/");
        for file in manifests.iter().filter(is_manifest) {
            let lines: Vec<&str> = file.text.lines().take_while(|line| line.starts_with(MARK)).collect();
            assert_eq!(lines[0], "# akoplan: Made by akoplan 0.1.0 for AKO 2.2.1 and Kubernetes 1.33.");
            assert_eq!(file.text.matches(MARK).count(), lines.len(), "{}", file.text);
        }
        let settings = again.sources().into_iter().filter(|file| file.name == "akoplan.yaml");
        let third = Workspace::new(&manifests.iter().cloned().chain(settings).collect::<Vec<_>>());
        assert_eq!(bundle_with(&third, &analyse(&third), None).files[1..], manifests[1..]);
    }

    #[test]
    fn a_manifest_says_what_is_open_of_its_own_objects() {
        let workspace = Workspace::new(&crate::examples::mistakes());
        let files = bundle_with(&workspace, &analyse(&workspace), None).files;
        let header = |name: &str| {
            let file = files.iter().find(|file| file.name == name).expect("the file");
            file.text.lines().take_while(|line| line.starts_with(MARK)).skip(1).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(
            header("apps/default/40-app-gateway-admin-0.yaml"),
            "# akoplan: Open here: AKP313 (warning), 2 times."
        );
        assert_eq!(
            header("platform/30-avi-ingress-class-trf.yaml"),
            "# akoplan: Open here: AKP303 (error), 2 times; AKP401 (error)."
        );
        assert_eq!(header("platform/20-avigatewayclass-tkg-wkld-oam.yaml"), "");
    }

    #[test]
    fn a_line_about_an_unreadable_document_is_known_again() {
        let left = |reason| LeftOut { file: "a\nb.yaml".to_owned(), line: 3, reason };
        assert_eq!(
            left_out_line(&left(UNREADABLE)),
            "# akoplan: Left out: ab.yaml, line 3: it cannot be read as YAML.\n"
        );
        assert!(tells_unreadable(left_out_line(&left(UNREADABLE)).trim_end()));
        assert!(!tells_unreadable(left_out_line(&left("its values nest too deep")).trim_end()));
        assert!(!tells_unreadable("# a.yaml, line 3: it cannot be read as YAML."));
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

    #[test]
    fn the_single_yaml_says_that_all_at_once_is_not_safe_only_where_settings_are_used() {
        const SETTING: &str = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\n";
        let user = |name: &str| {
            format!(
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations: \
                 {{aviinfrasetting.ako.vmware.com/name: {name}}}\n"
            )
        };
        let warns = |texts: &[&str]| {
            let files: Vec<SourceFile> =
                texts.iter().enumerate().map(|(at, text)| SourceFile::new(format!("{at}.yaml"), *text)).collect();
            let workspace = Workspace::new(&files);
            let analysis = analyse(&workspace);
            let text = single_with(&workspace, &analysis, None);
            let readme = &bundle_with(&workspace, &analysis, None).files[0].text;
            let words = "not safe the first time";
            assert_eq!(text.contains(words), readme.contains(words), "{readme}");
            // It goes with the header when the file comes back.
            assert!(!without_header(&text).contains("akoplan"), "{text}");
            text.contains(words)
        };
        assert!(warns(&[SETTING, &user("oam")]));
        assert!(!warns(&[SETTING, &user("other")]) && !warns(&[SETTING]) && !warns(&[&user("oam")]));
    }
}
