// offline.mjs BROWSER PAGE FOLDER: an exported page, opened as a file with the network off: all five steps by one person, wide and on a phone.
import { chromium } from "playwright-core";
import { accessible, address, conclude, executablePath, expect, fits, folder, screens } from "./look.mjs";

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

// A page without a network: what it asks for beyond itself is a fault.
async function open(options, where) {
    const context = await browser.newContext({ ...options, offline: true });
    const page = await context.newPage();
    page.on("request", (request) => expect(request.url() === address || /^(blob|data):/.test(request.url()), `${where}: asks for ${request.url()}`));
    page.on("console", (message) => expect(message.type() !== "error", `${where}: ${message.text()}`));
    page.on("pageerror", (error) => expect(false, `${where}: ${error.message}`));
    await page.goto(address);
    return { context, page };
}

const heading = (page) => page.locator("#stage h1").innerText();
const step = (page) => page.locator("#steps [aria-current=step] .n").innerText();
const next = async (page) => {
    const before = await heading(page);
    await page.locator("#host button.main").click();
    await page.waitForFunction((title) => document.querySelector("#stage h1").textContent !== title, before, { timeout: 20000 });
};

async function predict(page, where) {
    await next(page);
    expect((await step(page)) === "1", `${where}: the second station is not a prediction`);
    const ranges = page.locator("#stage input[type=range]");
    expect((await ranges.count()) === 2, `${where}: there are not two predictions`);
    await ranges.nth(0).focus();
    for (let n = 0; n < 5; n++) await page.keyboard.press("ArrowRight");
    await ranges.nth(1).focus();
    for (let n = 0; n < 9; n++) await page.keyboard.press("ArrowRight");
    await page.locator("#stage input[type=radio]").first().check({ force: true });
    await page.waitForFunction(() => /saved/i.test(document.querySelector("#stage .saved")?.textContent ?? ""), null, { timeout: 10000 });
}

async function reveal(page, where) {
    while (!/^Without/.test(await heading(page))) await next(page);
    await next(page);
    await page.waitForFunction(() => /of 50/.test(document.getElementById("stage").textContent), null, { timeout: 20000 });
    const words = await page.locator("#stage").innerText();
    expect(/95 ?% interval/.test(words) && /seed 1/.test(words), `${where}: the reveal says no interval, or no seed`);
}

async function replay(page, where) {
    while ((await step(page)) !== "3") await next(page);
    await page.waitForFunction(() => document.querySelectorAll("#stage svg").length > 0, null, { timeout: 30000 });
    while ((await step(page)) === "3") await next(page);
}

// A slider that is moved brings other numbers.
async function change(page, where) {
    expect((await step(page)) === "4", `${where}: sliders are not step 4`);
    const seen = () => page.locator("#stage").innerText();
    await page.waitForFunction(() => document.querySelectorAll("#stage input[type=range]").length === 5, null, { timeout: 20000 });
    const before = await seen(), slider = page.locator("#stage input[type=range]").first();
    await slider.focus();
    await slider.press("Home");
    await page.waitForFunction((text) => document.getElementById("stage").innerText !== text && /2,048 worlds/.test(document.getElementById("stage").innerText), before, { timeout: 30000 });
    while ((await step(page)) === "4") await next(page);
}

async function own(page, where) {
    expect((await step(page)) === "5", `${where}: one's own case is not step 5`);
    const groups = page.locator("#stage fieldset");
    const n = await groups.count();
    expect(n >= 5, `${where}: ${n} questions about one's own case, not five`);
    for (let k = 0; k < n; k++) await groups.nth(k).locator("input[type=radio]").nth(1).check({ force: true });
    await page.locator("#stage button").first().click().catch(() => {});
    await page.waitForFunction(() => /worlds, seed/.test(document.getElementById("stage").innerText), null, { timeout: 60000 });
    await next(page);
    expect(/take home/i.test(await heading(page)), `${where}: does not end with the question to take home`);
}

try {
    for (const name of ["light", "phone-dark"]) {
        const where = `${screens[name].viewport.width} px, offline`;
        const { context, page } = await open(screens[name], where);
        await page.waitForFunction(() => document.querySelector("#stage h1") && document.querySelector("#host button.main"), null, { timeout: 30000 });
        await page.screenshot({ path: `${folder}/offline-${name}-0.png` });
        await predict(page, where);
        await page.screenshot({ path: `${folder}/offline-${name}-1.png` });
        await reveal(page, where);
        await page.waitForTimeout(1500);
        await page.screenshot({ path: `${folder}/offline-${name}-2.png`, fullPage: true });
        await fits(page, where);
        await accessible(page, where);
        await replay(page, where);
        await page.screenshot({ path: `${folder}/offline-${name}-3.png`, fullPage: true });
        await change(page, where);
        await own(page, where);
        await page.screenshot({ path: `${folder}/offline-${name}-5.png`, fullPage: true });
        await context.close();
    }
} finally {
    await browser.close();
}
process.exit(conclude());
