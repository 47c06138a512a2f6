//! A migration while it is planned: the project as it is so far, the commands that led there, and the report.

use super::landings::{self, Pairs};
use super::{Alternative, Answers, Decision, Loss, Mapping, Offer, Plan};
use crate::analysis::analyse;
use crate::avi_side::settings_address;
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::edit::Value;
use crate::model::settings::Intent;
use crate::model::{Kind, ako_config_map};
use crate::ordered::sort_by_key;
use crate::review::{Review, of_analyses};
use crate::rules::ingress_conversion::has_comment;
use crate::syntax::FieldPath;
use crate::workspace::{Address, Object, OfKind, Workspace};

/// The question that stands before a loss of segmentation.
pub const ACCEPT_LOSS: &str = "accept-loss";

/// See the module.
pub struct Draft<'a> {
    /// The project as it was.
    pub before: &'a Workspace,
    /// The project as it is so far.
    pub now: Workspace,
    /// The report so far.
    pub plan: Plan,
    /// What lands under another name afterwards.
    pub pairs: Pairs,
    answers: &'a Answers,
    commands: Vec<Command>,
}

impl<'a> Draft<'a> {
    pub fn new(before: &'a Workspace, answers: &'a Answers) -> Self {
        Self {
            before,
            now: before.clone(),
            plan: Plan::default(),
            pairs: Pairs::default(),
            answers,
            commands: Vec::new(),
        }
    }

    /// Takes the next step; what cannot be done stands against the whole.
    pub fn run(&mut self, command: Command) {
        match command.apply(&self.now) {
            Ok(now) => {
                self.now = now;
                self.commands.push(command);
            }
            Err(error) => self.stop(format!("The text cannot be changed so: {error}.")),
        }
    }

    /// Something stands against it.
    pub fn stop(&mut self, reason: impl Into<String>) {
        let reason = reason.into();
        if !self.plan.obstacles.contains(&reason) {
            self.plan.obstacles.push(reason);
        }
    }

    /// Something maps.
    pub fn keep(&mut self, object: &str, from: impl Into<String>, to: impl Into<String>) {
        self.plan.kept.push(Mapping { object: object.to_owned(), from: from.into(), to: to.into() });
    }

    /// Something is lost.
    pub fn lose(&mut self, about: &str, what: impl Into<String>, reason: impl Into<String>, source: &str) {
        let (what, reason) = (what.into(), reason.into());
        self.plan.lost.push(Loss { about: about.to_owned(), what, reason, source: source.to_owned() });
    }

    /// Comments at fields that are removed are lost, too.
    pub fn tell_comments(&mut self, key: &str, object: &Object, fields: &[&str]) {
        let mut commented = fields.iter().filter(|field| has_comment(self.before, object, &FieldPath::from(**field)));
        if let Some(field) = commented.next() {
            self.lose(key, format!("comments at `{field}` go"), "they stand at a field that is removed", "");
        }
    }

    /// There is another way.
    pub fn instead(&mut self, migration: Option<super::Migration>, words: impl Into<String>) {
        self.plan.alternatives.push(Alternative { migration, words: words.into() });
    }

    /// Asks; the answer, or the default where none is given. The check says what is wrong with an answer.
    pub fn ask(&mut self, mut question: Decision, check: impl FnOnce(&str) -> Option<String>) -> Option<String> {
        question.answer = self.answers.get(question.key).cloned();
        let given = question.answer.clone().or_else(|| question.default.clone());
        if let Some(given) = &given {
            let is_choice = question.choices.iter().any(|(value, _)| value == given);
            question.problem = if is_choice || question.is_free {
                check(given)
            } else {
                let values: Vec<String> = question.choices.iter().map(|(value, _)| format!("`{value}`")).collect();
                Some(format!("`{given}` is none of {}", values.join(", ")))
            };
        }
        let chosen = question.chosen().map(str::to_owned);
        self.plan.decisions.push(question);
        chosen
    }

    /// AKO's values have to switch something on; where they do not, that is asked, and the report is as if it
    /// were done.
    pub fn switch_on(&mut self, key: &'static str, path: &str, is_on: bool, why: &str) {
        let in_config_map = ako_config_map::holds(&FieldPath::parse(path));
        let values = if in_config_map { self.now.values() } else { self.now.values_file() };
        let Some((object, _)) = values.filter(|_| !is_on) else { return };
        let at = object.address.clone();
        let question = Decision {
            key,
            question: format!("AKO's values do not have `{path}: true`. {why} Shall they get it?"),
            choices: vec![
                ("yes".to_owned(), "write it to the values; AKO reads it when it starts again".to_owned()),
                ("no".to_owned(), "leave everything as it is".to_owned()),
            ],
            is_free: false,
            default: None,
            answer: None,
            problem: None,
        };
        self.ask(question, |answer| (answer == "no").then(|| "nothing is changed, as you decided".to_owned()));
        self.run(Command::set(&at, path, Value::from(true)));
    }

    /// The object of a type as it is so far.
    pub fn get<T: OfKind>(&self, namespace: &str, name: &str) -> Option<(&Object, &T)> {
        self.now.get::<T>(namespace, name)
    }

    /// Takes an object away, with its file where nothing else stands there.
    pub fn remove<T: OfKind>(&mut self, namespace: &str, name: &str) {
        let Some((object, _)) = self.now.get::<T>(namespace, name) else { return };
        let at = object.address.clone();
        let documents = self.now.file(&at.file).map_or(0, |file| file.documents.len());
        self.run(match (documents, at.item) {
            (1, None) => Command::RemoveFile { file: at.file.to_string() },
            _ => Command::RemoveObject { at },
        });
    }

