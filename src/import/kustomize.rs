//! Trees of kustomize: which files in them are no objects but pieces that kustomize puts into objects.
//!
//! What is read is what a tree is built from: its base. A patch says of an object what is otherwise in one overlay, and
//! an overlay's values are those of one cluster's AKO; taken for objects, both would be defined twice.

use std::collections::{BTreeMap, BTreeSet};

use super::Why;
use crate::model::Kind;
use crate::syntax::FieldPath;
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// Names that kustomize looks for, as far as they are those of manifests.
const NAMES: [&str; 2] = ["kustomization.yaml", "kustomization.yml"];
/// Lists of files, or of items that name one, that are no resources (kustomize `api/types/kustomization.go`).
const LISTS: [(&str, Option<&str>); 7] = [
    ("patches", Some("path")),
    ("patchesJson6902", Some("path")),
    ("patchesStrategicMerge", None),
    ("replacements", Some("path")),
    ("configurations", None),
    ("transformers", None),
    ("validators", None),
];
/// Generators, which read any file.
const GENERATORS: [&str; 2] = ["configMapGenerator", "secretGenerator"];

/// Files that are pieces of kustomize's trees, with the reason why they are not read; nothing where there is no tree.
#[must_use]
pub fn pieces(files: &[SourceFile]) -> BTreeMap<String, Why> {
    let mut pieces = BTreeMap::new();
    let is_kustomization = |file: &&SourceFile| NAMES.contains(&file.name.rsplit('/').next().unwrap_or_default());
    let kustomizations: Vec<Kustomization> =
        files.iter().filter(is_kustomization).filter_map(Kustomization::read).collect();
    if kustomizations.is_empty() {
        return pieces;
    }
    let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let folders: BTreeSet<&str> = kustomizations.iter().map(|own| own.folder.as_str()).collect();
    let mut resources: BTreeSet<&str> = BTreeSet::new();
    let mut overlays: BTreeSet<&str> = BTreeSet::new();
    for own in &kustomizations {
        for resource in &own.resources {
            let is_below = own.folder.is_empty() || resource.starts_with(&format!("{}/", own.folder));
            if folders.contains(resource.as_str()) && !is_below {
                overlays.insert(&own.folder);
            }
            resources.insert(resource);
        }
    }
    let listed = kustomizations.iter().flat_map(|own| &own.pieces);
    let listed = listed.filter(|name| names.contains(name.as_str()) && !resources.contains(name.as_str()));
    pieces.extend(listed.map(|name| (name.clone(), Why::Patch)));
    let of_overlays = files.iter().filter(|file| {
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        overlays.contains(folder) && !resources.contains(file.name.as_str())
    });
    for file in of_overlays {
        let read = Workspace::new(std::slice::from_ref(file));
        if !read.objects().is_empty() && read.objects().iter().all(|object| object.kind == Kind::AkoValues) {
            pieces.insert(file.name.clone(), Why::OfCluster);
        }
    }
    pieces
}

/// What a kustomization names, from the top.
struct Kustomization {
    folder: String,
    resources: Vec<String>,
    pieces: Vec<String>,
}

impl Kustomization {
    fn read(file: &SourceFile) -> Option<Self> {
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let read = Workspace::new(std::slice::from_ref(file));
        let tree = &read.files().first()?.documents.first()?.parsed.tree;
        let root = tree.root?;
        let items = |list: &str, key: Option<&str>| {
            let list = tree.find(root, &FieldPath::from(list)).map(|list| tree.items(list)).unwrap_or_default();
            let texts = list.iter().filter_map(|item| {
                let item = key.map_or(Some(*item), |key| tree.get(*item, key))?;
                Some(resolved(&folder, tree.scalar(item)?))
            });
            texts.collect::<Vec<_>>()
        };
        let mut pieces: Vec<String> = LISTS.iter().flat_map(|(list, key)| items(list, *key)).collect();
        for generator in GENERATORS {
            let generators = tree.find(root, &FieldPath::from(generator)).map(|list| tree.items(list));
            let files = generators.unwrap_or_default().iter().filter_map(|item| tree.get(*item, "files"));
            let names = files.flat_map(|list| tree.items(list)).filter_map(|name| tree.scalar(*name));
            // `key=file`, or the file alone.
            pieces.extend(names.map(|name| resolved(&folder, name.split_once('=').map_or(name, |(_, file)| file))));
        }
        let resources = ["resources", "bases", "components"].iter().flat_map(|list| items(list, None)).collect();
        Some(Self { folder, resources, pieces })
    }
}

