/*
 * Two delegations propose topics; one merges them with the consent of the
 * other, the secretary enters that the topic was agreed and opens its
 * consultation, and a stakeholder without account, who could see nothing of it
 * before, reads the questions. One delegate works in English, one in Arabic
 * without script.
 */
import assert from "node:assert/strict";
import { reader, violations } from "./browser.mjs";
import { send } from "./form.mjs";
import { GROUP } from "./journey.mjs";
import { journey } from "./tap.mjs";

const PASSPHRASE = "seven quiet herons walk upstream";
const ZEBRA = {
	title: "Zebra mail in every script",
	rationale: "Mail has to reach everybody.",
	questions: ["Which mail systems accept internationalized addresses?",
		"What does training of registries cost?"],
};
const ARABIC = {
	title: "البريد بكل الخطوط",
	rationale: "لكل إنسان الحق في بريد بخطه.",
	questions: ["Which mail systems refuse internationalized addresses?",
		"ما التدابير التي اتُّخذت لنشر الإصدار السادس؟"],
};

const day = days => new Date(Date.now() + days * 86400000).toISOString()
	.slice(0, 10);

async function propose(page, topic) {
	await page.fill("#title", topic.title);
	await page.fill("#rationale", topic.rationale);
	await page.fill("#issue", "Multilingualism");
	for (const [i, q] of topic.questions.entries())
		await page.fill(`#q-${i + 1}`, q);
	await send(page, "propose");
}

async function outcome(page, state, more = {}) {
	await page.check(`#to-${state}`);
	for (const [at, value] of Object.entries(more))
		await page.fill(at, value);
	await send(page, "outcome");
}

const unfold = page => page.evaluate(() => document
	.querySelectorAll("details").forEach(d => { d.open = true; }));

/* For the list of pages: three proposals, a revision, a position, silence, a
 * merger, an agreed topic, and a room. */
export async function proposeSome(desk) {
	const at = new URL(desk.url()).origin;
	const topics = `${at}/en/${GROUP}/topics/`;

	for (const n of [1, 2, 3]) {
		await desk.goto(`${topics}new`);
		await desk.selectOption("#party", { index: n });
		await propose(desk, n === 2 ? ARABIC : ZEBRA);
	}
	await desk.goto(`${topics}1/revise`);
	await desk.fill("#rationale", "Mail has to reach everybody, everywhere.");
	await send(desk, "revise");
	await outcome(desk, "discussed");
	await unfold(desk);
	await desk.check("#stance-for");
	await desk.fill("#words", "It is time.");
	await send(desk, "position");
	await unfold(desk);
	await desk.fill("#until", "2999-01-01T12:00");
	await desk.fill("#s-opens-on", "2999-02-01");
	await desk.fill("#s-closes-on", "2999-04-01");
	await send(desk, "silence");
	await desk.goto(`${topics}merge?p=1&p=2`);
	await send(desk, "merge");
	await desk.goto(`${topics}3/`);
	await outcome(desk, "discussed");
	await outcome(desk, "agreed", { "#note": "Meeting 20, 7.3.1",
		"#opens-on": "2999-02-01", "#closes-on": "2999-04-01" });
	await desk.goto(`${topics}rooms/`);
	await desk.fill("#title", "On mail");
	await desk.fill("#until", "2999-01-01T12:00");
	await desk.locator("#parties input").first().check();
	await send(desk, "open");
	for (const body of ["Mail in every script.", "Mail in any script."]) {
		await desk.fill("#draft", body);
		await send(desk, "draft");
	}
}

