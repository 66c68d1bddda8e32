// early.js: steps 0 to 2: join, predict, reveal
import { Strip, bars, median } from "./dots.js";
import { choices, h, put, setText, speak } from "./dom.js";
import { number, t } from "./strings.js";
import { Pair, Words } from "./result.js";

export function caseText(app) {
  const { facts } = app, p = facts.program;
  return h("section", { class: "case" },
    h("h2", { text: facts.title }),
    facts.story ? h("p", { class: "story", text: facts.story }) : null,
    h("p", { text: t("caseFacts", { ...p, engineers: number(p.engineers), work_pw: number(p.work_pw) }) }),
    h("p", {}, h("strong", { text: t("casePromise", { week: number(facts.deadline) }) }), " ",
      facts.seat_k_per_year > 0 ? t("caseHire", { label: facts.arms[1].label, currency: facts.currency, k: number(facts.seat_k_per_year) }) : ""));
}

export function joinBox(app) {
  const { join, code } = app.engine.places;
  if (!join) return null; // nobody else can come in
  const picture = h("img", { class: "qr", src: code, alt: "" });
  picture.addEventListener("error", () => picture.remove());
  return h("section", { class: "join" }, h("h2", { text: t("join") }), picture, h("p", {}, t("orType"), h("br"), h("code", { text: join.replace(/^http:\/\//, "") })));
}

export class Welcome {
  constructor(app) {
    this.app = app;
    this.count = h("p", { class: "count-in", role: "status" });
    this.element = h("div", { class: app.wall ? "two" : "" }, app.wall ? joinBox(app) : null,
      h("div", {}, app.wall ? null : h("p", { class: "headline", text: t("joined") }), this.count, caseText(app)));
  }

  update() {
    setText(this.count, t("people", { n: this.app.state.people }));
  }
}

// One number out of fifty, dragged; the dots fill as it moves.
class Guess {
  constructor(app, question, label) {
    this.app = app;
    this.question = question;
    this.value = app.answers[question];
    this.strip = new Strip(question);
    this.output = h("output", { class: "value" });
    this.input = h("input", { type: "range", min: 0, max: 50, step: 1, value: this.value ?? 25, class: question,
      oninput: () => this.take(), onclick: () => this.value === null && this.take(), onkeydown: (e) => (e.key === "Enter" || e.key === " ") && this.take() });
    this.element = h("div", { class: "guess" },
      h("label", {}, h("span", { class: `name ${question}`, text: t("guessArm", { side: t(question), label }) }), this.output, this.input), this.strip.element);
    this.show();
  }

  take() {
    this.value = Number(this.input.value);
    this.show();
    this.app.answer(this.question, this.value);
  }

  show() {
    const said = this.value === null ? t("guessDrag") : t("guessValue", { n: this.value });
    setText(this.output, said);
    this.input.setAttribute("aria-valuetext", said);
    this.input.classList.toggle("untouched", this.value === null);
    this.strip.set({ kept: this.value, counts: null, n: 0, mine: null });
  }

  lock(locked) {
    this.input.disabled = locked;
  }

  end() {
    this.strip.end();
  }
}

export class Predict {
  constructor(app) {
    this.app = app;
    const labels = app.facts.arms.map((arm) => arm.label);
    this.hint = h("p", { class: "headline", role: "status" });
    this.count = h("p", { class: "count-in", role: "status" });
    this.element = h("div", { class: app.wall ? "" : "narrow" });
    if (app.wall) {
      put(this.element, h("p", { class: "headline", text: t("guessQuestion") }), h("p", { text: t("guessSame") }), this.hint, this.count, h("div", { class: "two" }, joinBox(app), caseText(app)));
      return;
    }
    this.guesses = ["without", "with"].map((question, k) => new Guess(app, question, labels[k]));
    this.hire = choices("hire", t("hireQuestion"), t("hireAnswers"), app.answers.hire, (n) => app.answer("hire", n));
    put(this.element, caseText(app), this.hint, h("h2", { text: t("guessQuestion") }), h("p", { class: "note", text: t("guessSame") }),
      this.guesses.map((guess) => guess.element), this.hire, app.savedNote());
  }

  update() {
    const { state } = this.app, n = state.tallies.with.n;
    setText(this.hint, state.kind === "talk" ? t("talkHint") : "");
    setText(this.count, t("answered", { n, people: Math.max(n, state.people) }));
    const locked = state.revealed || state.frozen;
    this.guesses?.forEach((guess) => guess.lock(locked));
    if (this.hire) this.hire.disabled = locked;
    if (state.revealed) setText(this.hint, t("locked"));
  }

  end() {
    this.guesses?.forEach((guess) => guess.end());
  }
}

function roomWords(tallies) {
  if (!tallies.with.counts || !tallies.with.n || !tallies.without.n) return "";
  const n = median(tallies.with.counts) - median(tallies.without.counts);
  return n > 0 ? t("gapRoom", { n: number(n, 1) }) : n < 0 ? t("gapRoomLess", { n: number(-n, 1) }) : t("gapRoomNone");
}

export class Reveal {
  constructor(app) {
    this.app = app;
    const labels = app.facts.arms.map((arm) => arm.label);
    this.pair = new Pair(labels);
    this.strips = ["without", "with"].map((side) => new Strip(side));
    this.strips.forEach((strip, k) => this.pair.plots[k].element.append(strip.element));
    this.words = new Words();
    this.wait = h("p", { class: "headline quiet", text: t("waitWith") });
    this.element = h("div", { class: "narrow reveal" }, this.pair.element, this.wait, this.words.element);
    this.shown = 0;
  }

  update() {
    const { state, facts, answers } = this.app, { tallies, base } = state;
    if (!base) return;
    if (!this.set) this.pair.set(base);
    this.set = true;
    const both = state.kind !== "without";
    this.strips.forEach((strip, k) => {
      const side = k ? "with" : "without", seen = k === 0 || both;
      strip.set({ kept: seen ? base.arms[k].kept : null, counts: tallies[side].counts, n: tallies[side].n, mine: this.app.wall ? null : answers[side] });
    });
    this.pair.plots[1].element.hidden = false;
    this.pair.plots[1].element.classList.toggle("later", !both);
    this.wait.hidden = both;
    this.words.element.hidden = !both;
    const gap = this.words.set(base, facts, roomWords(tallies));
    this.show(both ? 2 : 1, both ? gap : `${this.pair.plots[0].label}: ${t("kept", { n: base.arms[0].kept })}`);
  }

  show(sides, sentence) {
    if (sides < this.shown) this.pair.plots[1].hold(0);
    for (let k = this.shown; k < sides; k++) this.pair.plots[k].fall();
    if (sides === 1 && this.shown === 0) this.pair.plots[1].hold(0);
    this.shown = sides;
    speak(sentence);
  }

  end() {
    this.pair.end();
    this.strips.forEach((strip) => strip.end());
  }
}

export class Revote {
  constructor(app) {
    this.app = app;
    this.count = h("p", { class: "count-in", role: "status" });
    this.votes = h("div");
    this.words = new Words();
    this.vote = app.wall ? null : choices("hire_again", t("hireQuestion"), t("hireAnswers"), app.answers.hire_again, (n) => app.answer("hire_again", n));
    this.element = h("div", { class: "narrow" }, h("p", { class: "headline", text: t("again") }), this.vote, app.wall ? null : app.savedNote(), this.count, this.votes, this.words.element);
  }

  update() {
    const { state, facts } = this.app, { tallies, base } = state;
    setText(this.count, t("answered", { n: tallies.hire_again.n, people: Math.max(state.people, tallies.hire_again.n) }));
    if (this.vote) this.vote.disabled = state.frozen;
    this.votes.replaceChildren(bars(t("hireAnswers"), [{ name: t("before"), counts: tallies.hire.counts }, { name: t("after"), counts: tallies.hire_again.counts }]));
    if (!tallies.hire_again.counts) this.votes.append(h("p", { class: "note", text: t("voteOpen") }));
    if (base) this.words.set(base, facts, roomWords(tallies));
  }
}
