/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of sms.ini's keys; shared/config.c reads by it. */
#include "sms/settings.h"

#include <stdio.h>
#include <string.h>
#include "shared/config.h"

#define TEXT(section, key, type, member)                                       \
	{                                                                      \
		section, key, CONFIG_TEXT, offsetof(struct type, member),      \
		    sizeof(((struct type *)NULL)->member), 0, 0                \
	}

#define INT(section, key, type, member, least, most)                           \
	{                                                                      \
		section, key, CONFIG_INT, offsetof(struct type, member),       \
		    sizeof(int), least, most                                   \
	}

static const struct config_key keys[] = {
    TEXT("collector", "url", settings, url),
    TEXT("collector", "insecure", settings, insecure),
    TEXT("collector", "token_file", settings, token_file),
    TEXT("collector", "time_zone", settings, time_zone),
    TEXT("spool", "path", settings, spool),
    INT("spool", "join_seconds", settings, join_s, 5, 86400),
    TEXT("kannel", "listen", settings, kannel.listen),
    TEXT("kannel", "send_url", settings, kannel.send_url),
    TEXT("kannel", "user", settings, kannel.user),
    TEXT("kannel", "password_file", settings, kannel.password_file),
    TEXT("kannel", "secret_file", settings, kannel.secret_file),
    TEXT("kannel", "from", settings, kannel.from),
    INT("kannel", "rate_per_minute", settings, kannel.rate, 1, 1000000),
    INT("kannel", "cap_per_day", settings, kannel.cap, 1, 100000000),
    TEXT("modem *", "device", settings_modem, device),
    TEXT("modem *", "connection", settings_modem, connection),
    TEXT("modem *", "model", settings_modem, model),
    TEXT("modem *", "pin_file", settings_modem, pin_file),
    INT("modem *", "answer_seconds", settings_modem, answer_s, 2, 120),
    INT("modem *", "patience_seconds", settings_modem, patience_s, 3, 120),
    INT("modem *", "rate_per_minute", settings_modem, rate, 1, 600),
    INT("modem *", "cap_per_day", settings_modem, cap, 1, 100000),
    {NULL, NULL, CONFIG_TEXT, 0, 0, 0, 0},
};

static void *
modem_section(void *context, const char *kind, const char *name, char *error,
    size_t error_size)
{
	struct settings *s = context;
	struct settings_modem *m;

	(void)kind;
	for (size_t i = 0; i < s->nmodems; i++) {
		if (strcmp(s->modems[i].name, name) == 0)
			return &s->modems[i];
	}
	if (s->nmodems == SETTINGS_MODEMS || name[0] == '\0' ||
	    strlen(name) >= sizeof(m->name)) {
		snprintf(error, error_size,
		    "at most %d modems, with names of at most %zu letters",
		    SETTINGS_MODEMS, sizeof(m->name) - 1);
		return NULL;
	}
	m = &s->modems[s->nmodems++];
	memcpy(m->name, name, strlen(name) + 1);
	snprintf(m->connection, sizeof(m->connection), "at115200");
	m->answer_s = 60;
	m->patience_s = MODEM_READ_S;
	m->rate = SETTINGS_RATE;
	m->cap = SETTINGS_CAP;
	return m;
}

/* It speaks plain HTTP: it must be this machine. */
static bool
private_address(const char *listen)
{
	return strncmp(listen, "127.", 4) == 0 ||
	       strncmp(listen, "[::1]:", 6) == 0;
}

static const char *
kannel_missing(const struct settings_kannel *k)
{
	if (k->listen[0] == '\0')
		return k->send_url[0] == '\0' && k->user[0] == '\0'
			   ? NULL
			   : "[kannel] listen is missing";
	if (!private_address(k->listen) || strrchr(k->listen, ':') == NULL)
		return "[kannel] listen: 127.0.0.1:PORT, nobody else may hand "
		       "messages over";
	if (k->send_url[0] == '\0' || k->user[0] == '\0' ||
	    k->password_file[0] == '\0' || k->from[0] == '\0')
		return "[kannel] needs send_url, user, password_file and from";
	if (k->secret_file[0] == '\0')
		return "[kannel] secret_file is missing: without a secret in "
		       "Kannel's post-url every program of this machine could "
		       "hand messages over in any citizen's name";
	return NULL;
}

/* What is missing, NULL when nothing is. */
static const char *
missing(const struct settings *s)
{
	if (s->url[0] == '\0')
		return "[collector] url is missing";
	if (s->token_file[0] == '\0')
		return "[collector] token_file is missing";
	if (s->spool[0] == '\0')
		return "[spool] path is missing";
	if (kannel_missing(&s->kannel) != NULL)
		return kannel_missing(&s->kannel);
	if (s->nmodems == 0 && s->kannel.listen[0] == '\0')
		return "no [modem NAME] and no [kannel] section";
	for (size_t i = 0; i < s->nmodems; i++) {
		if (s->modems[i].device[0] == '\0')
			return "a [modem NAME] section has no device";
	}
	return NULL;
}

bool
settings_read(
    const char *path, struct settings *out, char *error, size_t error_size)
{
	const char *what;
	size_t n;

	memset(out, 0, sizeof(*out));
	out->join_s = SETTINGS_JOIN;
	out->kannel.rate = SETTINGS_KANNEL_RATE;
	out->kannel.cap = SETTINGS_KANNEL_CAP;
	snprintf(out->time_zone, sizeof(out->time_zone), "Asia/Ho_Chi_Minh");
	if (!config_read(path, keys, modem_section, out, error, error_size))
		return false;
	what = missing(out);
	if (what != NULL) {
		snprintf(error, error_size, "%s: %s", path, what);
		return false;
	}
	for (n = strlen(out->url); n > 0 && out->url[n - 1] == '/'; n--)
		out->url[n - 1] = '\0';
	return true;
}
