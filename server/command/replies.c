/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replies: one SMS text a line in, one reading a line out, in the order of the
 * input, so that anybody can try the reader (server/core/messages/reply.c) on
 * any list of messages. An empty line is an empty SMS and gets its reading too.
 * Desk codes come from the built-in catalogue.
 */
#include "server/command/replies.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/messages/reply.h"
#include "shared/catalogue.h"
#include "shared/csv.h"
#include "shared/limits.h"

static int
reply_fail(int status, const char *sentence)
{
	fprintf(stderr, "hailong-server replies: %s\n", sentence);
	return status;
}

/* The codes of desks.csv, closed by NULL; NULL after saying what is wrong. */
static const char *const *
desk_codes(struct arena *a)
{
	static const char *const columns[] = {
	    "code", "unit", "name", "fields", NULL};
	const struct catalogue_file *file = catalogue_files;
	char error[LIMIT_ERROR_BYTES] = "desks.csv is missing";
	struct csv *desks = NULL;
	const char **codes;

	while (file->name && strcmp(file->name, "desks.csv") != 0)
		file++;
	if (file->name)
		desks = csv_parse(
		    a, file->data, file->size, columns, error, sizeof(error));
	if (!desks) {
		reply_fail(1, error);
		return NULL;
	}
	codes = arena_alloc(a, (desks->nrows + 1) * sizeof(*codes));
	for (size_t i = 0; i < desks->nrows; i++)
		codes[i] = desks->rows[i].cells[0];
	return codes;
}

/* The reading as the contract writes it, keys in its order. */
static json_t *
reading_json(const struct reply *reply)
{
	json_t *json = json_object();

	json_object_set_new(
	    json, "kind", json_string(reply_kind_name(reply->kind)));
	if (reply->kind == REPLY_SCORE)
		json_object_set_new(json, "score", json_integer(reply->score));
	if (reply->opt_out)
		json_object_set_new(json, "opt_out", json_true());
	if (reply->comment)
		json_object_set_new(
		    json, "comment", json_string(reply->comment));
	if (reply->reason)
		json_object_set_new(json, "reason", json_string(reply->reason));
	if (reply->desk)
		json_object_set_new(json, "desk", json_string(reply->desk));
	return json;
}

/* Reads one line of `size` bytes and prints its reading. */
static bool
read_reply_line(char *line, size_t size, const struct reply_desks *desks)
{
	struct arena a;
	struct reply reply;
	json_t *json;
	char *text;
	bool good;

	while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
		size--;
	line[size] = '\0';
	/* a NUL would hide the rest of the line from the reader */
	for (size_t i = 0; i < size; i++)
		if (line[i] == '\0')
			line[i] = ' ';
	arena_init(&a);
	reply_read(&a, line, desks, &reply);
	json = reading_json(&reply);
	text = json_dumps(json, JSON_COMPACT);
	good = text && puts(text) != EOF;
	free(text);
	json_decref(json);
	arena_finish(&a);
	return good;
}

int
command_replies(int argc, char **argv)
{
	struct arena a;
	struct reply_desks desks;
	char *line = NULL;
	size_t room = 0;
	ssize_t size;
	bool good = true;

	(void)argv;
	if (argc > 1)
		return reply_fail(2, "takes no words; send the texts to its "
				     "standard input, one a line");
	arena_init(&a);
	desks.codes = desk_codes(&a);
	while (
	    desks.codes && good && (size = getline(&line, &room, stdin)) >= 0)
		good = read_reply_line(line, (size_t)size, &desks);
	good = good && fflush(stdout) == 0 && !ferror(stdin);
	free(line);
	arena_finish(&a);
	if (!desks.codes)
		return 1;
	return good ? 0 : reply_fail(1, "could not read or write everything");
}
