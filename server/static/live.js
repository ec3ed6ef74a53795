/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps an open staff page true: asks for its part every half minute while
 * somebody can see it, with the tag of what is shown, and changes only what is
 * different, in place. So the place, the focus and what is folded open stay the
 * reader's. Nothing moves or fades. Without this file all works but that. */
"use strict";
(() => {
	const part = document.getElementById("live");
	const asof = document.getElementById("asof");
	const news = document.getElementById("news");
	if (!part || !window.fetch)
		return;

	const EVERY = 30000;
	let tag = part.dataset.tag, time = asof.dataset.time, timer = 0;

	/* The district's clock and zone, not this machine's. */
	const [hour, minute, day, month, year] = time.match(/\d+/g).map(Number);
	const ahead = new Date(year, month - 1, day, hour, minute) - Date.now();

	/* Rows are known by their names: a row that moves takes its place along. */
	const key = (node) => node.nodeType === 1 ? node.dataset.key || node.id : "";

	const find = (old, wanted) => {
		for (let n = old; n; n = n.nextSibling)
			if (n.nodeName === wanted.nodeName && key(n) === key(wanted))
				return n;
		return null;
	};

	const attributes = (old, wanted) => {
		for (const a of [...old.attributes])
			if (!wanted.hasAttribute(a.name) && a.name !== "open")
				old.removeAttribute(a.name);
		for (const a of wanted.attributes)
			if (old.getAttribute(a.name) !== a.value)
				old.setAttribute(a.name, a.value);
	};

	/* Makes the children of old those of wanted. */
	const become = (old, wanted) => {
		let at = old.firstChild;
		for (const w of [...wanted.childNodes]) {
			const o = find(at, w);
			if (!o) {
				old.insertBefore(w, at);
				continue;
			}
			if (o !== at)
				old.insertBefore(o, at);
			else
				at = at.nextSibling;
			if (o.nodeType !== 1) {
				if (o.data !== w.data)
					o.data = w.data;
			} else if (!o.isEqualNode(w)) {
				attributes(o, w);
				become(o, w);
			}
		}
		while (at) {
			const next = at.nextSibling;
			at.remove();
			at = next;
		}
	};

	const verdicts = () =>
		[...part.querySelectorAll(".card .verdict")].map((v) => v.textContent).join();

	const show = (html) => {
		const focus = document.activeElement, before = verdicts();
		const doc = new DOMParser().parseFromString(html, "text/html");
		become(part, doc.body);
		if (focus !== document.activeElement && focus.isConnected)
			focus.focus({ preventScroll: true });
		if (before !== verdicts())
			news.textContent = asof.dataset.news;
	};

	const now = () => {
		const d = new Date(Date.now() + ahead);
		const two = (n) => String(n).padStart(2, "0");
		return `${two(d.getHours())}:${two(d.getMinutes())} ` +
			`${two(d.getDate())}/${two(d.getMonth() + 1)}/${d.getFullYear()}`;
	};

	const tell = (words) => {
		const said = words.replace("{time}", time);
		if (news.textContent !== said)
			news.textContent = said;
	};

	const look = async () => {
		const url = new URL(location.href);
		url.searchParams.set("live", "1");
		const r = await fetch(url, {
			headers: { "If-None-Match": tag }, cache: "no-store", redirect: "manual",
		});
		if (r.type === "opaqueredirect")
			return tell(asof.dataset.over);
		if (r.status !== 200 && r.status !== 304)
			throw new Error("later");
		if (r.status === 200) {
			show(await r.text());
			tag = r.headers.get("ETag");
		}
		const words = asof.firstElementChild, said = words.textContent;
		words.textContent = said.replace(time, time = now());
		if (news.textContent !== asof.dataset.news)
			news.textContent = "";
		wait();
	};

	const wait = () => {
		clearTimeout(timer);
		if (!document.hidden)
			timer = setTimeout(() => look().catch(() => {
				tell(asof.dataset.away);
				wait();
			}), EVERY);
	};

	document.addEventListener("visibilitychange", () => {
		clearTimeout(timer);
		if (!document.hidden)
			look().catch(() => wait());
	});
	wait();
})();
