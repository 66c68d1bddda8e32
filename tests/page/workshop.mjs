// workshop.mjs BROWSER ORGSIM ROOT FOLDER PHONES: a lesson from joining to the handout, by two facilitators, a projector and phones; one of them slow, one
// without motion, one by keyboard only. The server is killed on the way. Screenshots go to FOLDER. Prints every fault and ends with 1 when there is one.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, orgsim, root, folder, count] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const faults = [];
const expect = (holds, what) => holds || faults.push(what);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let killed = false; // browsers complain of a server that is gone, rightly

// --- the server -------------------------------------------------------------------------------------------------------------------------

async function serve(port) {
  const process_ = spawn(orgsim, ["serve", `${root}/scenarios/workshop`, "--port", String(port), "--json", "-o", `${folder}/room.session`, "--lesson", `${root}/scenarios/workshop/lessons/45-minutes.csv`]);
  process_.stderr.on("data", (said) => faults.push(`the server says: ${said}`));
  const line = await new Promise((done) => process_.stdout.once("data", done));
  return { process: process_, ...JSON.parse(line) };
}

// --- pages ------------------------------------------------------------------------------------------------------------------------------

async function open(browser, name, address, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.name = name;
  page.on("console", (message) => expect(message.type() !== "error" || killed, `${name}: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${name}: ${error.stack}`));
  await page.goto(address);
  await page.waitForSelector("h1");
  return page;
}

// Waits until it holds in all these pages; says where it does not.
async function all(pages, what, holds, patience = 15000) {
  await Promise.all(pages.map((page) => page.waitForFunction(holds.look, holds.with, { timeout: patience, polling: 100 }).catch(() => faults.push(`${page.name}: ${what}`))));
}

const heading = (text) => ({ look: (text) => document.querySelector("h1")?.textContent === text, with: text });
const seen = (text) => ({ look: (text) => document.body.innerText.includes(text), with: text });

async function accessible(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), standards);
  expect(found.passes.length > 10, `${page.name}, ${where}: axe looked at next to nothing`);
  for (const violation of found.violations) for (const node of violation.nodes) faults.push(`${page.name}, ${where}: ${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`);
}

async function fits(page, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `${page.name}, ${where}: ${wide} px wider than the screen`);
  const small = await page.evaluate(() => [...document.querySelectorAll("button, select, input[type=range], .choices label")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 40).map((e) => e.outerHTML.slice(0, 60)));
  for (const element of small) faults.push(`${page.name}, ${where}: too small for a finger: ${element}`);
}

