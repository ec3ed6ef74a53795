/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first bytes say what a file is; portals name web pages ".xls", and people
 * name anything ".csv". */
#include "server/table/table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "server/table/table_private.h"
#include "shared/limits.h"

#define HEAD_BYTES 512

static bool
begins_with(const char *head, size_t n, const char *with, size_t size)
{
	return n >= size && memcmp(head, with, size) == 0;
}

/* A web page or an XML document, in UTF-8 or UTF-16, behind a mark and blanks.
 */
static bool
is_markup(const char *head, size_t n)
{
	size_t i = 0;

	while (i < n && strchr(" \t\r\n\xef\xbb\xbf\xff\xfe", head[i]) != NULL)
		i++; /* strchr finds a NUL too: UTF-16 */
	return i < n && head[i] == '<';
}

static bool
read_by_kind(struct table_reading *t, FILE *file)
{
	char head[HEAD_BYTES];
	size_t n = fread(head, 1, sizeof(head), file);

	if (n == 0)
		return table_refuse(t, "the table is empty");
	if (begins_with(head, n, "PK\3\4", 4))
		return table_read_xlsx(t);
	if (begins_with(head, n, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
		return table_read_xls(t);
	if (begins_with(head, n, "%PDF", 4))
		return table_refuse(t,
		    "this is a PDF, not a table; have the software export XLSX "
		    "or CSV");
	if (is_markup(head, n))
		return table_refuse(t,
		    "this is a web page's table under another name; open it in "
		    "the spreadsheet program and save it as XLSX or CSV UTF-8");
	if (fseek(file, 0, SEEK_SET) != 0)
		return table_refuse(t, "%s", strerror(errno));
	return table_read_text(t, file);
}

bool
table_read(const char *path, const struct table_taker *taker, char *error,
    size_t error_size)
{
	struct table_reading t = {path, taker, 0, error, error_size};
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	FILE *file;
	bool ok;

	error[0] = '\0';
	if (fd < 0)
		return table_refuse(&t, "%s", strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return table_refuse(&t, "not a file");
	}
	t.size = st.st_size;
	if (t.size > LIMIT_TABLE_BYTES) {
		close(fd);
		return table_refuse(&t,
		    "larger than %lld MB; export a shorter time",
		    (long long)(LIMIT_TABLE_BYTES >> 20));
	}
	file = fdopen(fd, "rb");
	if (file == NULL) {
		close(fd);
		return table_refuse(&t, "%s", strerror(errno));
	}
	ok = read_by_kind(&t, file);
	fclose(file);
	return ok;
}