    /// Where a new document goes: to the usual file in a project that has such files, else to the last
    /// of those that it belongs to.
    pub fn file(&self, usual: String, beside: &[&Address]) -> String {
        let files = self.now.files();
        let is_usual = |name: &str| name.starts_with("apps/") || name.starts_with("platform/");
        if files.iter().any(|file| is_usual(&file.name)) {
            return usual;
        }
        let order = |at: &&&Address| files.iter().position(|file| file.name == at.file);
        let last = beside.iter().filter(|at| at.item.is_none() && !at.file.ends_with(".json")).max_by_key(order);
        last.map_or(usual, |at| at.file.to_string())
    }

    /// Hands the intents of an object on to others.
    pub fn hand_on_intents(&mut self, kind: Kind, namespace: &str, name: &str, heirs: &[(Kind, String, String)]) {
        let is_same = |intent: &Intent| {
            intent.kind.as_deref() == Some(kind.name())
                && intent.namespace.as_deref() == Some(namespace)
                && intent.name.as_deref() == Some(name)
        };
        while let Some(index) = self.now.settings().spec.intents.iter().position(is_same) {
            let intent = self.now.settings().spec.intents[index].clone();
            let Some(at) = settings_address(&self.now).cloned() else { return };
            let list = FieldPath::from("spec.intents");
            if let [(kind, namespace, name)] = heirs {
                let path = list.index(index);
                let set = |field: &str, value: &str| Command::set(&at, path.key(field), Value::from(value));
                self.run(Command::Batch(vec![
                    set("kind", kind.name()),
                    set("namespace", namespace),
                    set("name", name),
                ]));
            } else {
                self.run(Command::remove(&at, list.index(index)));
                for (count, (kind, namespace, name)) in heirs.iter().enumerate() {
                    let heir = Intent {
                        kind: Some(kind.name().to_owned()),
                        namespace: Some(namespace.clone()),
                        name: Some(name.clone()),
                        ..intent.clone()
                    };
                    let value = serde_json::to_value(heir).unwrap_or_default();
                    self.run(Command::insert(&at, list.clone(), index + count, value));
                }
            }
            if !self.plan.obstacles.is_empty()
                || heirs.iter().any(|heir| (heir.0, &*heir.1, &*heir.2) == (kind, namespace, name))
            {
                return;
            }
        }
    }

    /// Against it where an object is defined more than once: the one in front would take its place.
    pub fn must_be_one(&mut self, object: &Object) {
        if self.before.same_identity(object).len() > 1 {
            let key = self.before.key(object);
            self.stop(format!("`{key}` is defined more than once; take the surplus ones away first."));
        }
    }

    /// Looks at what came out, and closes the report.
    pub fn finish(mut self, offer: &Offer) -> Plan {
        self.plan.objects.clone_from(&offer.objects);
        if self.plan.obstacles.is_empty() && !self.commands.is_empty() {
            self.look();
        }
        let is_ready = self.plan.obstacles.is_empty() && self.plan.open().next().is_none();
        self.plan.command = (is_ready && !self.commands.is_empty()).then(|| Command::Batch(self.commands));
        self.plan.after = self.now;
        self.plan
    }

    /// Compares both states by the prediction.
    fn look(&mut self) {
        let (before, after) = (analyse(self.before), analyse(&self.now));
        let compared = landings::compare(&before.prediction, &after.prediction, &self.plan.objects, &self.pairs);
        if let (Some(crash), None) = (&after.prediction.crash, &before.prediction.crash) {
            self.stop(format!("AKO's process would die of it, and again at each start: {}.", crash.reason));
        } else if let (Some(crash), None) = (&after.prediction.crash_at_restart, &before.prediction.crash_at_restart) {
            self.stop(format!("AKO's process would die the next time it starts, and again: {}.", crash.reason));
        }
        for (loss, _) in &compared.losses {
            self.plan.lost.push(loss.clone());
        }
        let Review { introduced, mut interruptions, .. } = of_analyses(self.before, &self.now, before, after);
        interruptions.extend(landings::new_addresses(&compared.changes));
        self.plan.interruptions = interruptions;
        self.plan.introduced = introduced;
        self.plan.introduced.retain(|finding| finding.severity <= Severity::Warning);
        sort_by_key(&mut self.plan.introduced, |finding| finding.severity);
        let count = compared.losses.iter().filter(|(_, is_segmentation)| *is_segmentation).count();
        self.plan.landings = compared.changes;
        if count > 0 && self.plan.obstacles.is_empty() {
            self.accept(count);
        }
    }

    /// Losing the segment is never a default.
    fn accept(&mut self, count: usize) {
        let question = match count {
            1 => "One landing is lost or goes to another network or SE group. Do it all the same?".to_owned(),
            count => format!("{count} landings are lost or go to another network or SE group. Do it all the same?"),
        };
        let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
        let decision = Decision {
            key: ACCEPT_LOSS,
            question,
            choices: vec![choice("no", "leave everything as it is"), choice("yes", "migrate, and lose it")],
            is_free: false,
            default: None,
            answer: None,
            problem: None,
        };
        let no = |answer: &str| (answer == "no").then(|| "nothing is changed, as you decided".to_owned());
        self.ask(decision, no);
    }
}
