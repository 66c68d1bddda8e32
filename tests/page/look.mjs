// look.mjs: what every page is held to: nothing from the network, no error in the console, axe-core without violations, nothing wider than the
// screen that the keyboard cannot reach, and a focus that is seen.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

export const [executablePath, file, folder] = process.argv.slice(2);
export const address = pathToFileURL(file).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const faults = [];
export const expect = (holds, what) => holds || faults.push(what);

// Wide and on a phone, light and dark.
export const screens = {
    light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
    dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
    phone: { viewport: { width: 360, height: 740 }, colorScheme: "light", deviceScaleFactor: 2 },
    "phone-dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
};

export async function open(browser, options) {
    const context = await browser.newContext({ bypassCSP: true, ...options });
    const page = await context.newPage();
    const where = `${options.viewport.width} px, ${options.colorScheme ?? "light"}`;
    page.on("request", (request) => expect(request.url() === address, `${where}: asks for ${request.url()}`));
    page.on("console", (message) => expect(message.type() !== "error", `${where}: ${message.text()}`));
    await page.goto(address);
    return { context, page, where };
}

export async function accessible(page, where) {
    await page.evaluate(axe);
    const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), standards);
    expect(found.passes.length > 20, `${where}: axe looked at next to nothing`);
    for (const violation of found.violations)
        for (const node of violation.nodes) faults.push(`${where}: ${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`);
}

// Only regions that the keyboard can reach may be wider than the screen.
export async function fits(page, where) {
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
export async function keyboard(page, where) {
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
    return stops;
}

// Prints every fault; the status of the process.
export function conclude() {
    for (const fault of faults) console.log(`${file}: ${fault}`);
    return faults.length ? 1 : 0;
}
