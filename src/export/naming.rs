//! Names under which files that are read go into an export: nothing of the machine where it is made.
//!
//! A relative path is a name already. As soon as an argument is absolute or leads upwards, names count from the
//! folder that all arguments have in common; of arguments that have none each begins with its own last step.

use std::collections::BTreeSet;

use crate::check::STANDARD_INPUT;

/// Name of what came in on standard input, where it becomes a file.
const STANDARD_INPUT_FILE: &str = "stdin.yaml";

/// A path that was asked for, `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// As it was typed.
    pub path: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// The names of files in an export, in their order and each another one. `files` are called as what was asked for is,
/// with what follows it; `here` is the folder that relative paths count from.
#[must_use]
pub fn names(here: &str, asked: &[Asked], files: &[&str]) -> Vec<String> {
    let asked: Vec<&Asked> = asked.iter().filter(|asked| asked.path != "-").collect();
    let is_relative = asked.iter().all(|asked| is_plain(&asked.path));
    let roots: Vec<Vec<String>> = asked.iter().map(|asked| folder_of(here, asked)).collect();
    let common = roots.iter().cloned().reduce(in_common).unwrap_or_default();
    // What is said of a folder begins with the folder's own name; of a file only its name is said.
    let starts: Vec<usize> =
        asked.iter().zip(&roots).map(|(asked, root)| root.len().saturating_sub(usize::from(asked.is_folder))).collect();
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for file in files {
        let steps = if is_relative && is_plain(file) { steps_of("", file) } else { steps_of(here, file) };
        let name = match () {
            () if *file == STANDARD_INPUT => STANDARD_INPUT_FILE.to_owned(),
            () if is_relative && is_plain(file) => steps.join("/"),
            () if !common.is_empty() && steps.starts_with(&common) => below(&steps, common.len()),
            () => {
                let own = roots.iter().zip(&starts).filter(|(root, _)| steps.starts_with(root));
                below(&steps, own.map(|(_, start)| *start).max().unwrap_or(steps.len()))
            }
        };
        names.push(untaken(&name, &mut taken));
    }
    names
}

/// Steps from a place on; the last one at least.
fn below(steps: &[String], from: usize) -> String {
    let from = from.min(steps.len().saturating_sub(1));
    steps.get(from..).unwrap_or_default().join("/")
}

/// The folder that a path is or begins with: of a pattern what stands before its first sign.
fn folder_of(here: &str, asked: &Asked) -> Vec<String> {
    let mut steps = steps_of(here, &asked.path);
    let fixed = steps.iter().position(|step| step.contains(['*', '?', '[', '{']));
    match fixed {
        Some(fixed) if !asked.is_folder => steps.truncate(fixed),
        _ if !asked.is_folder => {
            steps.pop();
        }
        _ => {}
    }
    steps
}

fn in_common(one: Vec<String>, other: Vec<String>) -> Vec<String> {
    one.into_iter().zip(other).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
}

/// Steps of a path from the root on, without `.` and `..`.
fn steps_of(here: &str, path: &str) -> Vec<String> {
    let start = if is_absolute(path) { "" } else { here };
    let mut steps: Vec<String> = Vec::new();
    for step in start.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step.to_owned()),
        }
    }
    steps
}

fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':')
}

/// Whether a path is a name already: relative, and nowhere upwards.
fn is_plain(path: &str) -> bool {
    !is_absolute(path) && path.split('/').all(|step| step != "..")
}

/// The name, with a number where another file has it.
fn untaken(name: &str, taken: &mut BTreeSet<String>) -> String {
    let (stem, ending) = match name.rfind('.').filter(|at| !name[*at..].contains('/')) {
        Some(at) => name.split_at(at),
        None => (name, ""),
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}{ending}"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name));
    let free = free.unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names in an export that is made in `/home/eve/repo`; folders end with `/`.
    fn named(asked: &[&str], files: &[&str]) -> Vec<String> {
        let asked: Vec<Asked> = asked
            .iter()
            .map(|path| Asked { path: path.trim_end_matches('/').to_owned(), is_folder: path.ends_with('/') })
            .collect();
        names("/home/eve/repo", &asked, files)
    }

    #[test]
    fn relative_paths_are_names() {
        assert_eq!(named(&["in/", "b.yaml"], &["in/a/a.yaml", "b.yaml"]), ["in/a/a.yaml", "b.yaml"]);
        assert_eq!(named(&["./"], &["a.yaml"]), ["a.yaml"]);
        assert_eq!(named(&["in/**/*.yaml"], &["in/a/a.yaml"]), ["in/a/a.yaml"]);
    }

    #[test]
    fn of_one_absolute_argument_names_are_what_follows_it() {
        assert_eq!(named(&["/home/eve/x/"], &["/home/eve/x/a/a.yaml", "/home/eve/x/b.yaml"]), ["a/a.yaml", "b.yaml"]);
        assert_eq!(named(&["/home/eve/x/a.yaml"], &["/home/eve/x/a.yaml"]), ["a.yaml"]);
        assert_eq!(named(&["/home/eve/x/*/a.yaml"], &["/home/eve/x/b/a.yaml"]), ["b/a.yaml"]);
        assert_eq!(named(&["../x/"], &["../x/a/a.yaml"]), ["a/a.yaml"]);
        assert_eq!(named(&["/x/all.zip"], &["/x/all.zip/a/a.yaml"]), ["all.zip/a/a.yaml"]);
    }

    #[test]
    fn several_arguments_count_from_the_folder_that_they_share() {
        let files = ["/srv/x/platform/a.yaml", "/srv/x/apps/red/a.yaml"];
        assert_eq!(named(&["/srv/x/platform/", "/srv/x/apps/"], &files), ["platform/a.yaml", "apps/red/a.yaml"]);
        assert_eq!(named(&files, &files), ["platform/a.yaml", "apps/red/a.yaml"]);
        assert_eq!(named(&["a/", "../b/"], &["a/a.yaml", "../b/b.yaml"]), ["repo/a/a.yaml", "b/b.yaml"]);
        assert_eq!(named(&["/srv/x/", "/srv/x/a.yaml"], &["/srv/x/a.yaml"]), ["a.yaml"]);
    }

    #[test]
    fn arguments_that_share_nothing_begin_with_their_own_last_step() {
        let files = ["/home/eve/in/a.yaml", "/srv/in/a.yaml", "/srv/in/b/c.yaml"];
        assert_eq!(named(&["/home/eve/in/", "/srv/in/"], &files), ["in/a.yaml", "in/a-2.yaml", "in/b/c.yaml"]);
        assert_eq!(named(&["/a.yaml", "/srv/b.yaml"], &["/a.yaml", "/srv/b.yaml"]), ["a.yaml", "b.yaml"]);
    }

    #[test]
    fn standard_input_has_a_name_that_every_system_takes() {
        assert_eq!(named(&["-", "/srv/x/"], &[STANDARD_INPUT, "/srv/x/stdin.yaml"])[0], "stdin.yaml");
        assert_eq!(named(&["-", "stdin.yaml"], &[STANDARD_INPUT, "stdin.yaml"]), ["stdin.yaml", "stdin-2.yaml"]);
    }

    #[test]
    fn strange_paths_have_some_name() {
        let files = ["", "/", "..", "C:/x/a.yaml", "//", "a/../../../../.."];
        let names = named(&["/"], &files);
        assert_eq!(names.len(), files.len());
        assert!(names.iter().all(|name| !name.split('/').any(|step| step == "..")), "{names:?}");
    }
}
