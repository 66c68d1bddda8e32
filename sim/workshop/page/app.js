// app.js: the page: follows the lesson's station and hands news to the view that is shown
//
// The same page is a phone's, the projector's (its address ends with "screen": nothing to answer, and large) and the facilitator's (known from the
// room's facts: the stage as the projector has it, beside what leads).
import { $, calm, h, setText, speak } from "./dom.js";
import { connect } from "./engine.js";
import { Predict, Reveal, Revote, Welcome } from "./early.js";
import { Change, Home, Own } from "./late.js";
import { Host } from "./host.js";
import { Replay } from "./replay.js";
import { t } from "./strings.js";

// The view of each kind of station; stations that share one go on in it.
const views = { welcome: Welcome, predict: Predict, talk: Predict, without: Reveal, with: Reveal, revote: Revote, replay: Replay, on: Replay, change: Change, own: Own, home: Home };
const shared = { talk: "predict", with: "without", on: "replay" };

class App {
  constructor(engine) {
    this.engine = engine;
    this.screen = engine.screen;
    this.news = {};
    this.notes = [];
  }

  async begin() {
    this.facts = await this.engine.room();
    this.wall = this.screen || (this.facts.facilitator && !this.engine.alone); // shows and does not answer
    document.title = this.facts.name;
    setText($("program"), this.facts.name);
    document.body.classList.toggle("wall", this.wall);
    document.body.classList.toggle("hosting", this.facts.facilitator);
    if (this.screen) this.setLarge(true);
    if (this.facts.facilitator) this.host = new Host(this);
    $("steps").replaceChildren(...t("steps").map((name, n) => h("li", {}, h("span", { class: "n", text: String(n) }), h("span", { class: "label", text: name }))));
    await this.refresh();
    this.engine.listen((name, data) => this.hear(name, data));
    setInterval(() => this.tick(), 500);
  }

  async refresh() {
    const { state, answers } = await this.engine.state();
    this.answers = answers;
    this.take(state);
  }

  hear(name, data) {
    if (name === "link") return this.link(data);
    if (name === "state") return this.take(data);
    this.news[name] = data;
    return this.view?.result?.(name, data);
  }

  link(up) {
    if (up && this.down) this.refresh().catch(() => {});
    if (!up) this.view?.lost?.();
    this.down = !up;
    $("link").hidden = up;
    setText($("link"), up ? "" : t("lost"));
  }

  take(state) {
    const before = this.state;
    this.state = state;
    this.ends = state.seconds_left === null ? null : performance.now() + state.seconds_left * 1000;
    const key = `${shared[state.kind] ?? state.kind} ${state.world} ${state.kind === "change" ? state.station : ""}`;
    if (key !== this.key) this.change(key, before);
    this.view.update();
    this.host?.update();
    this.head(state);
  }

  change(key, before) {
    this.view?.end?.();
    this.key = key;
    this.notes = [];
    this.view = new views[this.state.kind](this);
    this.heading = h("h1", {});
    $("stage").replaceChildren(this.heading, this.view.element);
    if (!before) return;
    scrollTo({ top: 0, behavior: "instant" });
    if (!this.facts.facilitator) $("stage").focus({ preventScroll: true });
  }

  head(state) {
    setText(this.heading, state.title || t("steps")[state.step]);
    [...$("steps").children].forEach((item, n) => {
      item.toggleAttribute("aria-current", n === state.step);
      if (n === state.step) item.setAttribute("aria-current", "step");
      item.classList.toggle("done", n < state.step);
    });
    document.body.classList.toggle("frozen", state.frozen && !this.wall);
    $("link").hidden = !this.down && !(state.frozen && !this.wall);
    if (!this.down) setText($("link"), state.frozen && !this.wall ? t("frozen") : "");
    this.tick();
  }

  secondsLeft = () => (this.ends === null || this.ends === undefined ? null : Math.max(0, (this.ends - performance.now()) / 1000));

  tick() {
    const left = this.secondsLeft(), clock = $("clock");
    clock.hidden = left === null || !this.wall;
    if (left === null) return;
    const whole = Math.ceil(left);
    clock.classList.toggle("over", whole === 0);
    setText(clock, whole === 0 ? t("timeUp") : t("left", { minutes: Math.floor(whole / 60), seconds: String(whole % 60).padStart(2, "0") }));
  }

  setLarge(large) {
    document.body.classList.toggle("large", large);
    dispatchEvent(new Event("textsize"));
    this.host?.update();
  }

  // "Saved" beside what was asked.
  savedNote() {
    const note = h("p", { class: "saved", role: "status" });
    this.notes.push(note);
    return note;
  }

  note(text) {
    this.notes.forEach((note) => setText(note, text));
  }

  async answer(question, value) {
    this.answers[question] = value;
    this.note(t("saving"));
    try {
      const answers = await this.engine.answer(question, value);
      if (!answers) return; // a newer one is on its way
      this.answers = { ...answers };
      this.note(t("saved"));
    } catch (fault) {
      this.tell(fault);
      this.refresh().catch(() => {}); // what counts is what was kept
    }
  }

  tell(fault) {
    this.note(fault.why ?? t("lost"));
    if (fault.why) speak(fault.why);
  }
}

document.documentElement.classList.toggle("calm", calm());
setText(document.querySelector(".skip"), t("skip"));
new App(connect()).begin().catch((fault) => {
  $("stage").replaceChildren(h("p", { class: "wait", role: "alert", text: fault.status === 503 ? t("full") : fault.status ? t("wrongLink") : t("lost") }));
});
