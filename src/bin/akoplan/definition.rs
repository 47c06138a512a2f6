//! `--define NAME=SEGROUP,NETWORK,CIDR`: answers to fixes that ask for an AviInfraSetting.

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::diagnostic::{Ask, Finding};
use akoplan::fix::Applied;
use akoplan::fix::ask::Answered;
use akoplan::workspace::Workspace;

/// An AviInfraSetting by its name, with the answers in the order of the questions.
#[derive(Clone)]
pub struct Definition {
    name: String,
    answers: Vec<String>,
}

impl FromStr for Definition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "it is NAME=SEGROUP,NETWORK,CIDR; SEGROUP and CIDR may be empty".to_owned();
        let (name, answers) = text.split_once('=').ok_or_else(wrong)?;
        let answers: Vec<String> = answers.split(',').map(|answer| answer.trim().to_owned()).collect();
        if name.trim().is_empty() || answers.len() != 3 {
            return Err(wrong());
        }
        Ok(Self { name: name.trim().to_owned(), answers })
    }
}

/// The project with the settings defined, and what was done; or what is wrong with the call.
pub fn define(before: &Workspace, definitions: &[Definition]) -> Result<(Workspace, Vec<Applied>), Vec<String>> {
    let (mut workspace, mut applied, mut wrong) = (before.clone(), Vec::new(), Vec::new());
    for Definition { name, answers } in definitions {
        let ask = Ask::DefineSetting(name.clone());
        let findings = analyse(&workspace).findings;
        let Some(finding) = findings.iter().find(|finding| finding.asks.contains(&ask)) else {
            wrong.push(not_asked(name, &findings));
            continue;
        };
        let Answered { problems, command } = ask.answered(&workspace, answers);
        let Some(command) = command else {
            wrong.extend(problems.into_iter().map(|(question, text)| {
                let about = question.map_or_else(String::new, |question| format!("{}: ", question.label()));
                format!("--define {name}: {about}{text}")
            }));
            continue;
        };
        workspace =
            below(&common_folder(before), command).apply(&workspace).map_err(|error| vec![error.to_string()])?;
        applied.push(Applied {
            code: finding.code,
            object: finding.object.clone().unwrap_or_default(),
            title: ask.title(),
            safe: false,
        });
    }
    if wrong.is_empty() { Ok((workspace, applied)) } else { Err(wrong) }
}

fn not_asked(name: &str, findings: &[Finding]) -> String {
    let asked: BTreeSet<String> =
        findings.iter().flat_map(|finding| &finding.asks).map(|Ask::DefineSetting(name)| format!("`{name}`")).collect();
    let asked = if asked.is_empty() {
        "none is missing".to_owned()
    } else {
        format!("missing: {}", asked.into_iter().collect::<Vec<_>>().join(", "))
    };
    format!("--define {name}: nothing refers to an AviInfraSetting of this name that is not there; {asked}")
}

/// The folder that all files of the call are in: what is new goes below it.
fn common_folder(workspace: &Workspace) -> String {
    let sources = workspace.sources();
    let folders = sources.iter().map(|file| Path::new(&file.name).parent().unwrap_or(Path::new("")));
    let common = folders.map(Path::to_path_buf).reduce(|mut common, folder| {
        while !folder.starts_with(&common) && common.pop() {}
        common
    });
    common.unwrap_or_default().to_string_lossy().into_owned()
}

/// The command with its new documents below a folder.
fn below(folder: &str, command: Command) -> Command {
    match command {
        Command::Batch(all) => Command::Batch(all.into_iter().map(|one| below(folder, one)).collect()),
        Command::AddDocument { file, text } if !folder.is_empty() => {
            Command::AddDocument { file: format!("{}/{file}", folder.trim_end_matches('/')), text }
        }
        other => other,
    }
}
