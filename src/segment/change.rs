//! Changes of a segment that is there: its classes, its end; and the draft for one that is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Draft, Names, Segment, gateway_class, ingress_class, names, short_name};
use crate::canonical::{free_name, platform_file, yaml};
use crate::command::Command;
use crate::model::{AviInfraSetting, GatewayClass, IngressClass};
use crate::workspace::{Address, Workspace};

/// Adds a GatewayClass that leads to a setting, in the setting's file.
#[must_use]
pub fn add_gateway_class(workspace: &Workspace, setting: &str) -> Command {
    let templated = names(workspace, short_name(workspace, setting)).gateway_class;
    let name = free_name::<GatewayClass>(workspace, "", &templated);
    Command::AddDocument { file: file_of(workspace, setting), text: yaml(&gateway_class(&name, setting)) }
}

/// Adds an IngressClass that leads to a setting, in the setting's file.
#[must_use]
pub fn add_ingress_class(workspace: &Workspace, setting: &str) -> Command {
    let templated = names(workspace, short_name(workspace, setting)).ingress_class;
    let name = free_name::<IngressClass>(workspace, "", &templated);
    Command::AddDocument { file: file_of(workspace, setting), text: yaml(&ingress_class(&name, setting)) }
}

/// The file that a setting stands in, if documents can be added to it, else the usual one.
pub(crate) fn file_of(workspace: &Workspace, setting: &str) -> String {
    let own = workspace.get::<AviInfraSetting>("", setting).map(|(object, _)| &object.address);
    let own = own.filter(|at| at.item.is_none() && !at.file.ends_with(".json"));
    own.map_or_else(|| platform_file(short_name(workspace, setting)), |at| at.file.to_string())
}

/// Takes a segment away: its setting and the classes that lead to it. A file that then holds nothing goes, too.
#[must_use]
pub fn remove(workspace: &Workspace, segment: &Segment) -> Command {
    let all = segment.defined.iter().chain(&segment.gateway_classes).chain(&segment.ingress_classes);
    let mut by_file: BTreeMap<Rc<str>, BTreeSet<&Address>> = BTreeMap::new();
    for address in all {
        by_file.entry(Rc::clone(&address.file)).or_default().insert(address);
    }
    let mut commands = Vec::new();
    for (file, addresses) in by_file {
        let documents = workspace.file(&file).map_or(0, |file| file.documents.len());
        if addresses.len() == documents && addresses.iter().all(|address| address.item.is_none()) {
            commands.push(Command::RemoveFile { file: file.to_string() });
            continue;
        }
        // From the end, so that the addresses before stay right.
        commands.extend(addresses.into_iter().rev().map(|at| Command::RemoveObject { at: at.clone() }));
    }
    Command::Batch(commands)
}

/// The draft of a segment that is referred to by a setting's name but not defined.
#[must_use]
pub fn draft_for(workspace: &Workspace, segment: &Segment) -> Draft {
    let templated = names(workspace, &segment.name).infra_setting;
    let own = if templated == segment.setting { String::new() } else { segment.setting.clone() };
    Draft {
        segment: segment.name.clone(),
        names: Names { infra_setting: own, ..Names::default() },
        with_gateway_class: segment.gateway_classes.is_empty(),
        with_ingress_class: segment.ingress_classes.is_empty(),
        ..Draft::default()
    }
}
