/* Comfort for pages that work without it: the reader's own time beside a
   deadline; counters; a draft saved while one types, kept in the browser while
   there is no connection, and offered again; a warning before text is lost. */
"use strict";
(function () {
	var lang = document.documentElement.lang;
	var locale = { ar: "ar-EG", en: "en-GB" }[lang] || lang;
	var numbers = new Intl.NumberFormat(locale);
	var form = document.getElementById("answer");
	var about = document.querySelector(".eyebrow a");
	var key = about && "rapporteur:" + about.pathname.replace(/^\/\w\w\//, "/");

	document.querySelectorAll(".clock .yours").forEach(function (place) {
		var time = place.closest("dl").querySelector("time");
		if (place.textContent.trim() || !time)
			return;
		place.textContent = new Intl.DateTimeFormat(
			locale, { year: "numeric",
				month: "long", day: "numeric", hour: "2-digit",
				minute: "2-digit", hourCycle: "h23",
				timeZoneName: "short" }).format(new Date(time.dateTime));
	});

	/* What the server does not have stays in the browser; what it has, only
	   as long as the tab. A browser may forbid both. */
	function keep(text, where) {
		try {
			localStorage.removeItem(key);
			sessionStorage.removeItem(key);
			if (text)
				where.setItem(key, JSON.stringify(text));
		} catch (e) {
			return;
		}
	}

	function kept() {
		try {
			return JSON.parse(localStorage.getItem(key) ||
				sessionStorage.getItem(key));
		} catch (e) {
			return null;
		}
	}

	if (document.getElementById("sent"))
		keep(null);
	if (!form)
		return;

	var status = document.getElementById("status");
	var dirty = false, sending = false, timer = 0, saving = false;
	var last = 0, AFTER = 5000, AT_MOST_EVERY = 20000;

	function say(text, url) {
		status.textContent = text;
		if (url) {
			var a = document.createElement("a");
			a.href = url;
			a.textContent = new URL(url, location.href).href;
			a.dir = "ltr";
			status.append(" ", a);
		}
	}

	/* What a person typed: no token, no file, no name of a button. */
	function typed() {
		return Array.from(form.elements).filter(function (f) {
			return f.name && f.type !== "hidden" && f.type !== "file" &&
			    f.type !== "submit" && f.name !== "website";
		});
	}

	function values() {
		return typed().map(function (f) {
			return f.type === "radio" || f.type === "checkbox" ?
			    [f.name, f.value, f.checked] : [f.name, f.value];
		});
	}

	function restore(old) {
		typed().forEach(function (f) {
			old.forEach(function (v) {
				if (v[0] !== f.name)
					return;
				if (v.length === 2)
					f.value = v[1];
				else if (v[1] === f.value)
					f.checked = v[2];
			});
		});
	}

	/* As the server counts: code points, a line break is one. */
	function length(text) {
		var pairs = text.match(/[\ud800-\udbff][\udc00-\udfff]/g);
		return text.length - (pairs ? pairs.length : 0);
	}

	function count(area) {
		var left = area.dataset.max - length(area.value);
		var hint = document.getElementById(area.id + "-hint");
		if (!area.value)
			return;
		hint.textContent = (left < 0 ? form.dataset.over : form.dataset.left)
			.replace("#", numbers.format(Math.abs(left)));
		hint.classList.toggle("bad", left < 0);
	}

	function offline() {
		keep(values(), localStorage);
		say(form.dataset.offline);
	}

	function save() {
		var body = new URLSearchParams();
		if (saving || sending || !dirty || !form.dataset.autosave)
			return;
		Array.from(form.elements).forEach(function (f) {
			if (f.name && f.type !== "file" && f.type !== "submit" &&
			    (f.checked || (f.type !== "radio" && f.type !== "checkbox")))
				body.append(f.name, f.value);
		});
		body.append("do", "autosave");
		saving = true;
		dirty = false;
		last = Date.now();
		fetch(form.action, { method: "POST", body: body,
			headers: { Accept: "application/json" } })
			.then(function (r) {
				if (r.status >= 400 && r.status < 500)
					form.dataset.autosave = "";
				if (!r.ok)
					throw new Error(r.status);
				return r.json();
			})
			.then(function (saved) {
				form.elements.draft.value = saved.draft;
				keep(values(), sessionStorage);
				say(form.dataset.autosave, saved.url);
			})
			.catch(function () {
				dirty = true;
				if (form.dataset.autosave)
					offline();
				else
					keep(values(), localStorage);
			})
			.then(function () {
				saving = false;
				if (dirty)
					later();
			});
	}

	function later() {
		clearTimeout(timer);
		timer = setTimeout(save,
			Math.max(AFTER, last + AT_MOST_EVERY - Date.now()));
	}

	function offer(old) {
		say(form.dataset.restore);
		[[form.dataset.yes, true], [form.dataset.no, false]].forEach(
			function (choice) {
				var b = document.createElement("button");
				b.type = "button";
				b.className = "button quiet";
				b.textContent = choice[0];
				b.onclick = function () {
					status.remove();
					form.querySelector(".send").append(status);
					say("");
					keep(null);
					if (!choice[1])
						return;
					restore(old);
					form.querySelectorAll("[data-max]").forEach(count);
					dirty = true;
					later();
				};
				status.append(" ", b);
			});
		form.prepend(status);
	}

	form.querySelectorAll("[data-max]").forEach(count);
	form.addEventListener("input", function (e) {
		if (e.target.type === "file" || e.target.name === "website")
			return;
		dirty = true;
		if (e.target.dataset.max)
			count(e.target);
		if (!navigator.onLine)
			offline();
		later();
	});
	form.addEventListener("submit", function () {
		sending = true;
		keep(values(), localStorage);
	});
	/* Back from the next page by the browser's own button. */
	addEventListener("pageshow", function () {
		sending = false;
	});
	addEventListener("online", save);
	addEventListener("beforeunload", function (e) {
		if (dirty && !sending) {
			keep(values(), localStorage);
			e.preventDefault();
		}
	});

	var old = kept();
	if (Array.isArray(old) && JSON.stringify(old) !== JSON.stringify(values()))
		offer(old);
}());
