/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the leak sanitizer need not tell of: fontconfig keeps its list of fonts
 * until the process ends; that memory is the library's, not a leak of ours. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}
