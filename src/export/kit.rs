//! The apply kit: the bundle with its steps, and what each step must show once it is done.
//!
//! What AKO will write is predicted for the objects in the kit's own order, with a wait between the steps, not
//! for the order in which the project has them. While errors are open the kit is not complete: it names them,
//! marks the steps that they touch, and expects nothing of objects that will not work.

mod checks;
mod page;
mod since;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::steps::{rank, steps};
use super::{Bundle, LeftOut, README_FILE, Step, VALUES_FILE, bundling, document_text, file_of, namespace_of};
use crate::ako::{Outcome, Prediction, predicting, predicting_fully};
use crate::analysis::Analysis;
use crate::diagnostic::{Finding, Severity};
use crate::model::Kind;
use crate::ordered::IntoOrdered;
use crate::ordered::sort_by_key;
use crate::pace::{Progress, Rest, finish, pause};
use crate::text::SourceFile;
use crate::view::status::WORKING;
use crate::workspace::{Identity, Object, Workspace};

pub use checks::Check;
pub use since::Change;
use since::Earlier;

/// File name of the kit's page.
pub const APPLY_FILE: &str = "APPLY.md";

/// So many objects are asked about between two pauses.
const OBJECTS: usize = 256;

/// Files, steps, and what hinders them.
#[derive(Clone, Debug, Default)]
pub struct Kit {
    /// In apply order: `APPLY.md`, `platform/…`, `apps/<namespace>/…`, `values.yaml`.
    pub files: Vec<SourceFile>,
    /// What to do, in order; places of files count in `files`.
    pub steps: Vec<Step>,
    /// What AKO itself must run with before the first step, where the project has its values.
    pub before: Option<Check>,
    /// Errors that are open, in the order of the steps that they touch: while there is one, the kit is not complete.
    pub errors: Vec<OpenError>,
    /// What is not in it.
    pub left_out: Vec<LeftOut>,
    /// What AKO does with the objects in the kit's order.
    pub prediction: Prediction,
    /// What it changes, where it was made beside an earlier state.
    pub change: Option<Change>,
}

impl Kit {
    /// Whether it can be followed to its end: no error is open.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.errors.is_empty()
    }
}

/// An error of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// Code of the rule.
    pub code: &'static str,
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Key of the object, `Kind/namespace/name`; `None` for what is no object.
    pub object: Option<String>,
    /// What is wrong, in a sentence; names in backticks.
    pub message: String,
    /// What AKO or the API server does with it, in a sentence.
    pub effect: String,
}

/// Makes the kit of a workspace.
#[must_use]
pub fn kit(workspace: &Workspace, analysis: &Analysis) -> Kit {
    finish(kitting(workspace, analysis))
}

/// [`kit`] in steps.
pub async fn kitting(workspace: &Workspace, analysis: &Analysis) -> Kit {
    kitting_beside(workspace, analysis, None).await
}

/// [`kit`] for a cluster that runs with an earlier state: its steps tell what is new, interrupted or to be made again,
/// and what is gone is deleted.
#[must_use]
pub fn kit_beside(workspace: &Workspace, analysis: &Analysis, earlier: &Workspace) -> Kit {
    finish(kitting_beside(workspace, analysis, Some(earlier)))
}

/// [`kit_beside`] in steps, and [`kitting`] where there is no earlier state.
pub async fn kitting_beside(workspace: &Workspace, analysis: &Analysis, earlier: Option<&Workspace>) -> Kit {
    let Bundle { mut files, left_out, .. } = bundling(workspace, analysis).await;
    files.retain(|file| file.name != README_FILE);
    files.insert(0, SourceFile::new(APPLY_FILE, ""));
    pause().await;
    let applied = in_this_order(workspace, &files, usize::MAX).await;
    pause().await;
    let mut steps = steps(workspace, &files);
    pause().await;
    let earlier = match earlier {
        Some(earlier) => Some(Earlier::new(earlier, workspace, &applied, &files, &steps).await),
        None => None,
    };
    let prediction = match &earlier {
        Some(earlier) => earlier.last.clone(),
        None => predicting_fully(&applied).await,
    };
    pause().await;
    let (errors, broken) = errors(workspace, analysis, &files, &mut steps);
    pause().await;
    let broken = Broken { by_error: broken, by_landing: lands_elsewhere(&prediction) };
    let stages = match earlier {
        Some(earlier) => Stages::Since(Box::new(earlier)),
        None => Stages::New(midway(workspace, &files, &steps).await),
    };
    let change =
        stages.earlier().map(|earlier| earlier.tell(workspace, &applied, &files, left_out.is_empty(), &mut steps));
    expect(&applied, &prediction, &stages, &broken, &files, &mut steps).await;
    steps.extend(stages.earlier().and_then(|earlier| earlier.lagging(workspace, &applied, &files)));
    let before = checks::of_values(workspace);
    let mut kit = Kit { files, steps, before, errors, left_out, prediction, change };
    pause().await;
    kit.files[0] = SourceFile::new(APPLY_FILE, page::page(workspace, &kit));
    kit
}

