//! Names, archives, encodings, limits.

use super::*;
use crate::export;

#[test]
fn pasted_objects_get_a_fitting_name() {
    let name = |text: &str| pasted(&Workspace::default(), text)[0].name.clone();
    assert_eq!(name("apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\n"), "apps/red/web.yaml");
    assert_eq!(name("AKOSettings: {}\n"), "values.yaml");
    assert_eq!(name("what is this"), "pasted.yaml");
}

#[test]
fn another_text_under_a_taken_name_is_put_beside_it() {
    let old = Workspace::new(&[SourceFile::new("a.yaml", "a: 1\n"), SourceFile::new("a-2.yaml", "a: 2\n")]);
    let added = files(&old, vec![SourceFile::new("a.yaml", "a: 3\n"), SourceFile::new("a-2.yaml", "a: 2\n")]);
    let names: Vec<&str> = added.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a-3.yaml", "a-2.yaml"]);
}

#[test]
fn a_saved_project_is_unpacked() {
    let saved = project::encode(&[SourceFile::new("x.yaml", "x: 1\n")]);
    assert_eq!(pasted(&Workspace::default(), &saved), [SourceFile::new("x.yaml", "x: 1\n")]);
}

fn incoming(name: &str, bytes: impl Into<Vec<u8>>) -> Incoming {
    Incoming { name: name.to_owned(), bytes: bytes.into() }
}

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    export::zip(&files)
}

/// Names taken, and what was told.
fn told(incoming: Vec<Incoming>) -> (Vec<String>, Vec<String>) {
    let read = read(incoming);
    let notes = read.notes.iter().map(|noted| format!("{} {}", noted.name, noted.note));
    let skipped = read.skipped.iter().map(|skipped| format!("{}: {}", skipped.name, skipped.why));
    (read.files.iter().map(|file| file.name.clone()).collect(), notes.chain(skipped).collect())
}

const NAMESPACE: &str = "apiVersion: v1\r\nkind: Namespace # kept\r\nmetadata: {name: red}";

#[test]
fn an_archive_gives_its_files_byte_for_byte() {
    let long = "a: 1\n".repeat(10_000);
    let archive = packed(&[("platform/red.yaml", NAMESPACE), ("é/long.yml", &long), ("empty.json", "")]);
    let read = read(vec![incoming("x.zip", archive)]);
    assert_eq!(read.skipped, []);
    let expected = [("platform/red.yaml", NAMESPACE), ("é/long.yml", &long), ("empty.json", "")];
    assert_eq!(read.files, expected.map(|(name, text)| SourceFile::new(name, text)));
}

#[test]
fn our_own_bundle_comes_back() {
    let workspace = Workspace::new(&crate::examples::clean());
    let bundle = export::bundle(&workspace, &crate::analysis::analyse(&workspace));
    let read = read(vec![incoming("bundle.zip", export::zip(&bundle.files))]);
    let manifests: Vec<SourceFile> = bundle.files.into_iter().filter(|file| names::is_manifest(&file.name)).collect();
    assert_eq!(read.files, manifests);
    assert_eq!(read.skipped, [Skipped::new("bundle.zip/README.md", Why::NotByName)]);
}

#[test]
fn what_an_archive_must_not_do_is_told() {
    let (names, told) = told(vec![incoming(
        "x.zip",
        packed(&[
            ("../../etc/a.yaml", "a: 1\n"),
            ("/b.yaml", "b: 1\n"),
            (".git/c.yaml", "c: 1\n"),
            ("d.zip", "PK\u{3}\u{4}"),
        ]),
    )]);
    assert_eq!(names, ["etc/a.yaml", "b.yaml"]);
    assert_eq!(
        told,
        [
            "etc/a.yaml leads out of its archive as `../../etc/a.yaml`; taken as if it stood inside",
            "b.yaml leads out of its archive as `/b.yaml`; taken as if it stood inside",
            "x.zip/.git/c.yaml: it is hidden",
            "x.zip/d.zip: it is an archive that is not read here: unpack it, or bring a .zip",
        ]
    );
}

/// The archive of one file, with a change of the bytes that its list has for it.
fn changed(change: impl Fn(&mut [u8])) -> Vec<Why> {
    let mut archive = packed(&[("a.yaml", &"a: 1\n".repeat(100))]);
    let list = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    change(&mut archive[list..]);
    let read = read(vec![incoming("x.zip", archive)]);
    assert_eq!(read.files, []);
    read.skipped.iter().map(|skipped| skipped.why).collect()
}

