/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One page = name.c + name.html. A handler makes a document and names its
 * template, whose head says what it needs. */
#ifndef HAILONG_SERVER_PAGES_PAGES_H
#define HAILONG_SERVER_PAGES_PAGES_H

#include "server/core/catalogue/catalogue.h"
#include "server/http/request.h"

/* form.c: GET and POST /f/DESK, the citizen's form */
int page_form(struct ctx *ctx, struct request *req, struct response *res);
int page_form_post(struct ctx *ctx, struct request *req, struct response *res);
/* The same page over a form that may not be published yet, with nothing to
 * send; 404 where there is no desk. */
int form_draft(struct ctx *ctx, struct request *req, struct response *res,
    const struct form *form);
/* home.c: GET / */
int page_home(struct ctx *ctx, struct request *req, struct response *res);
/* login.c: GET and POST /login, POST /logout */
int page_login(struct ctx *ctx, struct request *req, struct response *res);
int page_login_post(struct ctx *ctx, struct request *req, struct response *res);
int page_logout(struct ctx *ctx, struct request *req, struct response *res);
/* login_code.c: POST /login/code */
int page_login_code(struct ctx *ctx, struct request *req, struct response *res);
/* account.c: GET /staff/account, POST /staff/account/sessions */
int page_account(struct ctx *ctx, struct request *req, struct response *res);
int page_account_sessions(
    struct ctx *ctx, struct request *req, struct response *res);
/* account/password.c: GET and POST /staff/account/password */
int page_account_password(
    struct ctx *ctx, struct request *req, struct response *res);
int page_account_password_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* account/second_factor.c: GET and POST /staff/account/factor */
int page_account_factor(
    struct ctx *ctx, struct request *req, struct response *res);
int page_account_factor_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* people.c: GET and POST /staff/admin/people */
int page_people(struct ctx *ctx, struct request *req, struct response *res);
int page_people_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* person.c: GET and POST /staff/admin/people/LOGIN */
int page_person(struct ctx *ctx, struct request *req, struct response *res);
int page_person_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* audit.c: GET /staff/audit; audit_csv.c: GET /staff/audit.csv */
int page_audit(struct ctx *ctx, struct request *req, struct response *res);
int page_audit_csv(struct ctx *ctx, struct request *req, struct response *res);
/* board.c: GET /staff/ */
int page_board(struct ctx *ctx, struct request *req, struct response *res);
/* devices.c: GET and POST /staff/devices */
int page_devices(struct ctx *ctx, struct request *req, struct response *res);
int page_devices_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* device.c: GET and POST /staff/devices/ID */
int page_device(struct ctx *ctx, struct request *req, struct response *res);
int page_device_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* dossier.c: GET and POST /d/TOKEN, one dossier's form */
int page_dossier(struct ctx *ctx, struct request *req, struct response *res);
int page_dossier_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* late_comment.c: /f/DESK?more=TOKEN, what is added to a kiosk's answer */
int page_late_comment(
    struct ctx *ctx, struct request *req, struct response *res);
int page_late_comment_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* detail.c: GET /staff/units/UNIT, /staff/fields/FIELD */
int page_unit(struct ctx *ctx, struct request *req, struct response *res);
int page_field(struct ctx *ctx, struct request *req, struct response *res);
/* comments.c: GET /staff/comments */
int page_comments(struct ctx *ctx, struct request *req, struct response *res);
/* messages.c: GET /staff/messages, POST /staff/messages/ID */
int page_messages(struct ctx *ctx, struct request *req, struct response *res);
int page_message_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* gateways.c: GET /staff/gateways */
int page_gateways(struct ctx *ctx, struct request *req, struct response *res);
/* cases.c, hand_over.c, case.c: GET and POST /staff/cases and /staff/cases/ID
 */
int page_cases(struct ctx *ctx, struct request *req, struct response *res);
int page_cases_post(struct ctx *ctx, struct request *req, struct response *res);
int page_case(struct ctx *ctx, struct request *req, struct response *res);
int page_case_post(struct ctx *ctx, struct request *req, struct response *res);
/* answer.c: GET and POST /staff/answers/ID */
int page_answer(struct ctx *ctx, struct request *req, struct response *res);
int page_answer_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* queue.c, queue_post.c: GET and POST /staff/queue */
int page_queue(struct ctx *ctx, struct request *req, struct response *res);
int page_queue_post(struct ctx *ctx, struct request *req, struct response *res);
/* set_aside.c: GET /staff/aside */
int page_aside(struct ctx *ctx, struct request *req, struct response *res);
/* paper.c, paper_post.c: GET and POST /staff/paper */
int page_paper(struct ctx *ctx, struct request *req, struct response *res);
int page_paper_post(struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/index.c: GET /staff/admin */
int page_admin(struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/sheet.c: GET /staff/admin/catalogue/SHEET */
int page_admin_sheet(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/row.c: GET /staff/admin/catalogue/SHEET/KEY, /staff/admin/new/SHEET
 */
int page_admin_row(struct ctx *ctx, struct request *req, struct response *res);
int page_admin_new(struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/change.c: POST /staff/admin/change/SHEET */
int page_admin_change(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/form.c: GET /staff/admin/forms/CODE/VERSION, POST
 * /staff/admin/draft: a form as citizens see it */
int page_admin_seen(struct ctx *ctx, struct request *req, struct response *res);
int page_admin_draft(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/import.c: GET /staff/admin/export, GET and POST /staff/admin/import
 */
int page_admin_export(
    struct ctx *ctx, struct request *req, struct response *res);
int page_admin_import(
    struct ctx *ctx, struct request *req, struct response *res);
int page_admin_import_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/settings.c: GET and POST /staff/admin/settings */
int page_admin_settings(
    struct ctx *ctx, struct request *req, struct response *res);
int page_admin_settings_post(
    struct ctx *ctx, struct request *req, struct response *res);
/* assets.c: GET /static/NAME */
int page_static(struct ctx *ctx, struct request *req, struct response *res);
/* error.c: any page that could not be shown; returns status */
int page_error(
    struct ctx *ctx, struct request *req, struct response *res, int status);

#endif
