// replay.js: step 3: one world lived twice, in lanes, up to the fork and then to its end
import { bars, item } from "./dots.js";
import { calm, choices, fitted, h, put, s, setText } from "./dom.js";
import { number, t } from "./strings.js";

const LANE = 17, GAP = 12, TOP = 6, PLAY_MS = 900;

// Question of the vote at the fork of a world.
const question = (world) => `notice_${world === "tpm-lost" ? "lost" : world}`;

class Lanes {
  constructor(data) {
    this.data = data;
    this.svg = s("svg", { role: "img", class: "lanes", "aria-label": t("lanesSentence", { n: data.lanes.length }) });
    this.element = h("div", { class: "plot" }, this.svg);
    this.week = 0;
    this.fit = fitted(this.element, (width, em) => this.draw(width, em));
  }

  // What lies ahead is under the veil; names, weeks and the promise stand on it.
  draw(width, em) {
    const { data } = this, span = Math.max(data.last, data.deadline) * 1.04, name = 1.5 * em;
    const perLane = name + 2 * LANE + GAP, height = TOP + data.lanes.length * perLane;
    this.x = (week) => 6 + ((width - 12) * week) / span;
    this.right = width;
    const parts = [], lives = [];
    for (let week = 0; week <= span; week += span > 60 ? 20 : span > 30 ? 10 : 5)
      parts.push(s("line", { class: "grid", x1: this.x(week), x2: this.x(week), y1: 0, y2: height }), s("text", { x: this.x(week), y: height + 1.2 * em, "text-anchor": week ? "middle" : "start", text: number(week) }));
    const date = this.x(data.deadline);
    parts.push(s("line", { class: "date", x1: date, x2: date, y1: 0, y2: height + 1.5 * em }), s("text", { x: date, y: height + 2.5 * em, "text-anchor": date > width - 7 * em ? "end" : "middle", class: "promise", text: t("promise", { week: number(data.deadline) }) }));
    data.arms.forEach((arm, side) => lives.push(s("line", { class: `finish ${side ? "with" : "without"}`, x1: this.x(arm.finish), x2: this.x(arm.finish), y1: 0, y2: height })));
    data.lanes.forEach((lane, n) => {
      const y = TOP + n * perLane;
      parts.push(s("text", { class: "name", x: 6, y: y + em, text: cut(lane.name, width / (0.57 * em)) }));
      lane.lives.forEach((life, side) => lives.push(this.lane(life, side, y + name + LANE * (side + 0.5))));
    });
    this.veil = s("rect", { class: "veil", y: 0, height: height + 1 });
    this.now = s("line", { class: "now", y1: 0, y2: height + 4 });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height + 2.9 * em}`);
    this.svg.setAttribute("height", height + 2.9 * em);
    this.svg.replaceChildren(...lives, this.veil, ...parts, this.now);
    this.move(this.week);
  }

  lane(life, side, y) {
    const name = side ? "with" : "without", parts = [], x = this.x;
    if (life.active === null) return s("text", { x: 6, y: y + 4, text: t("laneNever") });
    const end = life.ended ?? this.data.arms[side].finish, known = life.detected ?? end, raised = life.surfaced ?? end;
    parts.push(s("line", { class: `unknown ${name}`, x1: x(life.active), x2: x(known), y1: y, y2: y }));
    if (raised > known) parts.push(s("rect", { class: `held ${name}`, x: x(known), width: x(raised) - x(known), y: y - 5, height: 10 }));
    if (end > raised) parts.push(s("rect", { class: `moving ${name}`, x: x(raised), width: Math.max(2, x(end) - x(raised)), y: y - 5, height: 10 }));
    if (life.end === "hurts") parts.push(s("path", { class: "hurt", d: `M${x(end) - 5} ${y - 5}l10 10m0-10l-10 10` }));
    if (life.end === "settled") parts.push(s("circle", { class: `settled ${name}`, cx: x(end), cy: y, r: 5 }));
    return s("g", {}, parts);
  }

  move(week) {
    this.week = week;
    if (!this.x) return;
    const x = Math.min(this.right, this.x(week));
    this.veil.setAttribute("x", x);
    this.veil.setAttribute("width", Math.max(0, this.right - x));
    this.now.setAttribute("x1", x);
    this.now.setAttribute("x2", x);
  }
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, Math.floor(most) - 1)}…` : text);

