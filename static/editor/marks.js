// What is drawn over the text: colours, findings with their gutter and hover, changed lines.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, ViewPlugin, gutter, gutterLineClass, hoverTooltip } from "@codemirror/view";

/** Colours are asked for anew: what is searched for has changed. */
export const redraw = StateEffect.define();
/** All findings of the text. */
export const setFindings = StateEffect.define();
/** First and last lines of what has changed. */
export const setChanged = StateEffect.define();

const classes = new Map();
function markOf(name) {
  if (!classes.has(name)) classes.set(name, Decoration.mark({ class: name }));
  return classes.get(name);
}

function draw(view, ask) {
  const { doc } = view.state;
  const ranges = [];
  for (const { from, to } of view.visibleRanges) {
    const [first, last] = [doc.lineAt(from).number, doc.lineAt(to).number];
    for (const [number, start, end, name] of JSON.parse(ask("colours", `[${first},${last}]`))) {
      const line = doc.line(number);
      const until = Math.min(line.from + end, line.to);
      if (line.from + start < until) ranges.push(markOf(name).range(line.from + start, until));
    }
  }
  return Decoration.set(ranges, true);
}

/** The colours of the lines that can be seen. */
export const colours = (ask) =>
  ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = draw(view, ask);
      }
      update(update) {
        const asked = update.transactions.some((it) => it.effects.some((effect) => effect.is(redraw)));
        if (update.docChanged || update.viewportChanged || asked) this.decorations = draw(update.view, ask);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );

const ICONS = {
  error: "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM5.5 5.5l5 5M10.5 5.5l-5 5",
  warning: "M8 2 15 14H1zM8 6.5v3.5M8 11.5v1",
  info: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M8 7v4.5M8 4.3v1",
};

function icon(severity) {
  const name = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(name, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon is-${severity}`);
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS(name, "path")).setAttribute("d", ICONS[severity]);
  return svg;
}

class FindingMarker extends GutterMarker {
  constructor(severity, title) {
    super();
    Object.assign(this, { severity, title });
  }
  eq(other) {
    return other.severity === this.severity && other.title === this.title;
  }
  toDOM() {
    const marker = document.createElement("span");
    marker.title = this.title;
    marker.append(icon(this.severity));
    return marker;
  }
}

const ORDER = ["error", "warning", "info"];

/** One marker a line: the worst of its findings. */
function markers(doc, found) {
  const lines = new Map();
  for (const finding of found) {
    const { from } = doc.lineAt(finding.from);
    lines.set(from, [...(lines.get(from) ?? []), finding]);
  }
  const ranges = [...lines].map(([from, own]) => {
    const worst = own.reduce((worst, it) => Math.min(worst, ORDER.indexOf(it.severity)), 2);
    return new FindingMarker(ORDER[worst], own.map((it) => it.title).join("\n")).range(from);
  });
  return RangeSet.of(ranges, true);
}

const none = { found: [], marks: Decoration.none, gutter: RangeSet.empty };

const field = StateField.define({
  create: () => none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setFindings)) {
        const { doc, found } = effect.value;
        const marks = found.filter((it) => it.from < it.to).map((it) => markOf(`finding finding-${it.severity}`).range(it.from, it.to));
        value = { found, marks: Decoration.set(marks, true), gutter: markers(doc, found) };
      }
    }
    if (!transaction.docChanged) return value;
    // Until the next findings come, these stay where they are.
    const { changes } = transaction;
    const found = value.found.map((it) => ({ ...it, from: changes.mapPos(it.from, 1), to: changes.mapPos(it.to, -1) }));
    return { found, marks: value.marks.map(changes), gutter: value.gutter.map(changes) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.marks),
});

function paragraph(parent, name, text) {
  if (!text) return;
  const line = parent.appendChild(document.createElement("p"));
  line.className = name;
  line.textContent = text;
}

function card(view, finding, ask) {
  const element = document.createElement("div");
  element.className = "finding-card";
  paragraph(element, "title", finding.title);
  element.firstChild.prepend(icon(finding.severity), " ");
  paragraph(element, "effect", finding.effect);
  paragraph(element, "help", finding.help);
  if (finding.fixes) {
    const button = element.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = finding.fixes === 1 ? "Show the fix (Alt+Enter)" : `Show ${finding.fixes} fixes (Alt+Enter)`;
    button.onclick = () => {
      view.dispatch({ selection: { anchor: finding.from } });
      ask("command", "fixes");
    };
  }
  return element;
}

const hover = (ask) =>
  hoverTooltip((view, pos) => {
    const own = view.state.field(field).found.filter((it) => it.from <= pos && pos <= it.to);
    if (!own.length) return null;
    return {
      pos: Math.min(...own.map((it) => it.from)),
      end: Math.max(...own.map((it) => it.to)),
      above: true,
      create: (view) => {
        const dom = document.createElement("div");
        dom.className = "finding-cards";
        dom.append(...own.map((it) => card(view, it, ask)));
        return { dom };
      },
    };
  });

/** Findings at their lines: a mark beside the line, a line under the text, the words on hover. */
export const findings = (ask) => [
  field,
  hover(ask),
  gutter({
    class: "finding-gutter",
    markers: (view) => view.state.field(field).gutter,
    domEventHandlers: {
      click(view, line) {
        view.dispatch({ selection: { anchor: line.from } });
        view.focus();
        return true;
      },
    },
  }),
];

class ChangedMarker extends GutterMarker {
  elementClass = "changed";
}
const changed = new ChangedMarker();

/** Lines that are not as they were imported. */
export const changedLines = StateField.define({
  create: () => RangeSet.empty,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setChanged)) continue;
      const { doc } = transaction.state;
      const starts = [];
      for (const [first, last] of effect.value) {
        for (let line = first; line <= Math.min(last, doc.lines); line += 1) starts.push(changed.range(doc.line(line).from));
      }
      return RangeSet.of(starts, true);
    }
    return transaction.docChanged ? value.map(transaction.changes) : value;
  },
  provide: (field) => gutterLineClass.from(field),
});
