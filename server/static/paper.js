/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paper forms, typed faster: a digit leads on to the next box, Backspace in an
 * empty one back to the box before. Whoever is used to Tab after each digit
 * loses nothing: one Tab right after such a jump is swallowed. What will be
 * saved stands in words above the button. Without this file Tab leads on, and
 * the page says so. */
"use strict";
(() => {
	const boxes = [...document.querySelectorAll(".digits input")];
	const reasons = document.getElementById("reasons");
	const after = reasons || document.getElementById("comment");
	const will = document.getElementById("will");
	const names = new Map();
	let jumped = false;

	document.querySelectorAll("#reasons-list span").forEach(reason => {
		const digit = reason.querySelector("b").textContent;

		names.set(digit, reason.textContent.replace(digit, "").trim());
	});

	function labelOf(box) {
		return document.querySelector(`label[for="${box.id}"]`)
			.textContent.trim();
	}

	function tell() {
		const parts = boxes.filter(box => box.value).map(box =>
			labelOf(box) + ": " +
			(will.dataset["level" + box.value] || "?"));
		const why = [...(reasons ? reasons.value : "")]
			.filter(digit => /[0-9]/.test(digit))
			.map(digit => names.get(digit) || "?");

		if (why.length > 0)
			parts.push(labelOf(reasons) + ": " + why.join(", "));
		will.textContent = parts.length === 0 ? ""
			: will.dataset.title + " " + parts.join("; ") + ".";
	}

	boxes.forEach((box, i) => {
		box.addEventListener("input", () => {
			if (!/^[0-5]$/.test(box.value))
				return;
			(boxes[i + 1] || after).focus();
			jumped = true;
		});
		box.addEventListener("focus", () => box.select());
		box.addEventListener("keydown", event => {
			if (event.key === "Backspace" && !box.value && i > 0) {
				event.preventDefault();
				boxes[i - 1].focus();
			}
		});
	});
	document.addEventListener("keydown", event => {
		if (jumped && event.key === "Tab" && !event.shiftKey)
			event.preventDefault();
		if (event.key !== "Shift")
			jumped = false;
	});
	document.addEventListener("pointerdown", () => { jumped = false; });
	document.addEventListener("input", tell);
	document.getElementById("note").hidden = true;
	document.getElementById("note-jump").hidden = false;
	tell();
})();
