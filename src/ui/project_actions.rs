//! What one does with projects, step by step: save, open, copy, delete, take along.

use akoplan::project;
use akoplan::projects::{self, Decision, Head};
use akoplan::share::Content;
use akoplan::workspace::Workspace;
use wasm_bindgen_futures::spawn_local;

use super::route::{Route, Section};
use super::store::{Action, Dispatch, Notice, ProjectEvent, State, Store};
use super::{browser, storage};

/// What actions start from: the state as it is shown, and where to send what happens.
#[derive(Clone)]
pub struct Projects {
    state: State,
    dispatch: Dispatch,
}

impl Projects {
    /// For a component.
    pub fn of(store: &Store) -> Self {
        Self { state: (*store.0).clone(), dispatch: store.dispatch() }
    }

    /// For a hook above the components.
    pub fn new(state: State, dispatch: Dispatch) -> Self {
        Self { state, dispatch }
    }

    fn event(&self, event: ProjectEvent) {
        self.dispatch.send(Action::Project(event));
    }

    fn failed(&self, what: &str, why: &str) {
        self.dispatch.say(Notice::error(format!("{what}: {why}")));
    }

    /// Reads the list again.
    pub fn list(&self) {
        let this = self.clone();
        spawn_local(async move {
            if let Ok(heads) = storage::heads().await {
                this.event(ProjectEvent::Listed(heads));
            }
        });
    }

    /// Saves the open project.
    pub fn save(&self) {
        let this = self.clone();
        spawn_local(async move {
            this.saved().await;
            this.list();
        });
    }

    /// Saves what is not saved, and says whether everything is stored now.
    async fn saved(&self) -> bool {
        if !self.state.is_unsaved() {
            return true;
        }
        if self.state.project.elsewhere.is_some() {
            return false;
        }
        let history = self.state.history.clone();
        let workspace = history.workspace();
        let mine = Head {
            name: projects::unsaved_name(&self.state.project.head, workspace),
            objects: workspace.objects().len() as u64,
            ..self.state.project.head.clone()
        };
        let result = storage::save(mine, &history).await;
        let is_stored = matches!(result, Ok(Decision::Write(_)));
        self.event(ProjectEvent::Saved(history, result));
        is_stored
    }

    /// Before another project is opened: what is here must be safe.
    async fn leave(&self) -> bool {
        let safe = self.saved().await;
        if !safe {
            self.failed("The open project stays", "it is not saved yet, and would be lost");
        }
        safe
    }

    /// Opens a stored project.
    pub fn open(&self, id: &str) {
        let (this, id) = (self.clone(), id.to_owned());
        spawn_local(async move {
            if !this.leave().await {
                return;
            }
            match this.loaded(&id).await {
                Ok((head, history)) => {
                    this.event(ProjectEvent::Opened(head, Box::new(history)));
                    Route::to(Section::Overview).go();
                }
                Err(why) => this.failed("The project was not opened", &why),
            }
            this.list();
        });
    }

    async fn loaded(&self, id: &str) -> Result<(Head, akoplan::history::History), String> {
        let kept = storage::load(id).await.map_err(|error| error.words)?.ok_or("it is no longer there")?;
        let history = storage::decoded(&kept.text).await.map_err(|damaged| damaged.0)?;
        Ok((kept.head, history))
    }

    /// Begins an empty project.
    pub fn begin(&self) {
        self.begin_with("", Workspace::default());
    }

    /// Opens what a link brought as a project of its own.
    pub fn begin_from(&self, content: &Content) {
        let workspace = Workspace::new(&content.files);
        let name = content.project.as_str();
        self.begin_with(name, workspace);
    }

    fn begin_with(&self, name: &str, workspace: Workspace) {
        let this = self.clone();
        let name = (!name.is_empty()).then(|| projects::free_name(&self.state.project.heads, name));
        spawn_local(async move {
            if this.leave().await {
                this.event(ProjectEvent::Begun(storage::new_head(name.as_deref()), workspace));
                Route::to(Section::Overview).go();
            }
        });
    }

    /// Takes over what another tab has saved of the open project.
    pub fn take_over(&self) {
        let this = self.clone();
        spawn_local(async move {
            match this.loaded(&this.state.project.head.id).await {
                Ok((head, history)) => this.event(ProjectEvent::TakenOver(head, Box::new(history))),
                Err(why) => this.failed("The other tab's state was not loaded", &why),
            }
        });
    }

    /// Keeps what is here as a project of its own, beside what another tab has saved.
    pub fn keep_as_copy(&self) {
        let this = self.clone();
        let name = self.state.project.elsewhere.as_ref().map_or("", |head| &head.name);
        let head = storage::new_head(Some(&projects::copy_name(&self.state.project.heads, name)));
        let history = (*self.state.history).clone();
        spawn_local(async move {
            match storage::save(head, &history).await {
                Ok(Decision::Write(head) | Decision::Conflict(head)) => {
                    let words = format!("What was here is the project {} now", head.name);
                    this.event(ProjectEvent::Opened(head, Box::new(history)));
                    this.dispatch.say(Notice::done(words));
                }
                Err(error) => this.failed("No copy was made", &error.words),
            }
            this.list();
        });
    }

