//! What a way out makes of a project: files, and what to say with them.

use super::{Choice, Layout};
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::export::helm::{Charts, charting};
use crate::export::kit::{APPLY_FILE, Kit, OpenError, kitting_beside};
use crate::export::snippets::{self, ChartSnippet, snippeting};
use crate::export::{
    Bundle, Folder, LeftOut, README_FILE, Step, VALUES_FILE, base_name, bundling_with, credentials, files_as_they_are,
    folders, joining_with, kustomizing, looking_for_server_fields, patching_values, pieces, secrets, waving,
    without_server_fields,
};
use crate::pace::{finish, pause};
use crate::share::{self, Content};
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// Files of a layout, with what people have to know of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// What was chosen.
    pub choice: Choice,
    /// In the order in which they are to be read.
    pub files: Vec<SourceFile>,
    /// The files by folder, with what each folder is for.
    pub folders: Vec<Folder>,
    /// The steps to apply them; the kit alone has some.
    pub steps: Vec<Step>,
    /// The open errors that steps name by their place here.
    pub errors: Vec<OpenError>,
    /// The snippets for charts that are there, of which the files are.
    pub snippets: Vec<ChartSnippet>,
    /// What is not in them.
    pub left_out: Vec<LeftOut>,
    /// How many findings are errors.
    pub open_errors: usize,
    /// Whether the project has what the API server wrote.
    pub has_server_fields: bool,
    /// Which secrets the link carries that was wished for, in a sentence without the full stop.
    pub in_link: Option<String>,
    /// Why there is no link although one was wished for.
    pub no_link: Option<String>,
    /// What a download of all is called, without the ending.
    pub name: String,
}

impl Made {
    /// Whether its manifests have what the API server wrote, which hinders whoever applies them.
    #[must_use]
    pub fn applies_server_fields(&self) -> bool {
        let is_applied = !matches!(self.choice.layout, Layout::Snippets | Layout::AkoValues | Layout::Files);
        self.has_server_fields && !self.choice.without_server_fields && is_applied
    }

    /// Place of the file that is shown: the one of this name, else the one of most interest.
    #[must_use]
    pub fn in_hand(&self, wanted: Option<&str>) -> usize {
        let place = |is_it: &dyn Fn(&str) -> bool| self.files.iter().position(|file| is_it(&file.name));
        let named = wanted.and_then(|wanted| place(&|name| name == wanted));
        let values = || place(&|name| self.choice.layout == Layout::Charts && name.ends_with(VALUES_FILE));
        // A README says what everything else on the page says already.
        named.or_else(values).or_else(|| place(&|name| !name.ends_with(README_FILE))).unwrap_or_default()
    }
}

/// Makes what was chosen; `page` is what links begin with, as in `https://…/#/share/`.
#[must_use]
pub fn make(workspace: &Workspace, analysis: &Analysis, choice: Choice, page: &str) -> Made {
    finish(making(workspace, analysis, choice, page))
}

/// [`make`] in steps.
pub async fn making(workspace: &Workspace, analysis: &Analysis, choice: Choice, page: &str) -> Made {
    making_beside(workspace, analysis, choice, page, None).await
}

/// [`making`], of the kit beside an earlier state.
pub async fn making_beside(
    workspace: &Workspace,
    analysis: &Analysis,
    choice: Choice,
    page: &str,
    earlier: Option<&Workspace>,
) -> Made {
    let has_server_fields = looking_for_server_fields(workspace).await;
    let is_cleaned = choice.without_server_fields && has_server_fields;
    let cleaned = is_cleaned.then(|| without_server_fields(workspace));
    let exported = cleaned.as_ref().unwrap_or(workspace);
    pause().await;
    let base = base_name(exported);
    let mut made = Made { choice, has_server_fields, open_errors: analysis.count(Severity::Error), ..Made::default() };
    match choice.layout {
        Layout::Manifests => {
            let link = link(workspace, page, &mut made);
            let Bundle { files, left_out, .. } = bundling_with(exported, analysis, link.as_deref()).await;
            (made.files, made.left_out) = (files, left_out);
        }
        Layout::Kit => {
            let Kit { files, left_out, steps, errors, .. } = kitting_beside(exported, analysis, earlier).await;
            (made.files, made.left_out) = (files, left_out);
            (made.steps, made.errors) = (steps, errors);
        }
        Layout::Single => {
            let link = link(workspace, page, &mut made);
            let (text, left_out) = joining_with(exported, analysis, link.as_deref()).await;
            made.files = vec![SourceFile::new(format!("{base}.yaml"), text)];
            made.left_out = left_out;
        }
        Layout::Charts => {
            let Charts { files, left_out, .. } = charting(exported, analysis).await;
            (made.files, made.left_out) = (files, left_out);
        }
        Layout::Snippets => {
            made.snippets = snippeting(exported, analysis).await;
            made.files = snippets::files(&made.snippets);
        }
        Layout::Kustomize => {
            made.files = kustomizing(exported, analysis).await;
            made.left_out = pieces(exported).await.1;
            made.left_out.extend(credentials::left_out(exported));
        }
        Layout::ArgoCd => {
            made.files = waving(exported, analysis).await;
            made.left_out = pieces(exported).await.1;
            made.left_out.extend(credentials::left_out(exported));
        }
        Layout::AkoValues => made.files = vec![patching_values(exported, analysis).await],
        Layout::Files => made.files = files_as_they_are(exported),
    }
    if choice.with_link && !choice.layout.takes_link() {
        made.no_link = Some("this layout has no place for one, `manifests` and `single` have".to_owned());
    }
    if made.applies_server_fields() {
        note(&mut made.files, SERVER_FIELDS);
    }
    pause().await;
    made.folders = folders(&made.files);
    made.name = if choice.layout == Layout::Manifests { base } else { format!("{base}-{}", choice.layout.about().id) };
    made
}

/// What the page of a layout says where its manifests are those of a cluster (Kubernetes `apiserver` `rest.BeforeCreate`
/// and `registry/generic/registry/store.go`: nothing is created with a `resourceVersion`).
const SERVER_FIELDS: &str = "**What the API server wrote is in it** (`resourceVersion`, `uid`, `status` and the like, as \
     `kubectl get -o yaml` prints them): where an object is not there yet, the API server refuses one with a \
     `resourceVersion`, and a `clusterIP` of another cluster is refused or taken. Leave it out: \
     `akoplan export … --without-server-fields`, or *Leave out what the server wrote* on the page.";

/// Puts a paragraph into a layout's page, before its first section.
fn note(files: &mut [SourceFile], paragraph: &str) {
    let is_page = |file: &&mut SourceFile| matches!(file.name.rsplit('/').next(), Some(README_FILE | APPLY_FILE));
    let Some(page) = files.iter_mut().find(is_page) else { return };
    let at = page.text.find("\n## ").unwrap_or(page.text.len());
    let (top, rest) = page.text.split_at(at);
    *page = SourceFile::new(page.name.clone(), format!("{top}\n{paragraph}\n{rest}"));
}

/// The link that brings the project back, where it is wished for and the project fits into one.
fn link(workspace: &Workspace, page: &str, made: &mut Made) -> Option<String> {
    if !made.choice.with_link {
        return None;
    }
    match share::link(&Content { project: String::new(), files: workspace.sources() }) {
        Ok(link) => {
            made.in_link = secrets(workspace);
            Some(format!("{page}{link}"))
        }
        Err(refusal) => {
            made.no_link = Some(refusal.to_string());
            None
        }
    }
}
