//! The table "this cluster differs in": several clusters with one set of manifests.

use akoplan::clusters::{self, ClusterCell, ClusterRow, ClusterTable, RowPlace};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::computed::use_gradually;
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, more_button};
use crate::ui::store::{Action, Store, use_dispatch, use_store};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// The table, and a line to add a cluster.
#[component]
pub fn Clusters() -> Html {
    let store = use_store();
    let limit = use_state(|| ROWS);
    let table = use_memo(store.history.clone(), |history| clusters::table(history.workspace()));
    let drawn = use_gradually(table.rows.len().min(*limit), ROWS_AT_ONCE);
    html! {
        <section class="clusters" aria-labelledby="clusters">
            <h3 id="clusters">{ "This cluster differs in" }</h3>
            <p class="dim">{ "An empty cell is as in the project. It stands in akoplan's settings: " }<code>{ "spec.clusters" }</code>{ "." }</p>
            if !table.clusters.is_empty() {
                <div class="table-wrap">
                    <table class="edit-table">
                        { head(&store, &table) }
                        <tbody>{ for table.rows.iter().take(drawn).map(|row| row_view(&table.clusters, row)) }</tbody>
                    </table>
                </div>
                { more_button(table.rows.len(), &limit) }
            }
            { for table.problems.iter().map(|problem| html! { <p class="is-error">{ sentence(problem) }</p> }) }
            <AddCluster />
        </section>
    }
}

fn head(store: &Store, table: &ClusterTable) -> Html {
    let column = |(at, name): (usize, &String)| {
        let label = format!("Remove cluster {name}");
        let onclick = {
            let (store, label) = (store.clone(), format!("remove cluster {name}"));
            Callback::from(move |_: MouseEvent| {
                store.dispatch().edit(label.clone(), clusters::remove_cluster(store.workspace(), at));
                browser::focus_later("#add-cluster");
            })
        };
        html! {
            <th scope="col">
                <ClusterName cluster={at} name={name.clone()} />
                <button type="button" class="icon-button small" aria-label={label.clone()} title={label} {onclick}>{ Icon::Trash.svg() }</button>
            </th>
        }
    };
    html! {
        <thead><tr>
            <th scope="col">{ "Value" }</th>
            <th scope="col">{ "In the project" }</th>
            { for table.clusters.iter().enumerate().map(column) }
        </tr></thead>
    }
}

#[derive(PartialEq, Properties)]
struct NameProps {
    cluster: usize,
    name: String,
}

/// The name of a cluster, changed by Enter or by leaving the field: half a name may be another cluster's.
#[component]
fn ClusterName(props: &NameProps) -> Html {
    let store = use_store();
    let problem = use_state(|| None::<AttrValue>);
    // Enter may come before what was typed is drawn.
    let typed = use_mut_ref(|| None::<String>);
    let NameProps { cluster, name } = props;
    let rename = {
        let (cluster, name, problem, typed) = (*cluster, name.clone(), problem.setter(), typed.clone());
        Callback::from(move |()| {
            let Some(wanted) = typed.borrow_mut().take().filter(|wanted| wanted.trim() != name) else { return };
            match clusters::rename_cluster(store.workspace(), cluster, &wanted) {
                Ok(command) => store.dispatch().edit(format!("rename cluster {name}"), command),
                Err(reason) => problem.set(Some(reason.into())),
            }
        })
    };
    let oninput = {
        let problem = problem.setter();
        Callback::from(move |text: String| {
            *typed.borrow_mut() = Some(text);
            problem.set(None);
        })
    };
    let label = format!("Name of cluster {name}");
    html! {
        <>
            <TextField id={format!("cluster-{cluster}-name")} {label} hide_label=true mono=true value={name.clone()}
                {oninput} onleave={rename.clone()} onenter={rename} />
            if let Some(problem) = &*problem { <p class="field-problems" role="alert">{ sentence(problem) }</p> }
        </>
    }
}

fn row_view(clusters: &[String], row: &ClusterRow) -> Html {
    let ClusterRow { place, label, base, cells } = row;
    let of = place.setting.as_deref().unwrap_or("AKO");
    html! {
        <tr>
            <th scope="row"><span class="mono">{ of }</span><br />{ label }</th>
            <td class="mono">{ base }</td>
            { for cells.iter().zip(clusters).enumerate().map(|(cluster, (cell, name))| html! {
                <td><Cell {cluster} place={place.clone()} cell={cell.clone()} label={format!("{label} of {of} in {name}")} base={base.clone()} /></td>
            }) }
        </tr>
    }
}

#[derive(PartialEq, Properties)]
struct CellProps {
    cluster: usize,
    place: RowPlace,
    cell: ClusterCell,
    label: String,
    base: String,
}

/// What a cluster says of a value.
#[component]
fn Cell(props: &CellProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let CellProps { cluster, place, cell, label, base } = props;
    let id = format!("cluster-{cluster}-{}-{:?}", place.setting.as_deref().unwrap_or_default(), place.field);
    let oninput = {
        let (cluster, place, dispatch) = (*cluster, place.clone(), dispatch.clone());
        let (label, merge_key) = (format!("change {label}"), Some(id.clone()));
        Callback::from(move |text: String| {
            let command = clusters::set_cell(store.workspace(), cluster, &place, &text);
            dispatch.send(Action::Edit { label: label.clone(), merge_key: merge_key.clone(), command });
        })
    };
    let onleave = Callback::from(move |()| dispatch.send(Action::Seal));
    let problems: Vec<AttrValue> = cell.problem.map(AttrValue::from).into_iter().collect();
    html! {
        <TextField {id} label={label.clone()} hide_label=true mono=true value={cell.own.clone()} placeholder={base.clone()} {problems} {oninput} {onleave} />
    }
}

/// A name and `Add cluster`; Enter adds, and the field is ready for the next.
#[component]
fn AddCluster() -> Html {
    let store = use_store();
    let name = use_state(String::new);
    let problem = use_state(|| None::<AttrValue>);
    // Enter may come before what was typed is drawn.
    let typed = use_mut_ref(String::new);
    let onsubmit = {
        let (name, problem, typed) = (name.setter(), problem.setter(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let wanted = typed.borrow().clone();
            match clusters::add_cluster(store.workspace(), &wanted) {
                Ok(command) => {
                    store.dispatch().edit(format!("add cluster {}", wanted.trim()), command);
                    typed.borrow_mut().clear();
                    name.set(String::new());
                    problem.set(None);
                }
                Err(reason) => problem.set(Some(reason.into())),
            }
            browser::focus_later("#add-cluster");
        })
    };
    let oninput = {
        let (name, problem) = (name.setter(), problem.setter());
        Callback::from(move |text: String| {
            typed.borrow_mut().clone_from(&text);
            name.set(text);
            problem.set(None);
        })
    };
    html! {
        <form class="add-line" {onsubmit}>
            <TextField id="add-cluster" label="New cluster" value={(*name).clone()} mono=true placeholder="tkg-east"
                help="Its name, and that of its overlay's folder." {oninput} />
            <button type="submit">{ Icon::Plus.svg() }{ "Add cluster" }</button>
            // Told although the field still has the focus: it was asked for.
            if let Some(problem) = &*problem { <p class="field-problems" role="alert">{ sentence(problem) }</p> }
        </form>
    }
}
