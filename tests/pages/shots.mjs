#!/usr/bin/env node
/*
 * Pictures of every page of the list, to be looked at by people.
 *
 * usage: tests/pages/shots BINARY FOLDER [WORD]   only addresses with WORD
 *
 * English, Arabic and Chinese, 360 and 1280 px wide, light and dark. Needs what
 * tests/e2e needs (npm ci there).
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, reader } from "../e2e/browser.mjs";
import { Secretariat } from "../e2e/journey.mjs";
import { address, pageList } from "../e2e/list.mjs";
import { prepare } from "../e2e/pages.mjs";
import { Site } from "../e2e/server.mjs";

const HIGHEST = 3000; /* px of one picture */
const [binary, folder, word = ""] = process.argv.slice(2);
if (!folder) {
	console.error("usage: tests/pages/shots BINARY FOLDER [WORD]");
	process.exit(2);
}

mkdirSync(folder, { recursive: true });
const site = new Site(resolve(binary));
const browser = await launch();
try {
	const wrong = [], urls = site.urls;
	await site.start(fileURLToPath(new URL("../../demo", import.meta.url)));
	const known = await prepare(browser, site,
		new Secretariat(browser, site, wrong), wrong);
	for (const lang of ["en", "ar", "zh"])
		for (const colorScheme of ["light", "dark"])
			for (const width of [360, 1280])
				for (const p of pageList()) {
					if (!p.path.includes(word))
						continue;
					const context = await reader(browser, { lang, urls, wrong,
						colorScheme, viewport: { width, height: 800 },
						storageState: p.who === "staff" ?
							known.storage : undefined });
					const page = await context.newPage();
					await page.goto(urls[0] + address(p.path, lang, known));
					const high = await page.evaluate(
						() => document.documentElement.scrollHeight);
					const name = p.path.replace(/\W+/g, "_") +
						`-${lang}-${width}-${colorScheme}.png`;
					await page.screenshot({ path: join(folder, name),
						fullPage: true, clip: { x: 0, y: 0, width,
							height: Math.min(high, HIGHEST) } });
					await context.close();
				}
} finally {
	await browser.close();
	await site.stop();
}
