/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A modem belongs to its worker; no other process may talk to it. So the worker
 * writes into the spool how its modem is, and looks there for service codes
 * that shall be dialled.
 */
#include "sms/status_command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/civil.h"
#include "shared/clock.h"
#include "sms/settings.h"
#include "sms/spool/spool.h"

#define ERROR_BYTES  600
#define BALANCE_CODE "*101#" /* with every Vietnamese operator */
#define BALANCE_MS   90000   /* a worker that sends may be busy that long */

bool
status_command_known(const char *name, int words)
{
	return ((strcmp(name, "status") == 0 || strcmp(name, "resend") == 0) &&
		   words == 1) ||
	       (strcmp(name, "balance") == 0 && (words == 2 || words == 3));
}

static void
put_status_command_number(const char *label, int used, int size)
{
	if (size >= 0)
		printf("  %s %d/%d", label, used, size);
}

static void
put_status_command_modem(const struct spool_modem *m, int64_t now)
{
	printf("%-12s %-10s", m->name, m->state);
	if (m->signal >= 0)
		printf("  signal %d%%", m->signal);
	printf("  %s", m->operator[0] != '\0' ? m->operator: m->network);
	put_status_command_number("SIM", m->sim_used, m->sim_size);
	put_status_command_number("own", m->own_used, m->own_size);
	printf("  sent today %lld/%d, last minute %lld/%d",
	    (long long)m->sent_today, m->cap, (long long)m->sent_minute,
	    m->rate);
	printf("  heard %lld s ago, %lld start(s)",
	    (long long)((now - m->heard_at) / 1000), (long long)m->starts);
	if (m->stuck > 0)
		printf("  %lld stuck", (long long)m->stuck);
	printf("%s%s\n", m->error[0] == '\0' ? "" : "  ", m->error);
}

static int
status(struct spool *s)
{
	int64_t now = clock_now();
	struct spool_figures f;
	struct spool_modem *modems;
	struct arena a;
	size_t n;
	bool ok;

	arena_init(&a);
	ok = spool_figures(s, &f) &&
	     spool_modems(s, &a, civil_day_start(civil_local_day(now)), now,
		 &modems, &n);
	for (size_t i = 0; ok && i < n; i++)
		put_status_command_modem(&modems[i], now);
	if (ok)
		printf("%lld for the collector, %lld part(s) incomplete, %lld "
		       "to send, %lld refused, %lld dropped, %lld unreadable\n",
		    (long long)f.waiting, (long long)f.parts,
		    (long long)f.queued, (long long)f.refused,
		    (long long)f.dropped, (long long)f.poison);
	arena_finish(&a);
	return ok ? 0 : 1;
}

static int
resend(struct spool *s)
{
	int64_t n = spool_resend(s, 0);

	if (n >= 0)
		printf(
		    "%lld refused message(s) are sent again\n", (long long)n);
	return n >= 0 ? 0 : 1;
}

static int
balance(struct spool *s, const char *modem, const char *code)
{
	int64_t id = spool_ussd(s, modem, code, clock_now());
	int64_t until = clock_mono() + BALANCE_MS;
	const char *answer = NULL;
	struct arena a;

	if (id < 0)
		return 1;
	arena_init(&a);
	while (answer == NULL && clock_mono() < until) {
		usleep(200 * 1000);
		answer = spool_ussd_read(s, id, &a);
	}
	if (answer == NULL)
		fprintf(stderr,
		    "hailong-sms: modem %s did not answer in time: "
		    "is the gateway running?\n",
		    modem);
	else
		printf("%s\n", answer);
	arena_finish(&a);
	return answer == NULL ? 1 : 0;
}

static bool
has_modem(const struct settings *set, const char *name)
{
	for (size_t i = 0; i < set->nmodems; i++) {
		if (strcmp(set->modems[i].name, name) == 0)
			return true;
	}
	fprintf(stderr, "hailong-sms: no [modem %s]\n", name);
	return false;
}

int
status_command(const char *config, int argc, char **argv)
{
	char error[ERROR_BYTES];
	struct settings set;
	struct spool *s;
	int r;

	if (!settings_read(config, &set, error, sizeof(error))) {
		fprintf(stderr, "hailong-sms: %s\n", error);
		return 1;
	}
	civil_set_zone(set.time_zone);
	if (strcmp(argv[0], "balance") == 0 && !has_modem(&set, argv[1]))
		return 1;
	s = spool_open(set.spool, error, sizeof(error));
	if (s == NULL) {
		fprintf(stderr, "hailong-sms: %s\n", error);
		return 1;
	}
	if (strcmp(argv[0], "balance") == 0)
		r = balance(s, argv[1], argc > 2 ? argv[2] : BALANCE_CODE);
	else
		r = strcmp(argv[0], "status") == 0 ? status(s) : resend(s);
	spool_close(s);
	return r;
}
