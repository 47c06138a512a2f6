//! `akoplan export`: what the core makes, in a folder where an earlier export may stand.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use akoplan::analysis::analyse;
use akoplan::export::LeftOut;
use akoplan::export::layout::{Choice, Layout, Made, making_beside};
use akoplan::export::naming::{self, Asked};
use akoplan::export::renewal::{LISTING_FILE, Listing, Renewal, Standing, applied_folders};
use akoplan::pace::finish;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

use crate::commands::{self, complain_of_left_out, complain_of_open_errors, unreadable, write};
use crate::output::{complain, print};
use crate::{Outcome, input};

/// What is wished for.
pub struct Wish<'a> {
    /// The folder to write to.
    pub out: &'a Path,
    /// Layout and options.
    pub choice: Choice,
    /// Where akoplan is served, for the link.
    pub page: &'a str,
    /// Whether to write over files that people changed.
    pub overwrite: bool,
    /// Manifests that AKO runs with before the kit is applied.
    pub from: &'a [PathBuf],
}

/// `akoplan export`
pub fn export(paths: &[PathBuf], wish: &Wish) -> commands::Result {
    if !wish.from.is_empty() && wish.choice.layout != Layout::Kit {
        return Err(vec!["--from goes with --layout kit: only the kit has steps from one state to another".to_owned()]);
    }
    let before = if wish.from.is_empty() { None } else { Some(commands::read(wish.from)?) };
    let earlier = listing(wish.out)?;
    let read = input::read_beside(paths, earlier.as_ref().map(|_| wish.out))?;
    if !read.undecoded.is_empty() {
        let message = |name: &String| format!("`{name}` is neither UTF-8 nor UTF-16: save it as UTF-8 first");
        return Err(read.undecoded.iter().map(message).collect());
    }
    complain_of_left_out(&read);
    let (files, typed) = named(paths, &read.files);
    let workspace = Workspace::new(&files);
    let analysis = analyse(&workspace);
    let page = format!("{}#/share/", wish.page.split('#').next().unwrap_or_default());
    let made = finish(making_beside(&workspace, &analysis, wish.choice, &page, before.as_ref()));
    if let Some(reason) = &made.no_link {
        complain(&format!("warning: no link: {reason}"));
    }
    if let Some(secrets) = &made.in_link {
        complain(&format!("warning: {secrets}"));
    }
    if made.applies_server_fields() {
        complain(
            "warning: manifests have what the API server wrote (`resourceVersion`, `uid`, `status` and the like): \
             `--without-server-fields` leaves it out",
        );
    }
    let is_whole = renew(wish, &made, &earlier.unwrap_or_default(), &read.paths)?;
    complain_of_open_errors(&analysis);
    for LeftOut { file, line, reason } in &made.left_out {
        let file = typed.get(file).unwrap_or(file);
        complain(&format!("warning: left out: {file}:{line}: {reason}"));
    }
    Ok(if is_whole && unreadable(&workspace).is_empty() { Outcome::Well } else { Outcome::Found })
}

/// The files under the names that go into an export, and how each was typed.
fn named(paths: &[PathBuf], files: &[SourceFile]) -> (Vec<SourceFile>, BTreeMap<String, String>) {
    let here = env::current_dir().map(|folder| input::name(&folder)).unwrap_or_default();
    let asked = |path: &PathBuf| Asked { path: input::name(path), is_folder: path.is_dir() };
    let asked: Vec<Asked> = paths.iter().map(asked).collect();
    let typed: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let names = naming::names(&here, &asked, &typed);
    let renamed = files.iter().zip(&names).map(|(file, name)| SourceFile { name: name.clone(), ..file.clone() });
    (renamed.collect(), names.iter().cloned().zip(typed.into_iter().map(str::to_owned)).collect())
}

