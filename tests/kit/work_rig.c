/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everybody signs in once; a test brings answers of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/work_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct rig rig;
char *import;
struct person worker, manager, auditor, viewer, local, local_worker;

int
work_setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "canbo", "caseworker", NULL);
	person_add(&rig, "quanly", "manager", NULL);
	person_add(&rig, "thanhtra", "auditor", NULL);
	person_add(&rig, "xem", "viewer", NULL);
	person_add(&rig, "lienhuong", "manager", "22969");
	person_add(&rig, "canbolh", "caseworker", "22969");
	person_add(&rig, "phanri", "caseworker", "22972");
	import = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	worker = person_sign_in(&rig, "canbo");
	manager = person_sign_in(&rig, "quanly");
	auditor = person_sign_in(&rig, "thanhtra");
	viewer = person_sign_in(&rig, "xem");
	local = person_sign_in(&rig, "lienhuong");
	local_worker = person_sign_in(&rig, "canbolh");
	return 0;
}

int
work_teardown(void **state)
{
	(void)state;
	rig_check(&rig);
	rig_remove(&rig);
	free(import);
	return 0;
}

/* ---------------------------------------------------------------- the parts */

/* Stores an answer with these members over it; its id. */
void
say(const char *members, char id[UUID_TEXT])
{
	json_t *answer = new_answer(members), *results;

	snprintf(id, UUID_TEXT, "%s",
	    json_string_value(json_object_get(answer, "id")));
	results = post_answers(&rig, import, json_pack("[o]", answer));
	assert_string_equal(result(results, 0, "status"), "stored");
	json_decref(results);
}

void
say_low(const char *desk, char id[UUID_TEXT])
{
	char members[200];

	snprintf(members, sizeof(members),
	    "{\"desk\":\"%s\",\"scores\":{\"overall\":1},\"reasons\":"
	    "[\"waiting\"],\"comment\":\"gọi 0912345678 không ai nghe\"}",
	    desk);
	say(members, id);
}

const char *
path_of(const char *folder, const char *id)
{
	static _Thread_local char path[100];

	snprintf(path, sizeof(path), "/staff/%s/%s", folder, id);
	return path;
}

int64_t
sql(const char *format, ...)
{
	char text[500];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return atoll(rig_sql(&rig, text));
}

/* An id as SQLite's blob literal. */
const char *
blob(const char *id)
{
	static char text[40];
	size_t n = 0;

	text[n++] = 'x';
	text[n++] = '\'';
	for (; *id != '\0'; id++)
		if (*id != '-')
			text[n++] = *id;
	text[n++] = '\'';
	text[n] = '\0';
	return text;
}

int64_t
steps_of(const char *id)
{
	return sql(
	    "SELECT count(*) FROM work_step WHERE answer = %s", blob(id));
}

bool
is_aside(const char *id)
{
	return sql("SELECT aside FROM answer WHERE id = %s", blob(id)) != 0;
}

void
assert_leads_to(const struct reply *reply, const char *end)
{
	char *where = reply_header(reply, "Location");

	assert_status(reply, 303);
	assert_non_null(strstr(where, end));
	free(where);
}

/* A form of a case as its page has it now. */
const struct reply *
act(const struct person *p, const char *id, const char *what, const char *words,
    const char *person, const char *due)
{
	char seen[UUID_TEXT];

	snprintf(seen, sizeof(seen), "%s",
	    hidden(person_get(&rig, p, path_of("cases", id)), "seen"));
	return person_post(&rig, p, path_of("cases", id), "act", what, "id",
	    new_id(), "seen", seen, "words", words, "person", person, "due",
	    due, NULL);
}

const struct reply *
decide(const struct person *p, const char *id, const char *what,
    const char *reason, const char *words, bool save)
{
	return person_post(&rig, p, path_of("answers", id), "act", what,
	    "reason", reason, "words", words, "id", new_id(),
	    save ? "save" : "show", "1", NULL);
}

const struct reply *
decide_proposal(const struct person *p, const char *proposal, const char *what,
    const char *words)
{
	return person_post(&rig, p, path_of("proposals", proposal), "act", what,
	    "id", new_id(), "words", words, NULL);
}

void
confirm_proposal(const struct person *p, const char *proposal)
{
	assert_leads_to(
	    decide_proposal(p, proposal, "confirm", ""), "?done=confirmed");
	while (
	    sql("SELECT rest FROM proposal WHERE id = %s", blob(proposal)) > 0)
		usleep(20000);
}

void
by_two(const struct person *p, const struct person *second, const char *id,
    const char *what, const char *reason, const char *words)
{
	char form[UUID_TEXT];

	snprintf(form, sizeof(form), "%s", new_id());
	assert_leads_to(
	    person_post(&rig, p, path_of("answers", id), "act", what, "reason",
		reason, "words", words[0] == '\0' ? "đã xem" : words, "id",
		form, "save", "1", NULL),
	    "?done=proposed");
	confirm_proposal(second, form);
}
