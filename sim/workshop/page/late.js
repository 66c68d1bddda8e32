// late.js: steps 4 and 5: change it, your own case, what to take home
import { bars } from "./dots.js";
import { choices, h, put, setText, speak } from "./dom.js";
import { number, t } from "./strings.js";
import { Pair, Words, gapSentence } from "./result.js";

const PATIENCE = 70; // ms between two positions that are sent while a slider moves

class Dial {
  constructor(dial, moved) {
    this.dial = dial;
    this.name = h("span", { class: "name", text: t(`dials.${dial.id}.0`) });
    this.output = h("output", { class: "value" });
    this.input = h("input", { type: "range", min: 0, max: dial.values.length - 1, step: 1, value: dial.start, oninput: () => { this.show(); moved(); } });
    this.element = h("div", { class: "dial" }, h("label", {}, this.name, this.output, this.input), h("p", { class: "note", text: t(`dials.${dial.id}.1`) }));
    this.show();
  }

  get notch() {
    return Number(this.input.value);
  }

  set notch(n) {
    this.input.value = n;
    this.show();
  }

  show() {
    const value = this.dial.values[this.notch];
    setText(this.output, t(`dialValue.${this.dial.id}`, { value: number(value, 1), percent: number(value * 100) }));
    this.input.setAttribute("aria-valuetext", this.output.textContent);
    this.element.classList.toggle("moved", this.notch !== this.dial.start);
  }
}

export class Change {
  constructor(app) {
    this.app = app;
    this.pair = new Pair(app.facts.arms.map((arm) => arm.label));
    this.words = new Words();
    this.progress = h("p", { class: "note" });
    this.score = h("p", { class: "score", "aria-hidden": "true" }); // stays in sight on a phone, where the dots are below the sliders
    this.challenge = h("p", { class: "headline" });
    this.room = h("p", { class: "count-in", role: "status" });
    this.met = h("p", { class: "met", role: "status", hidden: true });
    this.away = h("p", { class: "note", text: t("slidersAway"), hidden: true });
    this.count = h("p", { class: "note" });
    this.used = app.facts.dials.filter((dial) => dial.values.length > 1);
    this.dials = this.used.map((dial) => new Dial(dial, () => this.moved()));
    this.reset = h("button", { type: "button", text: t("reset"), onclick: () => { this.dials.forEach((d) => (d.notch = d.dial.start)); this.moved(); } });
    this.form = h("fieldset", { class: "dials" }, h("legend", { text: t("dialsLegend") }), this.dials.map((d) => d.element), h("div", { class: "row" }, this.reset, this.count));
    const follows = app.wall && !app.facts.facilitator;
    this.follows = follows;
    this.element = h("div", { class: "change" }, h("div", { class: "top" }, this.challenge, this.met, this.room), follows ? null : this.score,
      h("div", { class: follows ? "" : "two" }, follows ? null : h("div", {}, this.form, this.away), h("div", { class: "outcome" }, this.words.element, this.pair.element, this.progress)));
    this.job = 0;
  }

  wanted() {
    let k = 0;
    return this.app.facts.dials.map((dial) => (dial.values.length > 1 ? this.dials[k++].notch : 0));
  }

  // The first position is sent at once, the newest of those that follow after a moment.
  moved() {
    setText(this.count, t("moved", { n: this.dials.reduce((sum, d) => sum + Math.abs(d.notch - d.dial.start), 0) }));
    this.app.dirtyDials = true;
    if (this.waiting) return;
    this.send();
    this.waiting = setTimeout(() => { this.waiting = 0; this.send(); }, PATIENCE);
  }

  async send() {
    const wanted = this.wanted(), key = wanted.join();
    if (key === this.sent) return;
    this.sent = key;
    try {
      this.job = (await this.app.engine.dials(wanted)).job;
    } catch (fault) {
      if (this.sent === key) this.sent = null;
      if (fault.status === 429) setTimeout(() => this.send(), 500);
      else this.app.tell(fault);
    }
  }

