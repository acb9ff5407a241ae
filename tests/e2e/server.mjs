/* Rapporteur with the demonstration body, in a folder of its own. */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from
	"node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_S = 120;

/* Nothing of the caller's own settings. */
const env = Object.fromEntries(Object.entries(process.env)
	.filter(([name]) => !name.startsWith("RAPPORTEUR")));

function freePort(host) {
	return new Promise((resolve, reject) => {
		const s = createServer();
		s.on("error", reject);
		s.listen(0, host, () => {
			const { port } = s.address();
			s.close(() => resolve(port));
		});
	});
}

export class Site {
	/* `database`: empty for SQLite. `host`: an address, IPv6 in brackets. */
	constructor(binary, { database = "", host = "[::1]", machines = 1 } = {}) {
		this.binary = binary;
		this.database = database;
		this.host = host;
		this.machines = machines;
		this.folder = mkdtempSync(join(tmpdir(), "rp-e2e-"));
		this.servers = [];
		this.urls = [];
	}

	settings(port, more = []) {
		const s = [`data_dir=${this.folder}`, `public_url=${this.urls[0]}`,
			"form_age_min=0s", "page_age=1s", "submissions_per_64=100000",
			"submissions_per_56=100000", "submissions_per_48=100000",
			"reads_per_64=1000000", "reads_per_56=1000000",
			"reads_per_48=1000000", `listen=${this.host}:${port}`, ...more];
		if (this.database)
			s.push(`database=${this.database}`);
		return s.flatMap(v => ["--set", v]);
	}

	command(name, ...args) {
		const r = spawnSync(this.binary,
			[name, ...args, ...this.settings(1)],
			{ env, encoding: "utf8", timeout: START_S * 1000 });
		if (r.status !== 0)
			throw new Error(`rapporteur ${name}: ${r.stderr}`);
		return r.stdout.trim();
	}

	async start(demo) {
		const ports = [];
		for (let i = 0; i < this.machines; i++) {
			ports.push(await freePort(this.host.replace(/[[\]]/g, "")));
			this.urls.push(`http://${this.host}:${ports[i]}`);
		}
		this.command("demo", "--from", demo);
		for (const port of ports)
			await this.serve(port);
	}

	async serve(port) {
		const log = join(this.folder, `log-${port}`);
		const fd = openSync(log, "w");
		const child = spawn(this.binary, ["serve", ...this.settings(port)],
			{ env, stdio: ["ignore", "ignore", fd] });
		closeSync(fd);
		this.servers.push({ child, log });
		for (let i = 0; i < START_S * 10; i++) {
			if (readFileSync(log, "utf8").includes("event=ready"))
				return;
			if (child.exitCode !== null)
				break;
			await new Promise(r => setTimeout(r, 100));
		}
		throw new Error("serve: " + readFileSync(log, "utf8"));
	}

	/* What the servers complained of. */
	complaints() {
		return this.servers.flatMap(({ log }) => readFileSync(log, "utf8")
			.split("\n").filter(line => /level=error|Sanitizer|runtime error/
				.test(line)));
	}

	/* An administrator's one-time link. */
	init(address, name) {
		return this.command("init", "--address", address, "--name", name)
			.split("\n").pop();
	}

	async stop() {
		for (const { child } of this.servers) {
			if (child.exitCode !== null)
				continue;
			const gone = new Promise(r => child.once("exit", r));
			child.kill("SIGTERM");
			await gone;
		}
		rmSync(this.folder, { recursive: true, force: true });
	}
}
