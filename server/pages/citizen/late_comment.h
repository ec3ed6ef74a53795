/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of form.c for a comment that is added to a kiosk's answer. */
#ifndef HAILONG_SERVER_PAGES_CITIZEN_LATE_COMMENT_H
#define HAILONG_SERVER_PAGES_CITIZEN_LATE_COMMENT_H

struct page;

/* GET /f/DESK?more=TOKEN: asks for the comment. Returns a status, as below. */
int late_comment_ask(const struct page *page);
/* Shows a form that was refused for another reason again, with what was
 * entered. */
int late_comment_again(
    const struct page *page, int status, const char *problem);
/* POST /f/DESK with more=TOKEN: takes it. */
int late_comment_take(const struct page *page);

#endif
