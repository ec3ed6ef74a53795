/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each row says who answers, what, and what it proves; bodies are put together
 * of a few pieces, so that a row shows where it differs from a right reply. */
#include "tests/shared/reply_cases.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"

#define JSON      "application/json"
#define HTML      "text/html; charset=utf-8"
#define PAGE      "<html><body>Log in to the network</body></html>"
#define ROW(i, s) "{\"id\":\"%" i "\",\"status\":\"" s "\"}"
#define BAD(i, s) "{\"id\":\"%" i "\",\"status\":\"" s "\",\"error\":\"why\"}"
#define TWO(a, b) "{\"results\":[" a "," b "]}"
#define OK        TWO(ROW("1", "stored"), ROW("2", "stored"))
#define ERROR(c)  "{\"error\":{\"code\":\"" c "\",\"message\":\"why.\"}}"
#define STRANGER  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a99"

const struct reply_case reply_cases[] = {
    /* the collector, about these rows */
    {"stored", 200, JSON, OK, "ss"},
    {"no type", 200, NULL, OK, "ss"},
    {"charset", 200, "application/json; charset=utf-8", OK, "ss"},
    {"capitals", 200, "Application/JSON", OK, "ss"},
    {"duplicates", 200, JSON, TWO(ROW("1", "duplicate"), ROW("2", "stored")),
	"ds"},
    {"invalid", 200, JSON, TWO(ROW("1", "stored"), BAD("2", "invalid")), "si"},
    {"conflict", 200, JSON, TWO(BAD("1", "conflict"), ROW("2", "stored")),
	"cs"},
    {"both refused", 200, JSON, TWO(ROW("1", "invalid"), BAD("2", "conflict")),
	"ic"},
    {"error null", 200, JSON,
	TWO("{\"id\":\"%1\",\"status\":\"stored\",\"error\":null}",
	    ROW("2", "stored")),
	"ss"},
    {"a newer collector", 200, JSON,
	"{\"took_ms\":3,\"results\":[" ROW("1", "stored") "," ROW(
	    "2", "stored") "]}",
	"ss"},
    /* its errors that name the batch's own content */
    {"not_json", 400, JSON, ERROR("not_json"), "split"},
    {"bad_shape", 400, JSON, ERROR("bad_shape"), "split"},
    {"too_large", 413, JSON, ERROR("too_large"), "split"},
    {"not_json, charset", 400, "application/json;charset=utf-8",
	ERROR("not_json"), "split"},
    {"bad_shape, no type", 400, NULL, ERROR("bad_shape"), "split"},
    {"too_large, no message", 413, JSON, "{\"error\":{\"code\":\"too_large\"}}",
	"split"},
    /* 200 of something else, or about other rows */
    {"portal", 200, HTML, PAGE, "wait"},
    {"portal as JSON", 200, JSON, PAGE, "wait"},
    {"right words, wrong type", 200, HTML, OK, "wait"},
    {"plain text", 200, "text/plain", OK, "wait"},
    {"a type like it", 200, "application/json5", OK, "wait"},
    {"empty", 200, JSON, "", "wait"},
    {"blank", 200, JSON, " \r\n", "wait"},
    {"object", 200, JSON, "{}", "wait"},
    {"list", 200, JSON, "[]", "wait"},
    {"null", 200, JSON, "null", "wait"},
    {"ok", 200, JSON, "{\"ok\":true}", "wait"},
    {"status success", 200, JSON, "{\"status\":\"stored\"}", "wait"},
    {"results null", 200, JSON, "{\"results\":null}", "wait"},
    {"results empty", 200, JSON, "{\"results\":[]}", "wait"},
    {"results object", 200, JSON, "{\"results\":" ROW("1", "stored") "}",
	"wait"},
    {"results of texts", 200, JSON, "{\"results\":[\"stored\",\"stored\"]}",
	"wait"},
    {"cut", 200, JSON, "{\"results\":[" ROW("1", "stored") ",{\"id\":\"",
	"wait"},
    {"cut at the end", 200, JSON,
	"{\"results\":[" ROW("1", "stored") "," ROW("2", "stored") "]", "wait"},
    {"advertisement behind it", 200, JSON, OK "<script src=//ad></script>",
	"wait"},
    {"twice", 200, JSON, OK OK, "wait"},
    {"results twice", 200, JSON,
	"{\"results\":[],\"results\":[" ROW("1", "stored") "," ROW(
	    "2", "stored") "]}",
	"wait"},
    {"first missing", 200, JSON, "{\"results\":[" ROW("2", "stored") "]}",
	"wait"},
    {"last missing", 200, JSON, "{\"results\":[" ROW("1", "stored") "]}",
	"wait"},
    {"last missing, first refused", 200, JSON,
	"{\"results\":[" BAD("1", "invalid") "]}", "wait"},
    {"one too many", 200, JSON,
	TWO(ROW("1", "stored"), ROW("2", "stored") "," ROW("2", "stored")),
	"wait"},
    {"another order", 200, JSON, TWO(ROW("2", "stored"), ROW("1", "stored")),
	"wait"},
    {"one id twice", 200, JSON, TWO(ROW("1", "stored"), ROW("1", "stored")),
	"wait"},
    {"an id of others", 200, JSON,
	TWO(ROW("1", "stored"),
	    "{\"id\":\"" STRANGER "\",\"status\":\"stored\"}"),
	"wait"},
    {"refusal of others", 200, JSON,
	TWO("{\"id\":\"" STRANGER "\",\"status\":\"invalid\"}",
	    ROW("2", "stored")),
	"wait"},
    {"id null", 200, JSON,
	TWO("{\"id\":null,\"status\":\"invalid\"}", ROW("2", "stored")),
	"wait"},
    {"id missing", 200, JSON,
	TWO("{\"status\":\"invalid\"}", ROW("2", "stored")), "wait"},
    {"id longer", 200, JSON, TWO(ROW("10", "stored"), ROW("2", "stored")),
	"wait"},
    {"status unknown", 200, JSON, TWO(ROW("1", "stored"), ROW("2", "queued")),
	"wait"},
    {"status in capitals", 200, JSON,
	TWO(ROW("1", "STORED"), ROW("2", "stored")), "wait"},
    {"status missing", 200, JSON, TWO("{\"id\":\"%1\"}", ROW("2", "stored")),
	"wait"},
    {"status a number", 200, JSON,
	TWO("{\"id\":\"%1\",\"status\":200}", ROW("2", "stored")), "wait"},
    {"our error with 200", 200, JSON, ERROR("not_json"), "wait"},
    {"echo", 200, JSON, "{\"answers\":[{\"id\":\"%1\"},{\"id\":\"%2\"}]}",
	"wait"},
    /* another status beside the right words */
    {"201", 201, JSON, OK, "wait"},
    {"202", 202, JSON, OK, "wait"},
    {"203, a proxy that rewrites", 203, JSON, OK, "wait"},
    {"206", 206, JSON, OK, "wait"},
    {"refusals with 400", 400, JSON,
	TWO(BAD("1", "invalid"), BAD("2", "invalid")), "wait"},
    {"refusals with 409", 409, JSON,
	TWO(BAD("1", "conflict"), BAD("2", "conflict")), "wait"},
    /* redirects */
    {"301", 301, HTML, PAGE, "wait"},
    {"302 to the portal", 302, HTML, "", "wait"},
    {"303", 303, JSON, OK, "wait"},
    {"307", 307, NULL, "", "wait"},
    {"308", 308, HTML, PAGE, "wait"},
    /* 400 of others, or of ours about something else than the rows */
    {"400 empty", 400, NULL, "", "wait"},
    {"400 page", 400, HTML, PAGE, "wait"},
    {"400 error text", 400, JSON, "{\"error\":\"Bad Request\"}", "wait"},
    {"400 error null", 400, JSON, "{\"error\":null}", "wait"},
    {"400 error object", 400, JSON, "{\"error\":{}}", "wait"},
    {"400 error number", 400, JSON, "{\"error\":{\"code\":400}}", "wait"},
    {"400 error list", 400, JSON, "{\"error\":[{\"code\":\"not_json\"}]}",
	"wait"},
    {"400 another code", 400, JSON, ERROR("WAF_BLOCKED"), "wait"},
    {"400 code outside", 400, JSON,
	"{\"code\":\"not_json\",\"message\":\"why.\"}", "wait"},
    {"400 not_json as a page", 400, HTML, ERROR("not_json"), "wait"},
    {"400 not_json cut", 400, JSON, "{\"error\":{\"code\":\"not_json\"",
	"wait"},
    {"400 Not_JSON", 400, JSON, ERROR("Not_JSON"), "wait"},
    {"doubled header", 400, JSON, ERROR("bad_request"), "wait"},
    {"bad_query", 400, JSON, ERROR("bad_query"), "wait"},
    {"too_large with 400", 400, JSON, ERROR("too_large"), "wait"},
    {"not_json with 422", 422, JSON, ERROR("not_json"), "wait"},
    {"not_json with 413", 413, JSON, ERROR("not_json"), "wait"},
    {"not_json with 500", 500, JSON, ERROR("not_json"), "wait"},
    /* whatever else stands on the way */
    {"401", 401, JSON, ERROR("unauthorized"), "wait"},
    {"402", 402, HTML, PAGE, "wait"},
    {"403", 403, JSON, ERROR("forbidden"), "wait"},
    {"403 filter", 403, HTML, PAGE, "wait"},
    {"404", 404, JSON, ERROR("not_found"), "wait"},
    {"404 no_desk", 404, JSON, ERROR("no_desk"), "wait"},
    {"404 proxy", 404, HTML, PAGE, "wait"},
    {"405", 405, JSON, ERROR("method_not_allowed"), "wait"},
    {"405 proxy", 405, HTML, PAGE, "wait"},
    {"407", 407, HTML, PAGE, "wait"},
    {"408", 408, NULL, "", "wait"},
    {"409", 409, JSON, ERROR("code_taken"), "wait"},
    {"411", 411, HTML, PAGE, "wait"},
    {"413 proxy", 413, HTML, "<html>413 Request Entity Too Large</html>",
	"wait"},
    {"413 gateway", 413, JSON, "{\"error\":\"too_large\"}", "wait"},
    {"415", 415, JSON, ERROR("unsupported_type"), "wait"},
    {"421", 421, HTML, PAGE, "wait"},
    {"426", 426, NULL, "", "wait"},
    {"429", 429, JSON, ERROR("too_many"), "wait"},
    {"431", 431, NULL, "", "wait"},
    {"451", 451, HTML, PAGE, "wait"},
    {"500", 500, JSON, ERROR("internal"), "wait"},
    {"500 framework", 500, JSON, "{\"error\":{\"code\":\"E\"}}", "wait"},
    {"502", 502, HTML, PAGE, "wait"},
    {"503", 503, JSON, ERROR("busy"), "wait"},
    {"503 right words", 503, JSON, OK, "wait"},
    {"504", 504, HTML, PAGE, "wait"},
    {"511 portal", 511, HTML, PAGE, "wait"},
};
const size_t reply_case_count = sizeof(reply_cases) / sizeof(reply_cases[0]);

char *
reply_case_body(
    const struct reply_case *c, const char *first, const char *second)
{
	struct buf out;
	char *text;

	buf_init(&out);
	for (const char *at = c->body; *at != '\0'; at++) {
		if (*at != '%') {
			buf_putc(&out, *at);
			continue;
		}
		at++;
		buf_puts(&out, *at == '1' ? first : second);
	}
	text = strdup(buf_text(&out));
	buf_finish(&out);
	return text;
}

static bool
settles(const struct reply_case *c)
{
	return strcmp(c->expect, "wait") != 0 &&
	       strcmp(c->expect, "split") != 0;
}

size_t
reply_case_leave(const struct reply_case *c)
{
	return settles(c) ? strlen(c->expect) : 0;
}

size_t
reply_case_refused(const struct reply_case *c)
{
	size_t n = 0;

	for (const char *at = c->expect; settles(c) && *at != '\0'; at++)
		n += *at == 'i' || *at == 'c';
	return n;
}