// --- the room ---------------------------------------------------------------------------------------------------------------------------

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let server = await serve(0);
const port = Number(new URL(server.join).port);
const n = Number(count);
try {
  const host = await open(browser, "facilitator", server.lead, { viewport: { width: 1280, height: 800 } });
  const second = await open(browser, "second facilitator", server.lead, { viewport: { width: 900, height: 700 }, colorScheme: "dark" });
  const wall = await open(browser, "projector", server.projector, { viewport: { width: 1920, height: 1080 } });
  const phones = [];
  for (let k = 0; k < n; k++) phones.push(await open(browser, `phone ${k + 1}`, server.join, { ...phone, reducedMotion: k === 1 ? "reduce" : "no-preference", colorScheme: k === 2 ? "dark" : "light", deviceScaleFactor: k === 0 ? 2 : 1 }));
  const [first, calm, dark, keyed] = phones, everybody = [host, second, wall, ...phones];
  const slow = await phones[n - 1].context().newCDPSession(phones[n - 1]);
  await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 20000, uploadThroughput: 20000 });

  async function look(where) {
    for (const page of [host, wall, first]) await page.screenshot({ path: `${folder}/${where}-${page.name.replace(" ", "-")}.png`, fullPage: page === first });
    for (const page of [host, second, wall, first, dark]) await accessible(page, where);
    for (const page of [host, second, wall, first, dark]) await fits(page, where);
  }
  const lesson = await host.locator("#go option").allInnerTexts();
  let station = 0;
  async function next(who = host) {
    await who.locator("#host .main").click();
    const title = lesson[++station].replace(/^\d+\. /, "");
    await all(everybody, `does not come to "${title}"`, heading(title));
  }

  // By itself the replay may be there already: the button then does nothing.
  const skipTo = (page, name) => page.getByRole("button", { name }).evaluate((button) => button.click());

  // Join
  await all([host, wall], "does not count the phones", seen(`${n} people are here`));
  expect(await wall.locator(".qr").evaluate((image) => image.complete && image.naturalWidth > 0), "projector: no QR code");
  await look("0-join");

  // Predict: dragged, by keyboard, and by touch
  await next();
  for (const [k, page] of phones.entries()) {
    if (page === keyed) {
      await page.locator("input.without").focus();
      for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
      await page.keyboard.press("Tab");
      expect(await page.locator("input.with").evaluate((e) => e === document.activeElement), "keyboard: the next stop is not the second slider");
      await page.keyboard.press("End");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
    } else {
      await page.locator("input.without").fill(String(10 + (k % 20)));
      await page.locator("input.with").fill(String(25 + (k % 20)));
      await page.locator("input[name=hire]").nth(k % 3).check();
    }
  }
  await all(phones, "is not told that it is saved", seen("Saved"));
  await all([host], "does not see that all have answered", seen(`${n} of ${n} have answered`));
  expect((await keyed.locator("output").allInnerTexts()).join() === "26 of 50,50 of 50", `keyboard: ${await keyed.locator("output").allInnerTexts()}`);
  expect(!(await wall.locator("body").innerText()).includes("guess:"), "projector: guesses are shown before the reveal");
  await look("1-predict");

  // Freeze and thaw; the second facilitator leads as well
  await host.getByRole("button", { name: "Freeze phones" }).click();
  await all(phones, "is not frozen", { look: () => document.querySelector("input.with").disabled && document.body.innerText.includes("look at the front") });
  await all([second], "does not know that phones are frozen", { look: () => [...document.querySelectorAll("[aria-pressed=true]")].some((e) => e.textContent === "Freeze phones") });
  await next(second);
  await all(phones, "stays frozen", { look: () => !document.querySelector("input.with").disabled });
  await host.getByRole("button", { name: "1 minute more" }).click();

  // Reveal, without and with; one phone steps
  await next();
  await all([calm], "has no stepper", { look: () => document.querySelectorAll(".dots .dot.above").length > 50 && [...document.querySelectorAll("button")].some((e) => e.textContent === "Ten more dots") });
  for (let k = 0; k < 4; k++) await calm.getByRole("button", { name: "Ten more dots" }).first().click();
  await all([first, calm, wall], "not all dots without have fallen", { look: () => document.querySelectorAll(".dots.without .dot:not(.above)").length === 50 });
  await next();
  await all([first, wall], "not all dots have fallen", { look: () => document.querySelectorAll(".dots .dot:not(.above)").length === 100 });
  await pause(2500);
  const kept = await wall.locator("h2 .kept").allInnerTexts();
  const filled = await wall.evaluate(() => ["without", "with"].map((side) => document.querySelectorAll(`.dots.${side} .dot.kept`).length));
  expect(kept.join() === filled.map((count) => `${count} of 50 keep the date`).join(), `projector: says ${kept}, and ${filled} dots are filled`);
  expect((await first.locator("body").innerText()).includes("you: 10"), "phone: its own guess is not shown");
  expect((await wall.locator("body").innerText()).includes("The room expected 15 more."), "projector: the room's guess in words");
  await look("2-reveal");
  await wall.setViewportSize({ width: 1280, height: 720 }); // the picture of README.md
  await pause(500);
  await wall.screenshot({ path: `${folder}/gallery.png` });
  await wall.setViewportSize({ width: 1920, height: 1080 });

  // The server is killed and comes back
  killed = true;
  server.process.kill("SIGKILL");
  await all(everybody, "does not say that the connection is lost", seen("The connection is lost"));
  server = await serve(port);
  await all(everybody, "does not come back", { look: () => document.getElementById("link").hidden }, 30000);
  await pause(1500);
  killed = false;
  await all([first], "has lost its guess", seen("you: 10"));
  await all([host], "does not count those who came back", seen(`${n} people are here`), 30000);

  // Second vote, shown when it is over
  await next();
  for (const [k, page] of phones.entries()) await page.locator("input[name=hire_again]").nth(k % 2).check();
  await all([host, wall], "does not see the votes", seen(`${n} of ${n} have answered`));
  expect((await wall.locator("body").innerText()).includes("when the vote is closed"), "projector: the vote is open and shown");
  await look("2-revote");

  // Replay two worlds: to the fork, the vote, to the end
  for (const world of ["typical", "lost"]) {
    await next();
    await all([host, wall, ...phones], "no replay", { look: () => document.querySelector(".lanes") }, 60000);
    const fork = await first.evaluate(() => document.querySelector(".fork").innerText.length);
    if (fork) {
      for (const [k, page] of phones.entries()) await page.locator(`input[name=notice_${world}]`).nth(k % 4).check();
      await all([host], `does not see the votes of ${world}`, seen(`${n} of ${n} have answered`));
    }
    await skipTo(first, "To the fork");
    expect(!(await first.locator("body").innerText()).includes("What it came to"), "phone: sees the end before the vote");
    await look(`3-replay-${world}`);
    await next();
    for (const page of [host, wall, first, dark]) await skipTo(page, "To the end");
    await all([host, wall, first, dark], "does not tell what it came to", seen("What it came to"));
    await look(`3-on-${world}`);
  }

  // Change it
  await next();
  const words = await first.locator(".words .headline").first().innerText();
  await Promise.all(phones.map((page, k) => page.locator(".dial input").nth(k % 5).fill("0")));
  await all(phones, "the dots do not come", { look: () => /notch/.test(document.body.innerText) && !/ of [\d,]+ worlds/.test(document.querySelector(".outcome").innerText) }, 30000);
  await first.locator(".dial input").nth(4).fill("28");
  await all([first], "a later date keeps no more", { look: () => [...document.querySelectorAll("h2 .kept")].every((e) => parseInt(e.textContent) > 30) }, 30000);
  expect(words !== (await first.locator(".words .headline").first().innerText()), "phone: the words do not follow the sliders");
  await host.locator(".dial input").nth(4).fill("28");
  await all([wall], "does not follow the facilitator", { look: () => [...document.querySelectorAll("h2 .kept")].every((e) => parseInt(e.textContent) > 30) }, 30000);
  await look("4-change");
  await host.getByRole("button", { name: "Hide sliders" }).click();
  await all(phones, "sliders are not hidden", { look: () => !document.querySelector(".dials").checkVisibility() });
  await host.getByRole("button", { name: "Hide sliders" }).click();
  await all(phones, "sliders do not come back", { look: () => document.querySelector(".dials").checkVisibility() });
  await next();
  await first.locator(".dial input").nth(4).fill("28");
  await all([first], "the challenge is not met", seen("Done, with"), 30000);
  await all([host], "does not hear of it", seen("did it; the fewest notches"));

  // Your own case, and home
  await next();
  for (const page of [first, calm, keyed]) for (let q = 0; q < 5; q++) await page.locator("fieldset").nth(q).locator("input").nth((q + 1) % 4).check();
  await all([first, calm, keyed], "its own case does not come", seen("made from your answers"), 30000);
  await look("5-own");
  await next();
  for (const [k, page] of phones.entries()) await page.locator("input[name=metric]").nth(k % 3).check();
  await all([wall], "does not show the metrics", seen(`${n} votes`));
  await look("5-home");
  await all([first], "its handout lacks its own case", seen("My own case"));
  await first.emulateMedia({ media: "print" });
  const paper = await first.evaluate(() => ({ handout: document.querySelector(".handout").checkVisibility(), rest: [...document.querySelectorAll("header, h1, button, .choices, .bars")].filter((e) => e.checkVisibility()).length }));
  expect(paper.handout && paper.rest === 0, `paper: ${JSON.stringify(paper)}`);
  await first.pdf({ path: `${folder}/handout.pdf`, format: "A4" });

  // What is kept
  const rows = (await (await fetch(new URL("api/session.csv", server.lead))).text()).trim().split("\n").map((row) => row.split(","));
  const column = (name) => rows.slice(1).map((row) => row[rows[0].indexOf(name)]);
  expect(rows.length === n + 1, `session.csv: ${rows.length - 1} rows of ${n} people`);
  for (const name of ["without", "with", "hire", "hire_again", "metric"]) expect(column(name).every((value) => value !== ""), `session.csv: ${name} has gaps`);
  expect(column("challenge_3").some((value) => value !== ""), "session.csv: nobody met the challenge");
} catch (fault) {
  faults.push(fault.stack);
} finally {
  await browser.close();
  server.process.kill("SIGINT");
}
for (const fault of [...new Set(faults)]) console.log(fault);
process.exit(faults.length ? 1 : 0);
