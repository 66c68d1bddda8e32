// dots.js: fifty dots. A filled dot keeps the promise, a ring is late, a cross never ends: shape says it as well as colour.
import { calm, fitted, h, s, setText } from "./dom.js";
import { number, t } from "./strings.js";

const COLUMNS = [14, 18, 22, 26, 32, 38, 46, 56, 72];

const columnOf = (value, axis) => Math.ceil((value - axis.anchor) / axis.column - 1e-9) - 1; // a value at the promise belongs to the left

function tallest(sets, axis) {
  let most = 1;
  for (const dots of sets) {
    const count = new Map();
    for (const value of dots) if (value !== null) count.set(columnOf(value, axis), (count.get(columnOf(value, axis)) ?? 0) + 1);
    most = Math.max(most, ...count.values());
  }
  return most;
}

// The greatest dots that fit: columns on a grid that is anchored at the promise, the same for all sets.
export function axisOf(sets, range, anchor, width, height) {
  const never = Math.max(...sets.map((dots) => dots.filter((v) => v === null).length));
  let axis;
  for (const columns of COLUMNS) {
    axis = { anchor, column: Math.max((range.high - range.low) / (columns - 2), 1e-6) };
    axis.first = columnOf(range.low, axis) - 1;
    axis.last = columnOf(range.high, axis) + 1;
    axis.finite = axis.last - axis.first + 1;
    axis.pitch = Math.min(26, width / (axis.finite + (never ? 1.5 + Math.ceil(never / Math.max(1, Math.floor((height * axis.finite) / width))) : 0)));
    axis.never = never;
    if (axis.pitch * tallest(sets, axis) <= height) break;
  }
  axis.step = Math.min(axis.pitch, height / tallest(sets, axis)); // a spike: dots of a column overlap
  axis.left = (width - axis.pitch * (axis.finite + (never ? 1.5 + Math.ceil(never / Math.max(1, Math.floor(height / axis.pitch))) : 0))) / 2;
  axis.x = (column) => axis.left + (column - axis.first + 0.5) * axis.pitch;
  axis.at = (value) => axis.left + ((value - anchor) / axis.column - axis.first) * axis.pitch;
  return axis;
}

export const rangeOf = (sets, anchor, before) => {
  const values = sets.flat().filter((v) => v !== null).concat(anchor);
  const low = Math.min(...values), high = Math.max(...values);
  return before ? { low: Math.min(low, before.low), high: Math.max(high, before.high) } : { low, high };
};

function places(dots, axis, height) {
  const count = new Map();
  const rows = Math.max(1, Math.floor(height / axis.pitch));
  let lost = 0;
  return dots.map((value) => {
    if (value === null) {
      const at = lost++;
      return { x: axis.x(axis.last + 1.5 + Math.floor(at / rows)), y: height - ((at % rows) + 0.5) * axis.pitch, shape: "never" };
    }
    const column = columnOf(value, axis), level = count.get(column) ?? 0;
    count.set(column, level + 1);
    return { x: axis.x(column), y: height - (level + 0.5) * axis.step, shape: column < 0 ? "kept" : "late" };
  });
}

function weekStep(range) {
  const raw = range / 6, power = 10 ** Math.floor(Math.log10(raw)), part = raw / power;
  return Math.max(1, power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10));
}

// One organisation's dots. set(result, arm, axis range) moves them; fall(n) lets the first n come down.
export class DotPlot {
  constructor(side, label) {
    this.side = side;
    this.label = label;
    this.shown = 50;
    this.dots = Array.from({ length: 50 }, () => s("g", { class: "dot" }, s("circle", { class: "disc", r: 1 }), s("path", { class: "cross", d: "M-.7-.7L.7.7M-.7.7L.7-.7" })));
    this.ground = s("g", { class: "ground" });
    this.svg = s("svg", { role: "img", class: `dots ${side}` }, this.ground, s("g", {}, this.dots));
    this.kept = h("strong", { class: "kept" });
    this.head = h("h2", { class: side }, h("span", { text: t("guessArm", { side: t(side), label }) }), this.kept);
    this.frame = h("div", { class: "plot" }, this.svg);
    this.element = h("section", { class: "panel" }, this.head, this.frame);
    this.fit = fitted(this.frame, (width, em) => this.draw(width, em));
  }

