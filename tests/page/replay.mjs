// replay.mjs BROWSER PAGE FOLDER: replay.html of one story: by mouse, by keyboard, with reduced motion, on paper and without its script.
import { chromium } from "playwright-core";
import { accessible, conclude, executablePath, expect, fits, folder, keyboard, open, screens } from "./look.mjs";

const state = (page) => page.evaluate(() => ({
    week: +document.getElementById("week").value,
    said: document.getElementById("said").textContent,
    ahead: document.querySelectorAll("li.ahead").length,
    here: document.querySelectorAll("li.here").length,
    back: document.getElementById("back").disabled,
    next: document.getElementById("next").disabled,
    playing: document.getElementById("play").getAttribute("aria-pressed") === "true",
}));

// From the first event to the last and back: what lies ahead is veiled, what is said is one event, buttons end where the story ends.
async function steps(page, where) {
    const events = await page.locator("li[data-week]").count(), first = await state(page);
    expect(first.back && !first.next && first.here === 1 && first.ahead > 0, `${where}: does not begin at the first event`);
    await page.locator("#next").click();
    const second = await state(page);
    expect(second.week >= first.week && second.said !== first.said && !second.back, `${where}: Next does not step`);
    await page.locator("#back").click();
    expect((await state(page)).said === first.said, `${where}: Back does not return`);
    await page.locator("body").press("End");
    const last = await state(page);
    expect(last.next && last.ahead === 0 && last.said !== first.said, `${where}: End is not the end`);
    await page.locator("body").press("Home");
    let seen = 1;
    for (; seen < events && !(await state(page)).next; seen++) await page.locator("body").press("ArrowRight");
    expect(seen === events, `${where}: ${seen} of ${events} events are reached with the arrow keys`);
    await page.locator("body").press("ArrowLeft");
    expect(!(await state(page)).next, `${where}: ArrowLeft does not step back`);
    await page.locator("#all").click();
    expect((await state(page)).ahead === 0 && (await state(page)).said === "The whole story.", `${where}: All does not show all`);
    await page.locator("#week").focus();
    await page.locator("#week").press("Home");
    const start = await state(page);
    expect(start.week === 0 && start.ahead > 0, `${where}: the slider does not move the moment`);
}

// It moves by itself when asked, and stops when asked.
async function plays(page, where) {
    await page.locator("body").press("Home");
    const before = await state(page);
    await page.locator("#play").click();
    await page.waitForFunction((said) => document.getElementById("said").textContent !== said, before.said, { timeout: 5000 });
    expect((await state(page)).playing, `${where}: does not say that it plays`);
    await page.locator("#play").click();
    const stopped = await state(page);
    await page.waitForTimeout(1800);
    expect(!stopped.playing && (await state(page)).said === stopped.said, `${where}: Pause does not stop it`);
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
    for (const [name, options] of Object.entries(screens)) {
        const { context, page, where } = await open(browser, options);
        await page.screenshot({ path: `${folder}/replay-${name}.png`, fullPage: true });
        await fits(page, where);
        await keyboard(page, where);
        await steps(page, where);
        await plays(page, where);
        await accessible(page, where);
        await context.close();
    }
    const calm = await open(browser, { ...screens.light, reducedMotion: "reduce" });
    expect(!(await calm.page.locator("#play").isVisible()), "reduced motion: it still offers to move by itself");
    const moving = await calm.page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0).length);
    expect(moving === 0, `reduced motion: ${moving} elements still glide`);
    await steps(calm.page, "reduced motion");
    await calm.page.emulateMedia({ media: "print" });
    const hidden = await calm.page.evaluate(() => [...document.querySelectorAll("li[data-week]")].filter((e) => !e.checkVisibility()).length);
    expect(hidden === 0, `paper: ${hidden} events are missing`);
    const still = await open(browser, { ...screens.light, javaScriptEnabled: false });
    expect((await still.page.locator("li[data-week]:visible").count()) > 5, "without its script: events are missing");
    expect(!(await still.page.locator("#replay").isVisible()), "without its script: buttons that do nothing are shown");
} finally {
    await browser.close();
}
process.exit(conclude());
