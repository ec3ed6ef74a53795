/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * layers TABLE ROOT: reads every .c and .h of the house and says where one
 * breaks a rule, a line each, "FILE:LINE: what". Exit status 0 all is well, 1
 * something is not, 2 wrong usage.
 *
 * The rules: what may include what (the table); no SQL and no HTML in the
 * strings of the programs; a licence line and a head comment first; a file
 * includes its own header first (in tests cmocka's wants to be before it; the
 * test "headers" looks after those); .c files of at most 700 lines. tests/data
 * is not code and is left out.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include "shared/buf.h"
#include "tests/layers/scan.h"
#include "tests/layers/table.h"

#define LINES_MOST 700
#define FILE_BYTES (4 * 1024 * 1024)
#define LICENCE    "/* SPDX-License-Identifier: GPL-2.0-or-later */\n/*"

struct house {
	struct arena arena;
	struct table table;
	const char *root;
	const char **files; /* from the root, sorted */
	size_t nfiles;
	int broken;
};

static void
complain(struct house *h, const char *file, int line, const char *what,
    const char *name)
{
	printf("%s:%d: %s%s\n", file, line, name, what);
	h->broken++;
}

static bool
is_test(const char *file)
{
	return strncmp(file, "tests/", 6) == 0;
}

/* ------------------------------------------------------------------ strings */

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The place after a whole word, whatever its case; NULL when it is not there.
 */
static const char *
after_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = text; *p != '\0'; p++)
		if (strncasecmp(p, word, n) == 0 && !is_letter(p[n]) &&
		    (p == text || !is_letter(p[-1])))
			return p + n;
	return NULL;
}

/* A statement shows by two words in order; one that is a single word, by
 * standing alone. */
static bool
is_sql(const char *text)
{
	static const char *const pairs[][2] = {{"select", "from"},
	    {"insert", "into"}, {"update", "set"}, {"delete", "from"},
	    {"create", "table"}, {"create", "index"}, {"drop", "table"},
	    {"alter", "table"}, {"begin", "immediate"}, {"pragma", ""},
	    {"savepoint", ""}, {"attach", "as"}};
	static const char *const alone[] = {
	    "begin", "commit", "rollback", "vacuum", "end"};
	size_t n = strcspn(text, ";");
	const char *rest;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		rest = after_word(text, pairs[i][0]);
		if (rest != NULL && after_word(rest, pairs[i][1]) != NULL)
			return true;
		if (rest != NULL && pairs[i][1][0] == '\0')
			return true;
	}
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		if (n == strlen(alone[i]) && n > 0 &&
		    strncasecmp(text, alone[i], n) == 0 &&
		    (text[n] == ';' || text[0] < 'a'))
			return true;
	return false;
}

static bool
is_html(const char *text)
{
	for (const char *p = text; (p = strchr(p, '<')) != NULL; p++)
		if (is_letter(p[1]) || p[1] == '/' || p[1] == '!')
			return true;
	return false;
}

static void
check_strings(struct house *h, const char *file, const struct scan *scan)
{
	bool sql = table_excepts(&h->table, "sql", file);
	bool html = table_excepts(&h->table, "html", file);

	for (size_t i = 0; i < scan->nstrings; i++) {
		const struct found *s = &scan->strings[i];

		if (!sql && is_sql(s->text))
			complain(h, file, s->line,
			    "SQL in a string: statements live in sql/", "");
		if (!html && is_html(s->text))
			complain(h, file, s->line,
			    "markup in a string: it lives in a template", "");
	}
}

/* ----------------------------------------------------------------- includes */

static bool
exists(struct house *h, const char *file)
{
	for (size_t i = 0; i < h->nfiles; i++)
		if (strcmp(h->files[i], file) == 0)
			return true;
	return false;
}

