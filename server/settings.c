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
    BOOL("server", "behind_proxy", behind_proxy),
    TEXT("database", "url", database),
    INT("limits", "connections", connections, 8, 100000),
    INT("limits", "address_connections", address_connections, 0, 100000),
    INT("limits", "connection_seconds", connection_seconds, 1, 3600),
    INT("limits", "request_seconds", request_seconds, 1, 600),
    TEXT("sms", "number", sms_number),
    TEXT("sms", "agency", sms_agency),
    TEXT("sms", "phone", sms_phone),
    TEXT("privacy", "contact", privacy_contact),
    INT("privacy", "contact_days", contact_days, 1, 3650),
    {NULL, NULL, CONFIG_TEXT, 0, 0, 0, 0},
};

static const struct settings defaults = {
    .listen = "127.0.0.1:8080",
    .time_zone = "Asia/Ho_Chi_Minh",
    .database = "sqlite:/var/lib/hailong/hailong.db",
    .connections = 2000,
    .connection_seconds = 60,
    .request_seconds = 30,
    .sms_number = "0900000000",
    .sms_agency = "UBND huyen Tuy Phong",
    .sms_phone = "0252 0000000",
    .privacy_contact = "Văn phòng HĐND và UBND huyện",
    .contact_days = 90,
};

bool
settings_listen_private(const struct settings *s)
{
	return strncmp(s->listen, "unix:", 5) == 0 ||
	       strncmp(s->listen, "127.", 4) == 0 ||
	       strncmp(s->listen, "localhost:", 10) == 0 ||
	       strncmp(s->listen, "[::1]:", 6) == 0;
}

static bool
check(struct settings *s, char *error, size_t size)
{
	size_t n;

	if (!civil_set_zone(s->time_zone)) {
		snprintf(error, size,
		    "[server] time_zone: this machine does not know %s "
		    "(install tzdata)",
		    s->time_zone);
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

bool
settings_read(struct settings *s, const char *path, char *error, size_t size)
{
	*s = defaults;
	if (path == NULL && access(DEFAULT_PATH, R_OK) == 0)
		path = DEFAULT_PATH;
	if (path != NULL && !config_read(path, keys, NULL, s, error, size))
		return false;
	return check(s, error, size);
}
