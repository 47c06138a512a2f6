//! The health checks for Argo CD, run by a real Lua: what they say of what AKO and Argo CD write.
//!
//! Argo CD runs them in Lua 5.1 without its libraries and with the object as `obj` (Argo CD's documentation, *Resource
//! Health*). Where no Lua is installed the test says so and passes; in continuous integration (`CI` is set) it fails.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use akoplan::ako::predict;
use akoplan::examples;
use akoplan::export::argo::{APPLICATION_HEALTH_CHECK, HEALTH_CHECK};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use serde_json::{Value, json};

/// Runs a check with nothing but the object around it, as Lua 5.1 does it and as newer ones do.
const RUN: &str = r#"
local function run(text, obj)
  local around = {obj = obj}
  local chunk
  if setfenv then
    chunk = assert(loadstring(text))
    setfenv(chunk, around)
  else
    chunk = assert(load(text, "check", "t", around))
  end
  local hs = chunk()
  print(hs.status .. "\t" .. hs.message)
end
"#;

/// A value as Lua writes it.
fn lua(value: &Value) -> String {
    match value {
        Value::Null => "nil".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => {
            text.bytes().fold("\"".to_owned(), |mut written, byte| {
                let _ = write!(written, "\\{byte:03}");
                written
            }) + "\""
        }
        Value::Array(items) => format!("{{{}}}", items.iter().map(lua).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("[{}] = {}", lua(&json!(key)), lua(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

/// What a check says of objects: health and message; `None` where there is no Lua.
fn health(check: &str, objects: &[Value]) -> Option<Vec<(String, String)>> {
    let has = |lua: &&&str| Command::new(lua).arg("-v").output().is_ok_and(|output| output.status.success());
    let Some(interpreter) = ["lua5.1", "lua"].iter().find(has) else {
        assert!(std::env::var_os("CI").is_none(), "Lua is missing");
        eprintln!("skipped: no Lua (apt-get install lua5.1)");
        return None;
    };
    let mut program = RUN.to_owned();
    for object in objects {
        let _ = writeln!(program, "run({}, {})", lua(&json!(check)), lua(object));
    }
    let mut child = Command::new(interpreter).arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(program.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    Some(lines.map(|(status, message)| (status.to_owned(), message.to_owned())).collect())
}

fn pairs(said: &[(String, String)]) -> Vec<(&str, &str)> {
    said.iter().map(|(status, message)| (status.as_str(), message.as_str())).collect()
}

/// The statuses that the prediction has AKO write to the settings of a project.
fn statuses(files: &[SourceFile]) -> Vec<Value> {
    let objects = predict(&Workspace::new(files)).objects;
    let settings = objects.into_iter().filter(|(key, _)| key.starts_with("AviInfraSetting/"));
    settings.map(|(_, status)| serde_json::to_value(status).unwrap()).collect()
}

#[test]
fn settings_are_healthy_once_ako_has_accepted_them() {
    let mut objects = vec![
        json!({"kind": "AviInfraSetting"}),
        json!({"status": {}}),
        json!({"status": {"status": ""}}),
        json!({"status": {"status": "Accepted"}}),
        json!({"status": {"status": "Rejected", "error": "invalid cidr \"a\"\\n"}}),
        json!({"status": {"status": "Rejected"}}),
    ];
    let examples = statuses(&examples::clean());
    assert_eq!(examples.len(), 3);
    objects.extend(examples.iter().map(|status| json!({"status": status})));
    let Some(said) = health(HEALTH_CHECK, &objects) else { return };
    let waits = ("Progressing", "AKO has not looked at it yet");
    let accepted = ("Healthy", "AKO has accepted it");
    let rejected = [("Degraded", "invalid cidr \"a\"\\n"), ("Degraded", "AKO has rejected it")];
    let mut expected = vec![waits, waits, waits, accepted, rejected[0], rejected[1]];
    expected.extend(examples.iter().map(|_| accepted));
    assert_eq!(pairs(&said), expected);
}

#[test]
fn applications_are_as_healthy_as_argo_cd_says() {
    let objects = [
        json!({"kind": "Application"}),
        json!({"status": {}}),
        json!({"status": {"health": {}}}),
        json!({"status": {"health": {"status": "Degraded", "message": "a setting is rejected"}}}),
        json!({"status": {"health": {"status": "Healthy"}}}),
    ];
    let Some(said) = health(APPLICATION_HEALTH_CHECK, &objects) else { return };
    let waits = ("Progressing", "");
    let expected = [waits, waits, waits, ("Degraded", "a setting is rejected"), ("Healthy", "")];
    assert_eq!(pairs(&said), expected);
}
