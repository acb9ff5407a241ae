/* The form alone: drafts, autosave, no connection, twice, late, files. */
import assert from "node:assert/strict";
import { reader } from "./browser.mjs";
import { attach, fill, files, lf, people, send } from "./form.mjs";
import { GROUP } from "./journey.mjs";
import { test } from "./tap.mjs";

const AUTOSAVE_MS = 30000;

export async function formTests(browser, site, lang, wrong) {
	const who = people[lang];
	const url = n => `${site.urls[0]}/${lang}/${GROUP}/consultations/${n}` +
		"/answer";
	const open = (js, more = {}) => reader(browser,
		{ lang, js, urls: site.urls, wrong, ...more });

	async function inContext(js, body) {
		const context = await open(js);
		try {
			await body(await context.newPage(), context);
		} finally {
			await context.close();
		}
	}

	const it = (name, js, body) =>
		test(`${lang}, form: ${name}`, () => inContext(js, body));

	await it("saved and continued later, by its link alone", false,
		async page => {
			await page.goto(url(2));
			await page.fill("#q1", who.answer);
			await page.fill("#email", who.email);
			await page.selectOption("#country", who.country);
			await send(page, "save");
			const link = await page.textContent(".copy a");
			await inContext(false, async other => {
				await other.goto(link);
				assert.equal(await other.inputValue("#q1"), lf(who.answer));
				assert.equal(await other.inputValue("#email"), who.email);
				assert.equal(await other.inputValue("#country"), who.country);
				await fill(other, who);
				await send(other);
				assert.equal(await other.locator("code.code").count(), 1);
				const r = await other.goto(link);
				assert.ok([404, 410].includes(r.status()),
					"what was sent is no draft any more");
			});
		});

	await it("saved while one types", true, async page => {
		await page.goto(url(2));
		await page.fill("#q1", who.answer);
		const link = page.locator("#status a");
		await link.waitFor({ timeout: AUTOSAVE_MS });
		const href = await link.evaluate(a => a.href);
		await inContext(false, async other => {
			await other.goto(href);
			assert.equal(await other.inputValue("#q1"), lf(who.answer));
		});
	});

	await it("text typed without connection is kept and offered", true,
		async (page, context) => {
			await page.goto(url(2));
			await context.setOffline(true);
			await page.fill("#q1", who.answer);
			assert.ok((await page.textContent("#status")).trim(),
				"it says so");
			await context.setOffline(false);
			await page.goto("about:blank");
			await page.goto(url(2));
			assert.equal(await page.inputValue("#q1"), "");
			await page.locator("#status button").first().click();
			assert.equal(await page.inputValue("#q1"), lf(who.answer));
		});

	await it("typed text is counted in the reader's digits", true,
		async page => {
			await page.goto(url(2));
			await page.fill("#q1", "x".repeat(100));
			const want = new Intl.NumberFormat(lang === "ar" ? "ar-EG" : "en")
				.format(39900);
			assert.ok((await page.textContent("#q1-hint")).includes(want));
		});

	await it("sent twice makes one response", false, async (page, context) => {
		await page.goto(url(2));
		await fill(page, who);
		const token = await page.inputValue("input[name=token]");
		const fields = await page.evaluate(() => Object.fromEntries(
			[...new FormData(document.getElementById("answer"))]
				.filter(([, v]) => typeof v === "string")));
		assert.equal(fields.token, token);
		const twice = await Promise.all([1, 2].map(() => context.request.post(
			url(2), { form: { ...fields, do: "send" }, maxRedirects: 0 })));
		const to = twice.map(r => {
			assert.equal(r.status(), 303);
			return r.headers().location.replace(/\?.*/, "");
		});
		const codes = [];
		for (const at of to) {
			await page.goto(site.urls[0] + at);
			codes.push((await page.textContent("code.code")).trim());
		}
		assert.equal(codes[0], codes[1]);
	});

	await it("after the deadline it says so and takes a late answer", false,
		async page => {
			await page.goto(url(1));
			assert.equal(await page.locator(".note h2").count(), 1);
			assert.equal(await page.locator("button[value=send]").count(), 0);
			await fill(page, who);
			await send(page, "late");
			assert.equal(await page.locator("code.code").count(), 1);
			assert.ok(await page.locator("main .note").count() >= 1,
				"the receipt says that it was late");
		});

	await it("what came after the deadline by the other button is kept",
		false, async (page, context) => {
			await page.goto(url(1));
			await fill(page, who);
			const fields = await page.evaluate(() => Object.fromEntries(
				[...new FormData(document.getElementById("answer"))]
					.filter(([, v]) => typeof v === "string")));
			const r = await context.request.post(url(1),
				{ form: { ...fields, do: "send" }, maxRedirects: 0 });
			assert.equal(r.status(), 409);
			await page.setContent(await r.text());
			assert.equal(await page.inputValue("#q1"), lf(who.answer));
			assert.equal(await page.locator("button[value=late]").count(), 1);
		});

	await it("files of the allowed kinds are taken", false, async page => {
		await page.goto(url(2));
		await fill(page, who);
		await attach(page, who,
			[files.pdf, files.docx, files.txt]);
		await send(page);
		const text = await page.textContent("main");
		for (const f of [files.pdf, files.docx, files.txt])
			assert.ok(text.includes(f.name), f.name);
	});

	await it("another kind is refused by what it is, nothing lost", false,
		async page => {
			await page.goto(url(2));
			await fill(page, who);
			await attach(page, who, [files.png]);
			await send(page);
			assert.ok((await page.textContent("#attachment-error")).trim());
			assert.equal(await page.inputValue("#q1"), lf(who.answer));
		});

	await it("a sixth file is refused, nothing lost", false, async page => {
		await page.goto(url(2));
		await fill(page, who);
		await attach(page, who, Array.from({ length: 6 },
			(_, i) => ({ ...files.txt, name: `${i}.txt` })));
		await send(page);
		assert.ok((await page.textContent("#attachment-error")).trim());
		assert.equal(await page.inputValue("#q1"), lf(who.answer));
	});

	await it("the keyboard alone reaches every field in order", true,
		async page => {
			await page.goto(url(2));
			const want = await page.evaluate(() => {
				const seen = new Set();
				return Array.from(document.querySelectorAll(
					"#answer :is(input, select, textarea, button, summary, a)"))
					.filter(e => {
						if (e.type === "hidden" || e.tabIndex < 0)
							return false;
						/* Of a group of radio buttons Tab stops at one. */
						if (e.type !== "radio")
							return true;
						const group = Array.from(document.getElementsByName(
							e.name));
						const stop = group.find(r => r.checked) ?? group[0];
						if (seen.has(e.name) || e !== stop)
							return false;
						seen.add(e.name);
						return true;
					}).map(e => e.id || e.value || e.tagName);
			});
			const got = [];
			for (let i = 0; i < want.length + 60; i++) {
				await page.keyboard.press("Tab");
				const now = await page.evaluate(() => {
					const e = document.activeElement;
					const s = getComputedStyle(e);
					return { name: e.id || e.value || e.tagName,
						inside: Boolean(e.closest("#answer")),
						first: e.className,
						seen: s.outlineStyle !== "none" &&
							parseFloat(s.outlineWidth) >= 2 };
				});
				if (i === 0)
					assert.equal(now.first, "skip");
				if (now.name === "BODY")
					break;
				assert.ok(now.seen, `focus is visible at ${now.name}`);
				if (now.inside)
					got.push(now.name);
			}
			assert.deepEqual(got, want);
		});
}
