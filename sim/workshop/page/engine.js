// engine.js: the one module that knows where results come from. The page needs an object with this interface, and nothing else of the outside:
//
//   connect()              -> the engine of this page; what follows are its members
//   screen                 whether this is the projector's page, which shows and answers nothing
//   alone                  whether one person answers and leads (offline.js)
//   places                 {join, code, screen, answers}: addresses to join at, of its QR code, of the projector's page, and of the answers as CSV;
//                          known after room(), each undefined where there is no such place
//   room()                 -> facts: {name, title, story, program, currency, deadline, arms, dials, own, worlds, seed, facilitator, lesson?}
//   state()                -> {state, answers}
//   listen(hear)           hear(name, data): "state", "dials", "own", "shared" as they come; "link" with true or false
//   answer(question, n)    -> answers, or null when a newer answer took its place; throws {why}
//   dials(wanted)          -> {job}; the results follow as "dials" with that job, again and again until done
//   own(wanted)            -> {job}; the result follows as "own"
//   replay(world)          -> one world lived twice, or null when there is none
//   lead(what, value)      -> {station}, for facilitators
//
// This one talks to `orgsim serve`; in an exported page offline.js stands in its place.

const busy = [429, 503]; // of a server that wants to be asked again
const json = { "Content-Type": "application/json" };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Refused extends Error {
  constructor(status, why) {
    super(why);
    this.status = status;
    this.why = why;
  }
}

// A name of this browser for this room; the facilitator's page has another one, so that one machine can be both.
function person(base, wall) {
  const key = `orgsim ${base}${wall ? " wall" : ""}`;
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  try {
    const known = localStorage.getItem(key);
    if (/^[0-9a-f]{32}$/.test(known)) return known;
    const id = fresh();
    localStorage.setItem(key, id);
    return id;
  } catch {
    return fresh(); // storage is switched off: a reload makes another person
  }
}

class HttpEngine {
  constructor(base, screen) {
    this.base = base;
    this.screen = screen;
    this.places = {};
    this.person = person(base.pathname, screen);
    this.newest = new Map();
    this.sending = new Map();
  }

  async ask(path, options, patience = 0) {
    for (let wait = 300; ; wait = Math.min(4000, wait * 1.6)) {
      try {
        const reply = await fetch(new URL(path, this.base), { cache: "no-store", ...options });
        if (reply.ok) return reply.json();
        const why = (await reply.json().catch(() => ({}))).error ?? reply.statusText;
        if (!busy.includes(reply.status) || patience <= 0) throw new Refused(reply.status, why);
      } catch (fault) {
        if (fault instanceof Refused || patience <= 0) throw fault;
      }
      patience -= wait;
      await pause(wait);
    }
  }

  post(path, body, patience) {
    return this.ask(`${path}?person=${this.person}`, { method: "POST", headers: json, body: JSON.stringify(body) }, patience);
  }

  state = () => this.ask(`api/state?person=${this.person}`, {}, 60000);
  dials = (wanted) => this.post("api/dials", { wanted });
  own = (wanted) => this.post("api/own", { wanted }, 10000);
  lead = (what, value = 0) => this.post("api/lead", { do: what, value });

  async room() {
    const facts = await this.ask("api/room", {}, 60000), at = (path, base = this.base) => new URL(path, base).href;
    this.places = { join: facts.address, code: at("api/qr.svg"), screen: at("screen", facts.address), answers: facts.facilitator ? at("api/session.csv") : undefined };
    return facts;
  }

  // One request at a time for each question: of what a finger drags meanwhile only the newest is sent.
  answer(question, value) {
    const turn = {}, before = this.sending.get(question), counts = () => this.newest.get(question) === turn;
    const send = async () => {
      await before?.catch(() => {});
      while (counts()) {
        try {
          return await this.post("api/answer", { question, value });
        } catch (fault) {
          if (fault instanceof Refused && !busy.includes(fault.status)) throw fault;
          await pause(800);
        }
      }
      return null;
    };
    this.newest.set(question, turn);
    this.sending.set(question, send());
    return this.sending.get(question);
  }

  async replay(world) {
    try {
      return await this.ask(`api/replay?world=${encodeURIComponent(world)}`, {}, 120000);
    } catch (fault) {
      if (fault.status === 404) return null;
      throw fault;
    }
  }

  listen(hear) {
    const source = new EventSource(new URL(`api/events?person=${this.person}${this.screen ? "&wall=1" : ""}`, this.base));
    for (const name of ["state", "dials", "own", "shared"]) source.addEventListener(name, (event) => hear(name, JSON.parse(event.data)));
    source.onopen = () => hear("link", true);
    source.onerror = () => {
      hear("link", false);
      if (source.readyState !== EventSource.CLOSED) return; // it comes back by itself
      source.close();
      setTimeout(() => this.listen(hear), 2000);
    };
  }
}

// The address up to its last slash carries the token; "screen" behind it is the projector's page.
export function connect() {
  const base = new URL(location.href);
  base.search = base.hash = "";
  const screen = base.pathname.endsWith("/screen");
  base.pathname = base.pathname.replace(/[^/]*$/, "");
  return new HttpEngine(base, screen);
}
