// dom.js: making elements, and speaking to those who do not see them
const SVG = "http://www.w3.org/2000/svg";

const present = (children) => children.flat().filter((child) => child !== null && child !== undefined);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...present(children));
  return element;
}

export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
export const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
// Puts these in place of what an element holds; lists are opened, null is left out.
export const put = (element, ...children) => element.replaceChildren(...present(children));
export const $ = (id) => document.getElementById(id);

// Sets text only when it changes, so that a live region speaks once.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export const speak = (text) => setText($("spoken"), text);

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Calls draw(width, em) now and whenever the element's width or the size of its pictures' text changes; em is that size in pixels.
export function fitted(element, draw) {
  let width = 0, em = 0;
  const look = () => {
    const now = Math.round(element.clientWidth), size = parseFloat(getComputedStyle(element.querySelector("svg")).fontSize);
    if (now > 0 && (now !== width || size !== em)) draw((width = now), (em = size));
  };
  const observer = new ResizeObserver(look);
  observer.observe(element);
  addEventListener("textsize", look);
  return { redraw: () => width > 0 && draw(width, em), end: () => { observer.disconnect(); removeEventListener("textsize", look); } };
}

// A group of radio buttons. choose(n) is called when one is taken.
export function choices(name, legend, answers, value, choose) {
  const field = h("fieldset", { class: "choices" }, h("legend", { text: legend }));
  answers.forEach((answer, n) => {
    const input = h("input", { type: "radio", name, value: n, onchange: () => choose(n) });
    input.checked = value === n;
    field.append(h("label", {}, input, h("span", { text: answer })));
  });
  field.set = (n) => field.querySelectorAll("input").forEach((input, k) => (input.checked = k === n));
  return field;
}