    /// Makes a copy of a project, which is not opened.
    pub fn duplicate(&self, of: &Head) {
        let (this, of) = (self.clone(), of.clone());
        spawn_local(async move {
            let name = projects::copy_name(&this.state.project.heads, &of.name);
            this.saved().await;
            let result = match storage::load(&of.id).await {
                Ok(Some(kept)) => storage::add(&name, &kept.text).await.map_err(|error| error.words),
                Ok(None) => Err("it is not stored".to_owned()),
                Err(error) => Err(error.words),
            };
            match result {
                Ok(head) => this.dispatch.say(Notice::done(format!("Added the project {}", head.name))),
                Err(why) => this.failed("No copy was made", &why),
            }
            this.list();
        });
    }

    /// Gives a project a name; an empty one lets it follow the cluster's again.
    pub fn rename(&self, id: &str, name: &str) {
        let name = akoplan::share::clean_project(name);
        let automatic = projects::automatic_name(self.state.history.workspace());
        let is_open = id == self.state.project.head.id;
        self.change(id, "The name was not changed", move |head| {
            head.is_named = !name.is_empty();
            if head.is_named {
                head.name.clone_from(&name);
            } else if is_open {
                head.name.clone_from(&automatic);
            }
        });
    }

    /// Deletes a project; it can be restored for a week. The open one gives way to an empty one.
    pub fn delete(&self, head: &Head) {
        let now = browser::now();
        if head.id == self.state.project.head.id {
            let (this, id, name) = (self.clone(), head.id.clone(), head.name.clone());
            spawn_local(async move {
                if this.leave().await {
                    this.event(ProjectEvent::Begun(storage::new_head(None), Workspace::default()));
                    this.change(&id, "It was not deleted", move |head| head.deleted = Some(now));
                    this.say_deleted(&id, &name);
                }
            });
        } else {
            self.change(&head.id, "It was not deleted", move |head| head.deleted = Some(now));
            self.say_deleted(&head.id, &head.name);
        }
    }

    fn say_deleted(&self, id: &str, name: &str) {
        let notice = Notice::done(format!("Deleted the project {name}. It can be restored for a week."));
        self.dispatch.say(Notice { restores: Some(id.to_owned().into()), ..notice });
    }

    /// Brings a deleted project back.
    pub fn restore(&self, id: &str) {
        self.change(id, "It was not restored", |head| head.deleted = None);
    }

    fn change(&self, id: &str, failed: &'static str, change: impl Fn(&mut Head) + 'static) {
        let (this, id) = (self.clone(), id.to_owned());
        spawn_local(async move {
            match storage::change(&id, change).await {
                Ok(Some(head)) => this.event(ProjectEvent::Changed(head)),
                Ok(None) => {}
                Err(error) => this.failed(failed, &error.words),
            }
            this.list();
        });
    }

    /// Takes projects away for good.
    pub fn remove(&self, ids: Vec<String>) {
        let this = self.clone();
        spawn_local(async move {
            if let Err(error) = storage::remove(&ids).await {
                this.failed("Nothing was removed", &error.words);
            }
            this.list();
        });
    }

    /// Offers one stored project as a file, as it is, whether it can be read or not.
    pub fn download(&self, head: &Head) {
        let (this, head) = (self.clone(), head.clone());
        spawn_local(async move {
            this.saved().await;
            match storage::load(&head.id).await {
                Ok(Some(kept)) => download_project(&kept.head.name, &kept.text),
                Ok(None) => this.failed("Nothing was downloaded", "the project is not stored"),
                Err(error) => this.failed("Nothing was downloaded", &error.words),
            }
        });
    }

    /// Offers the open project as a file, without the storage's help.
    pub fn download_open(&self) {
        let name = projects::unsaved_name(&self.state.project.head, self.state.history.workspace());
        download_project(&name, &project::encode_history(&self.state.history));
    }

    /// Offers all projects as one file.
    pub fn export_all(&self) {
        let this = self.clone();
        spawn_local(async move {
            this.saved().await;
            match storage::load_all().await {
                Ok(all) => {
                    let text = projects::export_all(&all);
                    browser::download("akoplan-projects.json", text.as_bytes(), "application/json");
                }
                Err(error) => this.failed("Nothing was exported", &error.words),
            }
        });
    }

    /// Adds the projects of a file to those that are there.
    pub fn import_all(&self, file: String) {
        let this = self.clone();
        spawn_local(async move {
            this.saved().await;
            match this.imported(&file).await {
                Ok(words) => this.dispatch.say(Notice::done(words)),
                Err(why) => this.failed("The import ended", &why),
            }
            this.list();
        });
    }

    async fn imported(&self, file: &str) -> Result<String, String> {
        let present = storage::load_all().await.map_err(|error| error.words)?;
        let added = projects::import_all(&present, file)?;
        for (name, text) in &added.projects {
            storage::add(name, text).await.map_err(|error| format!("at {name}: {}", error.words))?;
        }
        Ok(added.words())
    }
}

fn download_project(name: &str, text: &str) {
    let file = format!("akoplan-{}.json", akoplan::canonical::file_stem(name));
    browser::download(&file, text.as_bytes(), "application/json");
}
