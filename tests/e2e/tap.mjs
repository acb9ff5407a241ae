/* Tests that speak TAP. One line for each test; what throws has failed. */

let count = 0, failed = 0;

export function check(name, good, why = "") {
	count++;
	if (!good)
		failed++;
	process.stdout.write(`${good ? "ok" : "not ok"} ${count} - ${name}\n`);
	if (!good && why)
		process.stdout.write(String(why).replace(/^/gm, "# ") + "\n");
	return good;
}

export function skip(name, why) {
	process.stdout.write(`ok ${++count} - ${name} # SKIP ${why}\n`);
}

/* True if it did not throw. */
export async function test(name, body) {
	try {
		await body();
		return check(name, true);
	} catch (e) {
		return check(name, false, e.stack ?? e);
	}
}

/* Steps of which each needs the one before: the rest of them is not tried. */
export async function journey(name, steps) {
	const state = {};
	let good = true;

	for (const [step, body] of Object.entries(steps)) {
		if (good)
			good = await test(`${name}: ${step}`, () => body(state));
		else
			check(`${name}: ${step}`, false, "an earlier step failed");
	}
	return state;
}

export function note(text) {
	process.stdout.write(String(text).replace(/^/gm, "# ") + "\n");
}

export function end() {
	process.stdout.write(`1..${count}\n`);
	return failed ? 1 : 0;
}