  set(dots, sets, range, deadline, arm) {
    this.data = { dots, sets, range, deadline, arm };
    setText(this.kept, t("kept", { n: arm.kept }));
    const week = (x) => (x === null ? t("never") : number(x, 1));
    this.svg.setAttribute("aria-label", t("dotsSentence", { label: this.label, kept: arm.kept, deadline: number(deadline, 1), p50: week(arm.p50), p80: week(arm.p80), never: arm.never }));
    this.fit.redraw();
  }

  // Before anything is known: the axis, and no dots.
  hold(shown) {
    this.shown = shown;
    this.head.classList.toggle("unknown", shown < 50);
    this.place();
  }

  draw(width, em) {
    if (!this.data) return;
    const { sets, range, deadline } = this.data;
    const height = Math.round(Math.max(110, Math.min(220, width * 0.3, innerHeight * 0.19))), foot = 2.8 * em; // below the dots: weeks, and the promise
    this.height = height;
    this.axis = axisOf(sets, range, deadline, width, height - 14);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height + foot}`);
    this.svg.setAttribute("height", height + foot);
    this.drawGround(width, height, em, range, deadline);
    this.place();
  }

  drawGround(width, height, em, range, deadline) {
    const axis = this.axis, step = weekStep(range.high - range.low), line = axis.at(deadline);
    const lost = axis.never ? Math.min(axis.x(axis.last + 1.5), width - 3.4 * em) : Infinity, lower = height + 2.5 * em, upper = height + 1.3 * em;
    const marks = [s("line", { class: "axis", x1: 0, x2: width, y1: height, y2: height })];
    for (let week = Math.ceil(range.low / step) * step; week <= range.high; week += step) {
      const x = axis.at(week);
      if (x < 8 || x > width - 8) continue;
      const free = Math.abs(x - line) > 0.8 * em && x < lost - 4 * em; // of the promise, and of those that never finish
      marks.push(s("line", { class: "axis", x1: x, x2: x, y1: height, y2: height + 4 }), free ? s("text", { x, y: upper, "text-anchor": "middle", text: number(week) }) : "");
    }
    const left = line > width / 2;
    marks.push(s("line", { class: "date", x1: line, x2: line, y1: 0, y2: lower }));
    marks.push(s("text", { class: "promise", x: line + (left ? -4 : 4), y: lower, "text-anchor": left ? "end" : "start", text: t("promise", { week: number(deadline, 1) }) }));
    if (axis.never) marks.push(s("text", { x: lost, y: upper, "text-anchor": "middle", text: t("legendNever") }));
    this.ground.replaceChildren(...marks);
  }

  place() {
    if (!this.axis) return;
    const at = places(this.data.dots, this.axis, this.height), radius = Math.max(2, Math.min(this.axis.pitch, this.axis.step * 1.15) * 0.43);
    at.forEach((p, k) => {
      const dot = this.dots[k], here = k < this.shown;
      dot.setAttribute("class", `dot ${p.shape}${here ? "" : " above"}`);
      dot.style.transform = `translate(${p.x}px, ${here ? p.y : -20}px) scale(${radius})`;
      dot.style.transitionDelay = this.falling ? `${k * 26}ms` : "0ms";
    });
  }

  // Lets them fall; without motion they come in tens, when asked.
  fall() {
    this.hold(0);
    if (calm()) return this.step();
    this.falling = true;
    requestAnimationFrame(() => requestAnimationFrame(() => this.hold(50)));
    setTimeout(() => (this.falling = false), 2600);
    return null;
  }

  step() {
    const button = h("button", { type: "button", text: t("moreDots"), onclick: () => {
      this.hold(Math.min(50, this.shown + 10));
      if (this.shown < 50) return;
      button.remove();
      this.done?.();
    } });
    this.head.after(button);
    this.hold(10);
    return button;
  }

  end() {
    this.fit.end();
  }
}

// A scale of 0 to 50 with what was guessed as ghosts above it, what happened as a bar of dots, and one's own guess below.
export class Strip {
  constructor(side) {
    this.side = side;
    this.svg = s("svg", { class: `strip ${side}`, role: "img" });
    this.element = h("div", { class: "plot" }, this.svg);
    this.fit = fitted(this.element, (width, em) => this.draw(width, em));
  }

  set({ kept, counts, n, mine }) {
    this.data = { kept, counts, n, mine };
    const parts = [kept === null ? "" : t("keptShort", { n: kept })];
    if (n) parts.push(t("roomGuess", { n: number(median(counts), 1) }));
    if (mine !== null) parts.push(t("yourGuess", { n: mine }));
    this.svg.setAttribute("aria-label", parts.filter(Boolean).join("; "));
    this.fit.redraw();
  }

  draw(width, em) {
    if (!this.data) return;
    const { kept, counts, n, mine } = this.data;
    const margin = 10, step = (width - 2 * margin) / 50, x = (value) => margin + value * step;
    const most = Math.max(1, ...(counts ?? [0])), ghosts = n ? 2.9 * em : 4, base = ghosts + 0.9 * em, rise = 1.7 * em, parts = [];
    if (n) {
      counts.forEach((count, value) => count && parts.push(s("rect", { class: "ghost", x: x(value) - step * 0.42, width: Math.max(2, step * 0.84), y: ghosts - (count / most) * rise, height: (count / most) * rise + 2 })));
      const middle = x(median(counts));
      const side = middle > width / 2 ? "end" : "start";
      parts.push(s("line", { class: "guess", x1: middle, x2: middle, y1: 0.3 * em, y2: base + 6 }));
      parts.push(s("text", { x: middle + (side === "end" ? -5 : 5), y: em, "text-anchor": side, text: t("roomGuess", { n: number(median(counts), 1) }) }));
    }
    for (let k = 0; k < 50; k++) parts.push(s("circle", { class: kept !== null && k < kept ? "in" : "out", cx: x(k + 0.5), cy: base, r: Math.max(1.6, step * 0.38) }));
    if (mine !== null) {
      const at = x(mine), side = at > width / 2 ? "end" : "start";
      parts.push(s("path", { class: "mine", d: `M${at} ${base + 7}l5 8h-10z` }));
      parts.push(s("text", { x: at + (side === "end" ? -9 : 9), y: base + 7 + 0.8 * em, "text-anchor": side, text: t("yourGuess", { n: mine }) }));
    }
    const height = base + (mine === null ? 8 : 10 + em);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("height", height);
    this.svg.replaceChildren(...parts);
  }

  end() {
    this.fit.end();
  }
}

export function median(counts) {
  const n = counts.reduce((a, b) => a + b, 0);
  let seen = 0, lower = null;
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value];
    if (lower === null && seen >= n / 2) {
      if (seen > n / 2) return value;
      lower = value;
    } else if (lower !== null && counts[value]) return (lower + value) / 2;
  }
  return lower ?? 0;
}

export const legend = (never) =>
  h("p", { class: "legend" }, item(mark("kept"), t("legendKept")), item(mark("late"), t("legendLate")), never ? item(mark("never"), t("legendNever")) : null);

export const item = (shape, text) => h("span", {}, shape, text);
const mark = (shape) => s("svg", { viewBox: "-1.3 -1.3 2.6 2.6", class: "mark", "aria-hidden": "true" }, s("g", { class: `dot ${shape}` }, s("circle", { class: "disc", r: 1 }), s("path", { class: "cross", d: "M-.7-.7L.7.7M-.7.7L.7-.7" })));

// Votes as bars with their numbers; one or two rounds beside each other.
export function bars(answers, rounds) {
  const table = h("table", { class: "bars" });
  table.append(h("thead", {}, h("tr", {}, h("td"), rounds.map((round) => h("th", { scope: "col", text: round.name })))));
  const body = h("tbody");
  answers.forEach((answer, k) => {
    const row = h("tr", {}, h("th", { scope: "row", text: answer }));
    for (const round of rounds) {
      const total = round.counts?.reduce((a, b) => a + b, 0) ?? 0, count = round.counts?.[k] ?? 0;
      const bar = h("span", { class: "bar" });
      bar.style.width = `${total ? (100 * count) / total : 0}%`;
      bar.hidden = !count;
      row.append(h("td", {}, h("span", { class: "track" }, bar), h("span", { class: "count", text: round.counts ? String(count) : "–" })));
    }
    body.append(row);
  });
  table.append(body);
  return h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": answers.length ? rounds.map((r) => r.name).join(", ") : "" }, table);
}
