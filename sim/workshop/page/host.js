// host.js: what the facilitator sees beside the stage
import { $, h, setText } from "./dom.js";
import { t } from "./strings.js";

export class Host {
  constructor(app) {
    this.app = app;
    const lesson = app.facts.lesson, { join, screen, answers } = app.engine.places;
    this.where = h("p", { class: "count-in" });
    this.title = h("h2");
    this.say = h("p", { class: "say" });
    this.people = h("p", { class: "count-in", role: "status" });
    this.answered = h("p", { class: "count-in" });
    this.back = h("button", { type: "button", text: `← ${t("back")}`, onclick: () => this.lead("back") });
    this.next = h("button", { type: "button", class: "main", text: `${t("next")} →`, onclick: () => this.lead("next") });
    this.freeze = this.toggle("freeze", () => this.lead("freeze", this.app.state.frozen ? 0 : 1));
    this.hide = this.toggle("hideSliders", () => this.lead("sliders", this.app.state.hidden ? 1 : 0));
    this.large = this.toggle("large", () => this.app.setLarge(!document.body.classList.contains("large")));
    this.go = h("select", { id: "go", onchange: () => this.lead("go", Number(this.go.value)) }, lesson.map((station, n) => h("option", { value: n, text: `${n + 1}. ${station.title}` })));
    this.fault = h("p", { class: "fault", role: "alert", hidden: true });
    const alone = app.engine.alone; // one person needs nobody to be told, or to be held up
    const more = h("button", { type: "button", text: t("timerAdd"), onclick: () => this.lead("timer", Math.ceil(this.app.secondsLeft() ?? 0) + 60) });
    const off = h("button", { type: "button", text: t("timerOff"), onclick: () => this.lead("timer", 0) });
    $("host").replaceChildren(
      this.where, ...(alone ? [] : [this.title, this.say]), h("div", { class: "row" }, this.back, this.next), this.fault,
      ...(alone ? [] : [this.people, this.answered, h("div", { class: "row" }, this.freeze, this.hide, this.large), h("div", { class: "row" }, more, off)]),
      h("p", {}, h("label", { for: "go", text: `${t("goTo")} ` }), this.go),
      join ? h("p", { class: "note" }, t("joinAt"), " ", h("a", { href: join, text: join.replace(/^http:\/\//, "") })) : "",
      h("ul", { class: "links" },
        screen ? h("li", {}, h("a", { href: screen, target: "_blank", rel: "noopener", text: t("openScreen") })) : null,
        answers ? h("li", {}, h("a", { href: answers, download: "session.csv", text: t("saveAnswers") })) : null),
      h("p", { class: "note", text: t("hostKeys") }));
    $("host").hidden = false;
    document.addEventListener("keydown", (event) => this.key(event));
  }

  toggle(name, act) {
    return h("button", { type: "button", class: "toggle", "aria-pressed": "false", text: t(name), onclick: act });
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "ArrowRight" || event.key === "PageDown") this.lead("next");
    else if (event.key === "ArrowLeft" || event.key === "PageUp") this.lead("back");
    else return;
    event.preventDefault();
  }

  async lead(what, value) {
    try {
      await this.app.engine.lead(what, value);
      this.fault.hidden = true;
    } catch (fault) {
      this.fault.hidden = false;
      setText(this.fault, t("failed", { why: fault.why ?? t("lost") }));
    }
  }

  update() {
    const { state, facts } = this.app, station = facts.lesson[state.station], question = { predict: "with", talk: "with", revote: "hire_again", replay: `notice_${state.world === "tpm-lost" ? "lost" : state.world}`, own: "metric", home: "metric" }[state.kind];
    setText(this.where, t("stationOf", { n: state.station + 1, of: state.stations }));
    setText(this.title, station.title);
    setText(this.say, station.say);
    setText(this.people, t("people", { n: state.people }));
    const tally = state.tallies[question];
    setText(this.answered, tally ? t("answered", { n: tally.n, people: Math.max(tally.n, state.people) }) : "");
    this.back.disabled = state.station === 0;
    this.next.disabled = state.station + 1 === state.stations;
    this.go.value = state.station;
    this.freeze.setAttribute("aria-pressed", state.frozen);
    this.hide.setAttribute("aria-pressed", state.hidden);
    this.large.setAttribute("aria-pressed", document.body.classList.contains("large"));
  }
}
