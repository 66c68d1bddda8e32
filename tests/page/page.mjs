// page.mjs BROWSER PAGE FOLDER: report.html as people meet it: wide and on a phone, light and dark, with the keyboard, on paper.
// Screenshots and the PDF go to FOLDER. Prints every fault and ends with 1 when there is one.
import { chromium } from "playwright-core";
import { accessible, conclude, executablePath, expect, fits, folder, keyboard, open, screens } from "./look.mjs";

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
    for (const [name, options] of Object.entries(screens)) {
        const { context, page, where } = await open(browser, options);
        await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
        await content(page, where);
        await fits(page, where);
        const stops = await keyboard(page, where);
        expect(stops[0]?.name.includes("Skip"), `${where}: the first stop does not skip to the finding`);
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
process.exit(conclude());
