// result.js: two organisations' dots under each other on one axis, and what the difference is in words
import { DotPlot, legend, rangeOf } from "./dots.js";
import { h, setText } from "./dom.js";
import { number, t } from "./strings.js";

const SIDES = ["without", "with"];

export class Pair {
  constructor(labels) {
    this.plots = SIDES.map((side, k) => new DotPlot(side, labels[k]));
    this.legend = h("div");
    this.element = h("div", { class: "pair" }, this.plots.map((plot) => plot.element), this.legend);
  }

  // keep: the axis only grows, so that dots move and not the axis under them
  set(result, keep = false) {
    const sets = result.arms.map((arm) => arm.dots);
    const same = keep && this.deadline === result.deadline;
    this.range = rangeOf(sets, result.deadline, same ? this.range : null);
    this.deadline = result.deadline;
    this.plots.forEach((plot, k) => plot.set(sets[k], sets, this.range, result.deadline, result.arms[k]));
    this.legend.replaceChildren(legend(result.arms.some((arm) => arm.never > 0)));
  }

  end() {
    this.plots.forEach((plot) => plot.end());
  }
}

export function gapSentence(result, labels) {
  const [without, withIt] = result.arms.map((arm) => arm.kept), n = Math.abs(withIt - without);
  const key = withIt > without ? "gapMore" : withIt < without ? "gapLess" : "gapNone";
  return t(key, { label: labels[1], n, with: withIt, without });
}

export function worthSentence(result, currency) {
  const { mean, low, high } = result.worth;
  if (mean === null) return "";
  const key = low > 0 ? "worthPays" : high < 0 ? "worthCosts" : "worthOpen";
  return t(key, { currency, mean: number(key === "worthCosts" ? -mean : mean), low: number(key === "worthCosts" ? -high : low), high: number(key === "worthCosts" ? -low : high) });
}

export const caveat = (result, facts) => t("caveat", { worlds: number(result.worlds), seed: facts.seed });

// Words that change as results sharpen; the gap is also spoken.
export class Words {
  constructor() {
    this.gap = h("p", { class: "headline" });
    this.room = h("p", { class: "headline quiet" });
    this.worth = h("p");
    this.note = h("p", { class: "note" });
    this.element = h("div", { class: "words" }, this.gap, this.room, this.worth, this.note);
  }

  set(result, facts, roomWords = "") {
    const labels = facts.arms.map((arm) => arm.label);
    setText(this.gap, gapSentence(result, labels));
    setText(this.room, roomWords);
    this.room.hidden = !roomWords;
    setText(this.worth, worthSentence(result, facts.currency));
    setText(this.note, caveat(result, facts));
    return this.gap.textContent;
  }
}
