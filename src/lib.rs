//! akoplan shows what the Avi Kubernetes Operator (AKO) will do with network segmentation before it
//! is applied. This library is the whole of it but the page and the command line: text in, answers out.
//!
//! ```text
//!  SourceFile ─► Parsed ─► Typed ─► Workspace ─► Prediction ─► Analysis ─► page, command line
//!   text+lines   nodes     objects,  all objects   what AKO      findings,
//!                with      issues    by identity   does: status,  fixes
//!                spans                             virtual services,
//!       ▲                                          landings         │
//!       └──────────── text edits ◄── Command ◄── form, fix ◄────────┘
//!  Workspace ─► export ─► files
//! ```
//!
//! | stage | gives | never |
//! | --- | --- | --- |
//! | [`text`] | text, line index, edits | reads a file |
//! | [`syntax`] | documents as node trees with a span for every key and value; issues | fails, or drops a byte |
//! | [`lower`], [`model`] | typed objects, and what does not fit their kind | invents a default silently |
//! | [`workspace`] | one immutable value, objects by identity | holds state of the page |
//! | [`ako`] | statuses, virtual services, and a landing for each Service port and Ingress host | judges |
//! | [`rules`] | findings with code, place, reason and fix | changes anything |
//! | [`analysis`] | all of it, sorted, the same in the browser and on the command line | depends on hash order |
//! | [`check`] | what a pipeline makes of the findings: open, ignored, known from before | hides without saying so |
//! | [`command`], [`edit`], [`history`] | minimal text edits, undo | fails half |
//! | [`fix`] | the chosen fixes, applied until none is left | mixes two mends of one thing |
//! | [`migrate`] | a change of form, with what is kept and lost by the prediction | loses a segment unasked |
//! | [`review`] | what a change from one project to another means | |
//! | [`export`], [`report`] | files and reports, deterministic | |
//!
//! # Invariants
//!
//! - **Text is the truth.** The project is plain Kubernetes YAML; everything else is derived. A change
//!   is a [`command::Command`] and becomes edits that touch the lines they must and no other byte.
//! - **Nothing fails on input.** Each stage gives what it got plus what was wrong; no panic, no
//!   `unwrap` on data, no unsafe code.
//! - **No outside.** No IO, no clock, no browser: the feature `web` adds the page in `src/ui.rs`, and
//!   `src/bin/akoplan` is the only file IO.
//! - **Everything that decides is here**, natively tested: what the page shows is made in [`view`],
//!   [`segment`] and [`expose`].
//! - **Facts about AKO name their source**, file and function.
//!
//! # Where to start reading
//!
//! [`workspace::Workspace`] for the data, [`analysis::analyse`] for the way through it,
//! [`ako::predict`] for what AKO does, and any file below `src/rules/` for what a rule is. A new rule
//! is one new file there and one line in [`rules::ALL`].

#![forbid(unsafe_code)]

pub mod ako;
pub mod analysis;
pub mod avi_side;
pub mod canonical;
pub mod capacity;
pub mod check;
pub mod clusters;
pub mod command;
pub mod diagnostic;
pub mod diff;
pub mod documents;
pub mod edit;
pub mod examples;
pub mod export;
pub mod expose;
pub mod fix;
pub mod history;
pub mod import;
pub mod listeners;
pub mod lower;
pub mod migrate;
pub mod model;
mod ordered;
pub mod pace;
pub mod project;
pub mod projects;
pub mod rename;
pub mod repair;
pub mod report;
pub mod review;
pub mod rules;
pub mod segment;
pub mod share;
pub mod singleton;
pub mod syntax;
pub mod text;
pub mod version;
pub mod view;
pub mod workspace;
