// page.mjs BROWSER PAGE FOLDER: report.html as people meet it: wide and on a phone, light and dark, with the keyboard, on paper.
// Screenshots and the PDF go to FOLDER. Prints every fault and ends with 1 when there is one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, file, folder] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const faults = [];
const expect = (holds, what) => holds || faults.push(what);

async function open(browser, options) {
    const context = await browser.newContext({ bypassCSP: true, ...options });
    const page = await context.newPage();
    const where = `${options.viewport.width} px, ${options.colorScheme ?? "light"}`;
    page.on("request", (request) => expect(request.url() === address, `${where}: asks for ${request.url()}`));
    page.on("console", (message) => expect(message.type() !== "error", `${where}: ${message.text()}`));
    await page.goto(address);
    return { context, page, where };
}

async function accessible(page, where) {
    await page.evaluate(axe);
    const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), standards);
    expect(found.passes.length > 20, `${where}: axe looked at next to nothing`);
    for (const violation of found.violations)
        for (const node of violation.nodes) faults.push(`${where}: ${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`);
}

// Only regions that the keyboard can reach may be wider than the screen.
async function fits(page, where) {
    const wide = await page.evaluate(() => {
        const screen = document.documentElement.clientWidth;
        const scrolls = (e) => getComputedStyle(e).overflowX === "auto";
        const held = (e) => e && (scrolls(e) ? e.tabIndex === 0 : held(e.parentElement));
        const beyond = [...document.body.querySelectorAll("*")].filter(
            (e) => e.checkVisibility() && !e.closest(".skip") && e.getBoundingClientRect().right > screen + 0.5 && !held(e));
        return [document.documentElement.scrollWidth - screen, ...beyond.slice(0, 5).map((e) => e.outerHTML.slice(0, 80))];
    });
    expect(wide[0] <= 0, `${where}: the page is ${wide[0]} px wider than the screen`);
    for (const element of wide.slice(1)) faults.push(`${where}: reaches beyond the screen: ${element}`);
}

// Every stop of the Tab key is seen: an outline around it, and the whole page is reached.
async function keyboard(page, where) {
    const stops = [];
    for (let n = 0; n < 200; n++) {
        await page.keyboard.press("Tab");
        const stop = await page.evaluate(() => {
            const e = document.activeElement, style = getComputedStyle(e);
            return e === document.body ? null : { name: e.outerHTML.slice(0, 60), outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) };
        });
        if (!stop) break;
        stops.push(stop);
        expect(stop.outline >= 2, `${where}: focus is not seen on ${stop.name}`);
    }
    const reachable = await page.evaluate(() => [...document.querySelectorAll("a[href], summary, [tabindex='0']")].filter((e) => e.checkVisibility()).length);
    expect(stops.length >= reachable, `${where}: ${stops.length} of ${reachable} stops are reached with the Tab key`);
    expect(stops[0]?.name.includes("Skip"), `${where}: the first stop does not skip to the finding`);
}

// What a reader is promised.
async function content(page, where) {
    const text = await page.locator("body").innerText();
    for (const words of ["What would have to be true", "Chance of losing money", "95% interval", "What changed nothing here", "What is not modelled", "Seed", "Digest"])
        expect(text.includes(words), `${where}: does not say "${words}"`);
    expect((await page.locator(".numbers dt").count()) === 4, `${where}: there are not four numbers`);
    const unheaded = await page.locator("table").evaluateAll((tables) => tables.filter((t) =>
        !t.caption || [...t.querySelectorAll("th")].some((th) => !th.scope) || [...t.tBodies[0].rows].some((r) => r.cells[0].tagName !== "TH")).length);
    expect(unheaded === 0, `${where}: ${unheaded} tables without a caption or with cells that nothing heads`);
    const unnamed = await page.locator("figure svg").evaluateAll((all) => all.filter((svg) => !svg.querySelector("title")?.textContent || !svg.querySelector("desc")?.textContent).length);
    expect(unnamed === 0, `${where}: ${unnamed} pictures without words`);
}

// On paper nothing is folded away and nothing is cut off.
async function paper(page) {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const seen = await page.evaluate(() => ({
        folded: [...document.querySelectorAll("details table")].filter((t) => !t.checkVisibility()).length,
        paper: getComputedStyle(document.documentElement).getPropertyValue("--paper").trim(),
        contents: document.querySelector("nav").checkVisibility(),
    }));
    expect(seen.folded === 0, `paper: ${seen.folded} tables stay folded`);
    expect(seen.paper === "#fff", "paper: dark");
    expect(!seen.contents, "paper: prints links that nobody can follow");
    await page.pdf({ path: `${folder}/report.pdf`, format: "A4" });
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
    for (const [name, options] of Object.entries({
        light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
        dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
        phone: { viewport: { width: 360, height: 740 }, colorScheme: "light", deviceScaleFactor: 2 },
        "phone-dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
    })) {
        const { context, page, where } = await open(browser, options);
        await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
        if (name === "dark" || name === "phone") { // the other two have both colours and both widths between them
            await context.close();
            continue;
        }
        await content(page, where);
        await fits(page, where);
        await keyboard(page, where);
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
        await fits(page, `${where}, unfolded`);
        await accessible(page, where);
        await context.close();
    }
    const guarded = await open(browser, { viewport: { width: 1280, height: 900 }, bypassCSP: false }); // its own policy lets its own style through
    expect((await guarded.page.evaluate(() => getComputedStyle(document.querySelector("main")).maxWidth)) !== "none", "the style is not applied");
    await paper(guarded.page);
} finally {
    await browser.close();
}
for (const fault of faults) console.log(`${file}: ${fault}`);
process.exit(faults.length ? 1 : 0);