const key = () => {
  const sample = (shape) => s("svg", { viewBox: "0 0 26 12", class: "sample", "aria-hidden": "true" }, shape);
  return h("p", { class: "legend" },
    item(sample(s("line", { class: "unknown", x1: 0, x2: 26, y1: 6, y2: 6 })), t("laneUnknown")),
    item(sample(s("rect", { class: "held with", width: 26, y: 1, height: 10 })), t("laneHeld")),
    item(sample(s("rect", { class: "moving with", width: 26, y: 1, height: 10 })), t("laneMoving")),
    item(sample(s("path", { class: "hurt", d: "M8 1l10 10m0-10l-10 10" })), t("laneHurt")),
    item(sample(s("circle", { class: "settled with", cx: 13, cy: 6, r: 5 })), t("laneSettled")));
};

export class Replay {
  constructor(app) {
    this.app = app;
    this.world = app.state.world;
    this.element = h("div", { class: "narrow replay" }, h("p", { class: "wait", text: t("replayWait") }));
    this.load();
  }

  async load() {
    const data = await this.app.engine.replay(this.world).catch(() => null);
    if (this.ended) return;
    if (!data) this.element.replaceChildren(h("p", { class: "wait", text: t("replayNone") }));
    else this.build(data);
  }

  build(data) {
    this.data = data;
    this.at = -1;
    this.lanes = new Lanes(data);
    this.said = h("p", { class: "said", "aria-live": "polite", text: t("nothingYet") });
    this.buttons = {
      previous: h("button", { type: "button", text: t("previous"), onclick: () => this.go(this.at - 1) }),
      next: h("button", { type: "button", text: t("next"), onclick: () => this.go(this.at + 1) }),
      play: calm() ? null : h("button", { type: "button", text: t("play"), "aria-pressed": "false", onclick: () => (this.timer ? this.stop() : this.start()) }),
      all: h("button", { type: "button", onclick: () => this.go(this.last()) }),
    };
    this.slider = h("input", { type: "range", min: 0, max: Math.ceil(data.last), step: 0.1, value: 0, oninput: () => this.seek(Number(this.slider.value)) });
    this.clock = h("span", { class: "value" });
    this.log = h("ol", { class: "log" });
    this.fork = h("section", { class: "fork" });
    this.ending = h("section", {});
    put(this.element,
      h("p", { class: "note", text: t("replayWorld", { world: number(data.world), seed: data.seed }) }),
      h("p", { class: "sides" }, data.arms.map((arm, side) => h("span", { class: `name ${side ? "with" : "without"}`, text: t("guessArm", { side: t(side ? "with" : "without"), label: arm.label }) }))),
      h("div", { class: "controls", role: "group", "aria-label": t("moment") }, Object.values(this.buttons).filter(Boolean), h("label", {}, this.clock, h("span", { class: "unseen", text: t("moment") }), this.slider), this.said),
      this.lanes.element, key(), this.fork, this.ending,
      h("details", { open: this.app.wall ? null : true }, h("summary", { text: t("events") }), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("events") }, this.log)));
    this.update();
    this.start();
  }

  // How far one may look: the fork, until the facilitator goes on.
  limit() {
    return this.app.state.kind === "replay" && this.data.fork ? this.data.fork.week : Infinity;
  }

  last() {
    const events = this.data.events, limit = this.limit();
    let n = events.length - 1;
    while (n >= 0 && events[n].week > limit) n--;
    return n;
  }

  update() {
    if (!this.data) return;
    const { state } = this.app, open = state.kind === "on";
    setText(this.buttons.all, t(open ? "toEnd" : "toFork"));
    if (this.kind !== state.kind) {
      const before = this.kind;
      this.kind = state.kind;
      if (before && open) this.start();
      if (!open && this.at > this.last()) this.go(this.last());
      this.showFork();
    }
    this.showTallies();
    if (this.vote) this.vote.disabled = state.frozen;
    this.showEnd();
    this.enable();
  }

  showFork() {
    const { fork } = this.data, { app } = this, labels = app.facts.arms.map((arm) => arm.label);
    this.vote = null;
    this.tallies = h("div");
    if (!fork) return put(this.fork);
    const about = h("p", { class: "headline", text: t("forkSince", { item: fork.item, week: number(fork.active, 1) }) });
    if (app.state.kind === "on") {
      const answers = t("forkAnswers");
      return put(this.fork, h("h2", { text: t("forkQuestion", { label: labels[1] }) }),
        [0, 1].map((side) => h("p", { class: side ? "with" : "without", text: t("forkTruth", { label: labels[side], who: answers[fork.answers[side]], fate: fork.fates[side] }) })), this.tallies);
    }
    const id = question(this.world);
    this.vote = app.wall ? h("h2", { text: t("forkQuestion", { label: labels[1] }) }) : choices(id, t("forkQuestion", { label: labels[1] }), t("forkAnswers"), app.answers[id], (n) => app.answer(id, n));
    return put(this.fork, about, this.vote, app.wall ? null : app.savedNote(), this.tallies);
  }

  showTallies() {
    const { state } = this.app, tally = state.tallies[question(this.world)];
    if (!tally) return;
    if (tally.counts) this.tallies.replaceChildren(bars(t("forkAnswers"), [{ name: t("voted", { n: tally.n }), counts: tally.counts }]));
    else this.tallies.replaceChildren(h("p", { class: "count-in", text: t("answered", { n: tally.n, people: Math.max(tally.n, state.people) }) }));
  }

  showEnd() {
    const done = this.app.state.kind === "on" && this.at === this.data.events.length - 1;
    if (done === this.shownEnd) return;
    this.shownEnd = done;
    if (!done) return put(this.ending);
    const { data, app } = this, rows = t("ledgerRows");
    const cell = (value) => h("td", { text: value === null ? t("never") : number(value, 1) });
    const table = h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col", text: app.facts.currency }), data.arms.map((arm, side) => h("th", { scope: "col", class: side ? "with" : "without", text: arm.label })))),
      h("tbody", {}, data.ledger.map((row) => h("tr", {}, h("th", { scope: "row", text: rows[row.id] ?? row.id }), row.values.map(cell)))));
    put(this.ending, h("h2", { text: t("ledger") }), h("p", { text: data.lead }), h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": t("ledger") }, table), h("p", { class: "note", text: data.caveat }));
  }

  go(n) {
    const { events } = this.data, last = this.last();
    this.at = Math.max(-1, Math.min(n, last));
    if (this.at >= last) this.stop();
    const event = events[this.at];
    const week = this.at >= last ? Math.min(this.limit(), this.data.last) : event ? event.week : 0;
    this.show(week, event);
  }

  seek(week) {
    const { events } = this.data, limit = Math.min(this.limit(), this.data.last);
    this.stop();
    this.at = -1;
    events.forEach((event, n) => event.week <= Math.min(week, limit) && (this.at = n));
    this.show(Math.min(week, limit), events[this.at]);
  }

  show(week, event) {
    const sides = this.data.arms.map((arm) => arm.label);
    this.lanes.move(week);
    this.slider.value = week;
    setText(this.clock, t("weekNow", { week: number(week, 1) }));
    this.slider.setAttribute("aria-valuetext", this.clock.textContent);
    setText(this.said, event ? `${sides[event.arm]}: ${event.item ? `${event.item}: ` : ""}${event.words}` : t("nothingYet"));
    const lines = this.data.events.slice(0, this.at + 1).map((e, n) => h("li", { class: `${e.arm ? "with" : "without"}${n === this.at ? " here" : ""}` }, h("b", { text: number(e.week, 1) }), h("span", {}, h("em", { text: sides[e.arm] }), ` ${e.item ? `${e.item}: ` : ""}${e.words}`)));
    this.log.replaceChildren(...lines.reverse());
    this.showEnd();
    this.enable();
  }

  enable() {
    const last = this.last();
    this.buttons.previous.disabled = this.at < 0;
    this.buttons.next.disabled = this.buttons.all.disabled = this.at >= last;
    if (this.buttons.play) this.buttons.play.disabled = this.at >= last && !this.timer;
  }

  start() {
    if (!this.buttons.play || this.timer) return;
    this.buttons.play.textContent = t("pause");
    this.buttons.play.setAttribute("aria-pressed", "true");
    this.timer = setInterval(() => this.go(this.at + 1), PLAY_MS);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    if (!this.buttons.play) return;
    this.buttons.play.textContent = t("play");
    this.buttons.play.setAttribute("aria-pressed", "false");
  }

  end() {
    this.ended = true;
    if (this.data) this.stop();
    this.lanes?.fit.end();
  }
}
