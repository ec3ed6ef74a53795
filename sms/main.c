/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hailong-sms: citizens' SMS to the collector, replies back.
 *
 *   modem ── worker ──┐          ┌── courier ── HTTP ── collector
 *   modem ── worker ──┼─ spool ──┘
 *   Kannel ── in, out ┘
 *
 * main reads the settings, checks what can be checked while a person is
 * looking (files, token, spool), and gives the supervisor one task for each
 * modem and one for the courier. Each opens the spool for itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/http_client.h"
#include "shared/limits.h"
#include "shared/log.h"
#include "shared/plain_http.h"
#include "shared/private_file.h"
#include "sms/handover.h"
#include "sms/status_command.h"
#include "sms/kannel/kannel.h"
#include "sms/modem/modem_gammu.h"
#include "sms/modem/raw_slot.h"
#include "sms/settings.h"
#include "sms/supervisor.h"
#include "sms/worker.h"

#define DEFAULT_CONFIG "/etc/hailong/sms.ini"
#define ERROR_BYTES    600
#define PIN_BYTES      16

struct gateway {
	struct settings settings;
	char token[LIMIT_TOKEN_BYTES * 4];
	char password[LIMIT_TOKEN_BYTES * 4]; /* of our user at Kannel */
	char secret[LIMIT_TOKEN_BYTES * 4];   /* of Kannel at ours */
};

/* A worker process and its modem. */
struct job {
	const struct gateway *gateway;
	const struct settings_modem *modem;
	char title[MODEM_NAME_BYTES + 8];
	struct spool *spool;
	char pin[PIN_BYTES];
	int64_t pin_mark;
};

static struct spool *
open_spool(const struct gateway *g)
{
	char error[ERROR_BYTES];
	struct spool *spool =
	    spool_open(g->settings.spool, error, sizeof(error));

	if (spool == NULL)
		log_error("%s", error);
	return spool;
}

/* The SIM asks for its PIN: once only with the same file (modem_gammu.h). */
static const char *
give_pin(void *context, bool accepted)
{
	struct job *job = context;
	const char *name = job->modem->name;
	struct stat st;

	if (accepted) {
		spool_pin_accepted(job->spool, name, job->pin, job->pin_mark);
		return NULL;
	}
	if (job->modem->pin_file[0] == '\0' ||
	    !http_client_token(
		job->modem->pin_file, job->pin, sizeof(job->pin)) ||
	    stat(job->modem->pin_file, &st) != 0)
		return NULL;
	job->pin_mark = st.st_mtim.tv_sec * 1000000000LL + st.st_mtim.tv_nsec;
	return spool_pin_try(
		   job->spool, name, job->pin, job->pin_mark, clock_now())
		   ? job->pin
		   : NULL;
}

/* Takes the slot that the last process crashed over, without libGammu. */
static void
take_poison(const struct settings_modem *m, struct worker *worker)
{
	char error[ERROR_BYTES];

	if (worker->link->poison == CHILD_NOWHERE)
		return;
	child_beat(worker->link, CHILD_NOWHERE, 90);
	if (raw_slot_take_at(m->device, m->connection, worker->link->poison,
		worker_keep, worker, error, sizeof(error)))
		log_warn("modem %s: the message that libGammu crashed over "
			 "was taken off the SIM",
		    m->name);
	else
		log_warn("modem %s: the message that libGammu crashed over "
			 "cannot be taken away: %s",
		    m->name, error);
}

static int
run_worker(void *context, const struct child_link *link)
{
	struct job *job = context;
	const struct settings_modem *m = job->modem;
	struct modem_gammu_settings gammu = {.device = m->device,
	    .connection = m->connection,
	    .model = m->model,
	    .answer_s = m->answer_s,
	    .patience_s = m->patience_s,
	    .pin = give_pin,
	    .context = job};
	struct worker worker = {.name = m->name,
	    .link = link,
	    .answer_s = m->answer_s,
	    .patience_s = m->patience_s,
	    .rate = m->rate,
	    .cap = m->cap,
	    .join_ms = job->gateway->settings.join_s * 1000LL};
	int status;

	job->spool = worker.spool = open_spool(job->gateway);
	if (worker.spool == NULL)
		return CHILD_TROUBLE;
	take_poison(m, &worker);
	worker.modem = modem_gammu_create(&gammu);
	status = worker_run(&worker);
	child_beat(link, CHILD_NOWHERE, 30);
	worker.modem->ops->close(worker.modem);
	spool_close(worker.spool);
	return status;
}

static int
run_courier(void *context, const struct child_link *link)
{
	struct gateway *g = context;
	struct handover h = {.url = g->settings.url,
	    .token = g->token,
	    .request = http_client_do};
	int status;

	handover_init(&h);
	h.spool = open_spool(g);
	if (h.spool == NULL)
		return CHILD_TROUBLE;
	status = handover_run(&h, link);
	spool_close(h.spool);
	return status;
}

static int
run_listener(void *context, const struct child_link *link)
{
	struct gateway *g = context;
	const struct kannel_secrets secrets = {g->password, g->secret};
	struct spool *spool = open_spool(g);
	int status;

	if (spool == NULL)
		return CHILD_TROUBLE;
	status = kannel_listen(&g->settings.kannel, &secrets, spool, link);
	spool_close(spool);
	return status;
}

static int
run_sender(void *context, const struct child_link *link)
{
	struct gateway *g = context;
	const struct kannel_secrets secrets = {g->password, g->secret};
	struct spool *spool = open_spool(g);
	int status;

	if (spool == NULL)
		return CHILD_TROUBLE;
	status = kannel_send(&g->settings.kannel, &secrets, spool, link);
	spool_close(spool);
	return status;
}

