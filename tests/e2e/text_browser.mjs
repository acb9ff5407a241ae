/* The form in w3m: found, read, sent. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { people } from "./form.mjs";
import { GROUP } from "./journey.mjs";
import { test } from "./tap.mjs";

function w3m(site, ...args) {
	return new Promise((resolve, reject) => execFile("w3m",
		["-no-cookie", "-o", "accept_encoding=identity", "-cols", "80",
			"-I", "UTF-8", "-O", "UTF-8", ...args],
		{ env: { ...process.env, HOME: site.folder, LANG: "C.UTF-8",
			TERM: "dumb", http_proxy: "", no_proxy: "*" },
		timeout: 60000 },
		(e, out) => e ? reject(e) : resolve(out)));
}

export async function textBrowser(site, lang) {
	const who = people[lang];
	const at = `${site.urls[0]}/${lang}/${GROUP}/consultations/2/`;
	const post = join(site.folder, "post");

	await test(`${lang}, w3m: the form is found and can be read`, async () => {
		const page = await w3m(site, "-dump_source", at);
		assert.ok(page.includes(
			`href="/${lang}/${GROUP}/consultations/2/answer"`));
		const form = await w3m(site, "-dump", at + "answer");
		const source = await w3m(site, "-dump_source", at + "answer");
		const label = source.match(/<label for="name">([^<]+)</)[1];
		const button = source.match(/value="send">([^<]+)</)[1];
		assert.ok(form.includes(label), "labels are there");
		assert.ok(form.includes(button), "so is the button");
	});
	await test(`${lang}, w3m: it is sent and gets a receipt`, async () => {
		const source = await w3m(site, "-dump_source", at + "answer");
		const hidden = name => source.match(
			new RegExp(`name="${name}" value="([^"]*)"`))[1];
		const form = new URLSearchParams({ token: hidden("token"),
			notice: hidden("notice"), draft: "", website: "", lang,
			q1: who.answer, capacity: "individual", name: who.name,
			category: "individual", country: who.country, email: who.email,
			authorisation: "full", agreed: "1", do: "send" });
		writeFileSync(post, form.toString().replaceAll("+", "%20"));
		const receipt = await w3m(site, "-dump", "-post", post, at + "answer");
		assert.match(receipt, /[0-9a-f]{64}/);
	});
	await test(`${lang}, w3m: what is missing is said`, async () => {
		const source = await w3m(site, "-dump_source", at + "answer");
		const token = source.match(/name="token" value="([^"]*)"/)[1];
		writeFileSync(post, `token=${token}&q1=alone&do=send`);
		const again = await w3m(site, "-dump", "-post", post, at + "answer");
		assert.ok(again.includes("alone"), "what was typed is there");
		assert.ok(!/[0-9a-f]{64}/.test(again), "no receipt");
	});
}