static void
check_includes(struct house *h, const char *file, const struct scan *scan)
{
	size_t n = strlen(file);
	const char *own = NULL, *why;

	if (file[n - 1] == 'c' && !is_test(file))
		own = arena_printf(&h->arena, "%.*sh", (int)n - 1, file);
	for (size_t i = 0; i < scan->nincludes; i++) {
		const struct found *f = &scan->includes[i];

		why = table_refuses(&h->table, &h->arena, file, f->text);
		if (why != NULL)
			complain(h, file, f->line,
			    arena_printf(&h->arena, ": %s", why), f->text);
	}
	if (own != NULL && exists(h, own) &&
	    (scan->nincludes == 0 || strcmp(scan->includes[0].text, own) != 0))
		complain(h, file,
		    scan->nincludes == 0 ? 1 : scan->includes[0].line,
		    ": a file includes its own header first", own);
}

/* ---------------------------------------------------------------- the files */

static void
check_file(struct house *h, const char *file)
{
	struct scan scan;
	struct buf text;

	buf_init(&text);
	if (!buf_read_file(&text,
		arena_printf(&h->arena, "%s/%s", h->root, file), FILE_BYTES)) {
		complain(h, file, 0, "cannot be read", "");
		buf_finish(&text);
		return;
	}
	scan_text(&h->arena, buf_text(&text), &scan);
	if (strncmp(buf_text(&text), LICENCE, strlen(LICENCE)) != 0)
		complain(h, file, 1,
		    "begins with the SPDX line and a comment on its design",
		    "");
	buf_finish(&text);
	if (file[strlen(file) - 1] == 'c' && scan.lines > LINES_MOST)
		complain(
		    h, file, scan.lines, "longer than 700 lines: split it", "");
	check_includes(h, file, &scan);
	if (!is_test(file))
		check_strings(h, file, &scan);
}

static bool
is_code(const char *name)
{
	size_t n = strlen(name);

	return n > 2 && name[n - 2] == '.' &&
	       (name[n - 1] == 'c' || name[n - 1] == 'h');
}

static void
gather(struct house *h, const char *folder)
{
	struct dirent *entry;
	const char *path;
	struct stat st;
	DIR *dir = opendir(arena_printf(&h->arena, "%s/%s", h->root, folder));

	if (dir == NULL || strcmp(folder, "tests/data") == 0) {
		if (dir != NULL)
			closedir(dir);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		path = arena_printf(&h->arena, "%s/%s", folder, entry->d_name);
		if (lstat(arena_printf(&h->arena, "%s/%s", h->root, path),
			&st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			gather(h, path);
		else if (is_code(path))
			*(const char **)arena_append(&h->arena, &h->files,
			    &h->nfiles, sizeof(*h->files)) = path;
	}
	closedir(dir);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
read_table(struct house *h, const char *path)
{
	const char *wrong = "cannot be read";
	struct buf text;

	buf_init(&text);
	if (buf_read_file(&text, path, FILE_BYTES))
		wrong = table_read(&h->arena, buf_text(&text), &h->table);
	buf_finish(&text);
	if (wrong != NULL)
		fprintf(stderr, "%s: %s\n", path, wrong);
	return wrong == NULL;
}

int
main(int argc, char **argv)
{
	static const char *const folders[] = {
	    "kiosk", "server", "shared", "sms", "tests"};
	struct house h = {.root = argc == 3 ? argv[2] : NULL};

	if (argc != 3) {
		fputs("usage: layers TABLE ROOT\n", stderr);
		return 2;
	}
	arena_init(&h.arena);
	if (!read_table(&h, argv[1]))
		return 2;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		gather(&h, folders[i]);
	if (h.nfiles == 0) {
		fprintf(stderr, "%s: no source files there\n", h.root);
		return 2;
	}
	qsort(h.files, h.nfiles, sizeof(*h.files), compare);
	for (size_t i = 0; i < h.nfiles; i++)
		check_file(&h, h.files[i]);
	printf("%zu files, %d rules broken\n", h.nfiles, h.broken);
	arena_finish(&h.arena);
	return h.broken == 0 ? 0 : 1;
}
