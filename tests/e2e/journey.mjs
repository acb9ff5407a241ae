/*
 * From the consultation page to the published answer and its withdrawal. Each
 * page is asked of the next of the site's machines: what one of them was told,
 * the others know.
 */
import assert from "node:assert/strict";
import { reader } from "./browser.mjs";
import { attach, fill, files, lf, people, send } from "./form.mjs";
import { journey } from "./tap.mjs";

export const GROUP = "wg-names";
const OPEN = 2;
/* page_age three times over, and the patience of a slow machine. */
const STALE_MS = 60000;
const PASSPHRASE = "seven quiet herons walk upstream";
const ADDRESS = "测试@例え.テスト";

/* Ask again until `body` no longer throws. */
async function eventually(body) {
	const until = Date.now() + STALE_MS;
	for (;;) {
		try {
			return await body();
		} catch (e) {
			if (Date.now() > until)
				throw e;
			await new Promise(r => setTimeout(r, 1000));
		}
	}
}

export class Secretariat {
	constructor(browser, site, wrong) {
		Object.assign(this, { browser, site, wrong });
	}

	async open(lang, js) {
		const urls = this.site.urls;
		this.context = await reader(this.browser,
			{ lang, js, urls, wrong: this.wrong });
		const page = await this.context.newPage();
		if (!this.known) {
			const link = this.site.init(ADDRESS, "Desk مكتب");
			await page.goto(link.replace("/en/", `/${lang}/`));
			await page.fill("#passphrase", PASSPHRASE);
			await page.fill("#repeat", PASSPHRASE);
			await Promise.all([page.waitForNavigation(),
				page.click("main button.button")]);
			this.known = true;
		} else {
			await page.goto(`${urls.at(-1)}/${lang}/sign-in`);
			await page.fill("#email", ADDRESS);
			await page.fill("#passphrase", PASSPHRASE);
			await Promise.all([page.waitForNavigation(),
				page.click("main button.button")]);
		}
		await page.goto(`${urls.at(-1)}/${lang}/desk/`);
		assert.equal(await page.locator("nav.who form button").count(), 1,
			"signed in");
		return page;
	}
}

/* Every answer of the desk by its button, and what is then said. */
async function act(page, what) {
	await Promise.all([page.waitForNavigation(),
		page.click(`button[name=do][value=${what}]`)]);
	assert.equal(await page.locator(".good[role=status]").count(), 1,
		`after "${what}" the page says what was done`);
}

async function toResponse(page, site, lang, code) {
	await page.goto(`${site.urls[0]}/${lang}/desk/`);
	await page.click(`main a[href*="/consultations/"][href*="queue"] >> nth=0`);
	const row = page.locator("tr", { hasText: code });
	await row.locator("th a").click();
	await page.waitForSelector("form.acts");
}

