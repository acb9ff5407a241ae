/*
 * Who is in the house of house.mjs, and what each of them does there: accounts,
 * rights, meetings, contributions, the record, addresses that are guessed.
 */
import assert from "node:assert/strict";
import { reader } from "./browser.mjs";
import { send } from "./form.mjs";
import { asIfAbsent, finds } from "./house_walk.mjs";
import { GROUP } from "./journey.mjs";

const PASSPHRASE = "seven quiet herons walk upstream";
export const SECRET = "xylophage";
const DECIDED = "Decision 12, decides 4";
export const FIRST = 20, SECOND = 21;
const WAIT_MS = 60000;
const NOBODY = 987654; /* no item, document, meeting or action of that number */

export const day = days => new Date(Date.now() + days * 86400000).toISOString()
	.slice(0, 10);

/* A button whose page says that it was done. */
export async function press(page, button, n = 0) {
	await Promise.all([page.waitForNavigation(), page.locator(
		`main button[name=do][value=${button}]`).nth(n).click()]);
	assert.equal(await page.locator(".good[role=status]").count(), 1,
		`"${button}" is done: ${await page.locator(".bad, .errors")
			.allTextContents()}`);
}

export async function choose(page, select, text) {
	const option = page.locator(`${select} option`, { hasText: text }).first();
	await page.selectOption(select, await option.getAttribute("value"));
}

export async function eventually(body) {
	const until = Date.now() + WAIT_MS;
	for (;;) {
		const good = await body();
		if (good)
			return good;
		assert.ok(Date.now() < until, `too long: ${body}`);
		await new Promise(r => setTimeout(r, 250));
	}
}

/* The house: who is in it, and the addresses that were made. */
export class House {
	constructor(browser, site, secretariat, lang, wrong) {
		Object.assign(this, { browser, site, secretariat, lang, wrong,
			at: site.urls[0], contexts: [] });
	}

	/* An address of the group, in the language of who asks. */
	url(path, lang = "en") {
		return `${this.at}/${lang}/${GROUP}/${path}`;
	}

	desk(path) {
		return `${this.at}/en/desk/${path}`;
	}

	async open(lang, js = true) {
		const context = await reader(this.browser,
			{ lang, js, urls: this.site.urls, wrong: this.wrong });
		this.contexts.push(context);
		const page = await context.newPage();
		page.lang = lang;
		return page;
	}

	async signIn(link, lang, js) {
		const page = await this.open(lang, js);
		await page.goto(this.at + link.replace("/en/", `/${lang}/`));
		await page.fill("#passphrase", PASSPHRASE);
		await page.fill("#repeat", PASSPHRASE);
		await Promise.all([page.waitForNavigation(),
			page.click("main button.button")]);
		return page;
	}

	async delegate(name, lang, js) {
		const { secretary } = this;
		await secretary.goto(this.desk("people"));
		await secretary.fill("#name", `Delegate of ${name}`);
		await secretary.fill("#email", `${name.toLowerCase()}@example.org`);
		await send(secretary, "add");
		const text = await secretary.content();
		await secretary.goto(this.at + text.match(/\/en\/desk\/people\/\d+/g)
			.pop());
		await choose(secretary, "#party", name);
		await press(secretary, "party");
		return this.signIn(text.match(/\/en\/l\/[0-9a-z]{32}/)[0], lang, js);
	}

	/* The demonstration's own Chair, who gets an account. */
	async chairPerson() {
		const { secretary } = this;
		await secretary.goto(this.desk("people"));
		await secretary.locator("main a", { hasText: "Wanjiru" }).first()
			.click();
		await Promise.all([secretary.waitForNavigation(),
			secretary.click("button[name=do][value=link]")]);
		return this.signIn((await secretary.content())
			.match(/\/en\/l\/[0-9a-z]{32}/)[0], "en", true);
	}

	async grant(holder, capability) {
		const { secretary } = this;
		await secretary.goto(this.desk("rights"));
		await secretary.selectOption("#holder", holder);
		await secretary.selectOption("#capability", capability);
		const on = secretary.locator("#object option[value^='group ']").first();
		await secretary.selectOption("#object", await on.getAttribute("value"));
		await secretary.fill("#instrument", DECIDED);
		await press(secretary, "grant");
	}

	/* A meeting in so many days; its address at the desk. */
	async meeting(ordinal, days) {
		const { secretary } = this;
		await secretary.goto(this.desk("meetings"));
		await secretary.fill("#series", "WG-NAMES");
		await secretary.fill("#ordinal", String(ordinal));
		await secretary.fill("#opens", `${day(days)}T09:30`);
		await secretary.fill("#closes", `${day(days + 1)}T17:00`);
		await secretary.fill("#place", "Geneva");
		await send(secretary, "create");
		return secretary.url().replace(/\?.*/, "");
	}