  // A server that was started again counts its jobs from one.
  lost() {
    this.job = 0;
    this.sent = null;
  }

  result(name, data) {
    const shown = this.follows || this.hidden ? "shared" : "dials";
    if (name !== shown || (data.refused === undefined && !data.arms)) return;
    if (name === "dials" && data.job < this.job) return; // of a position that was left
    if (data.refused) return setText(this.progress, data.refused);
    this.show(data);
    this.met.hidden = !data.met;
    if (data.met) setText(this.met, t("challengeMet", { n: data.moved }));
    if (shown === "shared") this.follow(data.wanted);
  }

  follow(wanted) {
    this.app.facts.dials.forEach((dial, k) => {
      const mine = this.dials.find((d) => d.dial === dial);
      if (mine) mine.notch = wanted[k];
    });
  }

  show(data) {
    const { facts } = this.app;
    this.pair.set(data, true);
    const gap = this.words.set(data, facts), [without, withIt] = data.arms.map((arm) => arm.kept), { mean } = data.worth;
    put(this.score, h("b", { class: "without", text: `${t("without")} ${without}` }), h("b", { class: "with", text: `${t("with")} ${withIt}` }), t("scoreWorth", { currency: facts.currency, mean: mean === null ? "" : number(mean) }));
    setText(this.progress, data.done ? "" : t("sharpening", { worlds: number(data.worlds), of: number(data.of) }));
    if (data.done) speak(gap);
  }

  update() {
    const { state, facts, news } = this.app;
    const hidden = !facts.facilitator && (state.hidden || state.frozen);
    if (!this.begun && state.base) {
      this.begun = true;
      this.show(state.base);
      const known = news[this.follows ? "shared" : "dials"];
      if (known?.arms) { this.follow(known.wanted); this.result(this.follows ? "shared" : "dials", known); }
      setText(this.count, t("moved", { n: this.dials.reduce((sum, d) => sum + Math.abs(d.notch - d.dial.start), 0) }));
    }
    this.form.disabled = state.frozen && !facts.facilitator;
    this.form.hidden = !facts.facilitator && state.hidden;
    this.away.hidden = !this.form.hidden;
    if (hidden && !this.hidden && state.hidden && news.shared) { this.hidden = true; this.result("shared", news.shared); }
    this.hidden = hidden && state.hidden;
    this.showChallenge(state);
  }

  showChallenge({ challenge, base }) {
    this.challenge.hidden = this.room.hidden = !challenge;
    if (!challenge || !base) return;
    const [without, withIt] = base.arms.map((arm) => arm.kept);
    const text = challenge.number === 1 ? t(base.worth.mean > 0 ? "challengeTurnPays" : "challengeTurnCosts") : challenge.number === 2 ? t("challengeForty") : t("challengeWithout", { n: Math.max(withIt, without + 1) });
    setText(this.challenge, text);
    setText(this.room, challenge.met ? t("challengeRoom", { met: t("people", { n: challenge.met }).replace(/ (is|are) .*/, ""), fewest: challenge.fewest }) : t("challengeNobody"));
  }

  end() {
    clearTimeout(this.waiting);
    this.pair.end();
  }
}

export class Own {
  constructor(app) {
    this.app = app;
    this.answers = app.ownAnswers ?? app.facts.own.map(() => null);
    this.status = h("p", { class: "note", role: "status", text: t("ownMissing") });
    this.outcome = h("div");
    const asked = (question) => h("li", {}, t(`own.${question.id}.0`));
    this.form = app.screen ? h("ol", { class: "asked" }, app.facts.own.map(asked)) : h("div", {}, app.facts.own.map((question, q) => choices(`own-${question.id}`, `${q + 1}. ${t(`own.${question.id}.0`)}`, question.answers.map((a) => t(`own.${question.id}.1`)[a]), this.answers[q], (n) => this.take(q, n))));
    if (app.screen) setText(this.status, t("ownHint"));
    this.element = h("div", { class: "own" }, h("h2", { text: t("ownTitle") }), h("div", { class: app.screen ? "" : "two" }, this.form, h("div", { class: "outcome" }, this.status, this.outcome)));
    if (app.news.own) this.result("own", app.news.own);
  }

