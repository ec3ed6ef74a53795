/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forms an official report (core/report/report.h) leaves the house in, as
 * one table: a new form is a row of it. */
#ifndef HAILONG_SERVER_REPORT_FORMS_H
#define HAILONG_SERVER_REPORT_FORMS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct report;

/* What a reader may choose of a file. */
struct report_choice {
	bool semicolon; /* CSV: apart by ';', decimals with ',', for Excel in
			   Vietnamese */
};

struct report_form {
	const char *name; /* "docx": how its files end */
	const char *type; /* its media type */
	/* Appends the whole file. False, and the log says why, when a library
	 * failed. */
	bool (*write)(const struct report *report,
	    const struct report_choice *choice, struct buf *out);
};

/* The i-th form, NULL beyond the last. */
const struct report_form *report_form_at(size_t i);
/* The form of a name ("docx"), or of a file's name ("Q3.docx", any case); NULL:
 * there is none. */
const struct report_form *report_form_find(const char *name);

/* One writer, one file: report_csv.c, … */
bool report_write_docx(const struct report *report,
    const struct report_choice *choice, struct buf *out);
bool report_write_pdf(const struct report *report,
    const struct report_choice *choice, struct buf *out);
bool report_write_xlsx(const struct report *report,
    const struct report_choice *choice, struct buf *out);
bool report_write_csv(const struct report *report,
    const struct report_choice *choice, struct buf *out);
bool report_write_json(const struct report *report,
    const struct report_choice *choice, struct buf *out);

#endif
