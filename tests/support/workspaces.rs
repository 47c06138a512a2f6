//! Whole projects from a seed: segments, classes, Gateways, Services, Ingresses and what stands beside them, in the
//! usual styles of YAML, with odd texts wherever Kubernetes takes them.

#[path = "workspaces/applications.rs"]
mod applications;
#[path = "workspaces/dice.rs"]
mod dice;
#[path = "workspaces/platform.rs"]
mod platform;
#[path = "workspaces/style.rs"]
mod style;
#[path = "workspaces/texts.rs"]
mod texts;

use akoplan::text::SourceFile;
use dice::Dice;
use serde_json::Value;
use style::Style;

/// What is decided before anything is written.
pub struct Plan {
    /// Names of the AviInfraSettings; each has a class of its name for Gateways and one for Ingresses.
    settings: Vec<String>,
    /// Names of the namespaces; each has a Gateway.
    namespaces: Vec<String>,
}

/// A project's files, each with objects of its own.
pub fn project(seed: u64) -> Vec<SourceFile> {
    let mut dice = Dice::new(seed);
    let plan =
        Plan { settings: texts::names(&mut dice, 1, 4, "setting"), namespaces: texts::names(&mut dice, 1, 3, "team") };
    let mut objects = platform::objects(&plan, &mut dice);
    // Before all else, between or after: people keep it anywhere.
    if seed.is_multiple_of(3) {
        let at = objects.len().min(dice.below(8) as usize);
        objects.insert(at, platform::ako_config_map(&mut dice));
    }
    for (at, namespace) in plan.namespaces.iter().enumerate() {
        objects.extend(applications::objects(&plan, at, namespace, &mut dice));
    }
    let mut files = in_files(objects, &mut dice);
    for (name, value) in [("values.yaml", platform::ako_values(&mut dice)), ("akoplan.yaml", platform::project(&plan))]
    {
        let style = Style::any(&mut dice);
        files.push(SourceFile::new(name, style::write(&value, style, &mut dice)));
    }
    files
}

/// One object a file, one file a namespace, or all in one: people differ.
fn in_files(objects: Vec<Value>, dice: &mut Dice) -> Vec<SourceFile> {
    let way = dice.below(4);
    let mut style = Style::any(dice);
    let mut files: Vec<SourceFile> = Vec::new();
    for (at, object) in objects.into_iter().enumerate() {
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or("platform");
        let name = match way {
            0 => format!("{namespace}/{at}.yaml"),
            1 => "all.yaml".to_owned(),
            _ => format!("{namespace}.yaml"),
        };
        let is_new = files.last().is_none_or(|file| file.name != name);
        if is_new {
            style = style.another(dice);
        }
        let text = style::write(&object, style, dice);
        let marker = format!("---{}", style.line_break);
        match files.last_mut().filter(|_| !is_new) {
            Some(file) => *file = SourceFile::new(name, format!("{}{marker}{text}", file.text)),
            None if dice.once_in(3) => files.push(SourceFile::new(name, format!("{marker}{text}"))),
            None => files.push(SourceFile::new(name, text)),
        }
    }
    files
}
