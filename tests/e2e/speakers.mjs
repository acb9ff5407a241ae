/* The list of speakers in two browsers at once: what one changes, the other
   sees without asking. */
import assert from "node:assert/strict";
import { reader, violations } from "./browser.mjs";
import { send } from "./form.mjs";
import { GROUP } from "./journey.mjs";
import { journey } from "./tap.mjs";

/* A meeting with an item that everybody may see; the address of its list. */
async function meeting(desk) {
	const at = new URL(desk.url()).origin;

	await desk.goto(`${at}/en/desk/meetings`);
	await desk.fill("#series", "WG-NAMES");
	await desk.fill("#ordinal", "7");
	await desk.fill("#opens", "2999-10-04T09:30");
	await desk.fill("#closes", "2999-10-05T17:00");
	await desk.fill("#place", "Geneva");
	await send(desk, "create");
	await desk.click("main a[href$='/agenda']");
	await desk.waitForSelector("#part-title");
	await desk.fill("#part-title", "Morning");
	await desk.check("#part-public");
	await send(desk, "add_part");
	await desk.fill("#title", "Names in small scripts");
	await send(desk, "add_item");
	const item = await desk.locator("main a[href$='/record']").first()
		.evaluate(a => a.href);
	await desk.goto(item);
	await send(desk, "open");
	return `${at}/en/${GROUP}/meetings/7/items/${item.match(
		/items\/(\d+)/)[1]}/floor`;
}

/* The text of the live part once it holds what is looked for. */
async function sees(page, text) {
	await page.locator("#live", { hasText: text }).waitFor();
	return page.textContent("#live");
}

async function enter(desk, name) {
	await desk.fill("#name", name);
	await send(desk, "enter");
}

export async function speakers(browser, site, secretariat, wrong) {
	const open = async more => (await reader(browser,
		{ urls: site.urls, wrong, ...more })).newPage();
	let desk, floor, all, arabic, still, wall;

	await journey("speakers", {
		"two readers, a wall and one without script are there": async () => {
			desk = await secretariat.open("en", true);
			floor = await meeting(desk);
			await desk.goto(floor);
			all = await open({ lang: "en" });
			arabic = await open({ lang: "ar" });
			wall = await open({ lang: "en" });
			still = await open({ lang: "en", js: false });
			await all.goto(floor);
			await arabic.goto(floor.replace("/en/", "/ar/"));
			await wall.goto(floor + "/screen");
			await still.goto(floor);
			assert.equal(await arabic.getAttribute("html", "dir"), "rtl");
			assert.match(await still.content(), /http-equiv="refresh"/);
		},
		"the list is opened, and both see it": async () => {
			await send(desk, "open");
			await sees(all, "requests are taken");
			await sees(arabic, "الطلبات مقبولة");
		},
		"a request is on all screens, without loading again": async () => {
			await all.evaluate(() => { window.kept = true; });
			await enter(desk, "Ms. Lamp");
			for (const page of [all, arabic, wall])
				await sees(page, "Ms. Lamp");
			assert.equal(await all.evaluate(() => window.kept), true);
		},
		"the floor is given by a button of the live part, and counts down":
		async () => {
			await enter(desk, "Mr. Well");
			await Promise.all([desk.waitForNavigation(),
				desk.locator("#live button[name=give]").nth(1).click()]);
			await all.locator(".now", { hasText: "Mr. Well" }).waitFor();
			await wall.locator(".now", { hasText: "Mr. Well" }).waitFor();
			const left = () => all.textContent(".left");
			const first = await left();
			assert.match(first, /^0[0-9]:[0-5][0-9]$/);
			for (let n = 0; n < 100 && await left() === first; n++)
				await all.waitForTimeout(100);
			assert.notEqual(await left(), first);
			assert.match(await arabic.textContent(".left"),
				/^[٠-٩]{2}:[٠-٩]{2}$/);
		},
		"who is not the Chair has no buttons": async () => {
			for (const page of [all, arabic, wall])
				assert.equal(await page.locator("#live button").count(), 0);
		},
		"without script the page asks again by itself": async () => {
			await still.locator(".now", { hasText: "Mr. Well" }).waitFor();
		},
		"axe has nothing to say": async () => {
			for (const page of [desk, all, arabic])
				assert.deepEqual(await violations(page), []);
		},
		"the wall fits its window": async () => {
			for (const [width, height] of [[1920, 1080], [320, 600]]) {
				await wall.setViewportSize({ width, height });
				assert.ok(await wall.evaluate(() =>
					document.documentElement.scrollWidth <=
					window.innerWidth), `${width} px`);
			}
		},
	});
}
