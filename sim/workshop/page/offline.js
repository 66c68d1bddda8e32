// offline.js: the engine of an exported page: the same connect() as engine.js has, with orgsim itself, compiled to WebAssembly, in a worker
//
// The page holds everything: the scenario's tables and the worker as texts of its own. It asks nobody for anything. One person answers and leads.

const text = (id) => document.getElementById(id).textContent.replaceAll("<\\/", "</");

// What the worker runs behind the program that emcc made.
const behind = `
const tell = (id, value) => postMessage({ id, value });
const call = (name, result, types, values) => Module.ccall(name, result, types, values);
let turning = false;
function turn() {
  turning = call("page_turn", "number", [], []) !== 0;
  if (turning) setTimeout(turn, 0); // between two wishes, requests come in
}
const begun = new Promise((done) => { Module.onRuntimeInitialized = done; });
onmessage = async ({ data: { id, open, ask } }) => {
  await begun;
  if (open) {
    Module.FS.mkdir("/scenario");
    for (const [name, content] of Object.entries(open.files)) Module.FS.writeFile("/scenario/" + name, content);
    Module.FS.writeFile("/lesson.csv", open.lesson);
    tell(id, call("page_open", "string", ["string", "string", "number", "number"], ["/scenario", open.settings.join("\\n"), open.seed, open.worlds]));
  } else {
    tell(id, call("page_ask", "string", ["string", "number", "string", "string"], [ask.path, ask.leads ? 1 : 0, ask.world ?? "", ask.body ? JSON.stringify(ask.body) : ""]));
  }
  if (!turning) { turning = true; setTimeout(turn, 0); }
};`;

class Declined extends Error {
  constructor(status, why) {
    super(why);
    this.status = status;
    this.why = why;
  }
}

class OfflineEngine {
  constructor() {
    this.alone = true;
    this.screen = false;
    this.places = {};
    this.waiting = new Map();
    this.heard = [];
    const source = `var Module = {};\n${text("worker")}\n${behind}`;
    this.worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    this.worker.onmessage = ({ data }) => this.take(data);
    this.opened = this.send({ open: JSON.parse(document.getElementById("scenario").textContent) });
  }

  send(message) {
    const id = this.waiting.size + Math.random();
    return new Promise((done) => {
      this.waiting.set(id, done);
      this.worker.postMessage({ id, ...message });
    });
  }

  take({ id, value, events }) {
    if (events) {
      const hear = (name, data) => (this.hear ? this.hear(name, data) : this.heard.push([name, data]));
      for (const event of events.split("\n\n")) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
        if (name) hear(name, JSON.parse(data));
      }
    } else {
      this.waiting.get(id)?.(value);
      this.waiting.delete(id);
    }
  }

  async ask(path, more = {}) {
    const why = await this.opened;
    if (why) throw new Declined(500, why);
    const reply = await this.send({ ask: { path, ...more } }), end = reply.indexOf("\n"), status = Number(reply.slice(0, end)), body = JSON.parse(reply.slice(end + 1));
    if (status !== 200) throw new Declined(status, body.error);
    return body;
  }

  room = () => this.ask("api/room", { leads: true });
  state = () => this.ask("api/state");
  answer = (question, value) => this.ask("api/answer", { body: { question, value } });
  dials = (wanted) => this.ask("api/dials", { body: { wanted } });
  own = (wanted) => this.ask("api/own", { body: { wanted } });
  lead = (what, value = 0) => this.ask("api/lead", { leads: true, body: { do: what, value } });

  async replay(world) {
    for (;;) {
      try {
        return await this.ask("api/replay", { world });
      } catch (fault) {
        if (fault.status === 404) return null;
        if (fault.status !== 503) throw fault;
        await new Promise((done) => setTimeout(done, 100)); // it is being lived
      }
    }
  }

  listen(hear) {
    this.hear = hear;
    hear("link", true);
    for (const [name, data] of this.heard.splice(0)) hear(name, data);
  }
}

export function connect() {
  return new OfflineEngine();
}
