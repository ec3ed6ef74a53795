/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which way a device used is noted in the file KEPT.way ("plain" or "tls"), so
 * that one that has gone by TLS never falls back by a changed URL alone. A
 * device without the note but with an outbox is of a version that did not ask:
 * it goes on as it did. Where the settings cannot be written (they are root's,
 * the program is not), the note alone holds, and the log says at each start
 * what is missing.
 */
#include "shared/plain_http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/log.h"

#define WAY_PATH       4096
#define SETTINGS_BYTES (256 * 1024)

/* ------------------------------------------------------------------ the URL */

/* The host between [ ] or up to the port; "" where it is none of ours. */
static void
plain_http_host(const char *url, char out[64])
{
	size_t n = strcspn(url, "/?#\\");
	const char *end;

	out[0] = '\0';
	if (memchr(url, '@', n) != NULL)
		return;
	end = *url == '[' ? memchr(url, ']', n) : memchr(url, ':', n);
	if (end != NULL)
		n = (size_t)(end - url) + (*url == '[');
	if (n < 64) {
		memcpy(out, url, n);
		out[n] = '\0';
	}
}

bool
plain_http(const char *url)
{
	struct in_addr four;
	char host[64];

	if (strncmp(url, "https://", 8) == 0)
		return false;
	if (strncmp(url, "http://", 7) != 0)
		return true;
	plain_http_host(url + 7, host);
	if (inet_pton(AF_INET, host, &four) == 1)
		return ntohl(four.s_addr) >> 24 != 127;
	return strcasecmp(host, "localhost") != 0 && strcmp(host, "[::1]") != 0;
}

/* ----------------------------------------------------------------- the note */

enum way { WAY_NONE, WAY_PLAIN, WAY_TLS };

static bool
way_path(const char *kept, char out[WAY_PATH])
{
	return snprintf(out, WAY_PATH, "%s.way", kept) < WAY_PATH;
}

/* What this device used until now. */
static enum way
read_way(const char *kept)
{
	char path[WAY_PATH];
	enum way way = WAY_NONE;
	struct buf text;

	buf_init(&text);
	if (way_path(kept, path) && access(path, F_OK) == 0 &&
	    buf_read_file(&text, path, 16))
		way = strncmp(buf_text(&text), "plain", 5) == 0 ? WAY_PLAIN
								: WAY_TLS;
	else if (access(kept, F_OK) == 0)
		way = WAY_PLAIN; /* of a version that did not ask */
	buf_finish(&text);
	return way;
}

static void
note_way(const char *kept, enum way way)
{
	const char *word = way == WAY_PLAIN ? "plain\n" : "tls\n";
	char path[WAY_PATH];
	int fd;

	if (!way_path(kept, path))
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, word, strlen(word)) < 0)
		log_warn("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}

/* ------------------------------------------------------------- the settings */

/* Behind the line [collector]; NULL when there is none. */
static const char *
behind_section(const char *text)
{
	for (const char *line = text; *line != '\0';) {
		const char *next = line + strcspn(line, "\n");

		line += strspn(line, " \t");
		if (strncmp(line, "[collector]", 11) == 0)
			return *next == '\n' ? next + 1 : next;
		line = *next == '\n' ? next + 1 : next;
	}
	return NULL;
}

static bool
put_file(int fd, const struct buf *text, const struct stat *like)
{
	const char *bytes = buf_text(text);
	size_t done = 0;

	while (done < text->size) {
		ssize_t n = write(fd, bytes + done, text->size - done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return fchmod(fd, like->st_mode & 0777) == 0 &&
	       (fchown(fd, like->st_uid, like->st_gid) == 0 ||
		   errno == EPERM) &&
	       fsync(fd) == 0;
}

/* The settings with one line more, whole or not at all. */
static bool
write_insecure(const char *path)
{
	char name[WAY_PATH];
	struct buf old, new;
	const char *at;
	struct stat st;
	bool ok = false;
	int fd = -1;

	buf_init(&old);
	buf_init(&new);
	if (snprintf(name, sizeof(name), "%s.new", path) < (int)sizeof(name) &&
	    stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    buf_read_file(&old, path, SETTINGS_BYTES) &&
	    (at = behind_section(buf_text(&old))) != NULL) {
		buf_add(&new, buf_text(&old), (size_t)(at - buf_text(&old)));
		buf_puts(&new,
		    "# written by the upgrade: this device uses http://\n"
		    "insecure = yes\n");
		buf_puts(&new, at);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	}
	if (fd >= 0) {
		ok = put_file(fd, &new, &st);
		ok = close(fd) == 0 && ok && rename(name, path) == 0;
		if (!ok)
			unlink(name);
	}
	buf_finish(&old);
	buf_finish(&new);
	return ok;
}

/* ------------------------------------------------------------- the decision */

static bool
refuse_url(char *error, size_t size, const char *settings, const char *why)
{
	snprintf(error, size, "%s: [collector] %s", settings, why);
	return false;
}

bool
plain_http_allowed(
    const struct plain_http_wish *w, char *error, size_t error_size)
{
	bool yes = strcmp(w->insecure, "yes") == 0;

	if (!yes && *w->insecure != '\0' && strcmp(w->insecure, "no") != 0)
		return refuse_url(
		    error, error_size, w->settings, "insecure: yes or no");
	if (strncmp(w->url, "http://", 7) != 0 &&
	    strncmp(w->url, "https://", 8) != 0)
		return refuse_url(error, error_size, w->settings,
		    "url: must begin with https:// or http://");
	if (!plain_http(w->url)) {
		if (read_way(w->kept) != WAY_TLS)
			note_way(w->kept, WAY_TLS);
		return true;
	}
	if (!yes && (*w->insecure != '\0' || read_way(w->kept) != WAY_PLAIN))
		return refuse_url(error, error_size, w->settings,
		    "url: plain http shows the answers and the token to "
		    "everybody on the way; use https://, or say insecure = "
		    "yes");
	note_way(w->kept, WAY_PLAIN);
	if (!yes && write_insecure(w->settings))
		log_warn("%s: insecure = yes is written into it, since this "
			 "device used plain http before",
		    w->settings);
	else if (!yes)
		log_warn("%s: write insecure = yes into [collector]; this "
			 "device used plain http before",
		    w->settings);
	log_warn("plain http: answers and token can be read on the way to %s",
	    w->url);
	return true;
}
