/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One page = name.c + name.html. A handler makes a document and names its
 * template, whose head says what it needs. */
#ifndef HAILONG_SERVER_PAGES_PAGES_H
#define HAILONG_SERVER_PAGES_PAGES_H

struct ctx;
struct form;
struct request;
struct response;

/* form.c, late_comment.c: GET and POST /f/DESK, the citizen's form; with
 * more=TOKEN what is added to a kiosk's answer */
int get_form(struct ctx *ctx, struct request *req, struct response *res);
int post_form(struct ctx *ctx, struct request *req, struct response *res);
/* The same page over a form that may not be published yet, with nothing to
 * send; 404 where there is no desk. */
int form_draft(struct ctx *ctx, struct request *req, struct response *res,
    const struct form *form);
/* home.c: GET /, the list of desks; GET /staff */
int get_home(struct ctx *ctx, struct request *req, struct response *res);
int get_staff(struct ctx *ctx, struct request *req, struct response *res);
/* login.c: GET and POST /login, POST /logout */
int get_login(struct ctx *ctx, struct request *req, struct response *res);
int post_login(struct ctx *ctx, struct request *req, struct response *res);
int post_logout(struct ctx *ctx, struct request *req, struct response *res);
/* login_code.c: POST /login/code */
int post_login_code(struct ctx *ctx, struct request *req, struct response *res);
/* account.c: GET /staff/account, POST /staff/account/sessions */
int get_account(struct ctx *ctx, struct request *req, struct response *res);
int post_account_sessions(
    struct ctx *ctx, struct request *req, struct response *res);
/* account/password.c: GET and POST /staff/account/password */
int get_account_password(
    struct ctx *ctx, struct request *req, struct response *res);
int post_account_password(
    struct ctx *ctx, struct request *req, struct response *res);
/* account/second_factor.c: GET and POST /staff/account/factor */
int get_account_factor(
    struct ctx *ctx, struct request *req, struct response *res);
int post_account_factor(
    struct ctx *ctx, struct request *req, struct response *res);
/* people.c: GET and POST /staff/admin/people */
int get_people(struct ctx *ctx, struct request *req, struct response *res);
int post_people(struct ctx *ctx, struct request *req, struct response *res);
/* person.c: GET and POST /staff/admin/people/LOGIN */
int get_person(struct ctx *ctx, struct request *req, struct response *res);
int post_person(struct ctx *ctx, struct request *req, struct response *res);
/* audit.c: GET /staff/audit; audit_csv.c: GET /staff/audit.csv */
int get_audit(struct ctx *ctx, struct request *req, struct response *res);
int get_audit_csv(struct ctx *ctx, struct request *req, struct response *res);
/* board.c: GET /staff/ */
int get_report(struct ctx *ctx, struct request *req, struct response *res);
int get_report_file(struct ctx *ctx, struct request *req, struct response *res);
int get_report_edit(struct ctx *ctx, struct request *req, struct response *res);
int post_report_edit(
    struct ctx *ctx, struct request *req, struct response *res);
int get_board(struct ctx *ctx, struct request *req, struct response *res);
/* devices.c: GET and POST /staff/devices */
int get_devices(struct ctx *ctx, struct request *req, struct response *res);
int post_devices(struct ctx *ctx, struct request *req, struct response *res);
/* device.c: GET and POST /staff/devices/ID */
int get_device(struct ctx *ctx, struct request *req, struct response *res);
int post_device(struct ctx *ctx, struct request *req, struct response *res);
/* dossier.c: GET and POST /d/TOKEN, one dossier's form */
int get_dossier(struct ctx *ctx, struct request *req, struct response *res);
int post_dossier(struct ctx *ctx, struct request *req, struct response *res);
/* detail.c: GET /staff/units/UNIT, /staff/fields/FIELD */
int get_unit(struct ctx *ctx, struct request *req, struct response *res);
int get_field(struct ctx *ctx, struct request *req, struct response *res);
/* comments.c: GET /staff/comments */
int get_comments(struct ctx *ctx, struct request *req, struct response *res);
/* messages.c: GET /staff/messages, POST /staff/messages/ID */
int get_messages(struct ctx *ctx, struct request *req, struct response *res);
int post_message(struct ctx *ctx, struct request *req, struct response *res);
/* gateways.c: GET /staff/gateways */
int get_gateways(struct ctx *ctx, struct request *req, struct response *res);
/* cases.c, hand_over.c, case.c: GET and POST /staff/cases and /staff/cases/ID
 */