export async function topics(browser, site, secretariat, wrong) {
	const urls = site.urls, at = urls[0];
	const list = `${at}/en/${GROUP}/topics/`;
	const contexts = [];
	let desk;

	const open = async (lang, js) => {
		const context = await reader(browser, { lang, js, urls, wrong });
		contexts.push(context);
		return context.newPage();
	};
	const delegate = async (name, lang, js) => {
		await desk.goto(`${at}/en/desk/people`);
		await desk.fill("#name", `Delegate of ${name}`);
		await desk.fill("#email", `${name.toLowerCase()}@example.org`);
		await send(desk, "add");
		const link = (await desk.content()).match(/\/en\/l\/[0-9a-z]{32}/)[0];
		const person = (await desk.content())
			.match(/\/en\/desk\/people\/\d+/g).pop();
		await desk.goto(at + person);
		const option = desk.locator("#party option", { hasText: name }).first();
		await desk.selectOption("#party", await option.getAttribute("value"));
		await send(desk, "party");
		const page = await open(lang, js);
		await page.goto(at + link);
		await page.fill("#passphrase", PASSPHRASE);
		await page.fill("#repeat", PASSPHRASE);
		await Promise.all([page.waitForNavigation(),
			page.click("main button.button")]);
		return page;
	};
	const hidden = async (page, path) => {
		const r = await page.goto(list + path);
		return r.status() === 404;
	};

	await journey("topics", {
		async "member States may propose, and have delegates"(s) {
			desk = await secretariat.open("en", true);
			await desk.goto(`${at}/en/desk/rights`);
			await desk.selectOption("#holder", "class member_state");
			await desk.selectOption("#capability", "propose");
			const on = desk.locator("#object option[value^='group ']").first();
			await desk.selectOption("#object", await on.getAttribute("value"));
			await desk.fill("#instrument", "Decision 12, decides 4");
			await send(desk, "grant");
			s.ke = await delegate("Kenya", "en", true);
			s.eg = await delegate("Egypt", "ar", false);
			s.anybody = await open("en", true);
		},
		async "weak questions are told beside them, and hinder nothing"(s) {
			await s.ke.goto(`${list}new`);
			await s.ke.fill("#title", "A try");
			await s.ke.fill("#q-1", "Don't you agree that more is needed?");
			await send(s.ke, "check");
			assert.ok((await s.ke.textContent("#q-1-hint")).length > 10);
			assert.equal(await s.ke.inputValue("#title"), "A try");
			assert.deepEqual(await violations(s.ke), []);
		},
		async "what is missing is said at its field, in Arabic too"(s) {
			await s.eg.goto(`${list.replace("/en/", "/ar/")}new`);
			await s.eg.fill("#title", ARABIC.title);
			await send(s.eg, "propose");
			assert.equal(await s.eg.locator("#rationale-error").count(), 1);
			assert.equal(await s.eg.inputValue("#title"), ARABIC.title);
			assert.equal(await s.eg.getAttribute("html", "dir"), "rtl");
		},
		async "both propose"(s) {
			await s.ke.goto(`${list}new`);
			await propose(s.ke, ZEBRA);
			assert.equal(await s.ke.locator(".good[role=status]").count(), 1);
			await s.eg.goto(`${list.replace("/en/", "/ar/")}new`);
			await propose(s.eg, ARABIC);
			assert.equal(await s.eg.locator(".good[role=status]").count(), 1);
			assert.ok((await s.eg.textContent("main"))
				.includes(ARABIC.rationale));
		},
		async "a stakeholder without account sees nothing of it"(s) {
			await s.anybody.goto(list);
			assert.ok(!(await s.anybody.content()).includes("Zebra"));
			assert.ok(await hidden(s.anybody, "1/"));
			assert.ok(await hidden(s.anybody, "2/changes/1"));
		},
		async "side by side: what both ask is one row"(s) {
			await s.ke.goto(list);
			await s.ke.check("#p-1");
			await s.ke.check("#p-2");
			await Promise.all([s.ke.waitForNavigation(),
				s.ke.click("main form button")]);
			const row = s.ke.locator("tbody tr").first();
			const text = await row.textContent();
			assert.ok(text.includes("accept") && text.includes("refuse"), text);
			assert.deepEqual(await violations(s.ke), []);
		},
		async "one merges them: the other is asked"(s) {
			await Promise.all([s.ke.waitForNavigation(),
				s.ke.click("a[href*='merge?']")]);
			await s.ke.fill("#title", "Zebra mail for everybody");
			await send(s.ke, "merge");
			s.merged = new URL(s.ke.url()).pathname;
			assert.match(s.merged, /topics\/3\/$/);
			await s.eg.goto(at + s.merged.replace("/en/", "/ar/"));
			await send(s.eg, "refuse");
			assert.equal(await s.eg.locator(".errors").count(), 1);
			await s.eg.goto(at + s.merged.replace("/en/", "/ar/"));
			await send(s.eg, "agree");
		},
		async "by consent it stands, and the two are merged"(s) {
			await s.eg.goto(`${list.replace("/en/", "/ar/")}1/`);
			assert.equal(await s.eg.locator("a[href$='/topics/3/']").count(), 1);
			await s.ke.goto(`${list}3/from/2`);
			assert.ok(await s.ke.locator("ins").count() > 0);
		},
		async "the secretary enters that it was discussed and agreed"(s) {
			await desk.goto(at + s.merged);
			await outcome(desk, "discussed");
			assert.deepEqual(await violations(desk), []);
			await outcome(desk, "agreed", { "#note": "Meeting 20, 7.3.1",
				"#opens-on": day(-2), "#closes-on": day(60) });
			await s.anybody.goto(at + s.merged);
			assert.ok((await s.anybody.content()).includes(ZEBRA.questions[0]));
			assert.ok(await hidden(s.anybody, "1/"));
			await s.anybody.goto(`${list}calendar`);
			assert.ok((await s.anybody.content()).includes("Zebra"));
		},
		async "with one act it is a consultation, which opens"(s) {
			await desk.goto(`${at}/en/desk/topics`);
			assert.deepEqual(await violations(desk), []);
			await desk.check("#t-3");
			await send(desk, "consult");
			await send(desk, "launch");
			await s.anybody.goto(at + s.merged);
			await Promise.all([s.anybody.waitForNavigation(),
				s.anybody.click("main a[href*='consultations/']")]);
			assert.ok((await s.anybody.textContent("main"))
				.includes(ZEBRA.questions[0]));
			assert.ok(await s.anybody.locator("a[href$='answer']").count() > 0);
		},
		async "axe has nothing to say, in English and in Arabic"(s) {
			for (const lang of ["en", "ar"])
				for (const path of ["", "3/", "calendar", "rooms/",
					"compare?p=1&p=2", "3/from/1"]) {
					await s.ke.goto(list.replace("/en/", `/${lang}/`) + path);
					assert.deepEqual(await violations(s.ke), [],
						`${lang} ${path}`);
				}
			assert.equal(await s.ke.getAttribute("html", "dir"), "rtl");
		},
	});
	for (const context of contexts)
		await context.close();
	await secretariat.context?.close();
}
