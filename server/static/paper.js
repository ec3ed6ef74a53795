/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paper forms, typed faster: a digit leads on to the next box, Backspace in an
 * empty one back to the box before. Without this file Tab does the same. */
"use strict";
(() => {
	const boxes = [...document.querySelectorAll(".digits input")];
	const after = document.getElementById("reasons") ||
		document.getElementById("comment");

	boxes.forEach((box, i) => {
		box.addEventListener("input", () => {
			if (/^[0-5]$/.test(box.value))
				(boxes[i + 1] || after).focus();
		});
		box.addEventListener("focus", () => box.select());
		box.addEventListener("keydown", event => {
			if (event.key === "Backspace" && !box.value && i > 0) {
				event.preventDefault();
				boxes[i - 1].focus();
			}
		});
	});
})();
