/* Every page of the list: accessibility, width, print, size. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { get as httpGet } from "node:http";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { amendTwice } from "./amendments.mjs";
import { reader, violations } from "./browser.mjs";
import { files, fill, people, send } from "./form.mjs";
import { GROUP } from "./journey.mjs";
import { address, matches, pageList, pageRoutes } from "./list.mjs";
import { check, note, test } from "./tap.mjs";
import { themed } from "./themes.mjs";
import { proposeSome } from "./topics.mjs";

const SMALL = 14000, TEXT_FRAME = 9000, STYLE = 6000, SCRIPT = 6000;

/* Changes that an extractor flattened: one is left uncertain. */
const FLAT = `RESOLUTION 102 (Rev. Lima, 2024Oslo, 2026)

resolves

1\tto keep an open and a register of names;
2\tto publish the register in six languages;
23\tto report to the Council every year.
`;

/* A resolution in two versions that have been compared; its number there. */
async function register(desk) {
	const at = new URL(desk.url()).origin;

	await desk.goto(`${at}/en/desk/instruments`);
	await desk.fill("#number", "102");
	await desk.fill("#title", "Names, numbers and addresses");
	await send(desk, "create");
	for (const year of [2018, 2022]) {
		await desk.fill("#name", `Rev. ${year}`);
		await desk.fill("#dated", `${year}-11-16`);
		await desk.setInputFiles("#file", files.docx);
		await send(desk, "add");
	}
	const id = new URL(desk.url()).pathname.split("/").pop();
	await desk.setInputFiles("#text", { name: "flat.txt",
		mimeType: "text/plain", buffer: Buffer.from(FLAT) });
	await send(desk, "flatten");
	await desk.waitForSelector("#old_dated", { timeout: 60000 });
	await desk.fill("#old_dated", "2024-05-06");
	await desk.fill("#new_dated", "2026-05-06");
	await send(desk, "settle");
	let pair = "1/2";
	for (let n = 0; n < 60; n++) {
		await desk.goto(
			`${at}/en/${GROUP}/instruments/resolution-102/compare/${pair}/`);
		if (await desk.locator(".doc-bars").count() > 0)
			pair = pair === "1/2" ? "3/4" : "";
		if (pair === "")
			return id;
		await new Promise(r => setTimeout(r, 500));
	}
	throw new Error("two versions are not compared");
}

/* A duty to report, and the report of a year, issued, and of another. */
async function report(desk, at) {
	await desk.goto(`${at}/en/desk/groups/1/duties/new`);
	await desk.fill("#who", "the Secretary-General");
	await desk.fill("#recipient", "the Council");
	await desk.fill("#words", "to report to the Council every year;");
	await desk.fill("#due", "2020-12-31");
	await send(desk, "save");
	await desk.goto(`${at}/en/desk/groups/1/correspondence`);
	await desk.fill("#other", "Council");
	await desk.fill("#title", "Open the second half");
	await desk.fill("#dated", "2026-11-01");
	await send(desk, "add");
	await desk.goto(`${at}/en/desk/groups/1/editions`);
	await desk.fill("#year", "2026");
	await desk.fill("#closes", "2999-12-31");
	await send(desk, "add");
	await desk.goto(`${at}/en/${GROUP}/editions/1/`);
	await desk.fill("#body", "More on scripts, please.");
	await send(desk, "comment");
	for (const year of ["2999", "2998"]) {
		await desk.goto(`${at}/en/desk/groups/1/periods`);
		await desk.fill("#from", `${year}-01-01`);
		await desk.fill("#until", `${year}-12-31`);
		await send(desk, "add");
		await desk.fill("#introduction", "It was a year.");
		await send(desk, "save");
		if (year === "2999")
			await send(desk, "issue");
	}
}

/* An addressee; the secret of the link that mails have for him is in no page. */
async function addressed(desk, site) {
	await desk.goto(`${new URL(desk.url()).origin}/en/desk/recipients/1`);
	await desk.fill("#rows", "address,language\nana@example.org,fr\n");
	await send(desk, "import");
	const got = spawnSync("sqlite3", ["-readonly",
		join(site.folder, "rapporteur.db"),
		"SELECT secret FROM recipient LIMIT 1"], { encoding: "utf8" });

	assert.match(got.stdout, /^[0-9a-z]{32}\n$/, got.stderr);
	return got.stdout.trim();
}