export async function whole(browser, site, secretariat, { lang, js }, wrong) {
	const who = people[lang];
	const urls = site.urls;
	const context = await reader(browser, { lang, js, urls, wrong });
	const page = await context.newPage();
	let turn = 0;
	const machine = () => urls[turn++ % urls.length];
	const path = url => url.replace(/^https?:\/\/[^/]+/, "");
	const title = `${lang}, script ${js ? "on" : "off"}`;
	const responses = `/${lang}/${GROUP}/consultations/${OPEN}/responses`;

	await journey(title, {
		async "the start page comes in the reader's language"() {
			await page.goto(machine() + "/");
			assert.equal(path(page.url()), `/${lang}/`);
			assert.equal(await page.getAttribute("html", "dir"),
				lang === "ar" ? "rtl" : "ltr");
		},
		async "it leads to the open consultation, and that to the form"() {
			await page.click(`main a[href="/${lang}/${GROUP}/consultations/` +
				`${OPEN}/"]`);
			await page.waitForSelector("ol.questions li");
			await page.click("a.button.big");
			await page.waitForSelector("form#answer");
		},
		async "what is wrong is said on top and at its field"() {
			await page.fill("#q1", who.answer);
			await page.fill("#name", who.name);
			await page.fill("#email", "no address");
			await send(page);
			const links = await page.locator(".errors a").all();
			assert.ok(links.length >= 4, `${links.length} errors`);
			for (const link of links) {
				const id = (await link.getAttribute("href")).slice(1);
				assert.equal(await page.locator(`[id="${id}"]`).count(), 1, id);
				assert.ok((await page.textContent(`[id="${id}-error"]`)).trim(),
					`${id} says what is wrong`);
				await link.click();
				assert.equal(new URL(page.url()).hash, "#" + id);
			}
		},
		async "nothing typed is lost"() {
			assert.equal(await page.inputValue("#q1"), lf(who.answer));
			assert.equal(await page.inputValue("#name"), who.name);
			assert.equal(await page.inputValue("#email"), "no address");
		},
		async "a whole answer gets a receipt"(s) {
			await fill(page, who);
			await attach(page, who, [files.txt]);
			await send(page);
			assert.match(path(page.url()), /^\/r\/[0-9a-z]+\?new=1/);
			s.receipt = path(page.url()).replace(/\?.*/, "");
			s.code = (await page.textContent("code.code")).trim();
			assert.match(s.code, /^[0-9A-Z-]{8,}$/);
			assert.match(await page.textContent("code.hash"), /^[0-9a-f]{64}$/);
			assert.equal(await page.locator("#sent").count(), 1);
		},
		async "the receipt stays at its address, on every machine"(s) {
			for (const url of urls) {
				const r = await page.goto(`${url}${s.receipt}?lang=${lang}`);
				assert.equal(r.headers()["cache-control"], "no-store");
				assert.equal(r.headers()["referrer-policy"], "no-referrer");
				assert.equal((await page.textContent("code.code")).trim(),
					s.code);
			}
			const file = await context.request.get(
				`${machine()}${s.receipt}/file`);
			const text = await file.text();
			assert.ok(text.includes(s.code) && text.includes(who.email),
				"the file has the code and what was hashed");
		},
		async "it is revised, and every revision kept"(s) {
			await page.goto(`${machine()}${s.receipt}/revise?lang=${lang}`);
			assert.equal(await page.inputValue("#q1"), lf(who.answer));
			assert.equal(await page.inputValue("#email"), who.email);
			assert.equal(await page.inputValue("#organisation"),
				who.organisation);
			await page.fill("#q1", lf(who.answer + who.more));
			await page.check("#agreed");
			await send(page);
			assert.deepEqual(await page.locator(".errors a")
				.allTextContents(), []);
			await page.goto(`${machine()}${s.receipt}?lang=${lang}`);
			assert.equal(await page.locator("ol.revs li").count(), 2);
		},
		async "the secretariat signs in"(s) {
			s.desk = await secretariat.open(lang, js);
		},
		async "it finds the answer in its queue, with what only it may see"(s) {
			await toResponse(s.desk, site, lang, s.code);
			const text = await s.desk.textContent("main");
			assert.ok(text.includes(who.email), "the address");
			assert.ok(text.includes(who.added), "the revised text");
		},
		async "it checks and publishes it"(s) {
			await act(s.desk, "check");
			if (!await s.desk.locator("button[value=publish]").count())
				await toResponse(s.desk, site, lang, s.code);
			await act(s.desk, "publish");
		},
		async "the public finds it by a word"(s) {
			await eventually(async () => {
				await page.goto(`${machine()}/${lang}/search`);
				await page.fill("#q", who.word);
				await Promise.all([page.waitForNavigation(),
					page.click("form.filter button")]);
				assert.equal(await page.locator("ol.list a").count(), 1);
			});
			s.address = path(await page.locator("ol.list a")
				.evaluate(a => a.href));
			await page.click("ol.list a");
			await page.waitForSelector("article.response");
		},
		async "each paragraph has an address to cite"(s) {
			const link = page.locator("article .text [id^=q1-]",
				{ hasText: who.second }).first();
			const id = await link.getAttribute("id");
			assert.match(id, /^q1-/);
			const at = `${machine()}${s.address.replace(/#.*/, "")}#${id}`;
			await page.goto("about:blank");
			await page.goto(at);
			assert.ok((await page.textContent(":target")).includes(who.second));
			assert.equal(await page.locator(".text script").count(), 0);
			s.anchor = id;
		},
		async "its text is in its own direction, the e-mail nowhere"() {
			const text = page.locator("article .text").first();
			assert.equal(await text.evaluate(e =>
				getComputedStyle(e.querySelector("p") ?? e).direction),
			lang === "ar" ? "rtl" : "ltr");
			assert.ok(!(await page.content()).includes(who.email));
		},
		async "the list shows it"(s) {
			await eventually(async () => {
				await page.goto(`${machine()}${responses}/?q=` +
					encodeURIComponent(who.word));
				assert.equal(await page.locator("ol.list a").first()
					.evaluate(a => a.pathname), s.address.replace(/#.*/, ""));
			});
		},
		async "CSV and JSON Lines have it"() {
			await eventually(async () => {
				for (const link of [".csv", ".jsonl"]) {
					await page.goto(`${machine()}${responses}/`);
					const url = await page.locator(
						`ul.formats a[href*="${link}"]`).evaluate(a => a.href);
					const got = await context.request.get(url);
					const text = await got.text();
					assert.ok(text.includes(who.second), link);
					assert.ok(!text.includes(who.email), "no e-mail");
				}
			});
		},
		async "the feed has it"() {
			await eventually(async () => {
				await page.goto(`${machine()}${responses}/`);
				const url = await page.locator(
					"ul.formats a[href*='.atom']").evaluate(a => a.href);
				const got = await context.request.get(url);
				assert.match(got.headers()["content-type"],
					/^application\/atom\+xml/);
				const text = await got.text();
				const [root, said] = await page.evaluate(xml => {
					const doc = new DOMParser().parseFromString(xml,
						"application/xml").documentElement;
					return [doc.nodeName, doc.textContent];
				}, text);
				assert.equal(root, "feed");
				assert.ok(said.includes(who.organisation), "its source");
				assert.ok(!text.includes(who.email), "no e-mail");
			});
		},
		async "its author withdraws it"(s) {
			await page.goto(`${machine()}${s.receipt}/withdraw?lang=${lang}`);
			await Promise.all([page.waitForNavigation(),
				page.click("main button.danger")]);
			await page.goto(`${machine()}${s.receipt}?lang=${lang}`);
			assert.equal(await page.locator("main .note").count(), 1);
		},
		async "the public no longer sees it"(s) {
			await eventually(async () => {
				const r = await page.goto(machine() +
					s.address.replace(/#.*/, ""));
				const text = await page.textContent("main");
				assert.ok([404, 410].includes(r.status()), r.status());
				assert.ok(!text.includes(who.added));
				await page.goto(`${machine()}/${lang}/search?q=` +
					encodeURIComponent(who.word));
				assert.equal(await page.locator("ol.list a").count(), 0);
			});
		},
	});
	await context.close();
	await secretariat.context?.close();
}
