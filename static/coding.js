/* Keys for the queue of passages, which works without: one passage at a time,
   the next one at once, what was decided sent meanwhile. */
"use strict";
(function () {
	var box = document.getElementById("coding");
	if (!box)
		return;
	var units = Array.prototype.slice.call(box.querySelectorAll(".unit"));
	var left = document.getElementById("left");
	var at = 0, sending = 0, typed = "", timer = 0, skipped = 0;
	var AFTER = 700; /* a second digit may follow so long */

	function show() {
		units.forEach(function (u, i) {
			u.hidden = i !== at;
		});
		if (units[at])
			units[at].querySelector("button").focus();
		else
			again();
	}

	/* What comes next is asked for when all is told. */
	function again() {
		if (sending === 0)
			location.replace(location.pathname +
				(skipped ? "?skip=" + skipped : ""));
	}

	function failed() {
		location.reload();
	}

	function send(form, value) {
		var body = new URLSearchParams(new FormData(form));
		body.set("do", value);
		sending++;
		/* Also when the reader leaves the page meanwhile. */
		fetch(form.action, { method: "POST", body: body,
			redirect: "manual", keepalive: true }).then(function (r) {
			sending--;
			if (r.type !== "opaqueredirect" && !r.ok)
				failed();
			else if (!units[at])
				again();
		}, failed);
	}

	function decide(value) {
		var form = units[at];
		if (!form || !form.querySelector('button[value="' + value + '"]'))
			return;
		if (value === "skip")
			skipped++;
		else
			send(form, value);
		at++;
		show();
	}

	function choose() {
		var n = parseInt(typed, 10), list;
		typed = "";
		clearTimeout(timer);
		if (!units[at])
			return;
		list = units[at].querySelector("select");
		if (n === 0)
			decide("none");
		else if (n <= list.options.length) {
			list.selectedIndex = n - 1;
			decide("choose");
		}
	}

	function digit(c) {
		var list = units[at] && units[at].querySelector("select");
		typed += c;
		clearTimeout(timer);
		if (!list || typed === "0" || typed.length === 2 ||
			parseInt(typed, 10) * 10 > list.options.length)
			choose();
		else
			timer = setTimeout(choose, AFTER);
	}

	document.addEventListener("keydown", function (e) {
		if (e.ctrlKey || e.altKey || e.metaKey ||
			/^(SELECT|TEXTAREA|INPUT)$/.test(e.target.tagName))
			return;
		if (/^[0-9]$/.test(e.key))
			digit(e.key);
		else if (e.key === "Enter" && typed)
			choose();
		else if (e.key === "y")
			decide("yes");
		else if (e.key === "s")
			decide("skip");
		else
			return;
		e.preventDefault();
	});

	box.addEventListener("submit", function (e) {
		var value = e.submitter && e.submitter.value;
		if (!value)
			return;
		e.preventDefault();
		decide(value);
	});

	box.setAttribute("aria-live", "polite");
	if (left)
		left.setAttribute("role", "status");
	show();
})();