/// Does in the folder what the core decides, and tells it; whether the export is there in whole afterwards.
fn renew(wish: &Wish, made: &Made, earlier: &Listing, read: &BTreeSet<PathBuf>) -> Result<bool, Vec<String>> {
    let out = wish.out;
    let files = &made.files;
    let mut renewal = Renewal::plan(files, earlier, wish.overwrite, |name| standing(out, name, read));
    let mut present = Vec::new();
    for folder in applied_folders(wish.choice.layout, files).collect::<BTreeSet<_>>() {
        collect(out, folder, &mut present);
    }
    renewal.tell_foreign(wish.choice.layout, files, &present);
    let list = |listing: &Listing| write(&out.join(LISTING_FILE), &listing.to_string());
    if !renewal.remove.is_empty() || *earlier != Listing::default() {
        list(&renewal.meanwhile)?;
    }
    for name in &renewal.remove {
        remove(out, name)?;
    }
    for at in &renewal.write {
        write(&out.join(&files[*at].name), &files[*at].text)?;
    }
    if renewal.listing != Listing::default() || *earlier != Listing::default() {
        list(&renewal.listing)?;
    }
    let mut there: Vec<usize> = renewal.write.iter().chain(&renewal.same).copied().collect();
    there.sort_unstable();
    let shown = |name: &str| out.join(name).display().to_string();
    print(&there.iter().map(|at| shown(&files[*at].name) + "\n").collect::<String>())?;
    for name in &renewal.remove {
        complain(&format!("removed: `{}` is from an earlier export and no longer part of it", shown(name)));
    }
    for kept in &renewal.kept {
        complain(&format!("warning: left: `{}` {}", shown(&kept.name), kept.sentence()));
    }
    if *earlier != Listing::default() || !renewal.kept.is_empty() {
        let [written, same] = [renewal.write.len(), renewal.same.len()];
        let [removed, left] = [renewal.remove.len(), renewal.kept.len()];
        complain(&format!("{written} written, {same} as they were, {removed} removed, {left} left"));
    }
    Ok(renewal.is_whole())
}

/// What earlier exports wrote into a folder; `None` where no listing is.
fn listing(out: &Path) -> Result<Option<Listing>, Vec<String>> {
    let path = out.join(LISTING_FILE);
    match fs::symlink_metadata(&path) {
        Ok(found) if !found.is_file() => Err(vec![format!("`{}` is no plain file", path.display())]),
        Ok(_) => match fs::read(&path) {
            Ok(bytes) => Ok(Some(Listing::parse(&String::from_utf8_lossy(&bytes)))),
            Err(error) => Err(vec![format!("cannot read `{}`: {error}", path.display())]),
        },
        Err(_) => Ok(None),
    }
}

/// What stands under a name; a file that cannot be read is none to write over.
fn standing(out: &Path, name: &str, read: &BTreeSet<PathBuf>) -> Standing {
    let mut path = out.to_owned();
    for step in name.split('/') {
        path.push(step);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => return Standing::Other,
            Err(error) if error.kind() == ErrorKind::NotFound => return Standing::Nothing,
            _ => {}
        }
    }
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_file() => fs::read(&path).map_or(Standing::Other, |bytes| {
            let is_source = fs::canonicalize(&path).is_ok_and(|path| read.contains(&path));
            Standing::File { bytes, is_source }
        }),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Standing::Nothing,
        _ => Standing::Other,
    }
}

/// Takes a file away, and the folders that are empty then.
fn remove(out: &Path, name: &str) -> Result<(), Vec<String>> {
    let path = out.join(name);
    fs::remove_file(&path).map_err(|error| vec![format!("cannot remove `{}`: {error}", path.display())])?;
    let folders = path.ancestors().skip(1).take_while(|folder| *folder != out);
    // A folder with something in it stays.
    let _ = folders.map(fs::remove_dir).find(Result::is_err);
    Ok(())
}

/// Names of the files below a folder, sorted; hidden ones and what lies behind links is none.
fn collect(out: &Path, folder: &str, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(out.join(folder)) else { return };
    let mut entries: Vec<_> = entries.filter_map(io::Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let own = entry.file_name().to_string_lossy().into_owned();
        let name = format!("{folder}/{own}");
        match entry.file_type() {
            _ if own.starts_with('.') => {}
            Ok(kind) if kind.is_dir() => collect(out, &name, found),
            Ok(kind) if kind.is_file() => found.push(name),
            _ => {}
        }
    }
}
