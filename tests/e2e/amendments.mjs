/*
 * Three delegations amend a resolution with Word documents of their own; what
 * comes of it is one text with brackets and sponsors, which leaves as a Word
 * document with an author for each of them.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { reader, violations } from "./browser.mjs";
import { send, word } from "./form.mjs";
import { GROUP } from "./journey.mjs";
import { journey } from "./tap.mjs";

const PASSPHRASE = "seven quiet herons walk upstream";
const DOCX = "application/vnd.openxmlformats-officedocument." +
	"wordprocessingml.document";
const BASE = ["Names and numbers", "The Conference,", "resolves",
	"1\tto keep the register of names in good order;",
	"2\tto report every year to the Council;",
	"3\tto hold a meeting in spring,",
	"invites Member States", "1\tto contribute to the work."];

const run = (text, tag = "t") => text.split("\t").map(part =>
	`<w:r><w:${tag} xml:space="preserve">${part}</w:${tag}></w:r>`)
	.join("<w:r><w:tab/></w:r>");

/* Lines as paragraphs; "{+new+}" and "{-old-}" are tracked changes. */
function document(lines) {
	let id = 0;
	const piece = part => {
		const by = `w:id="${++id}" w:author="A delegate" ` +
			"w:date=\"2026-11-01T10:00:00Z\"";
		if (part.startsWith("{+"))
			return `<w:ins ${by}>${run(part.slice(2, -2))}</w:ins>`;
		if (part.startsWith("{-"))
			return `<w:del ${by}>${run(part.slice(2, -2), "delText")}</w:del>`;
		return part && run(part);
	};
	return word(lines.map(line => "<w:p>" +
		line.split(/(\{[+-].*?[+-]\})/).map(piece).join("") + "</w:p>")
		.join(""));
}

const file = (name, lines) =>
	({ name, mimeType: DOCX, buffer: document(lines) });

/* What each of them sends, and why. */
const parties = {
	Kenya: ["ke", [...BASE.slice(0, 3),
		"1\tto keep the register of names in {-good-}{+perfect+} order;",
		"2\tto report every {-year-}{+month+} to the Council;",
		...BASE.slice(5)], "A register must be perfect."],
	Brazil: ["br", [...BASE.slice(0, 4),
		"2\tto report every {-year-}{+second year+} to the Council;",
		"3\tto hold a meeting in {-spring-}{+autumn+},",
		...BASE.slice(6)], "Fewer reports, better reports."],
	/* Clean, without a mark. */
	Nepal: ["np", [...BASE.slice(0, 5), "3\tto hold a meeting in autumn,",
		"invites Member States", "1\tto contribute to the work in full."],
	"Spring is for planting."],
};

/* One part of a package, whose parts are stored or deflated. */
function part(octets, name) {
	for (let at = octets.indexOf("PK\x01\x02"); at >= 0;
		at = octets.indexOf("PK\x01\x02", at + 4)) {
		const length = octets.readUInt16LE(at + 28);
		if (octets.toString("utf8", at + 46, at + 46 + length) !== name)
			continue;
		const head = octets.readUInt32LE(at + 42);
		const from = head + 30 + octets.readUInt16LE(head + 26) +
			octets.readUInt16LE(head + 28);
		const data = octets.subarray(from,
			from + octets.readUInt32LE(at + 20));
		return String(octets.readUInt16LE(at + 10) ? inflateRawSync(data) : data);
	}
	throw new Error(`no ${name} in the package`);
}