/* The secret that Kannel says to us; true also without Kannel. */
static bool
kannel_secret(struct gateway *g, char *error, size_t error_size)
{
	const struct settings_kannel *k = &g->settings.kannel;

	snprintf(error, error_size,
	    "no usable secret in %s: 16 to 64 letters, digits, - and _",
	    k->secret_file);
	return k->listen[0] == '\0' || (http_client_token(k->secret_file,
					    g->secret, sizeof(g->secret)) &&
					   kannel_secret_good(g->secret));
}

/* One gateway for each spool: the second refuses. The lock lives as long as
 * this process and its children. */
static bool
lock_spool(const char *path, char *error, size_t error_size)
{
	char name[SETTINGS_PATH + 8];
	int fd;

	snprintf(name, sizeof(name), "%s.lock", path);
	fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		snprintf(error, error_size, "%s: %s", name, strerror(errno));
		return false;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		snprintf(error, error_size,
		    "another hailong-sms uses the spool %s", path);
		close(fd);
		return false;
	}
	return true;
}

/* What is wrong is said now, by one sentence, not by a worker every 8 s. */
static bool
prepare_main(struct gateway *g, const char *config)
{
	char error[ERROR_BYTES];
	struct spool *spool = NULL;
	bool ok = false;

	if (!settings_read(config, &g->settings, error, sizeof(error)))
		goto out;
	if (!civil_set_zone(g->settings.time_zone)) {
		snprintf(error, sizeof(error), "%s: unknown time_zone", config);
		goto out;
	}
	if (!plain_http_allowed(
		&(struct plain_http_wish){config, g->settings.url,
		    g->settings.insecure, g->settings.spool},
		error, sizeof(error)))
		goto out;
	snprintf(error, sizeof(error), "no usable token in %s",
	    g->settings.token_file);
	if (!http_client_token(
		g->settings.token_file, g->token, sizeof(g->token)))
		goto out;
	snprintf(error, sizeof(error), "no usable password in %s",
	    g->settings.kannel.password_file);
	if (g->settings.kannel.listen[0] != '\0' &&
	    !http_client_token(g->settings.kannel.password_file, g->password,
		sizeof(g->password)))
		goto out;
	if (!kannel_secret(g, error, sizeof(error)))
		goto out;
	if (!lock_spool(g->settings.spool, error, sizeof(error)))
		goto out;
	spool = spool_open(g->settings.spool, error, sizeof(error));
	ok = spool != NULL && spool_recover(spool, NULL, clock_now());
out:
	spool_close(spool);
	if (!ok)
		log_error("%s", error);
	return ok;
}

static void
run_main(struct gateway *g)
{
	struct job jobs[SETTINGS_MODEMS];
	struct child_task tasks[SETTINGS_MODEMS + 3];
	size_t n = g->settings.nmodems;

	for (size_t i = 0; i < n; i++) {
		jobs[i] =
		    (struct job){.gateway = g, .modem = &g->settings.modems[i]};
		snprintf(jobs[i].title, sizeof(jobs[i].title), "modem %s",
		    jobs[i].modem->name);
		tasks[i] =
		    (struct child_task){jobs[i].title, run_worker, &jobs[i]};
	}
	log_info("gateway for %zu modem(s)%s started", n,
	    g->settings.kannel.listen[0] != '\0' ? " and Kannel" : "");
	if (g->settings.kannel.listen[0] != '\0') {
		tasks[n++] = (struct child_task){"kannel in", run_listener, g};
		tasks[n++] = (struct child_task){"kannel out", run_sender, g};
	}
	tasks[n++] = (struct child_task){"courier", run_courier, g};
	supervisor_run(tasks, n);
	log_info("gateway stopped");
}

static int
main_usage(FILE *out, int status)
{
	fputs(
	    "usage: hailong-sms [--config FILE] [--verbose] [COMMAND]\n"
	    "Hands citizens' SMS over to the collector and sends its "
	    "replies.\n\n"
	    "  status                how a running gateway's modems are\n"
	    "  resend                hands over again what was refused\n"
	    "  balance MODEM [CODE]  dials a service code, *101# by default\n\n"
	    "  --config FILE   settings, default " DEFAULT_CONFIG "\n"
	    "  --verbose       also write what developers want to know\n"
	    "  --help, --version\n",
	    out);
	return status;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"verbose", no_argument, NULL, 'd'},
	    {"help", no_argument, NULL, 'h'},
	    {"version", no_argument, NULL, 'v'}, {NULL, 0, NULL, 0}};
	static struct gateway gateway;
	const char *config = DEFAULT_CONFIG;
	enum log_level least = LOG_LEVEL_INFO;
	int option;

	private_umask();
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'c':
			config = optarg;
			break;
		case 'd':
			least = LOG_LEVEL_DEBUG;
			break;
		case 'h':
			return main_usage(stdout, 0);
		case 'v':
			puts("hailong-sms " HAILONG_VERSION);
			return 0;
		default:
			return main_usage(stderr, 2);
		}
	}
	log_init("hailong-sms", least);
	if (optind < argc && !status_command_known(argv[optind], argc - optind))
		return main_usage(stderr, 2);
	if (optind < argc)
		return status_command(config, argc - optind, argv + optind);
	if (!prepare_main(&gateway, config))
		return 1;
	run_main(&gateway);
	return 0;
}
