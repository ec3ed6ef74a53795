/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A language's words come as FOLDER/CODE/words.mo, made by msgfmt of a
 * filled-in copy of shared/po/CODE.po. What is taken stays as long as the
 * program. */
#include "shared/text.h"

#include <stdio.h>
#include "shared/buf.h"
#include "shared/log.h"

#define WORDS_BYTES (1024 * 1024)

void
text_add_folder(const char *folder)
{
	char path[512];
	struct buf b;

	for (int lang = LANG_WHOLE; *folder != '\0' && lang < LANG_COUNT;
	     lang++) {
		snprintf(path, sizeof(path), "%s/%s/words.mo", folder,
		    lang_code((enum lang)lang));
		buf_init(&b);
		if (buf_read_file(&b, path, WORDS_BYTES)) {
			if (text_take((enum lang)lang, buf_text(&b), b.size)) {
				log_info("words of %s", path);
				continue; /* they stay */
			}
			log_warn("%s is no file of words (msgfmt); it is not "
				 "used",
			    path);
		}
		buf_finish(&b);
	}
}
