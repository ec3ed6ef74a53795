#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A real kiosk behind something that answers in its collector's place.

For six seconds each request with answers is refused with 400 and a JSON error,
then the line is right: everything arrives, nothing is set aside. What an older
version had set aside in such a time is told in the heartbeat and sent again
when the office asks for it. Run by ctest inside dbus-run-session. Debian
packages: xvfb xdotool dbus.
"""
import sqlite3
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from rig import Collector, Display, Kiosk, expect, wait_for  # noqa: E402

FILTERS = [{"error": "Bad Request"},
           {"error": {"code": "bad_request", "message": "two lengths"}},
           {"error": {"code": "not_json", "message": "line 1, column 1"}}]


def refused(kiosk):
    db = sqlite3.connect(kiosk.outbox, timeout=10)
    try:
        return db.execute("SELECT count(*) FROM refused").fetchone()[0]
    finally:
        db.close()


def ids(rows):
    return sorted(row["id"] for row in rows)


def set_aside_all(kiosk):
    """As versions before this rule did."""
    db = sqlite3.connect(kiosk.outbox, timeout=10)
    with db:
        db.execute("INSERT INTO refused (id, body, reason, refused_at) SELECT"
                   " id, body, 'the request was refused: HTTP 400', 0 FROM"
                   " outbox")
        db.execute("DELETE FROM outbox")
    db.close()


def settings():
    return {"desk": {"code": "PD1", "name": "Phan Dũng"},
            "form": {"code": "one-stop", "version": 1,
                     "overall": {"code": "overall", "vi": "?"},
                     "criteria": [], "reasons": []},
            "languages": ["vi"], "ask_field": False, "thanks_ms": 1000}


def main():
    collector = Collector(settings())
    display = Display("1280x800")
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(display, folder, settings())
        kiosk.rate(0, "Hài lòng")
        kiosk.rate(1, "Rất hài lòng")
        kiosk.stop()
        old = ids(kiosk.rows())
        set_aside_all(kiosk)

        collector.line = (400, FILTERS[0])
        kiosk = Kiosk(display, folder, settings(), url=collector.url)
        kiosk.rate(0, "Hài lòng")
        kiosk.rate(1, "Bình thường")
        new = ids(kiosk.rows())
        for turn in range(12):
            collector.line = (400, FILTERS[turn % len(FILTERS)])
            time.sleep(0.5)
            expect("all wait", ids(kiosk.rows()) == new)
            expect("nothing is set aside", refused(kiosk) == len(old))
        expect("it was tried", collector.refusals > 1)
        collector.line = None
        wait_for("an empty outbox", lambda: not kiosk.rows())
        expect("all arrived, once", ids(collector.answers) == new)
        beat = wait_for("a heartbeat", lambda: collector.heartbeats)[-1]
        expect("it tells what is set aside", beat["refused"] == len(old))
        kiosk.stop()
        print("ok: six seconds of a filter cost nothing")

        collector.resend = 1795000000000
        kiosk = Kiosk(display, folder, settings(), url=collector.url)
        wait_for("what was set aside",
                 lambda: ids(collector.answers) == sorted(old + new))
        wait_for("nothing aside", lambda: refused(kiosk) == 0)
        kiosk.stop()
        print("ok: sent again as the office asked")
    display.close()


main()
