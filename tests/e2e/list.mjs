/* tests/pages/list with what a run puts into it. */
import { readFileSync } from "node:fs";

/* Pages: { budget, who, path }; {lang} is left for the caller. */
export function pageList() {
	return readFileSync(new URL("../pages/list", import.meta.url), "utf8")
		.split("\n").filter(l => l && !l.startsWith("#"))
		.map(l => {
			const [budget, who, path] = l.split(" ");
			return { budget, who, path };
		});
}

export function address(path, lang, known) {
	return path.replace(/\{(\w+)\}/g, (_, name) => {
		const value = name === "lang" ? lang : known[name];
		if (value === undefined)
			throw new Error(`nothing to put for {${name}}`);
		return value;
	});
}

/* The GET routes that show pages: patterns without those of files. */
export function pageRoutes() {
	const text = readFileSync(new URL("../../src/web/routes.def",
		import.meta.url), "utf8");
	return [...text.matchAll(/ROUTE\("GET",\s*"([^"]+)"/g)]
		.map(m => m[1])
		.filter(p => p !== "/" && !/^\/(static|api)\//.test(p) &&
			!/(\.(json|jsonl|csv|atom|ics|txt|docx|pdf|xlsx|zip|md|xml|html|qdc)|\/file|\/original|\/text|\/compare|\/events)$/.test(p) &&
			!/\/(files\/\{\w+\}|documents\/\{\w+\}(\/\{part\})?\/\{name\})$/.test(p) &&
			!/\/(activities|report|report\/\{k\}|reports\/\{n\}|correspondence\/\{n\})\/\{name\}$/.test(p));
}

export function matches(route, path) {
	const want = route.split("/"), got = path.replace(/\?.*/, "").split("/");
	return want.length === got.length && want.every((w, i) =>
		/^\{\w+\}$/.test(w) ? got[i] !== "" : w === got[i]);
}
