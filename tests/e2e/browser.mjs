/* Chromium, and what no page may do in it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url)
	.resolve("axe-core/axe.min.js"), "utf8");
const PATIENCE_MS = 60000;

/* `urls` are trusted as if they had TLS, which is another's matter here. */
export async function launch(urls = []) {
	const folder = mkdtempSync(join(tmpdir(), "rp-chromium-"));
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync",
			"--disable-dev-shm-usage",
			`--unsafely-treat-insecure-origin-as-secure=${urls.join(",")}`],
		env: { ...process.env, HOME: folder },
	});
	browser.on("disconnected",
		() => rmSync(folder, { recursive: true, force: true }));
	return browser;
}

/*
 * A context of one reader. What its pages do wrong is pushed to `wrong`:
 * requests to others, messages on the console, scripts that throw.
 */
export async function reader(browser, { lang = "en", js = true, urls, wrong,
	...more }) {
	const context = await browser.newContext({ locale: lang,
		javaScriptEnabled: js, viewport: { width: 1280, height: 900 },
		acceptDownloads: true, ...more });

	context.setDefaultTimeout(PATIENCE_MS);
	context.on("request", r => {
		const url = r.url();
		if (!url.startsWith("data:") && !urls.some(u => url.startsWith(u + "/")))
			wrong.push(`asked another: ${url}`);
	});
	context.on("page", page => {
		page.on("console", m => {
			/* Chromium reports every 4xx there, which some tests want. */
			if (m.type() === "error" &&
			    !/^Failed to load resource/.test(m.text()))
				wrong.push(`${page.url()}: ${m.text()}`);
		});
		page.on("pageerror", e => wrong.push(`${page.url()}: ${e}`));
		page.on("dialog", d => d.accept());
	});
	return context;
}

/* The violations of this page, one line each. */
/* `rules`: only these. */
export async function violations(page, rules) {
	await page.evaluate(axe);
	return page.evaluate(async rules => {
		const r = await window.axe.run(document,
			{ resultTypes: ["violations"],
				...(rules && { runOnly: rules }) });
		return r.violations.flatMap(v => v.nodes.map(n =>
			`${v.id} (${v.impact}): ${n.target.join(" ")}: ` +
			(n.failureSummary ?? "").split("\n").slice(1).join(" ")));
	}, rules);
}
