# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kiosk's tests from outside share: a display of their own, a kiosk
on it, a collector for it, and patience."""
import atexit
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BIN = os.path.join(os.environ["HAILONG_BIN"], "hailong-kiosk")
PRESS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "press")
FACES = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng",
         "Rất không hài lòng"]
PATIENCE = 600  # seconds; for a slow machine, nothing waits so long when well


def wait_for(what, check):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.1)
    sys.exit(f"FAILED: waited {PATIENCE} s for {what}")


def expect(what, true):
    if not true:
        sys.exit(f"FAILED: {what}")


started = []


def start(*arguments, **options):
    process = subprocess.Popen(*arguments, **options)
    started.append(process)
    return process


@atexit.register
def end_all():
    for process in started:
        if process.poll() is None:
            process.kill()


class Display:
    """An Xvfb of its own, on a number that X itself finds free."""

    def __init__(self, size):
        read, write = os.pipe()
        self.process = start(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size + "x24",
             "-nolisten", "tcp"], pass_fds=[write], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.name = ":" + pipe.readline().strip()
        self.env = dict(os.environ, DISPLAY=self.name, GDK_BACKEND="x11",
                        # the libraries below GTK keep memory until the end
                        ASAN_OPTIONS="detect_leaks=0")

    def press(self, name):
        subprocess.run([PRESS, name], env=self.env, check=True)

    def close(self):
        self.process.terminate()
        self.process.wait()


class Kiosk:
    """A kiosk; unless told otherwise its collector does not answer, so that
    its answers stay where one can look at them."""

    def __init__(self, display, folder, settings=None,
                 url="http://127.0.0.1:9", screen=""):
        self.display = display
        self.outbox = os.path.join(folder, "outbox.db")
        token = os.path.join(folder, "token")
        self.ini = os.path.join(folder, "kiosk.ini")
        with open(os.open(token, os.O_CREAT | os.O_WRONLY, 0o600), "w") as f:
            f.write("a-token\n")
        with open(self.ini, "w") as f:
            f.write(f"[collector]\nurl = {url}\n"
                    f"token_file = {token}\n[outbox]\npath = {self.outbox}\n"
                    "[screen]\nlanguage = vi\nfullscreen = yes\n" + screen)
        if settings:
            with open(self.outbox + ".settings", "w") as f:
                json.dump(settings, f)
        self.process = start([BIN, "--config", self.ini], env=display.env)

    def rows(self):
        if not os.path.exists(self.outbox):
            return []
        db = sqlite3.connect(self.outbox, timeout=10)
        try:
            rows = db.execute("SELECT body FROM outbox ORDER BY seq")
            return [json.loads(row[0]) for row in rows]
        except sqlite3.OperationalError:  # not made yet
            return []
        finally:
            db.close()

    def row(self, number, what, check):
        """The answer of that number once it is as it should be."""
        def look():
            rows = self.rows()
            return len(rows) > number and check(rows[number]) and rows[number]
        return wait_for(what, look)

    def rate(self, number, name):
        """Presses a face until its answer is there: on a slow machine the
        last thanks may still stand when the first press comes."""
        value = 5 - FACES.index(name)
        self.display.press(name)
        pressed = [time.monotonic()]

        def look():
            rows = self.rows()
            if len(rows) > number:
                return rows[number]
            if time.monotonic() - pressed[0] > 3:
                self.display.press(name)
                pressed[0] = time.monotonic()
            return None
        row = wait_for(f"{name} in the outbox", look)
        expect(f"{name} is {value}", row["scores"]["overall"] == value)
        return row

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        expect("SIGTERM ends it with 0",
               self.process.wait(timeout=PATIENCE) == 0)


class Collector:
    """As much of a collector as a kiosk needs; keeps what it was told."""

    def __init__(self, settings):
        self.answers, self.heartbeats, self.not_modified = [], [], 0
        self.tokens = set()
        self.call = None  # what /api/v1/kiosk/call tells once
        self.called = 0  # the last number a kiosk has taken
        self.line = None  # (status, reply) of something before it, or None
        self.refusals = 0  # how often that replied
        self.resend = 0  # the office's wish in the heartbeat's reply
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def reply(self, status, value=None):
                body = json.dumps(value).encode() if value else b""
                self.send_response(status)
                self.send_header("ETag", '"one"')
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                collector.tokens.add(self.headers["Authorization"])
                if self.path.startswith("/api/v1/kiosk/call?after="):
                    self.hold(int(self.path.split("=")[1]))
                elif self.headers["If-None-Match"] == '"one"':
                    collector.not_modified += 1
                    self.reply(304)
                else:
                    self.reply(200, settings)

            def hold(self, after):
                collector.called = after
                if collector.call and collector.call["number"] != after:
                    self.reply(200, collector.call)
                    return
                time.sleep(0.2)
                try:
                    self.reply(204)
                except BrokenPipeError:
                    pass  # the kiosk ended while it waited

            def do_POST(self):
                size = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(size))
                if self.path == "/api/v1/answers" and collector.line:
                    collector.refusals += 1
                    self.reply(*collector.line)
                elif self.path == "/api/v1/answers":
                    collector.answers += body["answers"]
                    self.reply(200, {"results": [
                        {"id": a["id"], "status": "stored"}
                        for a in body["answers"]]})
                elif self.path == "/api/v1/kiosk/heartbeat":
                    collector.heartbeats.append(body)
                    self.reply(200, {"time": "2026-11-22T10:00:00+07:00",
                                     "resend": collector.resend})
                else:
                    self.reply(404, {"error": {"code": "path"}})

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever,
                         daemon=True).start()
