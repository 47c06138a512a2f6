//! The command line: reads files, asks the core, prints. The only place with input and output.
#![forbid(unsafe_code)]

mod check;
mod commands;
mod definition;
mod export;
mod fix;
mod input;
mod migrate;
mod output;

use std::path::PathBuf;
use std::process::ExitCode;

use akoplan::export::layout::{Choice, Layout};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use definition::Definition;

/// Checks Kubernetes manifests for the Avi Kubernetes Operator (AKO) and predicts what it does with them.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Action,
}

const EXIT_CODES: &str = "Exit codes: 0 all is well, 1 something was found (also YAML that cannot be read), \
                          2 a file cannot be read or written, or the call is wrong.";

#[derive(Subcommand)]
enum Action {
    /// Say what is wrong with manifests, where, and what AKO does with it.
    ///
    /// A file `.akoplan.yaml` beside the call may give levels, what is ignored and why, and the baseline;
    /// docs/pipelines.md describes it. What is hidden is counted on standard error.
    Check {
        #[command(flatten)]
        input: Input,
        /// What to print.
        #[arg(long, value_enum, default_value_t)]
        format: check::Format,
        /// From which severity on the exit code is 1; else what the config says, else error.
        #[arg(long, value_enum, value_name = "SEVERITY")]
        fail_on: Option<FailOn>,
        /// The config; else `.akoplan.yaml` or an `akoplan.yaml` without `kind` beside the call.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Hide the findings that this file knows; else the config's baseline.
        #[arg(long, value_name = "FILE")]
        baseline: Option<PathBuf>,
        /// Write what is open to this file, a baseline for later checks.
        #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
        write_baseline: Option<PathBuf>,
    },
    /// Say what AKO would do: where each Service port and Ingress host lands.
    Predict {
        #[command(flatten)]
        input: Input,
        /// Manifests that AKO runs with before PATH is applied; may be given several times.
        #[arg(long, value_name = "OLD")]
        from: Vec<PathBuf>,
        /// What to print.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Write the manifests in apply order, cluster-scoped apart from namespaced.
    ///
    /// What an earlier export wrote to DIR and this one does not is removed. A file that no export wrote, or that was
    /// changed since, stays as it is and is named on standard error; exit code 1 where the export has a file of its
    /// name. DIR/.akoplan-export lists what was written: keep it beside the files.
    Export {
        #[command(flatten)]
        input: Input,
        /// The folder to write to; it is made where it is not there.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// How the files are laid out.
        #[arg(long, value_parser = layouts(), default_value = Layout::Manifests.about().id)]
        layout: Layout,
        /// Manifests that AKO runs with before the kit is applied: its steps tell what is new, what is interrupted or
        /// made again, and delete what is gone. May be given several times.
        #[arg(long, value_name = "OLD")]
        from: Vec<PathBuf>,
        /// Leave out what the API server wrote: `status`, `managedFields`, `uid` and the like.
        #[arg(long)]
        without_server_fields: bool,
        /// Put a link that brings the project back into the README of `manifests` or the YAML of `single`; PAGE is where
        /// akoplan is served. Whoever has the link can read the whole project.
        #[arg(long, value_name = "PAGE")]
        link: Option<String>,
        /// Write also over files in DIR that no export made or that were changed since.
        #[arg(long)]
        overwrite: bool,
    },
    /// Repair a damaged paste: the text to standard output, what was repaired to standard error.
    ///
    /// Lost indentation, typographic quotes, tabs, blanks that are none, prose and prompts around manifests,
    /// missing `---`. A text that reads well stays byte for byte. Exit code 0: all is well afterwards;
    /// 1: something that cannot be read as YAML is left.
    Repair {
        /// The file, or - for standard input.
        file: PathBuf,
        /// Write the repaired text to the file instead of standard output.
        #[arg(long)]
        write: bool,
    },
    /// Apply the safe fixes of what `check` finds, and those of the codes that are named.
    ///
    /// Without --write the files stay as they are and the change is printed as a unified diff. What was
    /// fixed is told on standard error. Exit code 0: no error is left afterwards; 1: one is left, or YAML that
    /// cannot be read.
    Fix {
        #[command(flatten)]
        input: Input,
        /// Write the files instead of printing the diff.
        #[arg(long)]
        write: bool,
        /// Rules whose fixes are applied, also where people have to decide on them, as in AKP402.
        #[arg(long, value_name = "CODE", value_delimiter = ',')]
        code: Vec<String>,
        /// Define an AviInfraSetting that is referred to and is not there; of the three the network must be given.
        ///
        /// May be given several times. It is written to platform/ beside the files. As in
        /// `--define aviinfrasetting-trf=group11,trf-vip,10.223.64.0/26`.
        #[arg(long, value_name = "NAME=SEGROUP,NETWORK,CIDR")]
        define: Vec<Definition>,
    },
    /// Move to another form, with a report of what is kept, what is lost and what has to be decided.
    ///
    /// Without --to what can be migrated is listed. The report goes to standard error; without --write the files
    /// stay as they are and the change is printed as a unified diff. Where a Service port or host would be lost or
    /// would land on another network or SE group, nothing is changed unless --answer accept-loss=yes is given.
    /// Exit code 0: it can be done; 1: something stands against it, or a question is open.
    Migrate {
        #[command(flatten)]
        input: Input,
        /// Where to: infra-setting, values, ingress, gateway, shared-vip, load-balancer or gateway-api.
        #[arg(long, value_name = "KIND")]
        to: Option<String>,
        /// Only this object, as namespace/name or Kind/namespace/name; may be given several times.
        #[arg(long, value_name = "OBJECT")]
        object: Vec<String>,
        /// The answer to a question of the report; may be given several times.
        #[arg(long, value_name = "KEY=VALUE")]
        answer: Vec<String>,
        /// Write the files instead of printing the diff.
        #[arg(long)]
        write: bool,
    },
    /// Say what a change means: findings that come and go, landings that move, what is interrupted, the text.
    ///
    /// AKO is taken to run with OLD when NEW is applied. The exit code is 1 where NEW has an error that OLD has not.
    Diff {
        /// A file or folder: the project before.
        old: PathBuf,
        /// A file or folder: the project afterwards.
        new: PathBuf,
        /// What to print.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Explain a rule, or what AKO says: a status, an event, a log line.
    Explain {
        /// Code or name of a rule, as in AKP301, or AKO's words; - reads them from standard input.
        #[arg(required = true, value_name = "CODE|TEXT")]
        what: Vec<String>,
    },
    /// List all rules.
    Rules,
}

#[derive(clap::Args)]
struct Input {
    /// Files, folders and .zip archives (their *.yaml, *.yml and *.json), patterns as `apps/**/*.yaml`, or - for
    /// standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// The layouts of the core by their names.
fn layouts() -> impl TypedValueParser<Value = Layout> {
    let named = Layout::ALL.map(Layout::about).map(|about| PossibleValue::new(about.id).help(about.purpose));
    PossibleValuesParser::new(named).map(|id| Layout::of(&id).unwrap_or_default())
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warning,
    /// Every finding.
    Info,
    /// Nothing: only the report is wanted.
    Never,
}

impl From<FailOn> for akoplan::check::FailOn {
    fn from(wish: FailOn) -> Self {
        match wish {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
            FailOn::Never => Self::Never,
        }
    }
}

/// How a command ended.
enum Outcome {
    /// All is well.
    Well,
    /// Something was found.
    Found,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Action::Check { input, format, fail_on, config, baseline, write_baseline } => {
            let wish = check::Wish {
                format,
                fail_on: fail_on.map(Into::into),
                config: config.as_deref(),
                baseline: baseline.as_deref(),
                write_baseline: write_baseline.as_deref(),
            };
            check::check(&input.paths, &wish)
        }
        Action::Predict { input, from, format } => commands::predict(&input.paths, &from, format),
        Action::Export { input, out, layout, from, without_server_fields, link, overwrite } => {
            let choice = Choice { without_server_fields, with_link: link.is_some(), ..Choice::of(layout) };
            let page = link.unwrap_or_default();
            export::export(&input.paths, &export::Wish { out: &out, choice, page: &page, overwrite, from: &from })
        }
        Action::Repair { file, write } => commands::repair(&file, write),
        Action::Fix { input, write, code, define } => fix::fix(&input.paths, write, &code, &define),
        Action::Migrate { input, to, object, answer, write } => {
            let wish = migrate::Wish { to: to.as_deref(), objects: &object, answers: &answer, write };
            migrate::migrate(&input.paths, &wish)
        }
        Action::Diff { old, new, format } => commands::diff(&old, &new, format),
        Action::Explain { what } => commands::explain(&what.join(" ")),
        Action::Rules => commands::rules(),
    };
    match outcome {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(messages) => {
            for message in messages {
                output::complain(&format!("error: {message}"));
            }
            ExitCode::from(2)
        }
    }
}
