/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The built-in catalogues: the files of shared/catalogue/ (Tuy Phong 2022) as
 * they stand there, for `init` and for programs that need desk codes without a
 * database; and the edition of 2025, which differs by catalogue-2025/.
 * Contract, section 4; what the files say: catalogue/README.md.
 */
#ifndef HAILONG_SHARED_CATALOGUE_H
#define HAILONG_SHARED_CATALOGUE_H

#include <stddef.h>

struct catalogue_file {
	const char *name; /* "units.csv", "forms/one-stop.json" */
	const char *data; /* a NUL follows the last byte */
	size_t size;      /* bytes, without that NUL */
};

/* All files in the order of their names, closed by one whose name is NULL. */
extern const struct catalogue_file catalogue_files[];

struct catalogue_edition {
	const char *name; /* as `init --catalogue` takes it */
	const struct catalogue_file *files;
};

/* tuy-phong-2022 and tuy-phong-2025, closed by one whose name is NULL. */
extern const struct catalogue_edition catalogue_editions[];

/* The files of the edition of that name, likewise; NULL: there is none. */
const struct catalogue_file *catalogue_edition(const char *name);

#endif
