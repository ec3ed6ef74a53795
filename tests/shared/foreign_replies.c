/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each row begins like nothing of ours, or like one of ours and goes wrong. */
#include "tests/shared/foreign_replies.h"

#define JSON  "application/json"
#define HTML  "text/html; charset=utf-8"
#define PLAIN "text/plain"
#define TIME  "2026-11-22T13:46:41+07:00"
#define WISH  "\"resend\":1795330000009}"

const struct foreign_reply foreign_replies[] = {
    /* no JSON */
    {"nothing", 200, "", ""},
    {"nothing, as JSON", 200, JSON, ""},
    {"a blank", 200, JSON, " \n"},
    {"portal", 200, HTML, "<html><body>Log in to the network</body></html>"},
    {"portal, as JSON", 200, JSON, "<html>Log in to the network</html>"},
    {"OK", 200, PLAIN, "OK"},
    {"OK, as JSON", 200, JSON, "OK"},
    {"script", 200, "text/javascript", "window.location='http://login/'"},
    {"XML", 200, "application/xml", "<?xml version='1.0'?><ok/>"},
    {"mark alone", 200, JSON, "\xEF\xBB\xBF"},
    {"no UTF-8", 200, JSON, "{\"time\":\"\xFF\xFE\"}"},
    /* JSON that is no object */
    {"null", 200, JSON, "null"},
    {"true", 200, JSON, "true"},
    {"zero", 200, JSON, "0"},
    {"text", 200, JSON, "\"ok\""},
    {"list", 200, JSON, "[]"},
    {"list of one", 200, JSON, "[{}]"},
    /* objects that say something else */
    {"empty object", 200, JSON, "{}"},
    {"empty object without type", 200, "", "{}"},
    {"status ok", 200, JSON, "{\"status\":\"ok\"}"},
    {"status 200", 200, JSON, "{\"status\":200}"},
    {"success", 200, JSON, "{\"success\":true}"},
    {"message", 200, JSON, "{\"message\":\"Authentication required\"}"},
    {"error text", 200, JSON, "{\"error\":\"Forbidden\"}"},
    {"error of ours", 200, JSON,
	"{\"error\":{\"code\":\"not_json\",\"message\":\"why.\"}}"},
    {"data", 200, JSON, "{\"data\":{\"messages\":[]}}"},
    /* our words of another kind */
    {"results null", 200, JSON, "{\"results\":null}"},
    {"results empty", 200, JSON, "{\"results\":[]}"},
    {"results an object", 200, JSON, "{\"results\":{}}"},
    {"messages null", 200, JSON, "{\"messages\":null}"},
    {"messages an object", 200, JSON, "{\"messages\":{}}"},
    {"messages a text", 200, JSON, "{\"messages\":\"none\"}"},
    {"messages a number", 200, JSON, "{\"messages\":0}"},
    {"messages twice", 200, JSON, "{\"messages\":[],\"messages\":[]}"},
    {"messages in capitals", 200, JSON, "{\"Messages\":[]}"},
    {"messages cut", 200, JSON, "{\"messages\":["},
    {"messages and more", 200, JSON, "{\"messages\":[]}<script></script>"},
    {"time null", 200, JSON, "{\"time\":null," WISH},
    {"time a number", 200, JSON, "{\"time\":1795330000000," WISH},
    {"time a word", 200, JSON, "{\"time\":\"now\"," WISH},
    {"time empty", 200, JSON, "{\"time\":\"\"," WISH},
    {"time of a clock page", 200, JSON, "{\"time\":\"13:46:41\"," WISH},
    {"time without a zone", 200, JSON,
	"{\"time\":\"2026-11-22T13:46:41\"," WISH},
    {"time twice", 200, JSON,
	"{\"time\":\"" TIME "\",\"time\":\"" TIME "\"," WISH},
    {"only a wish", 200, JSON, "{" WISH},
    {"a call without number", 200, JSON,
	"{\"token\":\"abc\",\"lasts_ms\":60000}"},
    {"a call without end", 200, JSON, "{\"number\":7,\"token\":\"abc\"}"},
    {"a call without token", 200, JSON, "{\"number\":7,\"lasts_ms\":60000}"},
    {"a call before all", 200, JSON,
	"{\"number\":-1,\"token\":\"abc\",\"lasts_ms\":60000}"},
    {"a call that ended before", 200, JSON,
	"{\"number\":7,\"token\":\"abc\",\"lasts_ms\":-1}"},
    {"a call with a long token", 200, JSON,
	"{\"number\":7,\"token\":\"abcdefghijklmnopqrstuvwxyz\","
	"\"lasts_ms\":60000}"},
    {"a call of words", 200, JSON,
	"{\"number\":\"7\",\"token\":\"abc\",\"lasts_ms\":\"60000\"}"},
    {"settings empty", 200, JSON, "{\"desk\":{},\"form\":{}}"},
    {"settings null", 200, JSON, "{\"desk\":null,\"form\":null}"},
    {"settings without form", 200, JSON,
	"{\"desk\":{\"code\":\"LH1\"},\"languages\":[\"vi\"]}"},
    {"bytes null", 200, JSON, "{\"bytes\":null}"},
    {"bytes a text", 200, JSON, "{\"bytes\":\"812\"}"},
    {"bytes below none", 200, JSON, "{\"bytes\":-1}"},
    {"bytes beyond the file", 200, JSON, "{\"bytes\":1000000000000}"},
    {"approved without token", 200, JSON, "{\"status\":\"approved\"}"},
    {"approved without key", 200, JSON,
	"{\"status\":\"approved\",\"token\":\"abc\"}"},
    {"approved in capitals", 200, JSON,
	"{\"status\":\"APPROVED\",\"token\":\"abc\",\"key\":\"def\"}"},
    {"waiting without address", 200, JSON, "{\"status\":\"waiting\"}"},
    {"another status", 200, JSON,
	"{\"status\":\"pending\",\"address\":\"http://other/\"}"},
    /* other statuses of success */
    {"201", 201, JSON, "{}"},
    {"202", 202, JSON, "{\"status\":\"accepted\"}"},
    {"203", 203, HTML, "<html></html>"},
    {"205", 205, "", ""},
    {"206", 206, JSON, "{\"messages\":["},
    {"207", 207, "application/xml", "<multistatus/>"},
    {"226", 226, JSON, "{}"},
};
const size_t foreign_reply_count =
    sizeof(foreign_replies) / sizeof(foreign_replies[0]);

const struct foreign_frame foreign_frames[] = {{200, HTML}, {200, PLAIN},
    {200, "application/jsonp"}, {201, JSON}, {202, JSON}, {203, JSON},
    {206, JSON}, {302, JSON}, {500, JSON}, {0, ""}};
const size_t foreign_frame_count =
    sizeof(foreign_frames) / sizeof(foreign_frames[0]);
