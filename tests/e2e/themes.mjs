/*
 * The workbench of themes in a browser: run, correct, decide by keys, freeze,
 * print, publish; the respondent's page says what became of the answer.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { reader, violations } from "./browser.mjs";
import { GROUP } from "./journey.mjs";
import { journey, note } from "./tap.mjs";

const CONSULTATION = 1; /* of the demonstration: closed, with 130 responses */
const WAIT_MS = 120000;
const NAME = "Letters of one’s own"; /* a theme for the list of pages */
const NEXT_MS = 100; /* until the next passage is shown */
const PASSPHRASE = "nine grey otters under the pier";

/* Press a button of the page's own forms and see that it was done. */
async function press(page, value, within = "main") {
	await Promise.all([page.waitForNavigation(),
		page.click(`${within} button[name=do][value=${value}]`)]);
	assert.equal(await page.locator(".good[role=status]").count(), 1,
		`"${value}" is done`);
}

/* The page renews itself while a run goes on. */
async function proposal(page) {
	await press(page, "run");
	await page.waitForSelector("button[value=apply]", { timeout: WAIT_MS });
}

async function create(page, book, name) {
	await page.goto(book);
	await page.fill("#name", name);
	await press(page, "create");
}

const words = page => page.evaluate(() => document.querySelector(".marked")
	.textContent.split(/[\n]/)[0].slice(0, 60));

/* A passage of each of `n` unread answers under a theme. */
async function mark(page, book, name, n) {
	const answers = [];

	await page.goto(book.replace("/themes", "/readings/unread"));
	const urls = await page.locator("main .item a").evaluateAll(
		all => all.map(a => a.href));
	for (const url of urls) {
		if (answers.length === n)
			break;
		await page.goto(url);
		await page.fill("#passage", await words(page));
		await page.selectOption("#theme", { label: name });
		await Promise.all([page.waitForNavigation(),
			page.click("button[value=mark]")]);
		if (await page.locator(".good[role=status]").count() > 0)
			answers.push(url);
	}
	assert.equal(answers.length, n, "passages are marked");
	return answers;
}

const themeUrl = (page, name) => page.locator("main table a",
	{ hasText: name }).first().evaluate(a => a.href);

/* The first suggestions; the rest stay what they are. */
async function confirmSome(page, book) {
	await page.goto(book);
	for (let n = 0; n < 4 && await page.locator(
		"main td button[value=confirm]").count() > 0; n++)
		await press(page, "confirm", "main td");
}

/* Somebody else of the secretariat, signed in. */
async function colleague(browser, site, wrong) {
	const context = await reader(browser, { lang: "en", urls: site.urls, wrong });
	const page = await context.newPage();

	await page.goto(site.init("bo@example.org", "Bo Li"));
	await page.fill("#passphrase", PASSPHRASE);
	await page.fill("#repeat", PASSPHRASE);
	await Promise.all([page.waitForNavigation(),
		page.click("main button.button")]);
	return page;
}

/* Draw passages; the address of the page where they are listed. */
async function draw(page, book, basis, size) {
	const url = book.replace("/themes", "/recodings");

	await page.goto(url);
	await page.selectOption("#basis", basis);
	await page.fill("#size", String(size));
	await press(page, "ask");
	return url;
}

/* A passage that another decided on, for the reader to code. */
async function drawn(desk, book, other) {
	await other.goto(book.replace("/themes", "/queue"));
	await decideBy(other, "0");
	await other.waitForLoadState("networkidle");
	await draw(other, book, "uncertain", 1);
	await other.context().close();
	await desk.goto(book.replace("/themes", "/recodings"));
	await Promise.all([desk.waitForNavigation(),
		desk.click("button[value=begin]")]);
	return desk.url().match(/recodings\/(\d+)/)[1];
}

/* Everything that the list of pages needs; the desk is open. */
export async function themed(desk, browser, site, wrong) {
	const at = new URL(desk.url()).origin;

	await desk.goto(`${at}/en/desk/consultations/${CONSULTATION}/themes`);
	const book = await desk.locator("main a.button").first()
		.evaluate(a => a.href);
	await desk.goto(book);
	await proposal(desk);
	await press(desk, "apply");
	await create(desk, book, NAME);
	const answers = await mark(desk, book, NAME, 2);
	await desk.fill("#passage", await words(desk));
	await press(desk, "practice");
	await desk.goto(book);
	const theme = await themeUrl(desk, NAME);
	await confirmSome(desk, book);
	const recoding = await drawn(desk, book,
		await colleague(browser, site, wrong));
	for (const author of ["The Secretariat", "The Chair"]) {
		await desk.goto(
			`${at}/en/desk/consultations/${CONSULTATION}/themes`);
		await desk.fill("#author", author);
		await desk.fill("#note", "For the meeting");
		await press(desk, "freeze");
		await press(desk, "publish");
	}
	return { recoding, question: book.match(/questions\/(\d+)/)[1],
		theme: theme.match(/themes\/(\d+)/)[1],
		answer: answers[0].match(/responses\/(\d+)/)[1] };
}

