/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Defaults first, then the file through shared/config's table of known keys,
 * then what no table can check: the zone exists, the address is not public
 * unless a proxy stands in front (notes: Debian 12's libmicrohttpd accepts
 * ambiguous framing and cannot stop slow clients by itself).
 */
#include "server/settings.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/civil.h"
#include "shared/config.h"
#include "shared/log.h"

#define DEFAULT_PATH "/etc/hailong/server.ini"

#define TEXT(section, name, member)                                            \
	{                                                                      \
		section, name, CONFIG_TEXT, offsetof(struct settings, member), \
		    sizeof(((struct settings *)0)->member), 0, 0               \
	}
#define BOOL(section, name, member)                                            \
	{                                                                      \
		section, name, CONFIG_BOOL, offsetof(struct settings, member), \
		    sizeof(bool), 0, 0                                         \
	}
#define INT(section, name, member, least, most)                                \
	{                                                                      \
		section, name, CONFIG_INT, offsetof(struct settings, member),  \
		    sizeof(int), least, most                                   \
	}

static const struct config_key keys[] = {
    TEXT("server", "listen", listen),
    TEXT("server", "public_url", public_url),
    TEXT("server", "time_zone", time_zone),
    TEXT("server", "languages", languages),
    BOOL("server", "behind_proxy", behind_proxy),
    TEXT("database", "url", database),
    INT("database", "patience", patience, 1, 3600),
    INT("limits", "connections", connections, 8, 100000),
    INT("limits", "address_connections", address_connections, 0, 100000),
    INT("limits", "connection_seconds", connection_seconds, 1, 3600),
    INT("limits", "request_seconds", request_seconds, 1, 600),
    TEXT("sms", "number", sms_number),
    TEXT("sms", "agency", sms_agency),
    TEXT("sms", "phone", sms_phone),
    INT("sms", "invite_days", sms_invite_days, 1, 90),
    INT("sms", "remind_days", sms_remind_days, 0, 60),
    TEXT("privacy", "contact", privacy_contact),
    TEXT("privacy", "key_file", key_file),
    INT("privacy", "contact_days", contact_days, 1, 3650),
    INT("privacy", "text_days", text_days, 1, 3650),
    TEXT("log", "level", log_level),
    {NULL, NULL, CONFIG_TEXT, 0, 0, 0, 0},
};

/* Those that are used once, at the start: sockets, threads, the time zone of
 * the process. */
static const char *const fixed[] = {"listen", "time_zone", "languages",
    "behind_proxy", "url", "patience", "connections", "address_connections",
    "key_file"};

static const struct settings defaults = {
    .listen = "127.0.0.1:8080",
    .time_zone = "Asia/Ho_Chi_Minh",
    .languages = "/usr/share/hailong/languages",
    .database = "sqlite:/var/lib/hailong/hailong.db",
    .patience = 5,
    .connections = 2000,
    .connection_seconds = 60,
    .request_seconds = 30,
    .sms_number = "0900000000",
    .sms_agency = "UBND huyen Tuy Phong",
    .sms_phone = "0252 0000000",
    .sms_invite_days = 14,
    .sms_remind_days = 3,
    .privacy_contact = "Văn phòng HĐND và UBND huyện",
    .contact_days = 90,
    .text_days = 365,
    .log_level = "info",
};

bool
settings_secure(const struct settings *s)
{
	return s->behind_proxy || strncmp(s->public_url, "https:", 6) == 0;
}

bool
settings_listen_private(const struct settings *s)
{
	return strncmp(s->listen, "unix:", 5) == 0 ||
	       strncmp(s->listen, "127.", 4) == 0 ||
	       strncmp(s->listen, "localhost:", 10) == 0 ||
	       strncmp(s->listen, "[::1]:", 6) == 0;
}

static bool
check_settings(struct settings *s, char *error, size_t size)
{
	enum log_level level;
	size_t n;

	if (!log_level_find(s->log_level, &level)) {
		snprintf(
		    error, size, "[log] level: error, warning, info or debug");
		return false;
	}
	if (!s->behind_proxy && !settings_listen_private(s)) {
		snprintf(error, size,
		    "[server] listen: %s is a public address; put nginx or "
		    "haproxy in front and set behind_proxy = yes",
		    s->listen);
		return false;
	}
	n = strlen(s->public_url);
	if (n == 0 && strncmp(s->listen, "unix:", 5) != 0)
		snprintf(s->public_url, sizeof(s->public_url), "http://%.240s",
		    s->listen);
	else if (n > 0 && s->public_url[n - 1] == '/')
		s->public_url[n - 1] = '\0';
	return true;
}

/* The defaults with the file over them; path NULL or "": the default place. */
static bool
read_setting_file(
    struct settings *s, const char *path, char *error, size_t size)
{
	*s = defaults;
	if (path == NULL || path[0] == '\0')
		path = access(DEFAULT_PATH, R_OK) == 0 ? DEFAULT_PATH : NULL;
	if (path == NULL)
		return true;
	if (snprintf(s->path, sizeof(s->path), "%s", path) >=
	    (int)sizeof(s->path)) {
		snprintf(error, size, "the path of the settings is too long");
		return false;
	}
	return config_read(path, keys, NULL, s, error, size);
}

/* These names bear POSIX's sign, against what everybody reads in them. */
void
settings_warn(const struct settings *s)
{
	const char *zone = s->time_zone;
	int hours;

	if (sscanf(zone, "Etc/GMT%d", &hours) == 1 && hours != 0)
		log_warn("[server] time_zone: %s is %d hours %s of UTC, as "
			 "POSIX has it; a place cannot be misread: "
			 "Asia/Ho_Chi_Minh",
		    zone, hours < 0 ? -hours : hours,
		    hours < 0 ? "east" : "west");
}

bool
settings_read(struct settings *s, const char *path, char *error, size_t size)
{
	if (!read_setting_file(s, path, error, size) ||
	    !check_settings(s, error, size))
		return false;
	if (civil_set_zone(s->time_zone))
		return true;
	snprintf(error, size,
	    "[server] time_zone: this machine does not know %s (install "
	    "tzdata)",
	    s->time_zone);
	return false;
}

static bool
is_fixed(const struct config_key *key)
{
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (strcmp(fixed[i], key->name) == 0)
			return true;
	return false;
}

static void
keep_fixed(const struct settings *now, struct settings *out)
{
	for (const struct config_key *k = keys; k->name != NULL; k++) {
		const char *old = (const char *)now + k->offset;
		char *new = (char *)out + k->offset;

		if (!is_fixed(k) ||
		    (k->kind == CONFIG_TEXT ? strcmp(old, new)
					    : memcmp(old, new, k->size)) == 0)
			continue;
		memcpy(new, old, k->size);
		log_warn("[%s] %s: changed; takes effect when the collector "
			 "is started anew",
		    k->section, k->name);
	}
}

bool
settings_reload(
    const struct settings *now, struct settings *out, char *error, size_t size)
{
	if (!read_setting_file(out, now->path, error, size))
		return false;
	keep_fixed(now, out);
	return check_settings(out, error, size);
}