/// The objects as the steps apply them, up to those of a rank, under the project's own settings.
async fn in_this_order(workspace: &Workspace, files: &[SourceFile], last: usize) -> Workspace {
    let mut ordered = settings_documents(workspace);
    ordered.extend(files.iter().filter(|file| file.name == VALUES_FILE).cloned());
    let mut manifests: Vec<(usize, &SourceFile)> =
        files.iter().filter_map(|file| Some((rank(&file.name)?, file))).filter(|(rank, _)| *rank <= last).collect();
    sort_by_key(&mut manifests, |(rank, _)| *rank);
    ordered.extend(manifests.into_iter().map(|(_, file)| file.clone()));
    // What is read already is known by its text.
    workspace.clone().reading(ordered, Progress::default()).await
}

/// What AKO has written before the last step is done.
enum Stages {
    /// Where nothing was there, by the step of the Gateways.
    New(BTreeMap<usize, Prediction>),
    /// Where an earlier state was.
    Since(Box<Earlier>),
}

impl Stages {
    fn earlier(&self) -> Option<&Earlier> {
        match self {
            Self::New(_) => None,
            Self::Since(earlier) => Some(earlier),
        }
    }

    /// What to expect of an object after its step; `None` where it is as at the end.
    fn after(&self, step: usize, is_gateway: bool) -> Option<&Prediction> {
        match self {
            Self::New(midway) => midway.get(&step).filter(|_| is_gateway),
            Self::Since(earlier) if is_gateway => earlier.after(step),
            Self::Since(earlier) => Some(earlier.applied()),
        }
    }
}

/// What AKO has written once a step is done and the later ones are not, by the step: only Gateways hear of what comes
/// later, so only their steps are asked.
async fn midway(workspace: &Workspace, files: &[SourceFile], steps: &[Step]) -> BTreeMap<usize, Prediction> {
    let mut predictions = BTreeMap::new();
    for kind in [Kind::Gateway, Kind::GatewayV1] {
        let wanted = kind.apply_rank();
        let is_own =
            |step: &Step| step.files.iter().any(|at| files.get(*at).and_then(|file| rank(&file.name)) == Some(wanted));
        let Some(at) = steps.iter().position(is_own).filter(|at| at + 1 < steps.len()) else { continue };
        if workspace.objects().iter().any(|object| object.kind == kind) {
            let so_far = in_this_order(workspace, files, wanted).await;
            predictions.insert(at, predicting(&so_far).await);
            pause().await;
        }
    }
    predictions
}

/// The documents of akoplan's own settings and of AKO's ConfigMap, which AKO reads whatever is applied, each as a file.
fn settings_documents(workspace: &Workspace) -> Vec<SourceFile> {
    let is_own = |object: &&Object| matches!(object.kind, Kind::AkoplanSettings | Kind::AkoConfigMap);
    let own = workspace.objects().iter().filter(is_own);
    let texts = own.filter_map(|object| document_text(workspace.file(&object.address.file)?, object));
    texts.enumerate().map(|(at, text)| SourceFile::new(format!("settings/{at}.yaml"), text)).collect()
}

/// Objects that will not work as they are meant to.
struct Broken {
    by_error: BTreeSet<Identity>,
    by_landing: BTreeSet<String>,
}

