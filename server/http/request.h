/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that a handler ever sees. A handler gets a checked request and its
 * thread's context, fills a response and returns an HTTP status. It never sees
 * libmicrohttpd, never blocks on a write, never frees: the request owns an
 * arena.
 *
 * Writing: a handler that must write sets request.entries (answers to store) or
 * request.write (whatever else is to be done), or both, and returns HTTP_LATER.
 * The writer thread stores the answers and calls write() inside its
 * transaction, together with whatever else waits; after the commit is on disk
 * the loop calls reply() to fill the response. When the commit failed the
 * client gets 503 and reply() is not called.
 */
#ifndef HAILONG_SERVER_HTTP_REQUEST_H
#define HAILONG_SERVER_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/text/multipart.h"
#include "server/core/text/urlencoded.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/text.h"

struct catalogue;
struct counters;
struct db;
struct enrol_gate;
struct entry;
struct failed_logins;
struct job_list;
struct seal_keys;
struct register_keeper;
struct settings;
struct single_flight;
struct soundness;
struct tallies;
struct word_limit;
struct writer;

#define HTTP_LATER    (-1)
#define HTTP_HELD     (-2) /* nothing yet: the handler is asked again later */
#define REQUEST_PARTS 2

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };

/* Who asks, as a bit each; a route names those it admits. */
enum who {
	WHO_ANYONE = 0,
	WHO_KIOSK = 1 << 0,
	WHO_SMS = 1 << 1,
	WHO_IMPORT = 1 << 2,
	WHO_VIEWER = 1 << 3, /* a device of kind viewer */
	/* signed-in people, by role; a route that admits all of them: WHO_STAFF
	 */
	WHO_READER = 1 << 4,     /* role viewer: reads the figures */
	WHO_MANAGER = 1 << 5,    /* answers for a unit: decides what counts */
	WHO_CASEWORKER = 1 << 6, /* acts on what citizens say */
	WHO_ADMIN = 1 << 7,      /* keeps catalogue, people and devices */
	WHO_AUDITOR = 1 << 8,    /* reads everything; decides what others
				  * proposed, and changes nothing else */
	WHO_STAFF =
	    WHO_READER | WHO_MANAGER | WHO_CASEWORKER | WHO_ADMIN | WHO_AUDITOR,
};

/* What a request may do and in whose name: a device by its token, or a person
 * by a session. Strings live in the request's arena. */
struct caller {
	enum who who;
	const char *device;        /* id, "" for others */
	const char *device_kind;   /* kiosk, sms, import, viewer */
	const char *desk;          /* a kiosk's own desk, NULL for others */
	const char *const *former; /* desks where it stood before */
	size_t nformer;
	const char *login; /* staff, NULL for others */
	const char *role;
	const char *unit; /* of staff, NULL: the whole district */
	const char *csrf;
	bool start;  /* staff: the password is a start password */
	bool factor; /* staff: there is a second factor */
	bool
	    stale; /* staff: the form bears the csrf value of another session */
};

/* What a thread that runs handlers has at hand; below keys: what all threads of
 * a collector share. */
struct ctx {
	struct db *db; /* this thread's reading connection */
	const struct catalogue *catalogue;
	const struct settings *settings;
	const struct seal_keys *keys;        /* secrets of citizens' numbers */
	struct counters *counters;           /* http/counters.h: the loop's */
	struct job_list *errands;            /* store/writer.h: the loop's */
	struct single_flight *tallies;       /* cache/tally_cache.h */
	struct single_flight *fragments;     /* cache/fragment_cache.h */
	struct failed_logins *failed_logins; /* http/failed_logins.h */
	struct writer *writer;               /* for http/health.h */
	struct soundness *soundness;         /* likewise */
	struct register_keeper *registers;   /* register/keeper.h */
	/* ms the machine's clock is off, store/timekeeping.h; 0: believed */
	const _Atomic int64_t *clock_off;
	const char *more_secret;  /* secret/more_key.h */
	struct word_limit *words; /* core/burst/word_limit.h: the loop's */
	struct enrol_gate *gate;  /* core/device/enrol_gate.h: likewise */
	int64_t started_at;       /* the collector */
};

struct request;
struct response;

/* Runs on the writer thread, inside a transaction. False, logged, when the
 * database refused; then everything is rolled back and the client may repeat.
 */
typedef bool request_write(
    struct db *db, struct tallies *tallies, struct request *req);
/* Runs on the loop after the commit. */
typedef int request_reply(
    struct ctx *ctx, struct request *req, struct response *res);

struct request {
	struct arena arena;
	enum method method;
	const char *path;
	const char *target;              /* path and query as they were sent */
	const char *part[REQUEST_PARTS]; /* what {} of the route matched */
	struct pairs query;              /* decoded, valid UTF-8 */
	struct pairs form;               /* of a form's body */
	struct upload upload;            /* the file of one that has a file */
	const char *body;                /* NUL after the last byte */
	size_t body_size;
	const char *content_type; /* NULL: none */
	const char *bearer;       /* NULL: none */
	const char *cookies;      /* the header, NULL: none */
	const char *session;      /* of them (auth_cookies), NULL: none */
	const char *known;        /* likewise, of a browser that was here */
	bool elsewhere;           /* sent by another site's page */
	bool refused;             /* by the proxy in front, for haste (429) */
	bool vouched; /* no device's, no person's, but it has a proof: a
		       * dossier's link, a kiosk's token, a right password */
	const char *if_none_match; /* NULL: none */
	const char *clock;         /* a kiosk's "BOOT MONO", NULL: none */
	const char *signature;     /* key_request_text, NULL: none */
	const char *source;        /* address, as a proxy names it, NULL */
	uint64_t from;             /* source_hash of it, 0: not known */
	bool held_over;            /* HTTP_HELD is no answer any more */
	bool broken_off;           /* it took too long (server/http/pool.h) */
	struct caller caller;
	enum lang lang;
	bool one_language; /* no way to another one is shown */
	int64_t now;       /* when the request had arrived whole */

	/* of the closed period that it reads; destroyed with it, NULL: none */
	struct catalogue *frozen;

	struct entry *entries;
	size_t nentries;
	request_write *write;
	request_reply *reply;
	void *data; /* the handler's own, for write and reply */
};

/* Leaves the rest of a request to the writer thread and the loop: write may be
 * NULL (only entries are stored), reply fills the response after the commit.
 * Returns HTTP_LATER. */
static inline int
request_later(
    struct request *req, void *data, request_write *write, request_reply *reply)
{
	req->data = data;
	req->write = write;
	req->reply = reply;
	return HTTP_LATER;
}

struct response {
	const char *type;     /* Content-Type */
	struct buf body;      /* freed by the server */
	const char *location; /* for 303 */
	const char *cookie;   /* Set-Cookie, whole */
	const char *known;    /* a second one */
	const char *etag;
	const char *filename; /* it is a file to be kept, under this name */
	int retry_after;      /* seconds, 0: no header */
	bool cache;           /* may be kept for ever (static files) */
	bool script;          /* a page that may run our script */
};

#endif