/* A meeting with rules and a posted document that everybody may read. */
async function meet(desk) {
	const at = new URL(desk.url()).origin;

	await desk.goto(`${at}/en/desk/posting/1`);
	await desk.fill("#days", "12");
	await desk.fill("#instrument", "Council Decision 556");
	await send(desk, "set");
	await desk.goto(`${at}/en/desk/meetings`);
	await desk.fill("#series", "WG-NAMES");
	await desk.fill("#ordinal", "3");
	await desk.fill("#opens", "2999-10-04T09:30");
	await desk.fill("#closes", "2999-10-05T17:00");
	await desk.fill("#place", "Geneva");
	await send(desk, "create");
	const id = new URL(desk.url()).pathname.split("/").pop();
	await desk.fill("#title", "What names cost in small scripts");
	await desk.check("#access-public");
	await send(desk, "add");
	await desk.setInputFiles("#file", files.docx);
	await send(desk, "file");
	await desk.selectOption("#revision", "1");
	await desk.setInputFiles("#file", files.docx);
	await send(desk, "file");
	await send(desk, "post");
	await desk.fill("#part-title", "What they cost in smaller ones");
	await send(desk, "part");
	await desk.setInputFiles("#file", files.docx);
	await send(desk, "file");
	await send(desk, "access");
	await send(desk, "post");
	await desk.goto(`${at}/en/desk/meetings/${id}/agenda`);
	await desk.fill("#part-title", "Morning, open to everybody");
	await desk.check("#part-public");
	await send(desk, "add_part");
	await desk.fill("#title", "What was heard of names in small scripts");
	await desk.fill("#minutes", "40");
	await desk.fill("#documents", "1");
	await send(desk, "add_item");
	await send(desk, "issue");
	await desk.goto(`${at}/en/${GROUP}/meetings/3/contributions/new`);
	await desk.fill("#title", "A register of scripts");
	await desk.fill("#purpose", "To propose a register.");
	await desk.fill("#body", "# Introduction\n\nScripts are many.");
	await send(desk, "save");
	await desk.goto(`${at}/en/desk/meetings/${id}/report`);
	await desk.check("#by-public");
	await desk.fill("#until", "2999-11-01T12:00");
	await send(desk, "open");
	await desk.goto(`${at}/en/desk/consultations/1/sessions`);
	await desk.fill("#opens", "2999-10-03T09:30");
	await desk.fill("#closes", "2999-10-03T17:00");
	await desk.fill("#place", "Nairobi");
	await send(desk, "add_session");
	await desk.goto(`${at}/en/desk/groups/1/actions`);
	await desk.fill("#text", "Publish the register of scripts.");
	await desk.check("#kind-words");
	await desk.fill("#words", "The secretariat");
	await send(desk, "add");
	await report(desk, at);
	return id;
}

/* What the list's addresses need: a receipt, a draft, a link, a response. */
export async function prepare(browser, site, secretariat, wrong) {
	const context = await reader(browser, { urls: site.urls, wrong });
	const page = await context.newPage();
	const form = `${site.urls[0]}/en/${GROUP}/consultations/2/answer`;
	const secret = () => new URL(page.url()).pathname.split("/")[2];
	const known = {};

	await page.goto(form);
	await fill(page, people.en);
	await send(page);
	known.receipt = secret();
	await page.goto(form);
	await page.fill("#q1", people.ar.answer);
	await send(page, "save");
	known.draft = (await page.getAttribute(".copy a", "href")).split("/").pop();
	known.link = site.init("other@example.org", "Other").split("/").pop();
	await context.close();
	const desk = await secretariat.open("en", true);
	await desk.click("main a[href*='/queue'] >> nth=0");
	known.desk = (await desk.locator("table th a").first()
		.getAttribute("href")).match(/responses\/(\d+)/)[1];
	known.instrument = await register(desk);
	known.change = await amendTwice(desk,
		`/en/${GROUP}/instruments/resolution-102/`, known.instrument);
	Object.assign(known, await themed(desk, browser, site, wrong));
	known.meeting = await meet(desk);
	known.recipient = await addressed(desk, site);
	await proposeSome(desk);
	known.storage = await secretariat.context.storageState();
	await secretariat.context.close();
	return known;
}

const short = path => path.replace(
	/\{(receipt|draft|link|desk|instrument|change|meeting|question|theme|answer|recoding)\}/g,
	"…");

async function withPage(browser, site, wrong, known, p, lang, more, body) {
	const context = await reader(browser, { lang, urls: site.urls, wrong,
		...more, storageState: p.who === "staff" ? known.storage : undefined });
	try {
		const page = await context.newPage();
		const r = await page.goto(site.urls[0] + address(p.path, lang, known));
		assert.equal(r.status(), p.path.includes("no-such") ? 404 : 200);
		await body(page);
	} finally {
		await context.close();
	}
}