/// The open errors; each is noted at the steps that it touches.
fn errors(
    workspace: &Workspace,
    analysis: &Analysis,
    files: &[SourceFile],
    steps: &mut [Step],
) -> (Vec<OpenError>, BTreeSet<Identity>) {
    let open: Vec<&Finding> = analysis.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let named: BTreeSet<&str> = open.iter().filter_map(|finding| finding.object.as_deref()).into_set();
    let default_namespace = workspace.settings().spec.default_namespace.as_deref().unwrap_or("default");
    let mut objects: BTreeMap<&str, &Identity> = BTreeMap::new();
    let mut places: BTreeMap<&str, String> = BTreeMap::new();
    for object in workspace.objects().iter().filter(|_| !named.is_empty()) {
        if let Some(key) = named.get(workspace.key(object).as_str()) {
            objects.insert(key, &object.identity);
            if object.kind.is_exported() {
                places.insert(key, file_of(object, namespace_of(object, default_namespace)));
            }
        }
    }
    let of_file = steps_of_files(files, steps);
    let step_of = |finding: &Finding| of_file.get(places.get(finding.object.as_deref()?)?.as_str()).copied();
    // By step, whatever order the project's files have; what no step applies is the last.
    let mut open: Vec<(Option<usize>, &Finding)> = open.into_iter().map(|it| (step_of(it), it)).collect();
    sort_by_key(&mut open, |(step, it)| (step.unwrap_or(usize::MAX), &*it.file, it.span.start, it.code));
    let mut errors = Vec::new();
    for (step, finding) in open {
        if let Some(step) = step {
            steps[step].errors.push(errors.len());
        }
        let line = workspace.file(&finding.file).map_or(1, |file| file.position(finding.span.start).line);
        errors.push(OpenError {
            code: finding.code,
            file: finding.file.to_string(),
            line,
            object: finding.object.clone(),
            message: finding.message.clone(),
            effect: finding.effect.clone(),
        });
    }
    (errors, objects.into_values().cloned().into_set())
}

/// The place of each file's step, by the file's name.
fn steps_of_files<'a>(files: &'a [SourceFile], steps: &[Step]) -> BTreeMap<&'a str, usize> {
    let of_step = |(at, step): (usize, &Step)| {
        let names = step.files.iter().filter_map(|file| Some(files.get(*file)?.name.as_str()));
        names.map(|name| (name, at)).collect::<Vec<_>>()
    };
    steps.iter().enumerate().flat_map(of_step).into_map()
}

/// Keys of what is not served or lands on another network than meant, and of the Gateways that lead there.
fn lands_elsewhere(prediction: &Prediction) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for landing in prediction.landings.iter().filter(|landing| landing.as_intended() == Some(false)) {
        keys.insert(landing.subject.object.clone());
        if matches!(landing.outcome, Outcome::Lands(_)) {
            let gateways = landing.hops.iter().filter(|hop| hop.at.starts_with(Kind::Gateway.name()));
            keys.extend(gateways.map(|hop| hop.at.clone()));
        }
    }
    keys
}

/// Adds to each step what AKO writes to its objects.
async fn expect(
    applied: &Workspace,
    prediction: &Prediction,
    stages: &Stages,
    broken: &Broken,
    files: &[SourceFile],
    steps: &mut [Step],
) {
    if prediction.fatal().is_some() {
        return;
    }
    let of_file = steps_of_files(files, steps);
    let mut rest = Rest::every(OBJECTS);
    for object in applied.objects() {
        rest.round().await;
        let Some(at) = of_file.get(&*object.address.file).copied() else { continue };
        if broken.by_error.contains(&object.identity) || applied.earlier_twin(object).is_some() {
            continue;
        }
        let key = applied.key(object);
        let Some(status) = prediction.objects.get(&key).filter(|_| !broken.by_landing.contains(&key)) else { continue };
        if stages.earlier().is_some_and(|earlier| earlier.is_settled(&key)) {
            continue;
        }
        let check = checks::of_object(object, &key, status, &prediction.sent);
        let keeps_default = |check: &Check| object.kind == Kind::Gateway && check.output.starts_with(checks::DEFAULT);
        if check.as_ref().is_some_and(keeps_default) && !steps[at].notes.contains(&WORKING) {
            steps[at].notes.insert(0, WORKING);
        }
        let is_gateway = matches!(object.kind, Kind::Gateway | Kind::GatewayV1);
        let earlier = stages.after(at, is_gateway).map(|earlier| {
            let status = earlier.objects.get(&key)?;
            checks::of_object(object, &key, status, &earlier.sent)
        });
        match earlier {
            Some(earlier) if earlier != check => {
                steps[at].checks.extend(earlier);
                if let Some(last) = steps.last_mut() {
                    last.checks.extend(check);
                }
            }
            _ => steps[at].checks.extend(check),
        }
    }
}
