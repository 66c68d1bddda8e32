// offline_wasm.cjs WORKER SCENARIO LESSON < SCRIPT: the same as offline_native.c, by the WebAssembly that exported pages hold
const fs = require("node:fs");
const [worker, scenario, lesson] = process.argv.slice(2);
const out = [];
globalThis.postMessage = ({ events }) => out.push(`hear ${events}`);
globalThis.require = require;
globalThis.__dirname = __dirname;
globalThis.__filename = __filename;
globalThis.Module = {
  onRuntimeInitialized() {
    const call = (name, result, types, values) => Module.ccall(name, result, types, values);
    const ask = (path, leads, world, body) => call("page_ask", "string", ["string", "number", "string", "string"], [path, leads, world ?? "", body ?? ""]);
    Module.FS.mkdir("/scenario");
    for (const name of fs.readdirSync(scenario)) if (/\.(csv|md)$/.test(name)) Module.FS.writeFile(`/scenario/${name}`, fs.readFileSync(`${scenario}/${name}`));
    Module.FS.writeFile("/lesson.csv", fs.readFileSync(lesson));
    for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
      const [word, ...parts] = line.split(" ");
      let reply = "";
      if (word === "open") {
        const why = call("page_open", "string", ["string", "string", "number", "number"], ["/scenario", "", 1, Number(parts[0])]);
        if (why) throw new Error(why);
        continue;
      }
      if (word === "turn") while (call("page_turn", "number", [], [])) { /* until nobody waits */ }
      else if (word === "lead") reply = ask("api/lead", 1, "", parts.join(" "));
      else if (word === "get") reply = ask(parts[0], 0, parts[1], "");
      else reply = ask(parts[0], 0, "", parts.slice(1).join(" "));
      out.push(`${word} ${reply}\n`);
    }
    process.stdout.write(out.join(""));
  },
};
require("node:vm").runInThisContext(fs.readFileSync(worker, "utf8"));
