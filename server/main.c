/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hailong-server: finds the command and its settings; nothing else. */
#include <stdio.h>
#include <string.h>
#include "server/command/command.h"
#include "server/command/judge.h"
#include "server/command/replies.h"
#include "shared/log.h"
#include "shared/private_file.h"
#include "shared/text.h"

static const struct {
	const char *name, *words, *what;
	int (*run)(const struct command *c);
	int (*run_alone)(int argc, char **argv); /* no settings, no database */
} commands[] = {
    {"serve", "", "run the collector", command_serve, NULL},
    {"init", "[--catalogue DIR]", "make or upgrade the database", command_init,
	NULL},
    {"user", "add|list|disable|password|reset-second-factor …",
	"the staff who may sign in", command_user, NULL},
    {"device", "add|list|revoke …", "kiosks, gateways, importers, viewers",
	command_device, NULL},
    {"sample", "--answers N --days N [--seed N] | --remove",
	"marked sample answers", command_sample, NULL},
    {"scores", "--period P [--unit C] [--population N] [--by B] [--format F]",
	"scores against the targets", command_scores, NULL},
    {"judge", "--satisfied K --valid N [--dossiers D] [--target T] | …",
	"intervals and verdict of counts", NULL, command_judge},
    {"replies", "", "read SMS texts, a line each", NULL, command_replies},
    {"import", "dossiers FILE.csv", "dossiers of the one-stop software",
	command_import, NULL},
    {"invite", "[--dry-run]", "queue the SMS invitations that are due",
	command_invite, NULL},
    {"reread", "[--dry-run]", "read kept SMS anew by the newest rules",
	command_reread, NULL},
    {"catalogue", "export DIR | import DIR [--dry-run]",
	"the catalogue as a folder, out and in", command_catalogue, NULL},
    {"report", "--period P [--unit CODE] -o FILE.(docx|pdf|xlsx|csv|json)",
	"the official report of a period", command_report, NULL},
    {"export", "answers --period P [--unit CODE] -o FILE.(csv|json|xlsx)",
	"the answers behind the figures, de-identified", command_export, NULL},
    {"poster", "--desk CODE -o FILE.svg", "a desk's poster with its QR",
	command_poster, NULL},
    {"kiosk", "set|unset|list|pin|state|wreck …",
	"what kiosks ask, and how they fare", command_kiosk, NULL},
    {"setting", "set KEY VALUE | list", "what the pages set, from here",
	command_setting, NULL},
    {"link", "--dossier CODE [-o FILE.(svg|png|pdf)]",
	"a dossier's one-time address", command_link, NULL},
    {"period", "list", "periods and their state", command_period, NULL},
    {"clock", "[--confirm]", "whether this machine's clock is believed",
	command_clock, NULL},
    {"check", "[--seen SEQ:HASH]", "compare the tallies with a recount",
	command_check, NULL},
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
print_usage(FILE *out)
{
	fprintf(out, "usage: hailong-server [--config FILE] COMMAND …\n\n");
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-9s %s\n            %s\n", commands[i].name,
		    commands[i].words, commands[i].what);
	fprintf(out, "\n--config FILE  settings (default "
		     "/etc/hailong/server.ini)\n"
		     "--help, --version\n");
}

/* Takes "--config FILE" out of the words, wherever it stands. */
static bool
take_config(int *argc, char **argv, const char **path)
{
	int kept = 1;

	for (int i = 1; i < *argc; i++) {
		if (strcmp(argv[i], "--config") != 0) {
			argv[kept++] = argv[i];
			continue;
		}
		if (i + 1 == *argc)
			return false;
		*path = argv[++i];
	}
	argv[kept] = NULL;
	*argc = kept;
	return true;
}

static int
run_command(size_t i, int argc, char **argv, const char *path)
{
	struct settings settings;
	struct command command = {&settings, argc, argv};
	char error[400];

	if (commands[i].run_alone != NULL)
		return commands[i].run_alone(argc, argv);
	if (!settings_read(&settings, path, error, sizeof(error))) {
		fprintf(stderr, "hailong-server: %s\n", error);
		return 1;
	}
	text_add_folder(settings.languages);
	return commands[i].run(&command);
}

int
main(int argc, char **argv)
{
	const char *path = NULL;

	private_umask();
	log_init("hailong-server", LOG_LEVEL_INFO);
	if (!take_config(&argc, argv, &path) || argc < 2) {
		print_usage(stderr);
		return 2;
	}
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0) {
			print_usage(stdout);
			return 0;
		}
	if (strcmp(argv[1], "--version") == 0) {
		printf("hailong-server %s\n", HAILONG_VERSION);
		return 0;
	}
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return run_command(i, argc - 1, argv + 1, path);
	fprintf(stderr, "hailong-server: unknown command %s\n", argv[1]);
	print_usage(stderr);
	return 2;
}
