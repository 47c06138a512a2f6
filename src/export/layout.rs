//! All ways out of a project, in one table: the page's choices, the command line's `--layout`, and what each makes.

mod choice;
mod made;
mod places;

pub use choice::Choice;
pub use made::{Made, make, making, making_beside};

/// A way out of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// The bundle of plain manifests.
    #[default]
    Manifests,
    /// All manifests in one file.
    Single,
    /// The bundle with its steps, each with what it must show.
    Kit,
    /// Helm charts: the platform's, and one for each namespace.
    Charts,
    /// Parts of a chart that is there.
    Snippets,
    /// A base, and an overlay for each cluster.
    Kustomize,
    /// Manifests with sync waves.
    ArgoCd,
    /// Values for AKO's own chart.
    AkoValues,
    /// The project's own files.
    Files,
}

/// A layout for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Its name in addresses, on the command line and in what the page remembers.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is for and for whom, in a sentence; code in backticks.
    pub purpose: &'static str,
}

impl Layout {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Manifests,
        Self::Kit,
        Self::Charts,
        Self::Snippets,
        Self::Kustomize,
        Self::ArgoCd,
        Self::AkoValues,
        Self::Single,
        Self::Files,
    ];

    /// What people read of it.
    #[must_use]
    pub const fn about(self) -> About {
        let (id, title, purpose) = match self {
            Self::Manifests => (
                "manifests",
                "Plain bundle",
                "Plain manifests in apply order, for a repository of two owners: `platform/` for the platform's engineers, \
                 `apps/` for each namespace's.",
            ),
            Self::Kit => (
                "kit",
                "Apply kit",
                "Manifests with the steps to apply them, for whoever does it by hand: the command of each, what it must show, how to \
                 go back.",
            ),
            Self::Charts => (
                "helm",
                "Charts",
                "Helm charts for two kinds of owners: one for the platform's segments, one for what each namespace exposes.",
            ),
            Self::Snippets => (
                "snippets",
                "Chart snippets",
                "What to paste into a chart that is there, for application engineers: each exposed Service's labels or annotations, \
                 as lines and as values with the template that asks for them.",
            ),
            Self::Kustomize => (
                "kustomize",
                "Kustomize",
                "A base and an overlay for each cluster, for platform engineers whose clusters differ in SE groups, networks or ranges.",
            ),
            Self::ArgoCd => (
                "argocd",
                "Argo CD",
                "Manifests with sync waves, for whoever deploys by Argo CD, and the health check that makes a wave wait until AKO has \
                 accepted the settings.",
            ),
            Self::AkoValues => (
                "ako-values",
                "AKO values",
                "Values for AKO's own chart: only what differs from the chart's defaults, for the platform's `helm upgrade`.",
            ),
            Self::Single => (
                "single",
                "One YAML",
                "All manifests in one file in apply order, for whoever reviews them. To apply them to AKO the first time the apply kit is safer: it waits for the settings.",
            ),
            Self::Files => (
                "files",
                "Your files",
                "The project's files under their own names, for the repository they came from: what was not changed here is \
                 byte for byte as it came.",
            ),
        };
        About { id, title, purpose }
    }

    /// Whether it has a place for a link that brings the project back.
    #[must_use]
    pub const fn takes_link(self) -> bool {
        matches!(self, Self::Manifests | Self::Single)
    }

    /// The layout of a name.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.about().id == id)
    }

    /// Layout and file of what stands in an address: `layout/file`, one of the two, or nothing.
    #[must_use]
    pub fn in_hand(item: &str) -> (Option<Self>, Option<&str>) {
        let (first, rest) = item.split_once('/').map_or((item, None), |(first, rest)| (first, Some(rest)));
        match Self::of(first) {
            Some(layout) => (Some(layout), rest.filter(|rest| !rest.is_empty())),
            None => (None, Some(item).filter(|item| !item.is_empty())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::workspace::Workspace;

    #[test]
    fn every_layout_is_in_the_table_once_and_found_by_its_name() {
        for layout in Layout::ALL {
            let About { id, title, purpose } = layout.about();
            assert_eq!(Layout::of(id), Some(layout));
            assert_eq!(Layout::ALL.iter().filter(|other| other.about().title == title).count(), 1);
            assert!(purpose.ends_with('.') && purpose.contains(" for "), "{purpose}");
        }
        assert_eq!(Layout::of("platform"), None);
    }

    #[test]
    fn an_address_names_a_layout_a_file_or_both() {
        assert_eq!(Layout::in_hand("files/a/b.yaml"), (Some(Layout::Files), Some("a/b.yaml")));
        assert_eq!(Layout::in_hand("files"), (Some(Layout::Files), None));
        assert_eq!(Layout::in_hand("files/"), (Some(Layout::Files), None));
        assert_eq!(Layout::in_hand("platform/a.yaml"), (None, Some("platform/a.yaml")));
        assert_eq!(Layout::in_hand(""), (None, None));
    }

    #[test]
    fn every_file_goes_somewhere() {
        let workspace = Workspace::new(&crate::examples::clean());
        let analysis = analyse(&workspace);
        for layout in Layout::ALL {
            let made = make(&workspace, &analysis, Choice::of(layout), "");
            assert!(!made.files.is_empty());
            for file in &made.files {
                let place = layout.goes_to(&file.name);
                assert!(place.starts_with("goes to") || place.starts_with("to read"), "{place}");
                assert_eq!(place.matches('`').count() % 2, 0, "{place}");
            }
        }
    }

    #[test]
    fn a_link_that_brings_the_project_back_goes_along_on_wish() {
        let workspace = Workspace::new(&crate::examples::clean());
        let analysis = analyse(&workspace);
        for layout in Layout::ALL {
            for with_link in [false, true] {
                let made =
                    make(&workspace, &analysis, Choice { with_link, ..Choice::of(layout) }, "https://here/#/share/");
                let texts: String = made.files.iter().map(|file| &*file.text).collect();
                let link = texts.split("https://here/#/share/").nth(1).map(|rest| {
                    rest.split(|letter: char| letter == '`' || letter.is_whitespace()).next().unwrap_or_default()
                });
                assert_eq!(link.is_some(), with_link && layout.takes_link(), "{layout:?}");
                if let Some(link) = link {
                    let Ok(crate::share::Link::Plain(content)) = crate::share::read(link) else { panic!("{link}") };
                    assert_eq!(content.files, workspace.sources());
                }
            }
        }
    }

    #[test]
    fn a_project_too_large_for_a_link_says_so() {
        let lines = (0..200_000_u32).map(|at| format!("#{:x}", at.wrapping_mul(2_654_435_761)));
        let random = lines.collect::<Vec<_>>().join("\n");
        let workspace = Workspace::new(&[crate::text::SourceFile::new("a.yaml", random)]);
        let choice = Choice { with_link: true, ..Choice::default() };
        assert!(make(&workspace, &analyse(&workspace), choice, "#").no_link.is_some());
    }

    #[test]
    fn what_cannot_be_taken_along_is_said_by_every_layout_of_objects() {
        let workspace = Workspace::new(&crate::examples::mistakes());
        let analysis = analyse(&workspace);
        for layout in Layout::ALL {
            let made = make(&workspace, &analysis, Choice::of(layout), "");
            let has_objects = !matches!(layout, Layout::Snippets | Layout::AkoValues | Layout::Files);
            assert_eq!(!made.left_out.is_empty(), has_objects, "{layout:?}");
        }
    }

    #[test]
    fn the_config_map_of_ako_s_release_is_in_no_layout_of_objects() {
        let map = "# AKO runs with this\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: avi-k8s-config, namespace: \
                   avi-system}\ndata: {clusterName: green}\n";
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\n";
        let list = format!("apiVersion: v1\nkind: List\nitems:\n- {}", map[23..].replace('\n', "\n  ").trim_end());
        for text in [format!("{map}---\n{service}"), format!("{service}---\n{map}"), format!("{list}\n---\n{service}")]
        {
            let files = [crate::text::SourceFile::new("live.yaml", text)];
            let workspace = Workspace::new(&files);
            let is_map = |object: &&crate::workspace::Object| object.kind == crate::model::Kind::AkoConfigMap;
            assert_eq!(workspace.objects().iter().filter(is_map).count(), 1);
            let analysis = analyse(&workspace);
            for layout in Layout::ALL {
                let made = make(&workspace, &analysis, Choice::of(layout), "");
                let is_in_it = Workspace::new(&made.files).objects().iter().any(|object| is_map(&object));
                assert_eq!(is_in_it, layout == Layout::Files, "{layout:?}");
                assert!(
                    layout == Layout::Files || made.files.iter().all(|file| !file.text.contains("AKO runs with this"))
                );
                assert!(made.files.iter().all(|file| !file.name.contains("avi-system")), "{layout:?}");
                let has_objects = !matches!(layout, Layout::Snippets | Layout::AkoValues | Layout::Files);
                let is_told = made.left_out.iter().any(|left| left.reason.contains("AKO's ConfigMap"));
                assert_eq!(is_told, has_objects, "{layout:?}");
                // The bundle's page, the kit's and the like name it; the steps never touch it.
                let steps = made.steps.iter().flat_map(|step| step.commands.iter().chain(&step.back));
                assert!(steps.into_iter().all(|command| !command.contains("avi-")));
            }
        }
    }

    #[test]
    fn what_the_server_wrote_is_left_out_of_every_layout_on_wish() {
        let text = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n  uid: 0-1\n";
        let workspace = Workspace::new(&[crate::text::SourceFile::new("red.yaml", text)]);
        let analysis = analyse(&workspace);
        for layout in Layout::ALL {
            for without_server_fields in [false, true] {
                let made = make(&workspace, &analysis, Choice { without_server_fields, ..Choice::of(layout) }, "");
                assert!(made.has_server_fields);
                let has = made.files.iter().any(|file| file.text.contains("0-1"));
                // Into other charts goes no whole object.
                let has_objects = !matches!(layout, Layout::Snippets | Layout::AkoValues);
                assert_eq!(has, has_objects && !without_server_fields, "{layout:?}");
            }
        }
    }
}