#[test]
fn entries_that_cannot_be_read_are_told() {
    assert_eq!(changed(|list| list[8] |= 1), [Why::Encrypted]);
    assert_eq!(changed(|list| list[10] = 93), [Why::Method]);
    assert_eq!(changed(|list| list[16] ^= 1), [Why::Damaged], "checksum");
    assert_eq!(changed(|list| list[20] = 1), [Why::Damaged], "packed size");
    assert_eq!(changed(|list| list[24] = 1), [Why::Damaged], "a bomb says that it is small");
    assert_eq!(changed(|list| list[27] = 0x7F), [Why::TooLarge], "a bomb says that it is large");
    assert_eq!(changed(|list| list[41] = 0xA1), [Why::Link]);
    assert_eq!(changed(|list| list[42] = 9), [Why::Damaged], "place");
    assert_eq!(changed(|list| list[0] = 0), [Why::DamagedArchive]);
}

#[test]
fn a_bomb_unpacks_to_no_more_than_is_taken_at_once() {
    let half = " ".repeat(LARGEST_FILE - 1);
    let archive = packed(&[("a.yaml", &half), ("b.yaml", &half), ("c.yaml", &half)]);
    assert!(archive.len() < 200_000);
    let read = read(vec![incoming("x.zip", archive)]);
    assert_eq!(read.files.len(), 2);
    assert_eq!(read.skipped, [Skipped::new("x.zip/c.yaml", Why::TooMuch)]);
}

#[test]
fn cut_and_spoilt_archives_never_panic() {
    let archive = packed(&[("a.yaml", NAMESPACE), ("b/c.yaml", &"b: 1\n".repeat(50))]);
    for end in 4..archive.len() {
        let _ = read(vec![incoming("x.zip", &archive[..end])]);
    }
    for at in 4..archive.len() {
        for byte in [0, 1, 0x7F, 0xFF] {
            let mut spoilt = archive.clone();
            spoilt[at] = byte;
            let _ = read(vec![incoming("x.zip", spoilt)]);
        }
    }
}

#[test]
fn folders_are_sifted_by_name_and_single_files_are_not() {
    let (names, told) = told(vec![
        incoming("chart/templates/a.yaml", "a: 1\n"),
        incoming("chart/templates/NOTES.txt", "words"),
        incoming("chart/.git/config.yaml", "x: 1\n"),
        incoming("notes.txt", "kind: Service\n"),
        incoming("logo.png", [0x89, b'P', b'N', b'G', 0, 1]),
        incoming("chart.tgz", [0x1F, 0x8B, 8, 0, 0, 0]),
        incoming("binary.yaml", [0, 1, 2]),
        incoming("latin.yaml", b"a: caf\xE9\n".as_slice()),
        incoming("windows.yaml", [0xFF, 0xFE, b'a', 0, b':', 0].as_slice()),
    ]);
    assert_eq!(names, ["chart/templates/a.yaml", "notes.txt", "binary.yaml", "latin.yaml", "windows.yaml"]);
    assert_eq!(
        told,
        [
            "latin.yaml is neither UTF-8 nor UTF-16: bytes that are no text stand as \u{FFFD}, so keep the original",
            "windows.yaml was UTF-16 and is UTF-8 now; no character is lost",
            "chart/templates/NOTES.txt: its name does not end with .yaml, .yml or .json",
            "chart/.git/config.yaml: it is hidden",
            "logo.png: it is not text",
            "chart.tgz: it is an archive that is not read here: unpack it, or bring a .zip",
        ]
    );
}

#[test]
fn a_hundred_megabytes_are_refused_with_a_word() {
    let (names, told) = told(vec![incoming("big.yaml", vec![b'a'; 100_000_000]), incoming("a.yaml", "a: 1\n")]);
    assert_eq!(names, ["a.yaml"]);
    assert_eq!(told, ["big.yaml: it is larger than 32 MB: split it"]);
}

#[test]
fn another_name_is_told() {
    let old = Workspace::new(&[SourceFile::new("a.yaml", "a: 1\n")]);
    let (_, renamed) = named(&old, vec![SourceFile::new("a.yaml", "a: 3\n")]);
    assert_eq!(renamed, [Noted { name: "a.yaml".into(), note: Note::Renamed("a-2.yaml".into()) }]);
}
