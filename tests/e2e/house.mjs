/*
 * A group between two consultations, six people each in a browser of their own:
 * the secretary, the Chair, three delegates and a stakeholder without account.
 * A topic is proposed twice, merged, agreed and consulted on; a meeting has a
 * part for members of which the stakeholder finds nothing; its report is
 * written, corrected, commented and approved by the next meeting, which gets the
 * open action; the matrix has what was done. In "ar" a delegate and the
 * stakeholder read Arabic; a delegate has no script.
 */
import assert from "node:assert/strict";
import { violations } from "./browser.mjs";
import { fill, people, send } from "./form.mjs";
import { choose, day, eventually, FIRST, House, press, SECOND, SECRET } from
	"./house_people.mjs";
import { finds, firstEvent, got } from "./house_walk.mjs";
import { GROUP } from "./journey.mjs";
import { journey } from "./tap.mjs";

const TOPICS = [{ title: "Zebra mail in every script",
	rationale: "Mail has to reach everybody.",
	questions: ["Which mail systems accept internationalized addresses?",
		"What does training of registries cost?"] },
{ title: "البريد بكل الخطوط", rationale: "لكل إنسان الحق في بريد بخطه.",
	questions: ["Which mail systems refuse internationalized addresses?",
		"ما التدابير التي اتُّخذت لنشر الإصدار السادس؟"] }];

async function propose(page, url, topic) {
	await page.goto(url);
	await page.fill("#title", topic.title);
	await page.fill("#rationale", topic.rationale);
	await page.fill("#issue", "Multilingualism");
	for (const [i, q] of topic.questions.entries())
		await page.fill(`#q-${i + 1}`, q);
	await press(page, "propose");
}

