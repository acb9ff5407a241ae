/* The journey where there is no IPv4: a network namespace with ::1 and a ULA. */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { check, skip } from "./tap.mjs";

export const ULA = "fd52:6170:706f:7274::1";

function ip(...args) {
	return spawnSync("ip", args, { encoding: "utf8" });
}

function make(name) {
	for (const command of [["netns", "add", name],
		["-n", name, "link", "set", "lo", "up"],
		["-n", name, "-6", "addr", "add", `${ULA}/64`, "dev", "lo", "nodad"],
		["-n", name, "-4", "addr", "flush", "dev", "lo"]]) {
		const r = ip(...command);
		if (r.status !== 0)
			return r.stderr || String(r.error);
	}
	return "";
}

/* Runs main.mjs once more, inside; its lines become one of ours each. */
export async function withoutIpv4(binary) {
	const name = `rp-e2e-${process.pid}`;
	const why = make(name);

	if (why) {
		ip("netns", "del", name);
		if (process.env.CI === "true")
			check("a network without IPv4 can be made", false, why);
		else
			skip("a network without IPv4", why.trim().split("\n")[0]);
		return;
	}
	try {
		const left = ip("-n", name, "-4", "-o", "addr").stdout;
		check("no IPv4 is left in the namespace", left === "", left);
		const main = fileURLToPath(new URL("main.mjs", import.meta.url));
		const child = spawn("ip", ["netns", "exec", name, process.execPath,
			main, "--inside", binary],
		{ stdio: ["ignore", "pipe", "inherit"] });
		let said = "";
		child.stdout.on("data", d => said += d);
		await new Promise(r => child.on("close", r));
		const lines = said.split("\n");
		let seen = 0;
		lines.forEach((line, i) => {
			const m = line.match(/^(not )?ok \d+ - (.*)$/);
			if (!m)
				return;
			seen++;
			const more = [];
			for (let k = i + 1; /^#/.test(lines[k] ?? ""); k++)
				more.push(lines[k].slice(2));
			check(`no IPv4, ${m[2]}`, !m[1], more.join("\n"));
		});
		check("the journey was made without IPv4",
			lines.includes(`1..${seen}`) && seen > 0, said.slice(-500));
	} finally {
		ip("netns", "del", name);
	}
}
