/* A part of the page that follows what happens, and its countdown. Without
   this the page asks again by itself. */
"use strict";
(function () {
	var box = document.getElementById("live");
	if (!box || !window.EventSource)
		return;
	var skew = 0;
	/* The digits of the page: browsers know Arabic with others. */
	var lang = document.documentElement.lang;
	var two = new Intl.NumberFormat(lang === "ar" ? "ar-u-nu-arab" : lang,
		{ minimumIntegerDigits: 2, useGrouping: false });

	function tick() {
		box.querySelectorAll("[data-until]").forEach(function (e) {
			var s = Math.round((e.dataset.until - Date.now() - skew) /
				1000);
			var a = Math.abs(s);
			e.textContent = (s < 0 ? "\u2212" : "") +
				two.format(Math.floor(a / 60)) + ":" +
				two.format(a % 60);
			e.classList.toggle("late", s < 0);
		});
	}

	/* The server's clock counts, not the reader's. */
	function took() {
		var e = box.querySelector("[data-now]");
		if (e)
			skew = e.dataset.now - Date.now();
		tick();
	}

	/* Who is about to press a button finds it again. */
	function replace(html) {
		var at = document.activeElement;
		var key = at && box.contains(at) ? [at.name, at.value] : null;
		box.innerHTML = html;
		if (key)
			box.querySelectorAll("button").forEach(function (b) {
				if (b.name === key[0] && b.value === key[1])
					b.focus();
			});
		took();
	}

	took();
	setInterval(tick, 1000);
	new EventSource(box.dataset.events).addEventListener("piece",
		function (e) {
			replace(e.data);
		});
})();
