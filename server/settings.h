/* SPDX-License-Identifier: GPL-2.0-or-later */
/* server.ini, read at the start and again at SIGHUP. Keys: shared/protocol.md
 * and hailong-server(8). */
#ifndef HAILONG_SERVER_SETTINGS_H
#define HAILONG_SERVER_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct settings {
	char path[512];       /* the file; "": none, the defaults hold */
	char listen[256];     /* [server] ADDRESS:PORT or unix:PATH */
	char public_url[256]; /* as citizens reach it; no slash at the end */
	char time_zone[64];
	char languages[256]; /* folder of words that came after the build */
	bool behind_proxy;   /* allows a public address to listen on */
	char database[1024]; /* [database] url */
	int patience;        /* seconds that a database is waited for (db.h) */
	int connections;     /* [limits] open at once */
	int address_connections;   /* and from one address; 0: no such limit */
	int connection_seconds;    /* idle, then closed */
	int request_seconds;       /* for one whole request, then closed */
	char sms_number[32];       /* [sms] what citizens text to */
	char sms_agency[23];       /* at most 22 septets of GSM-7 */
	char sms_phone[32];        /* where a person answers questions */
	int sms_invite_days;       /* after a result; later none is asked */
	int sms_remind_days;       /* the one reminder comes after; 0: none */
	char privacy_contact[128]; /* [privacy] whom to ask for one's data */
	char key_file[512];        /* the secrets of numbers; "": in the
				    * database */
	int contact_days;          /* a phone number is erased so long after its
				    * dossier is finished */
	int text_days;             /* and the text of an SMS after */
	char log_level[16];        /* [log] error, warning, info, debug */
};

/* Logs what is right but likely not meant; for the command that serves. */
void settings_warn(const struct settings *s);
/* Reads path, or the default place when NULL (which may be missing: defaults
 * hold). False with one sentence in error. Sets the process's time zone. */
bool settings_read(
    struct settings *s, const char *path, char *error, size_t size);
/* Reads now's file anew into out. What cannot change while the collector runs
 * stays as it is, with a warning in the log. False with one sentence in error:
 * nothing is to change. */
bool settings_reload(
    const struct settings *now, struct settings *out, char *error, size_t size);
/* True when the way to browsers is TLS, so that cookies may be Secure: by
 * public_url, or because a proxy stands in front. */
bool settings_secure(const struct settings *s);
/* True when the address may be listened on without a proxy in front: loopback
 * or a unix socket. */
bool settings_listen_private(const struct settings *s);

#endif
