/*
 * What somebody finds of a secret word by every way there is: pages in six
 * languages, the API, search, feeds, calendars, the pack of a meeting; and by
 * addresses that only somebody else was given.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GROUP } from "./journey.mjs";

const LANGS = ["ar", "zh", "en", "fr", "ru", "es"];
const STREAM_MS = 10000;

/* Every page, feed and list of `lang` that might name what a meeting did. */
function ways(lang, meetings, word) {
	const g = `/${lang}/${GROUP}`, q = encodeURIComponent(word);
	return [`/${lang}/`, `/${lang}/search?q=${q}`, `/${lang}/search.json?q=${q}`,
		...["/", "/meetings/", "/topics/", "/topics/calendar",
			"/topics/calendar.ics", "/actions/", "/actions/?show=open",
			"/activities/", "/activities/matrix.csv", "/activities/report.txt",
			"/consultations/", "/correspondence/", "/instruments/",
			"/calendar.ics", "/documents.atom", "/responses.atom"]
			.map(path => g + path),
		...meetings.flatMap(n => ["", "pack"].map(path =>
			`${g}/meetings/${n}/${path}`)),
		...meetings.flatMap(n => ["", `?lang=${lang}`].map(asked =>
			`${g}/meetings/${n}/pack.zip${asked}`))];
}

function apiWays(meetings, word) {
	const g = `/api/v1/groups/${GROUP}`;
	return [`/api/v1/search?q=${encodeURIComponent(word)}`, "/api/v1/groups",
		g, `${g}/consultations`, `${g}/meetings`, `${g}/instruments`,
		...meetings.map(n => `${g}/meetings/${n}`)];
}

/* The names and the contents of an archive, those of Word documents too. */
function unpacked(octets) {
	const folder = mkdtempSync(join(tmpdir(), "rp-pack-"));
	const path = join(folder, "pack.zip");
	const unzip = (...args) => {
		const r = spawnSync("unzip", args, { maxBuffer: 1 << 28 });
		/* 11: the archive is whole and has nothing of that name. */
		assert.ok([0, 11].includes(r.status), String(r.stderr));
		return r.stdout;
	};
	try {
		writeFileSync(path, octets);
		const names = String(unzip("-Z1", path));
		let text = names + unzip("-p", path);
		for (const name of names.split("\n").filter(n => /\.docx$/.test(n))) {
			const inner = join(folder, "inner.docx");
			writeFileSync(inner, unzip("-p", path, name));
			text += unzip("-p", inner, "word/document.xml");
		}
		return text;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/* Status and text of an address, as this reader gets it. A redirection is not
 * followed: where it leads to would say something of somebody else's page. */
export async function got(context, url) {
	const r = await context.request.get(url, { maxRedirects: 0 });
	const octets = await r.body();
	const type = r.headers()["content-type"] ?? "";
	const isArchive = /zip|officedocument/.test(type) && octets.length > 0;
	return { status: r.status(), type, text: isArchive ? unpacked(octets) :
		String(octets) };
}

/* Which of all ways name the word, apart from pages that repeat the query. */
export async function finds(context, at, meetings, word, langs = LANGS) {
	const found = [];
	for (const path of [...langs.flatMap(l => ways(l, meetings, word)),
		...apiWays(meetings, word)]) {
		const { status, text } = await got(context, at + path);
		assert.equal(status, 200, path);
		/* The field of the search, and links that keep what was asked. */
		const said = /search/.test(path) ? text.replace(
			/(value|href)="[^"]*"/g, "").replace(/"q":\s*"[^"]*"/g, "") : text;
		if (said.toLowerCase().includes(word.toLowerCase()))
			found.push(path);
	}
	return found;
}

/* What is the same for every address that is not there. */
const plain = (text, path) => text.replaceAll(path, "")
	.replaceAll(encodeURIComponent(path), "").replace(/\d+/g, "0");

/*
 * `real` answers as `absent` does, which nobody ever made: status, type and
 * words. Existence is a secret too.
 */
export async function asIfAbsent(context, at, real, absent) {
	const a = await got(context, at + real), b = await got(context, at + absent);
	assert.ok([303, 401, 403, 404].includes(a.status), `${a.status} ${real}`);
	assert.deepEqual([a.status, a.type, plain(a.text, real)],
		[b.status, b.type, plain(b.text, absent)], real);
}

/* A first event of a stream, or its status where it is refused. */
export function firstEvent(page, url) {
	return page.evaluate(([url, most]) => new Promise(resolve => {
		const source = new EventSource(url);
		const end = what => {
			source.close();
			resolve(what);
		};
		source.addEventListener("piece", e => end(e.data));
		source.addEventListener("error", () => end(null));
		setTimeout(() => end(undefined), most);
	}), [url, STREAM_MS]);
}