	/* A contribution from its draft to the register; its number there. */
	async contribute(page, title, words, access, joint) {
		const { secretary } = this;
		await page.goto(this.url(`meetings/${FIRST}/contributions/new`,
			page.lang));
		await page.fill("#title", title);
		await page.fill("#purpose", words);
		await page.fill("#action", words);
		await page.fill("#summary", words);
		await page.fill("#body", `# ${title}\n\n${words}`);
		await press(page, "save");
		const one = new URL(page.url()).pathname.replace(/^\/../, "/en");
		if (joint) {
			await choose(page, "#party", joint.name);
			await press(page, "ask");
			await joint.page.goto(this.at + one);
			await press(joint.page, "join");
			await page.goto(this.at + one.replace("/en/", `/${page.lang}/`));
		}
		await press(page, "submit");
		await secretary.goto(this.at + one);
		await press(secretary, "accept");
		await secretary.check(`#access-${access}`);
		await secretary.uncheck("#title-public");
		await press(secretary, "number");
		await press(secretary, "post");
		return Number(secretary.url().match(/documents\/(\d+)/)[1]);
	}

	async part(title, access, opens, closes) {
		const { secretary } = this;
		await secretary.fill("#part-title", title);
		await secretary.check(`#part-${access}`);
		await secretary.fill("#part-opens", opens);
		await secretary.fill("#part-closes", closes);
		await choose(secretary, "#part-chair", "Wanjiru");
		await press(secretary, "add_part");
	}

	/* An item of the agenda that is shown; the address of its record. */
	async item(kind, title, part, documents = "") {
		const { secretary } = this;
		await secretary.selectOption("#kind", kind);
		await secretary.fill("#title", title);
		await choose(secretary, "#part", part);
		await secretary.fill("#documents", String(documents));
		await press(secretary, "add_item");
		return secretary.locator(`main a[href$='/record'][aria-label$='${title}']`)
			.evaluate(a => a.href);
	}

	floor(record, lang) {
		return this.url(`meetings/${FIRST}/items/` +
			`${record.match(/items\/(\d+)/)[1]}/floor`, lang);
	}

	/* What a delegation said, as the Chair's team notes it. */
	async note(record, party, words, stance, document) {
		const { chair } = this;
		await chair.goto(record);
		await choose(chair, "#party", party);
		await chair.selectOption("#stance", stance);
		await choose(chair, "#document", `/${document}`);
		await chair.fill("#words", words);
		await press(chair, "note");
	}

	/* A sentence of the report, and what in the log stands behind it. */
	async sentence(words, document, said) {
		const { chair } = this;
		await chair.fill("#statement-words", words);
		await choose(chair, "#statement-document", `/${document}`);
		await press(chair, "state");
		for (const one of said)
			await chair.locator("li", { hasText: one })
				.locator("input[name=said]").check();
		await choose(chair, "#under", words);
		await press(chair, "group");
	}

	async outcome(record, verb, document) {
		const { chair } = this;
		await chair.goto(record);
		await chair.selectOption("#verb", verb);
		if (document)
			await choose(chair, "#outcome-document", `/${document}`);
		await press(chair, "outcome");
	}

	/* Addresses of what is for members, beside such that nobody made. Of
	 * `titled` documents everybody reads the title, no more. */
	async guess(page, numbers, titled) {
		const context = page.context();
		for (const lang of ["en", "ar"]) {
			const m = `/${lang}/${GROUP}/meetings/${FIRST}`;
			const item = this.secretRecord.match(/items\/(\d+)/)[1];
			const pairs = [
				...["", "/events", "/screen"].map(p => [`${m}/items/${item}/floor${p}`,
					`${m}/items/${NOBODY}/floor${p}`]),
				...numbers.map(k => [`${m}/documents/${k}/`,
					`${m}/documents/${NOBODY}/`]),
				...[...numbers, ...titled].flatMap(k => ["0-en", "0-en.docx",
					"0-en.pdf", "0-ar", "1-en-changes.docx"].map(p =>
					[`${m}/documents/${k}/${p}`,
						`${m}/documents/${NOBODY}/${p}`])),
				...["", "?v=1", "1/en.docx", "1/ar.docx", "2/en.docx"].map(p =>
					[`${m}/report/${p}`,
						`/${lang}/${GROUP}/meetings/${NOBODY}/report/${p}`]),
				...["1/", "1/edit", "1/file"].map(p => [`${m}/contributions/${p}`,
					`${m}/contributions/${NOBODY}/${p.slice(2)}`]),
				...["1/", "2/", "1/changes/1"].map(p =>
					[`/${lang}/${GROUP}/topics/${p}`,
						`/${lang}/${GROUP}/topics/${p.replace(/^\d+/, NOBODY)}`]),
				[`${m}/participants`,
					`/${lang}/${GROUP}/meetings/${NOBODY}/participants`],
			];
			for (const [real, absent] of pairs)
				await asIfAbsent(context, this.at, real, absent);
		}
		const api = `/api/v1/groups/${GROUP}/meetings/${FIRST}/documents`;
		for (const k of numbers)
			await asIfAbsent(context, this.at, `${api}/${k}`,
				`${api}/${NOBODY}`);
	}

	/* The stakeholder finds nothing of it; a member does, by these ways. */
	async sealed(meetings, numbers, titled = []) {
		const seen = await finds(this.stakeholder.context(), this.at, meetings,
			SECRET);
		assert.deepEqual(seen, []);
		await this.guess(this.stakeholder, numbers, titled);
	}
}