/* The text of a Word document, with its changes taken or undone. */
function textOf(binary, octets, how) {
	const folder = mkdtempSync(join(tmpdir(), "rp-amend-"));
	try {
		const [one, two] = ["a.docx", "b.docx"].map(n => join(folder, n));
		writeFileSync(one, octets);
		const settle = spawnSync(binary, [how, one, "-o", two],
			{ encoding: "utf8" });
		assert.equal(settle.status, 0, settle.stderr);
		const text = spawnSync(binary, ["text", two], { encoding: "utf8" });
		assert.equal(text.status, 0, text.stderr);
		return text.stdout;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/* Load the page again until it is so; the worker takes its time. */
async function until(page, url, good) {
	for (let n = 0; n < 240; n++) {
		await page.goto(url);
		if (await good())
			return;
		await new Promise(r => setTimeout(r, 250));
	}
	throw new Error(`not in time: ${url}\n${await page.textContent("main")}`);
}

/* A version is opened, and a page of the desk says so. */
async function openVersion(desk, manage) {
	await until(desk, manage, async () =>
		await desk.locator("#until").count() > 0);
	await send(desk, "open");
	assert.equal(await desk.locator(".good[role=status]").count(), 1);
}

/* For the list of pages: the secretariat submits for two; a bracket's key. */
export async function amendTwice(desk, instrument, id) {
	const at = new URL(desk.url()).origin;
	const page = `${at}${instrument}1/amendments/`;

	await openVersion(desk, `${at}/en/desk/instruments/${id}/amendments/1`);
	for (const text of ["An annex in any word processor's format",
		"An annex in one word processor's format"]) {
		await until(desk, `${page}edit?p=1`, async () =>
			await desk.locator("#body").count() > 0);
		const party = await desk.locator("#party option")
			.nth(text.includes("any") ? 1 : 2).getAttribute("value");
		await desk.goto(`${page}edit?p=1&party=${party}`);
		await desk.fill("#body", text);
		await desk.fill("#reason", "It says whose format it is.");
		await send(desk, "save");
		await desk.fill("#reasons", "Formats belong to somebody.");
		await send(desk, "submit");
	}
	await until(desk, page, async () =>
		await desk.locator(".prov .br").count() > 0);
	const link = await desk.locator("a[href*='change?key=']").first()
		.getAttribute("href");
	return link.split("key=")[1];
}

export async function amendments(browser, site, secretariat, wrong) {
	const urls = site.urls, at = urls[0];
	const amend = `${at}/en/${GROUP}/instruments/resolution-77/1/amendments/`;
	const contexts = [];
	let desk;

	const open = async (lang = "en", js = true) => {
		const context = await reader(browser, { lang, js, urls, wrong });
		contexts.push(context);
		return context.newPage();
	};
	const delegate = async (s, name, slug, js) => {
		await desk.goto(`${at}/en/desk/people`);
		await desk.fill("#name", `Delegate of ${name}`);
		await desk.fill("#email", `${slug}@example.org`);
		await send(desk, "add");
		const link = (await desk.content()).match(/\/en\/l\/[0-9a-z]{32}/)[0];
		const person = (await desk.content())
			.match(/\/en\/desk\/people\/\d+/g).pop();
		await desk.goto(at + person);
		const option = desk.locator("#party option", { hasText: name }).first();
		await desk.selectOption("#party", await option.getAttribute("value"));
		await send(desk, "party");
		s[slug] = await open("en", js);
		await s[slug].goto(at + link);
		await s[slug].fill("#passphrase", PASSPHRASE);
		await s[slug].fill("#repeat", PASSPHRASE);
		await Promise.all([s[slug].waitForNavigation(),
			s[slug].click("main button.button")]);
	};

	await journey("amendments", {
		async "the secretariat enters a resolution"() {
			desk = await secretariat.open("en", true);
			await desk.goto(`${at}/en/desk/instruments`);
			await desk.fill("#number", "77");
			await desk.fill("#title", "Names, numbers and addresses");
			await send(desk, "create");
			await desk.fill("#name", "Rev. Dubai, 2018");
			await desk.fill("#dated", "2018-11-16");
			await desk.setInputFiles("#file", file("base.docx", BASE));
			await send(desk, "add");
		},
		async "it opens the version for amendments"(s) {
			const here = desk.url().replace(/\?.*/, "");
			await until(desk, here, async () => await desk.locator(
				"a[href$='/amendments/1']").count() > 0);
			s.manage = `${here}/amendments/1`;
			await openVersion(desk, s.manage);
		},
		async "member States may amend, and have delegates"(s) {
			await desk.goto(`${at}/en/desk/rights`);
			await desk.selectOption("#holder", "class member_state");
			await desk.selectOption("#capability", "amend");
			const on = desk.locator("#object option[value^='group ']").first();
			await desk.selectOption("#object", await on.getAttribute("value"));
			await desk.fill("#instrument", "Decision 12, decides 4");
			await send(desk, "grant");
			for (const [name, [slug]] of Object.entries(parties))
				await delegate(s, name, slug, slug !== "br");
		},
		async "what is missing is said at its field, nothing typed is lost"(s) {
			await s.ke.goto(amend + "new");
			await s.ke.fill("#reasons", "For a reason.");
			await send(s.ke, "submit");
			assert.equal(await s.ke.locator(".errors a[href='#file']").count(),
				1);
			assert.equal(await s.ke.inputValue("#reasons"), "For a reason.");
			assert.deepEqual(await violations(s.ke), []);
		},
		async "each delegation submits a Word document"(s) {
			for (const [slug, lines, why] of Object.values(parties)) {
				const page = s[slug];
				await page.goto(amend);
				await page.click("ul.actions a.button >> nth=0");
				await page.setInputFiles("#file", file(`${slug}.docx`, lines));
				await page.fill("#reasons", why);
				await send(page, "submit");
				assert.equal(await page.locator(".good[role=status]").count(),
					1, "it is said that it arrived");
				await until(page, page.url().replace(/\?.*/, ""), async () =>
					await page.locator("article ins").count() > 0);
			}
		},
		async "they become one text"(s) {
			await until(s.np, amend, async () =>
				await s.np.locator(".prov ins[title='Brazil, Nepal'], " +
					".prov ins[title='Nepal, Brazil']").count() > 0 &&
				await s.np.locator(".note[role=status]").count() === 0);
		},
		async "what one wants is its own, what two want is of both"(s) {
			const ins = await s.np.locator(".prov ins").evaluateAll(all =>
				all.map(e => [e.title, e.textContent]));
			assert.deepEqual(ins, [["Kenya", "perfect"], ["Kenya", "month"],
				["Brazil", "second year"], ["Brazil, Nepal", "autumn"],
				["Nepal", " in full"]]);
		},
		async "what two want differently is a bracket with both"(s) {
			const row = s.np.locator("#p-5");
			assert.equal((await row.locator("p.doc").textContent()).trim(),
				"2 to report every [year] [Alt 1 (Kenya): month] " +
				"[Alt 2 (Brazil): second year] to the Council;");
			assert.deepEqual(await row.locator(".who a").allTextContents(),
				["Kenya", "Brazil"]);
			assert.equal(await row.locator(".what").textContent(), "MOD");
		},
		async "the reasons are one step away"(s) {
			await s.np.locator("#p-5 .who a").first().click();
			await s.np.waitForSelector("#reasons");
			assert.ok((await s.np.textContent("main"))
				.includes(parties.Kenya[2]));
		},
		async "axe has nothing to say, in English and in Arabic"(s) {
			for (const lang of ["en", "ar"])
				for (const path of ["", "1/", "new", "edit?p=5"]) {
					await s.np.goto(amend.replace("/en/", `/${lang}/`) + path);
					assert.deepEqual(await violations(s.np), [],
						`${lang} ${path}`);
				}
			assert.equal(await s.np.getAttribute("html", "dir"), "rtl");
		},
		async "it leaves as a Word document with an author for each party"(s) {
			await s.np.goto(amend);
			const [download] = await Promise.all([
				s.np.waitForEvent("download"),
				s.np.click("a[href$='consolidated.docx']")]);
			const octets = readFileSync(await download.path());
			const xml = part(octets, "word/document.xml");
			const authors = new Set([...xml.matchAll(/w:author="([^"]*)"/g)]
				.map(m => m[1]));
			for (const name of Object.keys(parties))
				assert.ok(authors.has(name), `${name} in ${[...authors]}`);
			assert.ok(!authors.has("A delegate"));
			assert.match(xml, /w:author="Kenya"[^>]*><w:r>(?:(?!<\/w:ins>).)*month/);
			s.consolidated = octets;
		},
		async "rejected as a whole, it is the version"(s) {
			assert.equal(textOf(site.binary, s.consolidated, "reject"),
				textOf(site.binary, document(BASE), "accept"));
			const taken = textOf(site.binary, s.consolidated, "accept");
			assert.ok(taken.includes("[Alt 2 (Brazil): second year]"), taken);
		},
		async "the chair's team decides on the bracket"(s) {
			await desk.goto(amend);
			await desk.locator("#p-5 a[href*='change?key=']").click();
			await desk.waitForSelector("#choice-2");
			assert.deepEqual(await violations(desk), []);
			await desk.check("#choice-2");
			await desk.fill("#reason", "Agreed on Tuesday.");
			await send(desk, "decide");
			await desk.goto(amend);
			assert.equal(await desk.locator("#p-5 .br").count(), 0);
			assert.equal(await desk.locator("#p-5 .who .chip").count(), 1);
			s.decided = true;
		},
		async "the clean text becomes a version, numbered cleanly"(s) {
			await until(desk, s.manage, async () =>
				await desk.locator("button[value=adopt]").count() > 0);
			assert.deepEqual(await violations(desk), []);
			await desk.fill("#name", "Rev. Geneva, 2026");
			await desk.fill("#dated", "2026-11-29");
			await desk.check("#state-proposed");
			await send(desk, "adopt");
			const page = await open();
			await until(page, amend.replace("1/amendments/", "2/"),
				async () => await page.locator("#p-8").count() > 0);
			assert.equal((await page.textContent("#p-5")).trim(),
				"2 to report every second year to the Council;");
			assert.equal(await page.locator("article ins, article del").count(),
				0);
		},
	});
	for (const context of contexts)
		await context.close();
	await secretariat.context?.close();
}
