/* All of it, in order. See run. */
import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { amendments } from "./amendments.mjs";
import { launch } from "./browser.mjs";
import { formTests } from "./form_tests.mjs";
import { house } from "./house.mjs";
import { Secretariat, whole } from "./journey.mjs";
import { ULA, withoutIpv4 } from "./namespace.mjs";
import { budgets, everyRoute, lookAtPages, prepare } from "./pages.mjs";
import { Site } from "./server.mjs";
import { speakers } from "./speakers.mjs";
import { check, end, test } from "./tap.mjs";
import { textBrowser } from "./text_browser.mjs";
import { summary } from "./themes.mjs";
import { topics } from "./topics.mjs";

const demo = fileURLToPath(new URL("../../demo", import.meta.url));

/* The parts to try, with commas between; without it all. */
const args = process.argv.slice(2);
const only = process.env.E2E_ONLY?.split(",");
const wanted = part => !only || only.includes(part);

/* A site with a browser in front of it; both are gone afterwards. */
async function on(binary, title, options, body) {
	const site = new Site(binary, options), wrong = [];
	let browser;

	try {
		await site.start(demo);
		browser = await launch(site.urls);
		await body(browser, site, new Secretariat(browser, site, wrong), wrong);
		check(`${title}: nothing asked of others, nothing on the console`,
			wrong.length === 0, [...new Set(wrong)].join("\n"));
		check(`${title}: the servers complain of nothing`,
			site.complaints().length === 0, site.complaints().join("\n"));
	} catch (e) {
		check(title, false, e.stack);
	} finally {
		await browser?.close();
		await site.stop();
	}
}

async function sqlite(browser, site, secretariat, wrong) {
	for (const [lang, js] of [["en", true], ["ar", true],
		["en", false], ["ar", false]])
		if (wanted(`journey-${lang}`))
			await whole(browser, site, secretariat, { lang, js }, wrong);
	for (const lang of wanted("forms") ? ["en", "ar"] : []) {
		await formTests(browser, site, lang, wrong);
		await textBrowser(site, lang);
	}
	if (wanted("amendments"))
		await amendments(browser, site, secretariat, wrong);
	if (wanted("topics"))
		await topics(browser, site, secretariat, wrong);
	if (wanted("themes"))
		await summary(browser, site, secretariat, wrong);
	if (wanted("speakers"))
		await speakers(browser, site, secretariat, wrong);
	if (wanted("pages"))
		await pages(browser, site, secretariat, wrong);
}

async function pages(browser, site, secretariat, wrong) {
	everyRoute();
	let known;
	if (!await test("pages of every kind are there", async () => {
		known = await prepare(browser, site, secretariat, wrong);
	}))
		return;
	await budgets(site, known);
	for (const lang of ["en", "ar"])
		await lookAtPages(browser, site, known, lang, wrong);
}

async function twoMachines(browser, site, secretariat, wrong) {
	await whole(browser, site, secretariat, { lang: "en", js: true }, wrong);
	await whole(browser, site, secretariat, { lang: "ar", js: false }, wrong);
}

function reachable(host) {
	return new Promise(r => {
		const s = connect({ host, port: 9 });
		s.on("error", e => r(e.code === "ECONNREFUSED"));
		s.on("connect", () => r(true));
	});
}

async function inside(binary) {
	check("127.0.0.1 cannot be reached", !await reachable("127.0.0.1"));
	await on(binary, "ULA", { host: `[${ULA}]` },
		async (browser, site, secretariat, wrong) => {
			await whole(browser, site, secretariat,
				{ lang: "en", js: true }, wrong);
			await whole(browser, site, secretariat,
				{ lang: "ar", js: false }, wrong);
		});
}

/* A database of its own on the server of `url`. */
async function withDatabase(url, body) {
	const name = `rp_e2e_${process.pid}`;
	const psql = sql => {
		const r = spawnSync("psql", ["-qX", "-d", url, "-c", sql],
			{ encoding: "utf8" });
		if (r.status !== 0)
			throw new Error(r.stderr);
	};
	psql(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
	try {
		await body(url.replace(/(:\/\/[^/]*\/)[^?]*/, `$1${name}`));
	} finally {
		psql(`DROP DATABASE ${name} WITH (FORCE)`);
	}
}

if (args[0] === "--inside") {
	await inside(args[1]);
} else {
	const [binary, ...urls] = args;
	if (["journey-en", "journey-ar", "forms", "amendments", "pages", "speakers",
		"themes", "topics"].some(wanted))
		await on(binary, "SQLite", {}, sqlite);
	for (const lang of ["en", "ar"])
		if (wanted(`house-${lang}`))
			await on(binary, `house, ${lang}`, {}, (browser, site, secretariat,
				wrong) => house(browser, site, secretariat, lang, wrong));
	if (wanted("pg"))
		for (const url of urls)
			await withDatabase(url, database => on(binary, "PostgreSQL",
				{ database, machines: 2 }, twoMachines));
	if (wanted("namespace"))
		await withoutIpv4(binary);
}
process.exit(end());
