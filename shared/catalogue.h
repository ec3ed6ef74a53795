/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The built-in catalogue (Tuy Phong 2022): the files of shared/catalogue/ as
 * they stand there, for `init` and for programs that need desk codes without a
 * database. Contract, section 4; what the files say: catalogue/README.md.
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

#endif