/* What sticks out of the window sideways. */
const tooWide = page => page.evaluate(() => {
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= width)
		return [];
	return ["the page", ...Array.from(document.querySelectorAll("body *"))
		.filter(e => !e.closest(".scroll, pre, .hp") &&
			(e.getBoundingClientRect().right > width + 1 ||
			e.getBoundingClientRect().left < -1))
		.slice(0, 5).map(e => e.outerHTML.slice(0, 80))];
});

export async function lookAtPages(browser, site, known, lang, wrong) {
	for (const p of pageList()) {
		const look = (more, body) => withPage(browser, site, wrong, known, p,
			lang, more, body);
		const name = `${lang}, ${short(p.path)}`;

		await look({}, async page => {
			await test(`${name}: axe has nothing to say`, async () => {
				assert.deepEqual(await violations(page), []);
				/* In the dark only colours are other ones. */
				await page.emulateMedia({ colorScheme: "dark" });
				assert.deepEqual(await violations(page,
					["color-contrast"]), [], "dark");
				assert.equal(await page.getAttribute("html", "lang"), lang);
				assert.equal(await page.locator("h1").count(), 1, "one h1");
			});
			await test(`${name}: printed, it is dark on white, without buttons`,
				async () => {
					await page.emulateMedia({ colorScheme: "dark",
						media: "print" });
					const seen = await page.evaluate(printed);
					assert.ok(seen.ink < 80, "ink");
					assert.ok(!seen.nav, "no navigation on paper");
					assert.ok(seen.text);
				});
			await test(`${name}: 320 px wide, and at 200 %`, async () => {
				await page.emulateMedia({ colorScheme: "light",
					media: "screen" });
				await page.setViewportSize({ width: 320, height: 640 });
				assert.deepEqual(await tooWide(page), [], "320 px");
				await page.setViewportSize({ width: 640, height: 480 });
				assert.deepEqual(await tooWide(page), [], "200 %");
				await page.evaluate(() => {
					document.documentElement.style.fontSize = "200%";
				});
				assert.deepEqual(await tooWide(page), [], "text at 200 %");
			});
		});
	}
}

/* In the page: how dark the ink is, and what stands on the paper. */
function printed() {
	const light = s => s.match(/[\d.]+/g).slice(0, 3)
		.reduce((a, b) => a + Number(b), 0) / 3;
	const shown = s => Array.from(document.querySelectorAll(s))
		.some(e => e.checkVisibility());

	return { ink: light(getComputedStyle(document.body).color),
		nav: shown("nav.langs, nav.who, .skip"), text: shown("h1") };
}

export function everyRoute() {
	const pages = pageList();
	const missing = pageRoutes()
		.filter(r => !pages.some(p => matches(r, p.path)));
	check("every page's route is in tests/pages/list", missing.length === 0,
		missing.join("\n"));
}

function packed(url) {
	return new Promise((resolve, reject) => {
		httpGet(url, { headers: { "Accept-Encoding": "gzip" } }, r => {
			const parts = [];
			r.on("data", d => parts.push(d));
			r.on("end", () => {
				const octets = Buffer.concat(parts);
				const gzip = r.headers["content-encoding"] === "gzip";
				resolve({ n: octets.length,
					text: String(gzip ? gunzipSync(octets) : octets) });
			});
		}).on("error", reject);
	});
}

/* Octets that go over the line, for every page whose reader waits for them. */
export async function budgets(site, known) {
	for (const lang of ["en", "ar", "zh", "fr", "ru", "es"]) {
		const start = await packed(`${site.urls[0]}/${lang}/`);
		const style = await packed(site.urls[0] +
			start.text.match(/href="(\/static\/style[^"]+)"/)[1]);
		const form = await packed(`${site.urls[0]}/${lang}/${GROUP}` +
			"/consultations/2/answer");
		const script = await packed(site.urls[0] +
			form.text.match(/src="(\/static\/answer[^"]+)"/)[1]);

		if (lang === "en") {
			note(`style ${style.n}, script ${script.n} octets`);
			check("the stylesheet is small", style.n <= STYLE, style.n);
			check("the script is small", script.n <= SCRIPT, script.n);
		}
		for (const p of pageList().filter(p => p.budget !== "free")) {
			const got = await packed(site.urls[0] +
				address(p.path, lang, known));
			let n = got.n + style.n, most = SMALL;
			if (p.budget === "text") {
				/* Without the text itself. */
				const frame = got.text.replace(
					/<article class="(response|instrument|summary)">[^]*<\/article>/, "");
				assert.notEqual(frame, got.text);
				n = gzipSync(frame).length + style.n;
				most = TEXT_FRAME;
			}
			check(`${lang}, ${short(p.path)}: at most ${most} octets`,
				n <= most, n);
			if (lang === "en" && n > most * 0.85)
				note(`${short(p.path)}: ${n} octets`);
		}
	}
}
