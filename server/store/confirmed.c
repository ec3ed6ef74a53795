/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The thing itself is asked for, the newest answer that was confirmed: commits
 * reach a standby, and come back from a copy with its log, in their order, so
 * when the last one is there all before it are. Neither PostgreSQL's system
 * identifier nor its timeline would do: a fail-over that lost nothing has
 * another timeline, and a server that was set back keeps both.
 */
#include "server/store/confirmed.h"

#include "server/db/db.h"
#include "server/store/answers.h"
#include "server/store/writer.h"
#include "shared/log.h"

bool
confirmed_stands(struct confirmed *c, struct db *db)
{
	int score, connections = db_connections(db);

	if (!c->known || c->lost || connections == c->connections)
		return !c->lost;
	if (!store_answer_score(db, &c->last, &score))
		return false; /* not reached: nobody is told */
	c->connections = connections;
	c->lost = score == 0;
	if (c->lost)
		log_error("the database was reached again and lacks answers "
			  "that were confirmed: it was restored from a copy, "
			  "or a standby took over that was behind. Nothing is "
			  "confirmed any more. See which server has them, "
			  "then start this program again");
	return !c->lost;
}

void
confirmed_note(struct confirmed *c, const struct db *db, const struct job *list)
{
	c->connections = db_connections(db);
	for (const struct job *job = list; job != NULL; job = job->next) {
		if (job->result != JOB_COMMITTED)
			continue;
		for (size_t i = 0; i < job->nentries; i++) {
			const struct entry *e = &job->entries[i];

			if (e->stored != STORED &&
			    e->stored != STORED_DUPLICATE)
				continue;
			c->last = e->id;
			c->known = true;
		}
	}
}