const topicSteps = h => ({
	async "six people are in the house"() {
		h.secretary = await h.secretariat.open("en", true);
		h.secretary.lang = "en";
		await h.grant("class member_state", "contribute");
		await h.grant("office chair", "meet");
		h.chair = await h.chairPerson();
		h.kenya = await h.delegate("Kenya", "en", true);
		h.egypt = await h.delegate("Egypt", h.lang, true);
		h.brazil = await h.delegate("Brazil", "en", false);
		h.stakeholder = await h.open(h.lang);
		assert.equal(new Set([h.secretary, h.chair, h.kenya, h.egypt, h.brazil,
			h.stakeholder].map(p => p.context())).size, 6);
	},
	async "a topic is proposed twice"() {
		await propose(h.kenya, h.url("topics/new"), TOPICS[0]);
		await propose(h.egypt, h.url("topics/new", h.lang), TOPICS[1]);
		await h.stakeholder.goto(h.url("topics/", h.lang));
		assert.ok(!(await h.stakeholder.content()).includes("Zebra"));
	},
	async "the two are merged, by consent"() {
		await h.kenya.goto(h.url("topics/merge?p=1&p=2"));
		await h.kenya.fill("#title", "Zebra mail for everybody");
		await press(h.kenya, "merge");
		assert.match(h.kenya.url(), /topics\/3\//);
		await h.chair.goto(h.url("topics/3/"));
		assert.equal(await h.chair.locator("#to-agreed").count(), 0,
			"not before the other agrees");
		await h.egypt.goto(h.url("topics/3/", h.lang));
		await press(h.egypt, "agree");
		await h.kenya.goto(h.url("topics/3/from/2"));
		assert.ok(await h.kenya.locator("ins").count() > 0);
	},
	async "the Chair enters that it was discussed, and agreed"() {
		for (const [state, more] of [["discussed", {}], ["agreed", {
			"#note": "Meeting 19, 7.3.1", "#opens-on": day(-2),
			"#closes-on": day(60) }]]) {
			await h.chair.goto(h.url("topics/3/"));
			await h.chair.check(`#to-${state}`);
			for (const [at, value] of Object.entries(more))
				await h.chair.fill(at, value);
			await press(h.chair, "outcome");
		}
	},
	async "the consultation opens, and the stakeholder answers"() {
		await h.secretary.goto(h.desk("topics"));
		await h.secretary.check("#t-3");
		await send(h.secretary, "consult");
		await press(h.secretary, "launch");
		const { stakeholder } = h;
		await stakeholder.goto(h.url("topics/3/", h.lang));
		await Promise.all([stakeholder.waitForNavigation(),
			stakeholder.click("main a[href*='consultations/']")]);
		assert.ok((await stakeholder.textContent("main"))
			.includes(TOPICS[0].questions[0]));
		await stakeholder.locator("a[href$='answer']").first().click();
		await fill(stakeholder, people[h.lang]);
		await send(stakeholder);
		assert.match(stakeholder.url(), /\/r\/[0-9a-z]+\?new=1/);
	},
});

const meetingSteps = h => ({
	async "delegates contribute, one of them jointly and for members"() {
		h.meeting20 = await h.meeting(FIRST, 14);
		h.secretNumber = await h.contribute(h.kenya, `The ${SECRET} register`,
			`Members alone read of the ${SECRET}.`, "members",
			{ name: "Brazil", page: h.brazil });
		h.openNumber = await h.contribute(h.egypt, "Wells and words",
			"Wells are deep.", "public");
		await h.stakeholder.goto(h.url(`meetings/${FIRST}/`, h.lang));
		assert.match(await h.stakeholder.textContent("main"),
			/Wells and words/);
	},
	async "the agenda has an open part and one for members"() {
		const { secretary } = h;
		await secretary.goto(`${h.meeting20}/agenda`);
		await h.part("Morning", "public", `${day(14)}T09:30`,
			`${day(14)}T13:00`);
		await h.part(`The ${SECRET} half`, "members", `${day(14)}T14:30`,
			`${day(15)}T17:00`);
		await h.item("opening", "Opening", "Morning");
		h.agendaRecord = await h.item("agenda", "Agenda", "Morning");
		h.openRecord = await h.item("contributions", "Names in small scripts",
			"Morning", h.openNumber);
		h.secretRecord = await h.item("topics", `On the ${SECRET}`, SECRET,
			h.secretNumber);
		await press(secretary, "issue");
		await h.outcome(h.agendaRecord, "adopted");
		await h.stakeholder.goto(h.url(`meetings/${FIRST}/`, h.lang));
		const text = await h.stakeholder.textContent("main");
		assert.match(text, /Wanjiru/);
		assert.match(text, /Names in small scripts/);
	},
	async "the Chair opens the part for members and its list of speakers"() {
		await h.chair.goto(h.secretRecord);
		await press(h.chair, "open");
		await h.chair.goto(h.floor(h.secretRecord, "en"));
		await press(h.chair, "open");
		await h.egypt.goto(h.floor(h.secretRecord, h.lang));
		for (const [page, from] of [[h.kenya, "room"], [h.brazil, "remote"]]) {
			await page.goto(h.floor(h.secretRecord, "en"));
			await page.check(`#own-${from}`);
			await press(page, "ask");
		}
		const names = h.lang === "ar" ? ["كينيا", "البرازيل"] :
			["Kenya", "Brazil"];
		for (const name of names)
			await h.egypt.locator("#live", { hasText: name }).waitFor();
		await h.chair.locator("#live button[name=give]").nth(1).waitFor();
	},
	async "the Chair gives the floor, and all see it who may"() {
		await Promise.all([h.chair.waitForNavigation(),
			h.chair.click("button[name=do][value=next]")]);
		await h.egypt.locator("#live .now").waitFor();
		await h.brazil.goto(h.floor(h.secretRecord, "en"));
		assert.match(await h.brazil.textContent("#live .now"), /Kenya/);
		assert.ok(await firstEvent(h.egypt,
			h.floor(h.secretRecord, h.lang) + "/events"));
		await h.stakeholder.goto(h.url("", h.lang));
		assert.equal(await firstEvent(h.stakeholder,
			h.floor(h.secretRecord, h.lang) + "/events"), null);
	},
	async "what was said and how it ended is recorded"() {
		const d = h.secretNumber;
		await h.note(h.secretRecord, "Kenya", `A ${SECRET} for all`, "for", d);
		await h.note(h.secretRecord, "Brazil", "So say we", "for", d);
		await h.note(h.secretRecord, "Egypt", "At what cost?", "against", d);
		await h.sentence("supported the proposal.", d,
			[`A ${SECRET}`, "So say we"]);
		await h.sentence("asked for its cost.", d, ["At what cost"]);
		await h.outcome(h.secretRecord, "revised_invited", d);
		await h.outcome(h.openRecord, "noted", h.openNumber);
		await h.kenya.goto(h.url(`meetings/${FIRST}/`));
		assert.match(await h.kenya.textContent("main"), /revision invited/);
	},
	async "a member finds the part for members by every way"() {
		const g = `/en/${GROUP}`, m = `${g}/meetings/${FIRST}/`;
		const seen = await finds(h.kenya.context(), h.at, [FIRST], SECRET,
			["en"]);
		for (const path of [`${g}/documents.atom`, m, `${m}pack.zip`])
			assert.ok(seen.includes(path), `${path}: ${seen}`);
		await eventually(async () => (await got(h.stakeholder.context(),
			`${h.at}/en/search?q=wells`)).text.includes(
			`${m}documents/${h.openNumber}/`));
	},
	async "the stakeholder finds nothing of it by any"() {
		await h.sealed([FIRST], [h.secretNumber]);
	},
});

/* The text of a line of the report at the desk. */
async function line(page, url, words) {
	await page.goto(url);
	const item = page.locator("#lines ~ ol li", { hasText: words }).first();
	return { id: await item.getAttribute("id"), text: await item.textContent() };
}

const reportSteps = h => ({
	async "the report is written from the record"() {
		h.report = `${h.meeting20}/report`;
		h.edited = await line(h.secretary, h.report, "asked for its cost");
		const said = await line(h.secretary, h.report, "supported the proposal");
		assert.match(said.text, /Some members/);
		assert.match(said.text, /2 members/);
		const text = await h.secretary.textContent("main");
		assert.ok(!text.includes("So say we"), "not the words of the log");
	},
	async "a line is corrected, and stays when the rest is written again"() {
		const { secretary } = h;
		await secretary.goto(`${h.report}?edit=${h.edited.id}`);
		await secretary.fill("#body", "A member asked what it costs.");
		await press(secretary, "save");
		await h.chair.goto(h.secretRecord);
		await Promise.all([h.chair.waitForNavigation(),
			h.chair.locator("li", { hasText: "So say we" })
				.locator("button[name=remove_said]").click()]);
		const kept = await line(secretary, h.report, "what it costs");
		assert.equal(kept.id, h.edited.id);
		assert.match(kept.text, /edited/);
		const said = await line(secretary, h.report, "supported the proposal");
		assert.match(said.text, /A member supported/);
		assert.match(said.text, /1 member/);
	},
	async "members read the draft and comment, others do not"() {
		const { secretary, brazil } = h;
		const path = `meetings/${FIRST}/report/`;
		await secretary.check("#by-members");
		await secretary.fill("#until", `${day(30)}T12:00`);
		for (const lang of ["en", "ar"])
			await secretary.check(`#open-${lang}`);
		await press(secretary, "open");
		await brazil.goto(h.url(path));
		assert.match(await brazil.textContent("main"), /what it costs/);
		await brazil.fill("#body", `We asked of the ${SECRET} too.`);
		await press(brazil, "comment");
		await h.egypt.goto(h.url(path, h.lang));
		assert.ok((await h.egypt.textContent("main")).includes(SECRET));
		const r = await h.stakeholder.goto(h.url(path, h.lang));
		assert.equal(r.status(), 404);
	},
	async "the secretary takes the comment and revises"() {
		const { secretary } = h;
		await secretary.goto(h.report);
		await secretary.fill("input[id^=answer]", "Indeed.");
		await press(secretary, "taken");
		await secretary.goto(`${h.report}?edit=${h.edited.id}`);
		await secretary.fill("#body", "Two members asked what it costs.");
		await press(secretary, "save");
		await press(secretary, "close");
		await h.brazil.goto(h.url(`meetings/${FIRST}/report/`));
		assert.match(await h.brazil.textContent("main"), /Indeed\./);
	},
	async "two actions are decided, one of them for members"() {
		const { secretary } = h;
		for (const [text, isPublic] of [["Count the wells.", true],
			[`Weigh the ${SECRET}.`, false]]) {
			await secretary.goto(h.desk("groups/1/actions"));
			await secretary.fill("#text", text);
			await secretary.check("#kind-office");
			await secretary.selectOption("#office", "secretariat");
			await choose(secretary, "#meeting", String(FIRST));
			await secretary.setChecked("#public", isPublic);
			await press(secretary, "add");
		}
		await h.stakeholder.goto(h.url("actions/", h.lang));
		assert.match(await h.stakeholder.textContent("main"),
			/Count the wells/);
	},
	async "the next meeting has the report and the actions on its agenda"() {
		const { secretary } = h;
		h.meeting21 = await h.meeting(SECOND, 200);
		await secretary.goto(`${h.meeting21}/agenda`);
		const records = await secretary.locator("main a[href$='/record']")
			.evaluateAll(all => all.map(a => a.href));
		assert.equal(records.length, 2);
		await secretary.goto(`${h.meeting21}/report`);
		const text = (await secretary.textContent("main"))
			.replace(/[\u2068\u2069]/g, "");
		assert.match(text, /[Aa]pproval of the report of the twentieth meeting/);
		assert.match(text, /Count the wells/);
	},
	async "it approves the report, which is posted to members and sent"() {
		const { secretary } = h;
		await secretary.goto(h.report);
		await choose(secretary, "#in", String(SECOND));
		for (const lang of ["en", "ar"])
			await secretary.check(`#approve-${lang}`);
		await press(secretary, "approve");
		assert.equal(await secretary.locator("a[href*='?edit=']").count(), 0);
		await secretary.check("#access-members");
		await press(secretary, "post");
		await press(secretary, "send");
		await h.kenya.goto(h.url(`meetings/${FIRST}/report/`));
		assert.match(await h.kenya.textContent("main"),
			/Two members asked what it costs/);
		await secretary.goto(h.meeting20);
		h.numbers = await secretary.locator("main a[href*='/documents/']")
			.evaluateAll(all => all.map(a => Number(a.href.match(
				/documents\/(\d+)/)[1])));
		assert.equal(h.numbers.length, 4, "papers, agenda, report");
	},
	async "an action is followed up in the next meeting"() {
		const { secretary } = h;
		await secretary.goto(h.desk("groups/1/actions/1"));
		await secretary.selectOption("#state", "done");
		await secretary.fill("#note", "Forty wells.");
		await press(secretary, "step");
		await secretary.goto(`${h.meeting21}/report`);
		const left = await secretary.textContent("#lines ~ ol");
		assert.ok(left.includes("Weigh") && !left.includes("Count"),
			"what is open, no more");
	},
});

const lastSteps = h => ({
	async "an activity stands in the matrix"() {
		const { secretary, stakeholder } = h;
		for (const [title, isPublic] of [["Wells in schools", true],
			[`A ${SECRET} in schools`, false]]) {
			await secretary.goto(h.desk("groups/1/activities/new"));
			await secretary.fill("#title", title);
			await secretary.fill("#bases", "12");
			await secretary.check("#sector-T");
			await secretary.fill("#from", day(-30));
			await secretary.setChecked("#public", isPublic);
			await send(secretary, "save");
		}
		await stakeholder.goto(h.url("activities/", h.lang));
		const row = stakeholder.locator("tbody tr",
			{ hasText: "Wells in schools" });
		assert.deepEqual((await row.first().textContent()).match(/[☑☐]/g),
			["☐", "☑", "☐", "☐"]);
		await h.egypt.goto(h.url("activities/", h.lang));
		assert.ok((await h.egypt.textContent("main")).includes(SECRET));
	},
	async "the stakeholder finds nothing, now that all is done"() {
		await h.sealed([FIRST, SECOND], [h.secretNumber],
			h.numbers.filter(n => n !== h.secretNumber &&
				n !== h.openNumber));
	},
	async "made public, it is found by every way"() {
		const { secretary } = h, m = `/en/${GROUP}/meetings/${FIRST}/`;
		await secretary.goto(`${h.meeting20}/documents/${h.secretNumber}`);
		await secretary.check("#access-public");
		await press(secretary, "access");
		const ways = ["/en/search?q=xylophage", `/en/${GROUP}/documents.atom`,
			"/api/v1/search?q=xylophage", m, `${m}pack.zip`];
		await eventually(async () => (await got(h.stakeholder.context(),
			`${h.at}/en/search?q=${SECRET}`)).text.includes(
			`${m}documents/${h.secretNumber}/`));
		const seen = await finds(h.stakeholder.context(), h.at, [FIRST],
			SECRET, ["en"]);
		assert.deepEqual(ways.filter(w => !seen.includes(w)), []);
	},
	async "axe has nothing to say"() {
		const dir = h.lang === "ar" ? "rtl" : "ltr";
		for (const [page, paths] of [[h.stakeholder, ["", "topics/",
			"topics/3/", `meetings/${FIRST}/`, `meetings/${FIRST}/pack`,
			"actions/", "activities/"]], [h.egypt, [`meetings/${FIRST}/`,
			"topics/2/", `meetings/${FIRST}/report/`,
			`meetings/${FIRST}/documents/${h.secretNumber}/`]]]) {
			for (const path of paths) {
				await page.goto(h.url(path, h.lang));
				assert.equal(await page.getAttribute("html", "dir"), dir);
				assert.deepEqual(await violations(page), [], path);
			}
		}
		await h.egypt.goto(h.floor(h.secretRecord, h.lang));
		assert.deepEqual(await violations(h.egypt), [], "floor");
	},
});

export async function house(browser, site, secretariat, lang, wrong) {
	const h = new House(browser, site, secretariat, lang, wrong);

	await journey(`house, ${lang}`, { ...topicSteps(h), ...meetingSteps(h),
		...reportSteps(h), ...lastSteps(h) });
	for (const context of h.contexts)
		await context.close();
	await secretariat.context?.close();
}
