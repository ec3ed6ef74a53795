/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares a path with the table, segment by segment. */
#include "server/http/routes.h"

#include <string.h>
#include "server/api/api.h"
#include "server/http/problem.h"
#include "server/pages/pages.h"

/* Those who keep the house going; a viewer reads figures only. */
#define WHO_OFFICE (WHO_MANAGER | WHO_CASEWORKER | WHO_ADMIN | WHO_AUDITOR)

const struct route routes[] = {
    /* devices */
    {METHOD_POST, "/api/v1/answers", WHO_KIOSK | WHO_SMS | WHO_IMPORT, ON_LOOP,
	api_answers},
    {METHOD_GET, "/api/v1/kiosk", WHO_KIOSK, ON_LOOP, api_kiosk},
    {METHOD_POST, "/api/v1/kiosk/heartbeat", WHO_KIOSK, ON_LOOP, api_heartbeat},
    {METHOD_POST, "/api/v1/kiosk/enrol", WHO_ANYONE, ON_LOOP, api_enrol},
    {METHOD_GET, "/api/v1/kiosk/call", WHO_KIOSK, ON_LOOP, api_kiosk_call},
    {METHOD_POST, "/api/v1/kiosk/wreck", WHO_KIOSK, ON_LOOP,
	api_damaged_outbox},
    {METHOD_POST, "/api/v1/desks/{}/serve", WHO_IMPORT, ON_LOOP, api_serve},
    {METHOD_POST, "/api/v1/sms/messages", WHO_SMS, ON_LOOP, api_sms_messages},
    {METHOD_GET, "/api/v1/sms/outbox", WHO_SMS, ON_LOOP, api_sms_outbox},
    {METHOD_POST, "/api/v1/sms/reports", WHO_SMS, ON_LOOP, api_sms_reports},
    {METHOD_POST, "/api/v1/sms/heartbeat", WHO_SMS, ON_LOOP, api_sms_heartbeat},
    {METHOD_POST, "/api/v1/dossiers", WHO_IMPORT, ON_LOOP, api_dossiers},
    {METHOD_GET, "/api/v1/scores", WHO_VIEWER | WHO_STAFF, ON_READER,
	api_scores},
    {METHOD_GET, "/healthz", WHO_ANYONE, ON_LOOP, api_healthz},
    {METHOD_GET, "/metrics", WHO_ANYONE, ON_LOOP, api_metrics},
    /* citizens */
    {METHOD_GET, "/f/{}", WHO_ANYONE, ON_LOOP, get_form},
    {METHOD_POST, "/f/{}", WHO_ANYONE, ON_LOOP, post_form},
    {METHOD_GET, "/f/{}/", WHO_ANYONE, ON_LOOP, get_form},
    {METHOD_POST, "/f/{}/", WHO_ANYONE, ON_LOOP, post_form},
    {METHOD_GET, "/d/{}", WHO_ANYONE, ON_LOOP, get_dossier},
    {METHOD_POST, "/d/{}", WHO_ANYONE, ON_LOOP, post_dossier},
    {METHOD_GET, "/static/{}", WHO_ANYONE, ON_LOOP, get_static},
    {METHOD_GET, "/", WHO_ANYONE, ON_LOOP, get_home},
    /* staff */
    {METHOD_GET, "/login", WHO_ANYONE, ON_LOOP, get_login},
    {METHOD_POST, "/login", WHO_ANYONE, IN_LOGIN_QUEUE, post_login},
    {METHOD_POST, "/login/code", WHO_ANYONE, IN_LOGIN_QUEUE, post_login_code},
    {METHOD_POST, "/logout", WHO_STAFF, ON_LOOP, post_logout},
    {METHOD_GET, "/staff", WHO_ANYONE, ON_LOOP, get_staff},
    {METHOD_GET, "/staff/", WHO_STAFF, ON_READER, get_board},
    {METHOD_GET, "/staff/report", WHO_STAFF, ON_READER, get_report},
    {METHOD_GET, "/staff/report/file/{}", WHO_STAFF, ON_READER,
	get_report_file},
    {METHOD_GET, "/staff/report/edit", WHO_MANAGER, ON_READER, get_report_edit},
    {METHOD_POST, "/staff/report/edit", WHO_MANAGER, ON_READER,
	post_report_edit},
    {METHOD_GET, "/staff/devices", WHO_OFFICE, ON_READER, get_devices},
    {METHOD_POST, "/staff/devices", WHO_ADMIN, ON_LOOP, post_devices},
    {METHOD_GET, "/staff/devices/{}", WHO_OFFICE, ON_READER, get_device},
    {METHOD_POST, "/staff/devices/{}", WHO_ADMIN, ON_LOOP, post_device},
    {METHOD_GET, "/staff/units/{}", WHO_STAFF, ON_READER, get_unit},
    {METHOD_GET, "/staff/fields/{}", WHO_STAFF, ON_READER, get_field},
    {METHOD_GET, "/staff/comments", WHO_STAFF, ON_READER, get_comments},
    {METHOD_GET, "/staff/messages", WHO_MANAGER | WHO_CASEWORKER | WHO_AUDITOR,
	ON_READER, get_messages},
    {METHOD_POST, "/staff/messages/{}", WHO_MANAGER | WHO_CASEWORKER, ON_LOOP,
	post_message},
    {METHOD_GET, "/staff/gateways", WHO_ADMIN | WHO_AUDITOR, ON_LOOP,
	get_gateways},
    {METHOD_GET, "/staff/cases", WHO_MANAGER | WHO_CASEWORKER | WHO_AUDITOR,
	ON_READER, get_cases},
    {METHOD_POST, "/staff/cases", WHO_MANAGER | WHO_CASEWORKER, ON_READER,
	post_cases},
    {METHOD_GET, "/staff/cases/{}", WHO_MANAGER | WHO_CASEWORKER | WHO_AUDITOR,
	ON_READER, get_case},
    {METHOD_POST, "/staff/cases/{}", WHO_MANAGER | WHO_CASEWORKER, ON_READER,
	post_case},
    {METHOD_GET, "/staff/answers/{}", WHO_MANAGER | WHO_AUDITOR, ON_READER,
	get_answer},
    {METHOD_POST, "/staff/answers/{}", WHO_MANAGER, ON_READER, post_answer},
    {METHOD_GET, "/staff/queue", WHO_MANAGER | WHO_AUDITOR, ON_READER,
	get_queue},
    {METHOD_POST, "/staff/queue", WHO_MANAGER, ON_READER, post_queue},
    {METHOD_GET, "/staff/proposals", WHO_MANAGER | WHO_AUDITOR, ON_READER,
	get_proposals},
    {METHOD_GET, "/staff/proposals/{}", WHO_MANAGER | WHO_AUDITOR, ON_READER,
	get_proposal},
    {METHOD_POST, "/staff/proposals/{}", WHO_MANAGER | WHO_AUDITOR, ON_READER,
	post_proposal},
    {METHOD_GET, "/staff/aside", WHO_MANAGER | WHO_AUDITOR, ON_READER,
	get_aside},
    {METHOD_GET, "/staff/periods", WHO_STAFF, ON_READER, get_periods},
    {METHOD_POST, "/staff/periods", WHO_ADMIN, ON_READER, post_periods},
    {METHOD_GET, "/staff/periods/{}", WHO_STAFF, ON_READER, get_period},
    {METHOD_POST, "/staff/periods/{}", WHO_MANAGER | WHO_AUDITOR, ON_READER,
	post_period},
    {METHOD_GET, "/staff/periods/{}/{}", WHO_STAFF, ON_READER, get_unit_report},
    {METHOD_POST, "/staff/periods/{}/{}", WHO_MANAGER, ON_READER,
	post_unit_report},
    {METHOD_GET, "/staff/paper", WHO_MANAGER | WHO_CASEWORKER, ON_READER,
	get_paper},
    {METHOD_POST, "/staff/paper", WHO_MANAGER | WHO_CASEWORKER, ON_READER,
	post_paper},
    {METHOD_GET, "/staff/account", WHO_STAFF, ON_READER, get_account},
    {METHOD_POST, "/staff/account/sessions", WHO_STAFF, ON_READER,
	post_account_sessions},
    {METHOD_GET, "/staff/account/password", WHO_STAFF, ON_READER,
	get_account_password},
    {METHOD_POST, "/staff/account/password", WHO_STAFF, IN_LOGIN_QUEUE,
	post_account_password},
    {METHOD_GET, "/staff/account/factor", WHO_STAFF, ON_READER,
	get_account_factor},
    {METHOD_POST, "/staff/account/factor", WHO_STAFF, IN_LOGIN_QUEUE,
	post_account_factor},
    {METHOD_GET, "/staff/admin/people", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_people},
    {METHOD_POST, "/staff/admin/people", WHO_ADMIN, ON_READER, post_people},
    {METHOD_GET, "/staff/admin/people/{}", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_person},
    {METHOD_POST, "/staff/admin/people/{}", WHO_ADMIN, ON_READER, post_person},
    {METHOD_GET, "/staff/audit", WHO_ADMIN | WHO_AUDITOR, ON_READER, get_audit},
    {METHOD_GET, "/staff/audit.csv", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_audit_csv},
    /* keeping the house in order */
    {METHOD_GET, "/staff/admin", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_catalogue_index},
    {METHOD_GET, "/staff/admin/catalogue/{}", WHO_ADMIN | WHO_AUDITOR,
	ON_READER, get_catalogue_sheet},
    {METHOD_GET, "/staff/admin/catalogue/{}/{}", WHO_ADMIN | WHO_AUDITOR,
	ON_READER, get_catalogue_row},
    {METHOD_GET, "/staff/admin/new/{}", WHO_ADMIN, ON_READER,
	get_catalogue_new},
    {METHOD_POST, "/staff/admin/change/{}", WHO_ADMIN, ON_READER,
	post_catalogue_change},
    {METHOD_GET, "/staff/admin/forms/{}/{}", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_catalogue_form},
    {METHOD_POST, "/staff/admin/draft", WHO_ADMIN, ON_READER,
	post_catalogue_form_draft},
    {METHOD_GET, "/staff/admin/export", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_catalogue_export},
    {METHOD_GET, "/staff/admin/import", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_catalogue_import},
    {METHOD_POST, "/staff/admin/import", WHO_ADMIN, ON_READER,
	post_catalogue_import},
    {METHOD_GET, "/staff/admin/words", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_burst_words},
    {METHOD_POST, "/staff/admin/words", WHO_ADMIN, ON_READER, post_burst_words},
    {METHOD_GET, "/staff/admin/dossiers", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_register_uploads},
    {METHOD_POST, "/staff/admin/dossiers", WHO_ADMIN, ON_READER,
	post_register_uploads},
    {METHOD_GET, "/staff/admin/dossiers/{}", WHO_ADMIN, ON_READER,
	get_register},
    {METHOD_POST, "/staff/admin/dossiers/{}", WHO_ADMIN, ON_READER,
	post_register},
    {METHOD_GET, "/staff/admin/dossiers/{}/bad", WHO_ADMIN, ON_READER,
	get_register_bad},
    {METHOD_GET, "/staff/admin/settings", WHO_ADMIN | WHO_AUDITOR, ON_READER,
	get_catalogue_settings},
    {METHOD_POST, "/staff/admin/settings", WHO_ADMIN, ON_READER,
	post_catalogue_settings},
    {METHOD_OTHER, NULL, WHO_ANYONE, ON_LOOP, NULL},
};

/* Matches one path, copying what {} stands for. */
static bool
route_match(struct request *req, const char *pattern)
{
	const char *path = req->path;
	size_t parts = 0, length;

	while (*pattern != '\0') {
		if (pattern[0] == '{' && pattern[1] == '}') {
			length = strcspn(path, "/");
			if (length == 0 || parts == REQUEST_PARTS)
				return false;
			req->part[parts++] =
			    arena_strndup(&req->arena, path, length);
			path += length;
			pattern += 2;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *path == '\0';
}

const struct route *
routes_find(struct request *req, int *status)
{
	*status = 404;
	for (const struct route *r = routes; r->path != NULL; r++) {
		if (!route_match(req, r->path))
			continue;
		if (r->method == req->method)
			return r;
		*status = 405;
	}
	return NULL;
}

int
routes_error(
    struct ctx *ctx, struct request *req, struct response *res, int status)
{
	if (req->path != NULL && strncmp(req->path, "/api/", 5) == 0)
		return status == 503 && req->broken_off
			   ? problem(res, 503, "too_long",
				 "This took too long and was broken off; ask "
				 "for a shorter period, or later.")
			   : problem_usual(res, status);
	return error_page(ctx, req, res, status);
}
