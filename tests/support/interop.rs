//! Python's readers and validators, for tests of what others make of our files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use akoplan::text::SourceFile;
use serde_json::Value;

/// A folder that goes when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A folder of the test's own with these files.
    pub fn with(name: &str, files: &[SourceFile]) -> Self {
        let folder = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        let _ = std::fs::remove_dir_all(&folder.0);
        std::fs::create_dir_all(&folder.0).unwrap();
        for file in files {
            let path = folder.0.join(&file.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.text.as_bytes()).unwrap();
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs `tests/interop.py`; `None` where Python or its modules are missing (in continuous integration that fails).
pub fn interop(arguments: &[&Path]) -> Option<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop.py");
    let run = |python: &str, arguments: &[&Path]| Command::new(python).arg(&script).args(arguments).output();
    let has_modules = |python: &&&str| run(python, &[Path::new("modules")]).is_ok_and(|output| output.status.success());
    // Debian's own Python has Debian's modules, whatever else is in the path.
    let Some(python) = ["/usr/bin/python3", "python3"].iter().find(has_modules) else {
        assert!(std::env::var_os("CI").is_none(), "Python with the modules yaml and jsonschema is missing");
        eprintln!(
            "skipped: no Python with the modules yaml and jsonschema (apt-get install python3-yaml python3-jsonschema)"
        );
        return None;
    };
    let output: Output = run(python, arguments).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