  async take(q, n) {
    this.answers[q] = n;
    this.app.ownAnswers = this.answers;
    if (this.answers.includes(null)) return;
    setText(this.status, t("ownWait"));
    await this.app.engine.own(this.answers).catch((fault) => this.app.tell(fault));
  }

  result(name, data) {
    if (name !== "own") return;
    if (data.refused) return setText(this.status, data.refused);
    const { facts } = this.app;
    setText(this.status, t("ownFacts", { teams: data.teams, engineers: number(data.engineers), plan: number(data.plan) }));
    if (!this.pair) {
      this.pair = new Pair(facts.arms.map((arm, k) => (k ? "TPM" : "no TPM")));
      this.words = new Words();
      this.even = h("p", { class: "headline" });
      this.outcome.replaceChildren(this.even, this.words.element, this.pair.element, h("p", { class: "note", text: t("ownCaveat") }));
    }
    this.pair.set(data);
    setText(this.even, t("ownEven", { words: data.break_even.replace(/\.$/, "") }));
    speak(this.words.set(data, { ...facts, currency: data.currency, arms: [{ label: "no TPM" }, { label: "TPM" }] }));
  }

  update() {}

  end() {
    this.pair?.end();
  }
}

export class Home {
  constructor(app) {
    this.app = app;
    this.choice = app.wall ? null : choices("metric", t("metricQuestion"), t("metrics"), app.answers.metric, (n) => app.answer("metric", n).then(() => this.fill()));
    this.tally = h("div");
    this.paper = h("section", { class: "handout" });
    this.element = h("div", { class: "narrow home" }, h("p", { class: "headline", text: t("homeQuestion") }), app.wall ? h("h2", { text: t("metricQuestion") }) : this.choice,
      app.wall ? null : app.savedNote(), this.tally, app.wall ? null : h("button", { type: "button", class: "screen-only", text: t("handout"), onclick: () => print() }), this.paper);
  }

  update() {
    const { state } = this.app, rounds = [];
    if (this.choice) this.choice.disabled = state.frozen;
    if (state.tallies.metric.n) rounds.push(bars(t("metricsShort"), [{ name: t("voted", { n: state.tallies.metric.n }), counts: state.tallies.metric.counts }]));
    if (this.app.wall && state.tallies.hire_again.n) rounds.push(h("h2", { text: t("hireQuestion") }), bars(t("hireAnswers"), [{ name: t("before"), counts: state.tallies.hire.counts }, { name: t("after"), counts: state.tallies.hire_again.counts }]));
    this.tally.replaceChildren(...rounds);
    this.fill();
  }

  // One page to take away; on paper everything else is left out.
  fill() {
    const { app } = this, { base } = app.state, { without, with: withIt, metric } = app.answers;
    if (app.wall) return;
    const lines = [h("h2", { text: t("handoutTitle") }), h("p", { text: app.facts.title })];
    if (base && without !== null && withIt !== null) lines.push(h("p", { text: t("handoutGuess", { without, with: withIt, keptWithout: base.arms[0].kept, keptWith: base.arms[1].kept }) }));
    if (base) lines.push(h("p", { text: gapSentence(base, app.facts.arms.map((arm) => arm.label)) }));
    if (app.news.own?.arms) lines.push(h("p", {}, h("strong", { text: t("handoutOwn") }), ` ${app.news.own.break_even}`));
    lines.push(h("p", { class: "headline", text: t("homeQuestion") }));
    lines.push(h("p", {}, h("strong", { text: t("metricQuestion") }), h("br"), metric === null ? "" : t("metrics")[metric]));
    lines.push(h("p", { text: t("handoutLine") }), h("p", { class: "write" }), h("p", { class: "write" }));
    this.paper.replaceChildren(...lines);
  }
}

