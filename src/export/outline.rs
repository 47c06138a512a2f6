//! A bundle for people: its folders with what each is for, and what downloads are called.

use super::helm::SEGMENTS_CHART;
use super::{README_FILE, VALUES_FILE};
use crate::canonical::file_stem;
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// A folder of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name, as in `apps/default/`; empty for what stands beside the folders.
    pub name: String,
    /// What it is for, in a sentence.
    pub purpose: &'static str,
    /// Places of its files in the bundle.
    pub files: Vec<usize>,
}

/// The folders of a bundle's files, in apply order.
#[must_use]
pub fn folders(files: &[SourceFile]) -> Vec<Folder> {
    let mut folders: Vec<Folder> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let name = file.name.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        let purpose = purpose(&file.name);
        match folders.last_mut().filter(|folder| folder.name == name && folder.purpose == purpose) {
            Some(folder) => folder.files.push(at),
            None => folders.push(Folder { name, purpose, files: vec![at] }),
        }
    }
    folders
}

fn purpose(file: &str) -> &'static str {
    let mut parts = file.split('/');
    match parts.next() {
        Some("charts") => match (parts.next(), parts.next(), parts.next()) {
            (Some(SEGMENTS_CHART), Some(_), None) => {
                "The platform's chart, to be installed first: settings and classes."
            }
            (_, Some(_), None) => "An application's chart, to be installed into its namespace.",
            _ => "",
        },
        Some("platform") => "Cluster-scoped objects, for the platform's owners: apply them first.",
        Some("apps") => "Objects of one namespace, for the application's chart or repository.",
        Some(README_FILE) => "How to apply the bundle, and what is not in it.",
        Some(VALUES_FILE) => "Values for AKO's own Helm chart; no manifest, never applied with kubectl.",
        _ => "",
    }
}

/// What downloads are called, without the ending: with the cluster's name where it is known.
#[must_use]
pub fn base_name(workspace: &Workspace) -> String {
    let cluster = workspace.values().and_then(|(_, values)| values.ako_settings.cluster_name.as_deref());
    cluster
        .filter(|name| !name.is_empty())
        .map_or_else(|| "akoplan".to_owned(), |name| format!("akoplan-{}", file_stem(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::export::{bundle, steps};

    #[test]
    fn folders_and_steps_of_the_example() {
        let workspace = Workspace::new(&crate::examples::clean());
        let files = bundle(&workspace, &analyse(&workspace)).files;
        let folders: Vec<(String, usize)> =
            folders(&files).into_iter().map(|folder| (folder.name, folder.files.len())).collect();
        let expected = [("", 1), ("platform/", 7), ("apps/default/", 8), ("", 1)];
        assert_eq!(folders, expected.map(|(name, count)| (name.to_owned(), count)));
        let steps = steps(&workspace, &files);
        assert_eq!(steps.iter().map(|step| step.commands.len()).collect::<Vec<_>>(), [4, 1, 1, 1, 1]);
        assert_eq!(base_name(&workspace), "akoplan-tkg-wkld");
        assert_eq!(base_name(&Workspace::default()), "akoplan");
    }
}
