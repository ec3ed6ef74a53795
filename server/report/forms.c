/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names to writers. */
#include "server/report/forms.h"

#include <string.h>
#include <strings.h>
#include "server/core/report/report.h"

bool
report_write_json(const struct report *report,
    const struct report_choice *choice, struct buf *out)
{
	(void)choice;
	report_json(report, out);
	return true;
}

static const struct report_form forms[] = {
    {"docx",
	"application/vnd.openxmlformats-officedocument.wordprocessingml."
	"document",
	report_write_docx},
    {"pdf", "application/pdf", report_write_pdf},
    {"xlsx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	report_write_xlsx},
    {"csv", "text/csv; charset=utf-8", report_write_csv},
    {"json", "application/json", report_write_json},
};

const struct report_form *
report_form_at(size_t i)
{
	return i < sizeof(forms) / sizeof(forms[0]) ? &forms[i] : NULL;
}

const struct report_form *
report_form_find(const char *name)
{
	const char *dot = strrchr(name, '.');
	const struct report_form *form;

	if (dot != NULL)
		name = dot + 1;
	for (size_t i = 0; (form = report_form_at(i)) != NULL; i++)
		if (strcasecmp(form->name, name) == 0)
			return form;
	return NULL;
}
