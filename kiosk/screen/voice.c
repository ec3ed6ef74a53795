/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A queue of programs to run one after the other. No shell is involved: words
 * are an argument of their own, after "--".
 */
#include "kiosk/screen/voice.h"

#include <glib.h>
#include <signal.h>
#include <string.h>
#include "shared/log.h"

#define SPEED "150" /* words a minute: slower than espeak's own */

struct voice {
	char *clips[2], *espeak, *player;
	GQueue lines; /* of argument vectors still to be run */
	GPid child;   /* 0: none */
	guint watch;
};

static char *
clip_folder(const char *path)
{
	return *path && g_file_test(path, G_FILE_TEST_IS_DIR) ? g_strdup(path)
							      : NULL;
}

struct voice *
voice_new(const char *clips, const char *languages)
{
	struct voice *v = g_new0(struct voice, 1);

	v->espeak = g_find_program_in_path("espeak-ng");
	v->player = g_find_program_in_path("aplay");
	v->clips[0] = clip_folder(clips);
	v->clips[1] = clip_folder(languages);
	g_queue_init(&v->lines);
	if (v->espeak || (v->player && (v->clips[0] || v->clips[1])))
		return v;
	log_info("no voice: neither espeak-ng nor clips for aplay are here");
	voice_free(v);
	return NULL;
}

static void play_next(struct voice *v);

static void
on_ended(GPid pid, gint status, gpointer user)
{
	struct voice *v = user;

	(void)status;
	g_spawn_close_pid(pid);
	v->child = 0;
	v->watch = 0;
	play_next(v);
}

static void
play_next(struct voice *v)
{
	const GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD |
				  G_SPAWN_STDOUT_TO_DEV_NULL |
				  G_SPAWN_STDERR_TO_DEV_NULL;
	char **line;

	while (!v->child && (line = g_queue_pop_head(&v->lines))) {
		if (g_spawn_async(
			NULL, line, NULL, flags, NULL, NULL, &v->child, NULL))
			v->watch = g_child_watch_add(v->child, on_ended, v);
		else
			v->child = 0;
		g_strfreev(line);
	}
}

static char *
clip_of(const struct voice *v, enum lang lang, const char *key)
{
	char *path;

	if (!*key || !v->player || strchr(key, '/'))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(v->clips); i++) {
		if (!v->clips[i])
			continue;
		path = g_strdup_printf(
		    "%s/%s/%s.wav", v->clips[i], lang_code(lang), key);
		if (g_file_test(path, G_FILE_TEST_EXISTS))
			return path;
		g_free(path);
	}
	return NULL;
}

/* What is not translated is said in Vietnamese, by its words and its voice. */
static const char *
speaker(enum lang lang)
{
	return lang == LANG_EN ? "en" : "vi";
}

void
voice_say(struct voice *v, enum lang lang, const char *key, const char *words)
{
	char *clip = clip_of(v, lang, key);
	const char *play[] = {v->player, "-q", "--", clip, NULL};
	const char *speak[] = {
	    v->espeak, "-v", speaker(lang), "-s", SPEED, "--", words, NULL};

	if (clip)
		g_queue_push_tail(&v->lines, g_strdupv((char **)play));
	else if (v->espeak && *words)
		g_queue_push_tail(&v->lines, g_strdupv((char **)speak));
	g_free(clip);
	play_next(v);
}

void
voice_stop(struct voice *v)
{
	if (!v)
		return;
	g_queue_clear_full(&v->lines, (GDestroyNotify)g_strfreev);
	if (!v->child)
		return;
	kill(v->child, SIGTERM);
	g_source_remove(v->watch);
	/* the child that was told to end is reaped when it has ended */
	g_child_watch_add(
	    v->child, (GChildWatchFunc)(void (*)(void))g_spawn_close_pid, NULL);
	v->child = 0;
	v->watch = 0;
}

bool
voice_busy(const struct voice *v)
{
	return v->child != 0;
}

void
voice_free(struct voice *v)
{
	if (!v)
		return;
	voice_stop(v);
	g_free(v->clips[0]);
	g_free(v->clips[1]);
	g_free(v->espeak);
	g_free(v->player);
	g_free(v);
}
