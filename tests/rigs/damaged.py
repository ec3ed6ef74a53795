#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Randomly damaged databases under the real collector: every one is either
named (it does not start, /healthz says 503 or warns, or "check" does) or shows
the very figures that the whole file shows.

HAILONG_DAMAGED=N files (12). HAILONG_LOUD=1 shows each. The damage follows from
its number: bits that flipped, bytes that were overwritten, pages that are zero,
old, swapped or cut off, a digit or a target that became another one.
"""
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PATIENCE = 600
PAGE = 4096
BIN = os.path.join(os.environ.get("HAILONG_BIN", "../build/bin"),
                   "hailong-server")
WAYS = ["unit", "field", "channel", "criterion", "day"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Rig:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="hailong-damaged-")
        self.db = os.path.join(self.folder, "db")
        self.config = os.path.join(self.folder, "server.ini")
        self.port = free_port()
        with open(self.config, "w") as f:
            f.write(f"[server]\nlisten = 127.0.0.1:{self.port}\n"
                    f"[database]\nurl = sqlite:{self.db}\n")
        self.log = os.path.join(self.folder, "log")
        self.server = None

    def run(self, *words):
        return subprocess.run([BIN, "--config", self.config, *words],
                              capture_output=True, text=True,
                              errors="replace", timeout=PATIENCE)

    def must(self, *words):
        done = self.run(*words)
        if done.returncode != 0:
            sys.exit(f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    def get(self, path, token=None):
        ask = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        if token:
            ask.add_header("Authorization", "Bearer " + token)
        try:
            with urllib.request.urlopen(ask, timeout=PATIENCE) as reply:
                return reply.status, reply.read().decode(errors="replace")
        except urllib.error.HTTPError as e:
            return e.code, e.read().decode(errors="replace")
        except OSError:
            return 0, ""

    def serve(self):
        """False: it does not start."""
        with open(self.log, "w") as log:
            self.server = subprocess.Popen(
                [BIN, "--config", self.config, "serve"],
                stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.get("/healthz")[0] != 0:
                return True
            if self.server.poll() is not None:
                return False
            time.sleep(0.02)
        sys.exit("the collector neither starts nor ends")

    def wait_until_looked_over(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for line in self.get("/metrics")[1].splitlines():
                if line.startswith("hailong_database_looked_over_seconds "):
                    if line.split()[1] != "0":
                        return
                    break
            else:
                return  # an earlier version, or no figures
            time.sleep(0.02)

    def stop(self):
        if self.server.poll() is None:
            self.server.terminate()
            if self.server.wait(PATIENCE) != 0:
                print(open(self.log).read())
                sys.exit("the collector ended badly")

    def put(self, whole):
        for tail in ("", "-wal", "-shm"):
            if os.path.exists(self.db + tail):
                os.remove(self.db + tail)
        shutil.copyfile(whole, self.db)


# 90 % and 85 % as the file has them: 900000 and 850000 of four decimals
TARGETS = [(900000).to_bytes(3, "big"), (850000).to_bytes(3, "big")]


def places(data, words):
    found = []
    for word in words:
        at = data.find(word)
        while at >= 0:
            found.append(at)
            at = data.find(word, at + 1)
    return found


def damage(path, number, old):
    """Damages a file; what was done, in words."""
    r = random.Random(number)
    data = bytearray(open(path, "rb").read())
    pages = len(data) // PAGE
    kind = number % 9
    page = r.randrange(pages) * PAGE
    at = r.randrange(len(data))
    if kind == 0:
        data[at] ^= 1 << r.randrange(8)
        words = f"a bit at {at}"
    elif kind == 1:
        n = r.randrange(1, 33)
        data[at:at + n] = r.randbytes(n)
        words = f"{n} bytes at {at}"
    elif kind == 2:
        data[page:page + PAGE] = bytes(PAGE)
        words = f"page {page // PAGE} is zero"
    elif kind == 3:
        data[page:page + 512] = r.randbytes(512)
        words = f"a sector of page {page // PAGE}"
    elif kind == 4:
        other = r.randrange(pages) * PAGE
        a, b = data[page:page + PAGE], data[other:other + PAGE]
        data[page:page + PAGE], data[other:other + PAGE] = b, a
        words = f"pages {page // PAGE} and {other // PAGE} are swapped"
    elif kind == 5:
        page = r.randrange(min(pages, len(old) // PAGE)) * PAGE
        data[page:page + PAGE] = old[page:page + PAGE]
        words = f"page {page // PAGE} is an old one"
    elif kind == 6:
        cut = r.randrange(1, 9)
        del data[(pages - cut) * PAGE:]
        words = f"{cut} pages are cut off"
    elif kind == 8:
        # a target becomes another one: it makes sense, and no count differs
        at = r.choice(places(bytes(data), TARGETS))
        data[at + 2] ^= 1 << r.randrange(5)
        words = f"a target at {at}"
    else:
        digits = [i for i in range(at, min(at + 20000, len(data)))
                  if 0x30 <= data[i] <= 0x39] or [at]
        at = digits[0]
        data[at] = r.choice([c for c in b"0123456789" if c != data[at]])
        words = f"a digit at {at}"
    open(path, "wb").write(data)
    return words


def sqlite_says_ok(path):
    try:
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1",
                             uri=True) as db:
            return db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.Error:
        return False


def figures(rig, token):
    """What the scores say; None where one of the questions is refused."""
    said = []
    for way in WAYS:
        status, body = rig.get(
            f"/api/v1/scores?period=2024-01-01..2029-12-31&by={way}", token)
        if status != 200:
            return None
        said.append(json.loads(body))
    return said


def main():
    count = int(os.environ.get("HAILONG_DAMAGED", "12"))
    loud = os.environ.get("HAILONG_LOUD")
    rig = Rig()
    rig.must("init")
    token = json.loads(rig.must("device", "add", "--kind", "viewer"))["token"]
    old = open(rig.db, "rb").read()
    rig.must("sample", "--answers", "3000", "--days", "60", "--seed", "7")
    whole = os.path.join(rig.folder, "whole")
    assert rig.serve()  # once before: it keeps what the catalogue is
    rig.wait_until_looked_over()
    rig.stop()
    shutil.copyfile(rig.db, whole)
    assert rig.serve()
    rig.wait_until_looked_over()
    assert rig.get("/healthz") == (200, "ok\n"), rig.get("/healthz")
    true = figures(rig, token)
    assert true is not None
    rig.stop()
    well = silent = check_wrong = refused = stopped = warned = same = 0
    for number in range(count):
        rig.put(whole)
        words = damage(rig.db, number, old)
        sound = sqlite_says_ok(rig.db)
        checked = rig.run("check")
        shown, status, body = None, 0, ""
        if rig.serve():
            first = rig.get("/healthz")[0]
            rig.wait_until_looked_over()
            shown = figures(rig, token)
            status, body = rig.get("/healthz")
            well += first == 200
        rig.stop() if status else rig.server.wait(PATIENCE)
        named = (status != 200 or "warning" in body or shown is None
                 or checked.returncode != 0)
        refused += status == 0
        stopped += status == 503
        warned += status == 200 and "warning" in body
        same += shown == true
        check_wrong += checked.returncode == 0 and not sound
        quiet = not named and shown != true
        silent += quiet
        if loud or quiet:
            print(f"{number}: {words}: health {status} "
                  f"{body.strip()[:60]!r}, check {checked.returncode}, "
                  f"figures {'same' if shown == true else 'refused' if shown is None else 'OTHER'}"
                  f"{'' if sound else ', sqlite finds it'}")
    shutil.rmtree(rig.folder)
    print(f"{count} damaged files: {well} began with health 200, {refused} did "
          f"not start, {stopped} take nothing, {warned} are warned of, {same} "
          f"show the same figures; {silent} show other figures and nothing is "
          f"said; check says ok of {check_wrong} where SQLite does not")
    return silent > 0 or check_wrong > 0


if __name__ == "__main__":
    sys.exit(main())