int get_cases(struct ctx *ctx, struct request *req, struct response *res);
int post_cases(struct ctx *ctx, struct request *req, struct response *res);
int get_case(struct ctx *ctx, struct request *req, struct response *res);
int post_case(struct ctx *ctx, struct request *req, struct response *res);
/* answer.c: GET and POST /staff/answers/ID */
int get_answer(struct ctx *ctx, struct request *req, struct response *res);
int post_answer(struct ctx *ctx, struct request *req, struct response *res);
/* queue.c, queue_post.c: GET and POST /staff/queue */
int get_queue(struct ctx *ctx, struct request *req, struct response *res);
int post_queue(struct ctx *ctx, struct request *req, struct response *res);
/* proposals.c: GET /staff/proposals; proposal.c: GET and POST
 * /staff/proposals/ID */
int get_burst_words(struct ctx *ctx, struct request *req, struct response *res);
int post_burst_words(
    struct ctx *ctx, struct request *req, struct response *res);
int get_proposals(struct ctx *ctx, struct request *req, struct response *res);
int get_proposal(struct ctx *ctx, struct request *req, struct response *res);
int post_proposal(struct ctx *ctx, struct request *req, struct response *res);
/* set_aside.c: GET /staff/aside */
int get_aside(struct ctx *ctx, struct request *req, struct response *res);
/* paper.c, paper_post.c: GET and POST /staff/paper */
int get_paper(struct ctx *ctx, struct request *req, struct response *res);
int post_paper(struct ctx *ctx, struct request *req, struct response *res);
/* periods/periods.c: GET, POST /staff/periods */
int get_periods(struct ctx *ctx, struct request *req, struct response *res);
int post_periods(struct ctx *ctx, struct request *req, struct response *res);
/* periods/period.c: GET, POST /staff/periods/{} */
int get_period(struct ctx *ctx, struct request *req, struct response *res);
int post_period(struct ctx *ctx, struct request *req, struct response *res);
/* periods/unit_report.c, unit_report_post.c: GET, POST /staff/periods/{}/{} */
int get_unit_report(struct ctx *ctx, struct request *req, struct response *res);
int post_unit_report(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/index.c: GET /staff/admin */
int get_catalogue_index(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/sheet.c: GET /staff/admin/catalogue/SHEET */
int get_catalogue_sheet(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/row.c: GET /staff/admin/catalogue/SHEET/KEY, /staff/admin/new/SHEET
 */
int get_catalogue_row(
    struct ctx *ctx, struct request *req, struct response *res);
int get_catalogue_new(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/change.c: POST /staff/admin/change/SHEET */
int post_catalogue_change(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/form.c: GET /staff/admin/forms/CODE/VERSION, POST
 * /staff/admin/draft: a form as citizens see it */
int get_catalogue_form(
    struct ctx *ctx, struct request *req, struct response *res);
int post_catalogue_form_draft(
    struct ctx *ctx, struct request *req, struct response *res);
/* register/uploads.c: GET and POST /staff/admin/dossiers. */
int get_register_uploads(
    struct ctx *ctx, struct request *req, struct response *res);
int post_register_uploads(
    struct ctx *ctx, struct request *req, struct response *res);
/* register/register.c: GET and POST /staff/admin/dossiers/ID, GET …/ID/bad. */
int get_register(struct ctx *ctx, struct request *req, struct response *res);
int post_register(struct ctx *ctx, struct request *req, struct response *res);
int get_register_bad(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/import.c: GET /staff/admin/export, GET and POST /staff/admin/import
 */
int get_catalogue_export(
    struct ctx *ctx, struct request *req, struct response *res);
int get_catalogue_import(
    struct ctx *ctx, struct request *req, struct response *res);
int post_catalogue_import(
    struct ctx *ctx, struct request *req, struct response *res);
/* catalogue/settings.c: GET and POST /staff/admin/settings */
int get_catalogue_settings(
    struct ctx *ctx, struct request *req, struct response *res);
int post_catalogue_settings(
    struct ctx *ctx, struct request *req, struct response *res);
/* assets.c: GET /static/NAME */
int get_static(struct ctx *ctx, struct request *req, struct response *res);
/* error.c: any page that could not be shown; returns status */
int error_page(
    struct ctx *ctx, struct request *req, struct response *res, int status);

#endif
