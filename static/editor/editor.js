// The text editor of the YAML place: CodeMirror, told by the application what to draw.
// Loaded when it is needed. scripts/bundle-editor.mjs makes one file of it and of the packages it imports.
//
//   const editor = akoplanEditor(host, label, ask)
//   editor.tell(what, json)     the application tells: change, replace, findings, changed, fold, select, focus, redraw, destroy
//   ask(what, json) -> text     the editor asks: text, colours, fold, escape; and reports: typed, sent, cursor, command, left
//
// A place is a line from 1 and a column from 0 in UTF-16. Nothing is decided here: which stretch has which colour,
// what folds and what a finding says comes from the application.
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { codeFolding, foldEffect, foldGutter, foldKeymap, foldService } from "@codemirror/language";
import { defaultKeymap } from "@codemirror/commands";
import { changedLines, colours, findings, redraw, setChanged, setFindings } from "./marks.js";
import { theme } from "./theme.js";

/** A change that the application made: it knows of it. */
const told = Annotation.define();

const fromPlace = (doc, line, column) => {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(found.from + column, found.to);
};
const toPlace = (doc, at) => {
  const line = doc.lineAt(at);
  return [line.number, at - line.from];
};

/** The changes of a transaction, in places of the text before it. */
function changesOf(transaction) {
  const before = transaction.startState.doc;
  const found = [];
  transaction.changes.iterChanges((from, to, _from, _to, insert) => {
    found.push([...toPlace(before, from), ...toPlace(before, to), insert.sliceString(0, undefined, "\n")]);
  });
  return found;
}

const foldOf = (doc, line, last) => ({ from: doc.line(line).to, to: doc.line(last).to });

/** Folding as the application says; what is folded shows how much it is. */
function folding(ask) {
  return [
    foldService.of((state, start) => {
      const line = state.doc.lineAt(start).number;
      const last = Number(ask("fold", String(line)));
      return last > line && last <= state.doc.lines ? foldOf(state.doc, line, last) : null;
    }),
    codeFolding({
      preparePlaceholder: (state, { from, to }) => state.doc.lineAt(to).number - state.doc.lineAt(from).number,
      placeholderDOM: (_view, onclick, count) => {
        const button = document.createElement("button");
        button.type = "button";
        button.tabIndex = -1;
        button.className = "fold-placeholder";
        button.textContent = count === 1 ? "… 1 line" : `… ${count} lines`;
        button.title = "Unfold (Ctrl+Shift+])";
        button.onclick = onclick;
        return button;
      },
    }),
    foldGutter({
      markerDOM: (open) => {
        const marker = document.createElement("span");
        marker.className = open ? "fold-open" : "fold-closed";
        marker.textContent = open ? "▾" : "▸";
        marker.title = open ? "Fold (Ctrl+Shift+[)" : "Unfold (Ctrl+Shift+])";
        return marker;
      },
    }),
  ];
}

/** Keys that the application answers to; undo is the project's, so it goes on to the page. */
function keys(ask) {
  const command = (key, name) => ({
    key,
    stopPropagation: true,
    preventDefault: true,
    run: () => (ask("command", name), true),
  });
  const pass = (key) => ({ key, run: () => (ask("sent", ""), false) });
  return keymap.of([
    command("Mod-f", "find"),
    command("Mod-Alt-f", "replace"),
    command("Mod-g", "line"),
    command("F3", "next"),
    command("Shift-F3", "previous"),
    command("F8", "next-finding"),
    command("Shift-F8", "previous-finding"),
    command("Alt-Enter", "fixes"),
    { key: "Escape", run: () => ask("escape", "") === "true" },
    pass("Mod-z"),
    pass("Mod-Shift-z"),
    pass("Mod-y"),
    ...foldKeymap,
    ...defaultKeymap,
  ]);
}

function extensions(label, ask) {
  return [
    // One kind of line end, as the application counts.
    EditorState.lineSeparator.of("\n"),
    EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", autocapitalize: "off", autocorrect: "off" }),
    findings(ask),
    lineNumbers(),
    folding(ask),
    changedLines,
    colours(ask),
    highlightSpecialChars({ addSpecialChars: /\u00a0/ }),
    highlightActiveLine(),
    keys(ask),
    EditorView.domEventHandlers({
      // The browser's own selection is lost where a form or a fix has redrawn the line: the editor's counts.
      focus: (_event, view) => queueMicrotask(() => view.dispatch({ selection: view.state.selection })),
    }),
    theme,
    EditorView.updateListener.of((update) => {
      if (update.selectionSet || update.docChanged) {
        const { from, to } = update.state.selection.main;
        ask("cursor", JSON.stringify([...toPlace(update.state.doc, from), ...toPlace(update.state.doc, to)]));
      }
      if (update.focusChanged && !update.view.hasFocus) ask("left", "");
    }),
  ];
}

function create(host, label, ask) {
  // A shadow tree takes adopted style sheets; a style element would be dropped by the content security policy.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({ doc: ask("text", ""), extensions: extensions(label, ask) }),
    dispatchTransactions(transactions, view) {
      // The application has to know the text before it is asked for its colours.
      const own = transactions.filter((it) => it.docChanged && !it.annotation(told));
      for (const transaction of own) ask("typed", JSON.stringify(changesOf(transaction)));
      view.update(transactions);
      if (own.length) ask("send", "");
    },
  });
  const doc = () => view.state.doc;
  const range = ([line, column, lastLine, lastColumn]) => ({
    from: fromPlace(doc(), line, column),
    to: fromPlace(doc(), lastLine, lastColumn),
  });
  const answers = {
    change: (changes) =>
      view.dispatch({
        changes: changes.map((change) => ({ ...range(change), insert: change[4] })),
        annotations: told.of(true),
      }),
    // A replacement that the user asked for: it comes back as if it were typed.
    replace: (changes) => view.dispatch({ changes: changes.map((change) => ({ ...range(change), insert: change[4] })) }),
    findings: (found) => view.dispatch({ effects: setFindings.of({ doc: doc(), found: found.map((it) => ({ ...it, ...range(it.place) })) }) }),
    changed: (lines) => view.dispatch({ effects: setChanged.of(lines) }),
    fold: (folds) => view.dispatch({ effects: folds.map(([line, last]) => foldEffect.of(foldOf(doc(), line, last))) }),
    select: ([focus, ...place]) => {
      const { from, to } = range(place);
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      if (focus) view.focus();
    },
    focus: () => view.focus(),
    redraw: () => view.dispatch({ effects: redraw.of(null) }),
    destroy: () => view.destroy(),
  };
  return {
    tell(what, json) {
      try {
        answers[what](JSON.parse(json));
      } catch (error) {
        console.error(error);
      }
    },
  };
}

globalThis.akoplanEditor = create;