/// A path that a kustomization names, as the files are named.
fn resolved(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').collect();
    if folder.is_empty() {
        steps.clear();
    }
    for step in path.trim().split('/') {
        match step {
            "" | "." => {}
            // Above where the names begin.
            ".." if steps.last().is_none_or(|last| *last == "..") => steps.push(".."),
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
        pieces(&files).into_iter().map(|(name, why)| format!("{name}: {why:?}")).collect()
    }

    const SETTING: &str = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\n";
    const VALUES: &str = "AKOSettings: {clusterName: green}\n";

    #[test]
    fn patches_and_the_values_of_overlays_are_pieces() {
        let green = "resources: [../../base]\npatches:\n- path: oam.yaml\n- path: ./more/web.yaml\n  target: {kind: \
                     Service}\n- patch: |-\n    - op: remove\n      path: /spec\n";
        let old = "bases: [../../base]\npatchesStrategicMerge: [oam.yaml]\npatchesJson6902:\n- {path: j.json, target: \
                   {kind: Service, name: web}}\nresources: [own.yaml]\nconfigMapGenerator:\n- {name: x, files: \
                   [application.yaml, a=b.yaml]}\n";
        let files = [
            ("k/base/kustomization.yaml", "resources: [oam.yaml]\n"),
            ("k/base/oam.yaml", SETTING),
            ("k/base/ako-values.yaml", VALUES),
            ("k/overlays/green/kustomization.yaml", green),
            ("k/overlays/green/oam.yaml", SETTING),
            ("k/overlays/green/more/web.yaml", SETTING),
            ("k/overlays/green/ako-values.yaml", VALUES),
            ("k/overlays/old/kustomization.yml", old),
            ("k/overlays/old/oam.yaml", SETTING),
            ("k/overlays/old/own.yaml", SETTING),
            ("k/overlays/old/j.json", "[]"),
            ("k/overlays/old/application.yaml", "a: 1\n"),
            ("k/overlays/old/b.yaml", "a: 1\n"),
        ];
        let expected = [
            "k/overlays/green/ako-values.yaml: OfCluster",
            "k/overlays/green/more/web.yaml: Patch",
            "k/overlays/green/oam.yaml: Patch",
            "k/overlays/old/application.yaml: Patch",
            "k/overlays/old/b.yaml: Patch",
            "k/overlays/old/j.json: Patch",
            "k/overlays/old/oam.yaml: Patch",
        ];
        assert_eq!(told(&files), expected);
        // Wherever the tree stands.
        for place in ["/", "../", "a b/"] {
            let moved: Vec<(String, &str)> =
                files.iter().map(|(name, text)| (format!("{place}{name}"), *text)).collect();
            let moved: Vec<(&str, &str)> = moved.iter().map(|(name, text)| (name.as_str(), *text)).collect();
            assert_eq!(told(&moved), expected.map(|line| format!("{place}{line}")));
        }
        // An overlay that is read by itself has its own values, and its base is not there.
        assert_eq!(told(&[files[3], files[4], files[6]]), ["k/overlays/green/oam.yaml: Patch"]);
    }

    #[test]
    fn what_leads_out_is_a_resource_or_is_no_kustomization_names_nothing() {
        assert_eq!(told(&[("oam.yaml", SETTING), ("values.yaml", VALUES)]), [""; 0]);
        let out = "resources: [oam.yaml]\npatches: [{path: ../../oam.yaml}, {path: oam.yaml}, {}, 7]\n";
        assert_eq!(told(&[("a/kustomization.yaml", out), ("oam.yaml", SETTING), ("a/oam.yaml", SETTING)]), [""; 0]);
        for text in ["", "- a\n", "patches: 7\n", "patches: {path: oam.yaml}\n", ": :\n\t"] {
            assert_eq!(told(&[("kustomization.yaml", text), ("oam.yaml", SETTING)]), [""; 0], "{text}");
        }
        // Many overlays of one base inside the folder itself: the base's values stay.
        let top = "resources: [base]\n";
        let files = [("kustomization.yaml", top), ("base/kustomization.yaml", ""), ("values.yaml", VALUES)];
        assert_eq!(told(&files), [""; 0]);
    }
}