async function left(page) {
	return Number((await page.textContent("#left")).replace(/\D/g, ""));
}

/* A key, and how long until another passage is there. */
async function decideBy(page, key) {
	return page.evaluate(key => new Promise(resolve => {
		const shown = () => Array.from(document.querySelectorAll(".unit"))
			.find(u => !u.hidden)?.id;
		const was = shown(), began = performance.now();
		const look = () => shown() !== was ?
			resolve(performance.now() - began) : requestAnimationFrame(look);
		document.body.dispatchEvent(new KeyboardEvent("keydown",
			{ key, bubbles: true }));
		look();
	}), key);
}

export async function summary(browser, site, secretariat, wrong) {
	const at = site.urls[0];
	const consultation = `${at}/en/${GROUP}/consultations/${CONSULTATION}/`;
	let page, book, number;

	await journey("themes", {
		"a run proposes, and is applied when its difference was seen":
		async () => {
			page = await secretariat.open("en", true);
			await page.click("main a[href$='/consultations/1/themes']");
			book = await page.locator("main a.button").first()
				.evaluate(a => a.href);
			await page.goto(book);
			await proposal(page);
			assert.match(await page.textContent("main"),
				/responses would get their first themes/);
			await press(page, "apply");
			assert.ok(await page.locator("h3", { hasText: "Campaign" })
				.count() >= 1, "campaigns come first");
		},
		"themes are made, renamed, split, merged, and it is undone":
		async () => {
			await create(page, book, "Forms");
			await create(page, book, "Costs");
			await mark(page, book, "Forms", 3);
			await page.goto(book);
			const forms = await themeUrl(page, "Forms");
			const costs = await themeUrl(page, "Costs");
			await page.goto(forms);
			await page.fill("#f-name", "Forms that refuse a name");
			await press(page, "words");
			await page.check("main [name=spans] >> nth=0");
			await page.fill("#split-name", "Letters on paper");
			await press(page, "split");
			await page.goto(book);
			const paper = await themeUrl(page, "Letters on paper");
			await page.goto(paper);
			await page.selectOption("#into",
				{ label: "Forms that refuse a name" });
			await press(page, "merge");
			await page.goto(book.replace("/themes", "/decisions"));
			await press(page, "undo", "main li:first-child");
			await page.goto(book);
			await themeUrl(page, "Letters on paper");
			await page.goto(costs);
			await press(page, "retire");
		},
		"passages are decided by one key, the next one is there at once":
		async () => {
			await page.goto(book.replace("/themes", "/queue"));
			const before = await left(page), times = [];
			for (const key of ["0", "1", "0", "s", "0"])
				times.push(await decideBy(page, key));
			note(`next passage after ${times.map(t =>
				t.toFixed(0)).join(", ")} ms`);
			assert.ok(Math.min(...times) < NEXT_MS, String(times));
			/* What was decided arrives, though the page is left. */
			for (let n = 0; n < 20; n++) {
				await page.goto(book.replace("/themes", "/queue"));
				if (await left(page) === before - 4)
					break;
				await new Promise(r => setTimeout(r, 250));
			}
			assert.equal(await left(page), before - 4);
		},
		"somebody else codes the same passages blind, by keys": async () => {
			const list = await draw(page, book, "sample", 5);
			const bo = await colleague(browser, site, wrong);
			await bo.goto(list);
			await Promise.all([bo.waitForNavigation(),
				bo.click("button[value=begin]")]);
			assert.equal(await bo.locator(".unit").count(), 5);
			assert.equal(await bo.locator("button[value=yes]").count(), 0,
				"nothing is proposed");
			const url = bo.url().split("?")[0];
			await bo.goto(url + "/agreement");
			assert.equal(await bo.locator("main table").count(), 0, "blind");
			await bo.goto(url);
			for (let n = 0; n < 5; n++)
				assert.ok(await decideBy(bo, n % 2 ? "0" : "1") < NEXT_MS * 10);
			/* The script asks for what comes next when all is told. */
			await bo.waitForSelector("main a.button[href$='/agreement']");
			await Promise.all([bo.waitForNavigation(),
				bo.click("main a.button[href$='/agreement']")]);
			assert.ok(await bo.locator("main table tbody tr").count() >= 2);
			assert.deepEqual(await violations(bo), []);
			assert.equal(await bo.locator("main svg").count(), 1);
			const open = await bo.locator("button[value=first]").count();
			assert.ok(open >= 1, "they differ somewhere");
			await bo.locator("input[name=reason]").first().fill("as it says");
			await Promise.all([bo.waitForNavigation(),
				bo.locator("button[value=first]").first().click()]);
			assert.equal(await bo.locator("button[value=first]").count(),
				open - 1, "settled");
			await bo.context().close();
		},
		"the rest is suggested from what was decided": async () => {
			await page.goto(book);
			await press(page, "map");
			await page.waitForSelector("button[value=apply]",
				{ timeout: WAIT_MS });
			assert.match(await page.textContent("main"),
				/learnt from what was decided/);
			await press(page, "apply");
			await page.goto(book.replace("/themes", "/decisions"));
			await press(page, "undo", "main li:first-child");
		},
		"what a person decided survives another run": async () => {
			await page.goto(book);
			const seen = () => page.locator("main tr", { hasText:
				"Forms that refuse a name" }).locator("td.n").first()
				.textContent();
			const was = Number(await seen());
			await proposal(page);
			await press(page, "apply");
			assert.ok(Number(await seen()) >= was, "none is lost");
		},
		"a version is frozen and printed before it is published":
		async () => {
			await confirmSome(page, book);
			await page.goto(
				`${at}/en/desk/consultations/${CONSULTATION}/themes`);
			await page.fill("#note", "For the meeting");
			await press(page, "freeze");
			assert.equal((await page.request.get(consultation + "summary"))
				.status(), 404);
			await page.click("main .item a");
			await page.waitForSelector(".summary");
			const pdf = await page.pdf({ format: "A4" });
			assert.ok(pdf.length > 10000, "a document on paper");
			const [file] = await Promise.all([
				page.waitForEvent("download"),
				page.click("a[href$='summary.docx']")]);
			assert.match(file.suggestedFilename(), /summary-1\.docx$/);
			assert.deepEqual([...readFileSync(await file.path())
				.subarray(0, 2)], [0x50, 0x4b], "a Word document");
			await page.goBack();
			await press(page, "publish");
		},
		"another author’s summary stands beside it": async () => {
			await page.goto(
				`${at}/en/desk/consultations/${CONSULTATION}/themes`);
			await page.fill("#author", "The Chair");
			await press(page, "freeze");
			await Promise.all([page.waitForNavigation(),
				page.click("main a[href$='/summaries/1/compare/2']")]);
			assert.ok(await page.locator("main table tbody tr").count() >= 2);
			assert.match(await page.textContent("main table"), /100%/);
			assert.deepEqual(await violations(page), []);
			await page.setViewportSize({ width: 320, height: 700 });
			assert.ok(await page.evaluate(() =>
				document.documentElement.scrollWidth) <= 320, "it fits");
			await page.setViewportSize({ width: 1280, height: 900 });
		},
		"everybody reads it, each quotation where it was said": async () => {
			const context = await reader(browser,
				{ lang: "en", urls: site.urls, wrong });
			const public_ = await context.newPage();
			await public_.goto(consultation);
			await public_.click("main a[href$='/summary']");
			await public_.waitForSelector(".summary");
			const quotation = public_.locator(".summary blockquote").first();
			const said = (await quotation.textContent()).trim();
			const link = public_.locator(".summary blockquote + p a").first();
			number = (await link.getAttribute("href")).match(
				/responses\/(\d+)/)[1];
			await link.click();
			await public_.waitForSelector("article.response");
			const squeeze = s => s.replace(/\s+/g, " ");
			assert.ok(squeeze(await public_.textContent("article.response"))
				.includes(squeeze(said)), said);
			await context.close();
		},
		"the respondent sees what became of the answer": async () => {
			const context = await reader(browser,
				{ lang: "ar", js: false, urls: site.urls, wrong });
			const ar = await context.newPage();
			await ar.goto(`${at}/ar/${GROUP}/consultations/` +
				`${CONSULTATION}/responses/${number}`);
			assert.equal(await ar.locator("#outcome").count(), 1);
			await ar.click("#outcome ~ ul a >> nth=0");
			await ar.waitForSelector(".summary");
			await context.close();
		},
	});
	await secretariat.context?.close();
}
