/*
 * The report of themes, opened from disk as a person does: nothing is asked
 * for, nothing runs, nothing is wider than the screen, axe has nothing to say.
 *
 * usage: node report.mjs THEME_SAMPLE [FOLDER FOR SCREENSHOTS]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, reader, violations } from "./browser.mjs";
import { check, end } from "./tap.mjs";

const [sample, shots] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "rp-report-"));
const browser = await launch();

if (shots)
	mkdirSync(shots, { recursive: true });

async function look(lang, url, { width, scheme, media }) {
	const wrong = [];
	const context = await reader(browser, { lang, urls: ["file://"], wrong,
		viewport: { width, height: 900 }, colorScheme: scheme });
	const page = await context.newPage();
	const name = `${lang} ${width} ${media ?? scheme}`;

	page.on("request", r => {
		if (r.url().split("#")[0] !== url)
			wrong.push(`asked for ${r.url()}`);
	});
	if (media)
		await page.emulateMedia({ media });
	await page.goto(url);
	const over = await page.evaluate(() =>
		document.documentElement.scrollWidth - innerWidth);
	check(`${name}: nothing is wider than the screen`, over <= 0,
		`${over} px`);
	const bad = await violations(page);
	check(`${name}: axe has nothing to say`, bad.length === 0,
		bad.join("\n"));
	if (shots)
		await page.screenshot({ fullPage: true,
			path: join(shots, `${name.replaceAll(" ", "-")}.png`) });
	check(`${name}: nothing is asked for`, wrong.length === 0,
		wrong.join("\n"));
	await context.close();
}

/* A quotation leads to its response, where it is marked. */
async function follow(lang, url) {
	const context = await reader(browser, { lang, urls: ["file://"],
		wrong: [] , js: false });
	const page = await context.newPage();

	await page.goto(url);
	const link = page.locator("figure.quotation a").first();
	const said = await page.locator("figure.quotation blockquote").first()
		.innerText();
	await link.click();
	const target = page.locator(new URL(page.url()).hash);
	check(`${lang}: a quotation leads to its response`,
		(await target.locator("mark").innerText()).trim() ===
		said.trim());
	const quoted = page.locator("blockquote[lang=ar]").first();
	check(`${lang}: an Arabic quotation runs from right to left`,
		await quoted.evaluate(e => getComputedStyle(e).direction) ===
		"rtl");
	const latin = page.locator("figure.quotation blockquote[lang=en]")
		.first();
	check(`${lang}: an English quotation runs from left to right`,
		await latin.evaluate(e => getComputedStyle(e).direction) ===
		"ltr");
	await context.close();
}

try {
	for (const lang of ["en", "ar", "zh"]) {
		const html = join(folder, `${lang}.html`);
		const url = pathToFileURL(html).href;

		execFileSync(sample, [lang, html, join(folder, `${lang}.docx`)]);
		for (const width of [1280, 360])
			for (const scheme of ["light", "dark"])
				await look(lang, url, { width, scheme });
		await look(lang, url, { width: 794, scheme: "light",
			media: "print" });
		await follow(lang, url);
	}
} finally {
	await browser.close();
	rmSync(folder, { recursive: true, force: true });
}
process.exitCode = end();
