/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs shared/protocol.md from top to bottom against a real collector on a
 * socket of its own, so that what integrators read is what happens.
 *
 *   ```ini      the first one that names [server] is the collector's server.ini
 *               (its listen and database lines are ours)
 *   ```console  "$ command" through the shell, the lines after it are what it
 *               says, on standard output or error
 *   ```http     a request, or the reply to the request before it: the status,
 *               the headers named (there may be more), the body
 *
 * report_match.h tells how examples are compared. The collector starts before
 * the first request. Each difference is told with its line; the exit status
 * is 1.
 */
#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "shared/buf.h"
#include "tests/docs/document.h"
#include "tests/docs/match.h"

#define DOCUMENT      "../shared/protocol.md"
#define DOCUMENT_MOST (1024 * 1024)
#define FORM          "application/x-www-form-urlencoded"
#define PATIENCE_MS   120000
#define STEP_MS       20

struct reply {
	long status;
	struct buf headers, body;
};

struct run {
	struct arena arena;
	struct names names;
	char folder[64], socket[96];
	pid_t collector; /* 0: not yet started */
	bool asked;      /* a request waits for its reply */
	struct reply reply;
	int examples, wrong;
};

static void
differs(struct run *r, int line, const char *what, const char *expected,
    const char *got)
{
	printf("shared/protocol.md:%d: %s\n  expected: %s\n  got:      %s\n",
	    line, what, expected, got);
	r->wrong++;
}

static void
write_file(struct run *r, const char *name, const char *text, mode_t mode)
{
	const char *path = arena_printf(&r->arena, "%s/%s", r->folder, name);
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0 ||
	    chmod(path, mode) != 0) {
		perror(path);
		exit(1);
	}
}

/* ---------------------------------------------------------------- collector */

/* The document's settings with a socket and a file of our own. */
static void
write_settings(struct run *r, const char *text)
{
	char *copy = arena_strdup(&r->arena, text), *save = NULL;
	struct buf out;

	buf_init(&out);
	for (char *line = strtok_r(copy, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		if (strncmp(line, "listen ", 7) == 0)
			buf_printf(&out, "listen = unix:%s\n", r->socket);
		else if (strncmp(line, "url ", 4) == 0)
			buf_printf(
			    &out, "url = sqlite:%s/hailong.db\n", r->folder);
		else
			buf_printf(&out, "%s\n", line);
	}
	write_file(r, "server.ini", buf_text(&out), 0600);
	buf_finish(&out);
}

/* "hailong-server" of the examples is the one of the build, with our settings
 * where the example names none of its own. */
static void
write_wrapper(struct run *r, const char *bin)
{
	char *path = realpath(bin, NULL);

	if (path == NULL) {
		perror(bin);
		exit(1);
	}
	write_file(r, "hailong-server",
	    arena_printf(&r->arena,
		"#!/bin/sh\nexec '%s/hailong-server' "
		"--config '%s/server.ini' \"$@\"\n",
		path, r->folder),
	    0700);
	free(path);
	setenv("PATH",
	    arena_printf(&r->arena, "%s:%s", r->folder, getenv("PATH")), 1);
}

/* The file of a socket is there a moment before the collector listens at it. */
static bool
collector_listens(const struct run *r)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool listens;

	strcpy(at.sun_path, r->socket);
	listens = fd >= 0 &&
		  connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0;
	if (fd >= 0)
		close(fd);
	return listens;
}

static void
start_collector(struct run *r)
{
	r->collector = fork();
	if (r->collector == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* nothing stays behind */
		execlp(
		    "hailong-server", "hailong-server", "serve", (char *)NULL);
		_exit(127);
	}
	for (int ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
		if (collector_listens(r))
			return;
		if (waitpid(r->collector, NULL, WNOHANG) != 0)
			break;
		usleep(STEP_MS * 1000);
	}
	fputs("the collector does not start\n", stderr);
	exit(1);
}

static void
stop_collector(struct run *r)
{
	int status;

	if (r->collector == 0)
		return;
	kill(r->collector, SIGTERM);
	if (waitpid(r->collector, &status, 0) == r->collector &&
	    !(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
		puts("the collector did not end well");
		r->wrong++;
	}
}

/* --------------------------------------------------------------------- http */

static size_t
take(char *bytes, size_t size, size_t count, void *buf)
{
	buf_add(buf, bytes, size * count);
	return size * count;
}

static bool
has_header(const struct message *m, const char *beginning)
{
	for (size_t i = 0; m->headers[i] != NULL; i++)
		if (strncasecmp(m->headers[i], beginning, strlen(beginning)) ==
		    0)
			return true;
	return false;
}

/* A form is written on several lines and sent as one. */
static const char *
one_line(struct arena *a, const char *body)
{
	char *line = arena_strdup(a, body), *out = line;

	for (; *body != '\0'; body++)
		if (*body != '\n')
			*out++ = *body;
	*out = '\0';
	return line;
}

static bool
perform(struct run *r, const struct message *m)
{
	CURL *curl = curl_easy_init();
	struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
	const char *path = strchr(m->first, ' ');
	const char *body = m->body;
	bool post = strncmp(m->first, "POST ", 5) == 0, ok;

	if (has_header(m, "Content-Type: " FORM))
		body = one_line(&r->arena, body);
	if (post && !has_header(m, "Content-Type:"))
		headers = curl_slist_append(headers, "Content-Type:");
	for (size_t i = 0; m->headers[i] != NULL; i++)
		headers = curl_slist_append(headers, m->headers[i]);
	buf_clear(&r->reply.headers);
	buf_clear(&r->reply.body);
	curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, r->socket);
	curl_easy_setopt(curl, CURLOPT_URL,
	    arena_printf(&r->arena, "http://hailong%s", path + 1));
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (post)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	else
		curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST,
		    arena_strndup(
			&r->arena, m->first, (size_t)(path - m->first)));
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &r->reply.body);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &r->reply.headers);
	ok = curl_easy_perform(curl) == CURLE_OK;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &r->reply.status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return ok;
}

static void
run_request(struct run *r, const struct block *block)
{
	const char *text = names_fill(&r->names, block->text);
	struct message m;

	if (r->collector == 0)
		start_collector(r);
	if (r->asked)
		differs(r, block->line, "no reply to the request before",
		    "a reply", "a request");
	r->asked = false;
	if (text == NULL) {
		differs(r, block->line, "a {NAME} was never seen before", "",
		    block->text);
		return;
	}
	message_read(&r->arena, text, &m);
	if (strchr(m.first, ' ') == NULL || !perform(r, &m))
		differs(r, block->line, "no reply", "one", m.first);
	else
		r->asked = true;
}

/* One header of the reply is as the example says. */
static bool
header_matches(struct run *r, const char *expected)
{
	const char *at = buf_text(&r->reply.headers);
	size_t n;

	for (; *at != '\0'; at += n + (at[n] != '\0')) {
		const char *line;

		n = strcspn(at, "\n");
		line = arena_strndup(&r->arena, at, strcspn(at, "\r\n"));
		if (match_text(&r->names, expected, line))
			return true;
	}
	return false;
}

static bool
body_matches(struct run *r, const char *expected)
{
	const char *got = buf_text(&r->reply.body);
	json_t *pattern = json_loads(expected, 0, NULL), *value;
	size_t n = strlen(got);
	bool same;

	if (pattern != NULL) {
		value = json_loads(got, 0, NULL);
		same = match_json(&r->names, pattern, value);
		json_decref(value);
		json_decref(pattern);
		return same;
	}
	while (n > 0 && got[n - 1] == '\n')
		n--;
	return match_text(
	    &r->names, expected, arena_strndup(&r->arena, got, n));
}

static void
run_reply(struct run *r, const struct block *block)
{
	const char *got = arena_printf(&r->arena, "%ld\n%s%s", r->reply.status,
	    buf_text(&r->reply.headers), buf_text(&r->reply.body));
	struct message m;

	r->examples++;
	if (!r->asked) {
		differs(r, block->line, "a reply without a request", "", "");
		return;
	}
	r->asked = false;
	message_read(&r->arena, block->text, &m);
	if (strtol(m.first, NULL, 10) != r->reply.status)
		differs(r, block->line, "another status", m.first, got);
	for (size_t i = 0; m.headers[i] != NULL; i++)
		if (!header_matches(r, m.headers[i]))
			differs(r, block->line, "no such header", m.headers[i],
			    got);
	if (!body_matches(r, m.body))
		differs(r, block->line, "another body", m.body, got);
}

/* ------------------------------------------------------------------ console */

static void
run_command(struct run *r, int line, const char *command, const char *expected)
{
	const char *filled = names_fill(&r->names, command);
	char part[4096], *got;
	struct buf out;
	size_t n;
	FILE *p;

	r->examples++;
	buf_init(&out);
	p = filled == NULL
		? NULL
		: popen(arena_printf(&r->arena, "cd '%s' && { %s\n} 2>&1",
			    r->folder, filled),
		      "r");
	while (p != NULL && (n = fread(part, 1, sizeof(part), p)) > 0)
		buf_add(&out, part, n);
	if (p == NULL || pclose(p) < 0)
		differs(r, line, "cannot be run", "", command);
	got = arena_strdup(&r->arena, buf_text(&out));
	buf_finish(&out);
	for (n = strlen(got); n > 0 && got[n - 1] == '\n';)
		got[--n] = '\0';
	if (p != NULL && !match_text(&r->names, expected, got))
		differs(r, line, command, expected, got);
}

static void
run_console(struct run *r, const struct block *block)
{
	char *save = NULL, *line;
	const char *command = NULL;
	int number = block->line, at = 0;
	struct buf expected;

	buf_init(&expected);
	for (line = strtok_r(arena_strdup(&r->arena, block->text), "\n", &save);
	     line != NULL; line = strtok_r(NULL, "\n", &save), number++) {
		if (strncmp(line, "$ ", 2) != 0) {
			buf_printf(&expected, "%s%s",
			    expected.size == 0 ? "" : "\n", line);
			continue;
		}
		if (command != NULL)
			run_command(r, at, command, buf_text(&expected));
		buf_clear(&expected);
		command = line + 2;
		at = number;
	}
	if (command != NULL)
		run_command(r, at, command, buf_text(&expected));
	buf_finish(&expected);
}

/* ---------------------------------------------------------------- all of it */

static void
run_block(struct run *r, const struct block *block)
{
	if (strcmp(block->kind, "console") == 0)
		run_console(r, block);
	else if (strcmp(block->kind, "http") == 0 && block->text[0] >= '0' &&
		 block->text[0] <= '9')
		run_reply(r, block);
	else if (strcmp(block->kind, "http") == 0)
		run_request(r, block);
	else if (strcmp(block->kind, "ini") == 0 &&
		 strstr(block->text, "[server]") != NULL)
		write_settings(r, block->text);
}

/* The settings first: commands may stand before them in the document. */
static void
run_document(struct run *r, const char *text)
{
	struct document d;

	document_read(&r->arena, text, &d);
	for (size_t i = 0; i < d.count; i++)
		if (strcmp(d.blocks[i].kind, "ini") == 0)
			run_block(r, &d.blocks[i]);
	for (size_t i = 0; i < d.count; i++)
		if (strcmp(d.blocks[i].kind, "ini") != 0)
			run_block(r, &d.blocks[i]);
}

static void
remove_folder(struct run *r)
{
	const char *command =
	    arena_printf(&r->arena, "rm -rf -- '%s'", r->folder);

	if (system(command) != 0)
		fprintf(stderr, "%s stays behind\n", r->folder);
}

int
main(void)
{
	struct run r = {.folder = "/tmp/hailong-docs-XXXXXX"};
	const char *bin = getenv("HAILONG_BIN");
	struct buf text;

	arena_init(&r.arena);
	names_init(&r.names);
	buf_init(&text);
	if (bin == NULL || mkdtemp(r.folder) == NULL ||
	    !buf_read_file(&text, DOCUMENT, DOCUMENT_MOST)) {
		perror("HAILONG_BIN, a temporary folder or " DOCUMENT);
		return 1;
	}
	snprintf(r.socket, sizeof(r.socket), "%s/socket", r.folder);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	write_wrapper(&r, bin);
	run_document(&r, buf_text(&text));
	stop_collector(&r);
	remove_folder(&r);
	printf("%d examples, %d differences\n", r.examples, r.wrong);
	buf_finish(&r.reply.headers);
	buf_finish(&r.reply.body);
	buf_finish(&text);
	names_finish(&r.names);
	arena_finish(&r.arena);
	curl_global_cleanup();
	return r.wrong == 0 && r.examples > 0 ? 0 : 1;
}
