# SPDX-License-Identifier: GPL-2.0-or-later
"""The collector, the requests and the veil over what is random, for "pages",
whose head says what the steps mean."""
import base64
import datetime
import hashlib
import hmac
import html
import http.client
import io
import json
import os
import re
import shlex
import socket
import sqlite3
import string
import subprocess
import time
import urllib.parse
import uuid
import zipfile

NOW = "2026-11-20T09:00"  # when pages are looked at; a Friday
PASSWORD = "ba con mèo đen"
PATIENCE = 60             # seconds, for a program to start or end
STEP = 5                  # seconds from deed to deed
FRESH_COUNTS = 1.2        # seconds; the collector keeps a part for one
ROLES = "viewer manager caseworker admin auditor".split()
SETTINGS = """[server]
listen = unix:http
public_url = https://danhgia.example.gov.vn
[database]
url = sqlite:database.db
[sms]
number = 0900000000
"""

# The next version of a form, as its editor sends it.
FORM = "code=one-stop&title.vi=Tên $turn&overall.vi=Câu chung" \
    "&overall.en=Overall" + "".join(f"&criteria.{i}.code={code}" for i, code in enumerate(
        "access procedure attitude result feedback".split())) \
    + "".join(f"&reasons.{i}.code={code}" for i, code in enumerate(
        "waiting procedure guidance attitude late result queue$turn".split())) \
    + "&reasons.0.vi=Quá lâu $turn&reasons.6.vi=Chỗ ngồi&reasons.7.code="

DOSSIERS = "code,unit,field,procedure,received_at,due_at,finished_at,outcome," \
           "phone,consent,desk,authority\n"
BAD_DOSSIERS = DOSSIERS + """\
H11.35-261001-0001,22969,bien,,2026-10-01,,,,,,,
H11.35-261001-0002,22969,dat-dai
H11,1,dat-dai,,yesterday,,,gone,12345,2,XX9,
"""


def dossiers(prefix, count, first):
    """A register's export; what came later is finished later, most of it."""
    units = [("22969", "LH1"), ("22972", "PRC1"), ("595", "TP1"), ("22978", "")]
    fields = ["dat-dai", "ho-tich", "xay-dung", "chung-thuc", "", "dau-tu"]
    outcomes = ["granted"] * 5 + ["refused", "withdrawn", "returned"]
    rows = DOSSIERS
    for i in range(count):
        unit, desk = units[i % 4]
        came = first + datetime.timedelta(days=i // 2)
        due = came + datetime.timedelta(days=10)
        done = came + datetime.timedelta(days=i % 14 + 1)
        ended = i % 9 != 8 and done < datetime.date(2026, 11, 19)
        rows += ",".join([
            f"H11.35-{prefix}-{i + 1:04}", unit, fields[i % 6], "1.002425",
            str(came), str(due), str(done) if ended else "",
            outcomes[i % 8] if ended else "",
            f"09876{i:05}" if i % 3 else "", "1" if i % 3 else "0", desk,
            "Chi nhánh VPĐKĐĐ" if i % 7 == 3 else ""]) + "\n"
    return rows


# ------------------------------------------------------------- the program run

class Trouble(Exception):
    """Nothing can be said of the pages; why."""


class Unix(http.client.HTTPConnection):
    """HTTP over a socket in a folder."""

    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Collector:
    """A folder with settings and a database, a clock, and the program."""

    def __init__(self, bin_dir, folder):
        self.program = os.path.abspath(os.path.join(bin_dir, "hailong-server"))
        if not os.access(self.program, os.X_OK):
            raise Trouble(f"{self.program}: no such program")
        self.folder, self.process, self.connection = folder, None, None
        try:
            shown = subprocess.run(
                ["faketime", "-m", "-f", "+0s", "printenv", "LD_PRELOAD"],
                check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Trouble(f"faketime: {error} (package faketime)") from None
        self.environment = {
            "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8",
            "LD_PRELOAD": shown.stdout.strip(),
            "FAKETIME_TIMESTAMP_FILE": self.path("clock"),
            "FAKETIME_FMT": "%s", "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
        self.write("server.ini", SETTINGS)
        self.set_clock(seconds_of(NOW))
        os.mkdir(self.path("made"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        """A file, there as a whole or not at all."""
        with open(self.path(name + ".new"), "w", encoding="utf-8") as f:
            f.write(text)
        os.replace(self.path(name + ".new"), self.path(name))

    def set_clock(self, seconds):
        self.now = seconds
        self.write("clock", f"{seconds}\n")

    def run(self, words, entered="", settings="server.ini"):
        """A command: what it says, and how it ends."""
        done = subprocess.run(
            [self.program, "--config", settings, *words],
            input=entered.encode(), cwd=self.folder, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE,
            check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def serve(self):
        with open(self.path("log"), "wb") as log:
            self.process = subprocess.Popen(
                [self.program, "--config", "server.ini", "serve"], stderr=log,
                stdin=subprocess.DEVNULL, cwd=self.folder, env=self.environment)
        self.connection = Unix(self.path("http"))
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            try:
                return self.connection.connect()
            except OSError:
                time.sleep(0.02)
        raise Trouble("the collector does not begin: " + self.log())

    def log(self):
        with open(self.path("log"), encoding="utf-8") as f:
            return f.read()

    def stop(self):
        """True when it ended well, or was not begun."""
        if self.process is None:
            return True
        self.connection.close()
        self.process.terminate()
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process = None
        return status == 0

    def ask(self, method, path, headers, body):
        try:
            self.connection.request(method, path, body, headers)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before it was read; the reply says why
        try:
            reply = self.connection.getresponse()
            return reply, reply.read()
        except (OSError, http.client.HTTPException) as error:
            raise Trouble(f"{method} {path}: {error!r}; {self.log()}") from None

    def rows(self, sql):
        database = sqlite3.connect(self.path("database.db"))
        try:
            rows = database.execute(sql).fetchall()
            database.commit()
            return rows
        finally:
            database.close()


# ------------------------------------------------------------------------ veil

class Veil:
    """Puts a word in braces for what is random in a run and was not there when
    the run began: ids that the collector makes of the time, sessions, start
    passwords, tokens, secrets of second factors, names of new devices."""

    ID = re.compile(r"\b([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}"
                    r"-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")
    KNOWN = [  # the second part goes, unless it is an old one
        (r'(name="csrf" value=")([^"]+)', "csrf"),
        (r'(name="id" value=")([0-9a-f]{16})\b', "session"),
        (r"(\b(?:kiosk-[A-Z0-9]+|sms|import|viewer)-)([a-z2-9]{4})\b", "new"),
        (r"(/d/)([A-Za-z0-9_-]{22})\b", "link"),
    ]
    ALWAYS = [
        (r"(Set-Cookie: hailong=)([^;]+)", "session"),
        (r"(Set-Cookie: hailong_known=)([^;]+)", "known"),
        (r'(name="envelope" value=")([^"]+)', "envelope"),
        (r'(class="secret">)([^<]+)', "secret"),
        (r"(<li><code>)([^<]+)", "code"),
        (r"(<p><code>)([^<]+)", "token"),
        (r'(<svg class="qr"[^>]*>)(.*?)(?=</svg>)', "qr"),
        (r"(?m)^(hailong_\S+ |process_\S+ )(\S+)$", "number"),
    ]

    def __init__(self, collector, links):
        self.since = collector.now
        sessions = collector.rows("SELECT csrf, token_hash FROM session")
        self.old = {csrf for csrf, _ in sessions} | set(links) \
            | {token[:8].hex() for _, token in sessions}
        self.devices = {name for name, in
                        collector.rows("SELECT id FROM device")}

    def _known(self, word):
        def put(found):
            whole = found.group(0)
            if found.group(2) in self.old or whole in self.devices:
                return whole
            return f"{found.group(1)}{{{word}}}"
        return put

    def over(self, text, numbered=True):
        ids = {}

        def put(found):
            made = int(found.group(1) + found.group(2), 16) // 1000
            if not self.since <= made < self.since + 86400:
                return found.group(0)
            number = ids.setdefault(found.group(0), len(ids) + 1)
            return f"{{id {number}}}" if numbered else "{id}"

        text = self.ID.sub(put, text)
        for pattern, word in self.KNOWN:
            text = re.sub(pattern, self._known(word), text)
        for pattern, word in self.ALWAYS:
            text = re.sub(pattern, rf"\g<1>{{{word}}}", text)
        return text


# ----------------------------------------------------------------------- story

def steps(table):
    """The steps of a table, each a list of columns."""
    found = []
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        columns = re.split(r"\s{2,}", line.strip())
        if not line.startswith(" "):
            found.append(columns)
        elif re.match(r"[{\[]|INSERT", found[-1][-1]) or columns[0][0] == "&":
            found[-1][-1] += "  ".join(columns)
        else:
            found[-1].extend(columns)
    return found


def seconds_of(text):
    """Of a time in the district."""
    return int(datetime.datetime.fromisoformat(text + ":00+07:00").timestamp())


def totp(secret, now):
    """RFC 6238, as a phone computes it."""
    secret = re.sub(r"\s", "", secret).upper()
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = (now // 30).to_bytes(8, "big")
    digest = hmac.new(key, step, hashlib.sha1).digest()
    at = digest[-1] & 15
    number = int.from_bytes(digest[at:at + 4], "big") & 0x7fffffff
    return f"{number % 1000000:06}"


def slug(text):
    """A file's name for an address or a command."""
    return re.sub(r"[^A-Za-z0-9.=$,_]+", "-", text.removeprefix("/"))[:90] \
        or "root"


def listing(packed):
    """What a zip holds; its bytes would be no help to a reader."""
    with zipfile.ZipFile(io.BytesIO(packed)) as z:
        return "".join(
            f"{m.filename} {m.file_size} {m.date_time} "
            f"{hashlib.sha256(z.read(m)).hexdigest()}\n" for m in z.infolist())


class Story:
    """Carries the steps out and keeps what comes of them."""

    def __init__(self, collector, turn, told):
        self.collector, self.turn, self.told = collector, turn, told
        self.seen, self.kept, self.files = {}, {}, {"junk": b"no zip"}
        self.veil = None  # nothing is kept without
        self.count = self.ids = 0
        self.changed = -FRESH_COUNTS
        self.last = ("nobody", None)
        self.shown = self.said = ""  # of the last request
        self.words = {  # that are the same in every run
            "turn": str(turn), "password": PASSWORD, "long": "ạ" * 2100,
            "huge": "a" * 99999, "enrol": f"abcd-234{turn + 4}",
            "done_at": ["", "08:00", "09:00"][turn],
            "desk_new": ["", "CC1", "HM1"][turn],
            "desk_next": ["", "VH1", "VT1"][turn]}
        first = datetime.date(2026, 6, 1)
        collector.write("first.csv", dossiers("260701", 60, first))
        first = datetime.date(2026, 9, 20)
        collector.write("second.csv", dossiers("261001", 110, first))
        collector.write("deeds.csv", dossiers(f"26100{turn + 1}", 9, first))
        collector.write("bad.csv", BAD_DOSSIERS)

    # ------------------------------------------------------------------- words

    def __getitem__(self, name):
        """The value of $name."""
        if name == "id":
            self.ids += 1
            name = f"id_{self.ids}"
        if name.startswith("id_"):
            return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.turn} {name}"))
        if name.startswith("code_"):
            return totp(self.told["secret_" + name[5:]], self.collector.now)
        for known in (self.words, self.told):
            if name in known:
                return known[name]
        return self.seen[name]

    def fill(self, template):
        try:
            return string.Template(template).substitute(self)
        except KeyError as missing:
            raise Trouble(f"step {self.count}, {template}: nothing is known of "
                          f"{missing}") from None

    def learn(self, who, address, reply, body):
        """What a reply says that later steps need."""
        cookie = [c for c in reply.headers.get_all("Set-Cookie", [])
                  if c.startswith("hailong=")]
        if cookie and who != "nobody":
            self.told["cookie_" + who] = cookie[0].split(";")[0]
        text = body.decode(errors="replace")
        for name, value in reversed(re.findall(
                r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)):
            self.seen[name] = html.unescape(value)
        if 'name="csrf"' in text and who != "nobody":
            self.told["csrf_" + who] = self.seen["csrf"]
        secret = re.search(r'class="secret">([^<]+)', text)
        if secret:
            self.seen["secret"] = secret.group(1)
            if address.startswith("/staff/account/factor"):
                self.told["secret_" + who] = secret.group(1)
        for name, pattern in (("token", r'"token":"([^"]+)'),
                              ("out", r'"messages":\[{"id":"([^"]+)')):
            found = re.search(pattern, text)
            if found:
                self.seen[name] = found.group(1)
        added = re.search(r"<p><code>([^<]+)", text)
        if added:  # the one viewer there is
            self.told["token_screen"] = added.group(1)
            self.told["screen"] = re.search(r"/(viewer-\w+)", text).group(1)
        if address == "/staff/admin/export" and reply.status == 200:
            self.files["export"] = body
            self.files["changed"] = self.other_catalogue(body)

    def other_catalogue(self, packed):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(packed)) as old, \
                zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name.endswith("targets.csv"):
                    data += f"agency,,203{self.turn}-01-01,93\n".encode()
                new.writestr(name, data)
        return out.getvalue()

    # --------------------------------------------------------------- a request

    def headers_of(self, who):
        if "token_" + who in self.told:
            return {"Authorization": "Bearer " + self.told["token_" + who]}
        if "cookie_" + who in self.told:
            return {"Cookie": self.told["cookie_" + who]}
        return {}

    def encode(self, who, address, body, more):
        """A body and its type."""
        if body[0] in "{[":
            return self.fill(body).encode(), "application/json"
        pairs = [] if body == "-" else [
            pair.partition("=")[::2]
            for pair in body.replace("$form", FORM).split("&")]
        if "csrf_" + who in self.told and "csrf" not in dict(pairs):
            pairs.insert(0, ("csrf", self.told["csrf_" + who]))
        pairs = [(n, self.fill(v)) for n, v in pairs + more]
        if not address.endswith("/import"):
            return (urllib.parse.urlencode(pairs).encode(),
                    "application/x-www-form-urlencoded")
        parts = b""
        for name, value in pairs:
            data, file = value.encode(), ""
            if value.startswith("@"):
                data, file = self.files[value[1:]], '; filename="a.zip"'
            parts += (f'--x7\r\nContent-Disposition: form-data; name="{name}"'
                      f"{file}\r\n\r\n").encode() + data + b"\r\n"
        return parts + b"--x7--\r\n", "multipart/form-data; boundary=x7"

    def settle(self, method, address, body):
        """Waits until counts are as they are now, where any are shown."""
        asked = f"{method} {address}"
        shows = re.match(
            r"GET /staff/(\?|$|units|fields|comments|queue|messages)"
            r"|POST /staff/(answers|queue|admin/change|admin/import)"
            r"|GET /api/v1/scores", asked)
        if shows and "save=1" not in (body or ""):
            time.sleep(max(0, self.changed + FRESH_COUNTS - time.monotonic()))

    def note_change(self, method, address, status):
        """Remembers when something was done that counts depend on."""
        asked = f"{method} {address}"
        if (status == 200 and re.match("POST /(api|f|d)/", asked)) \
                or (status == 303 and re.match(
                    "POST /staff/(answers|queue|messages|paper)", asked)):
            self.changed = time.monotonic()

    def look_at_session(self, who):
        """A session's last use is noted behind the reply; its page shall come
        after that. The answer is there already, so it changes nothing."""
        self.raw(who, "GET", "/staff/account/password", {}, None)
        if "barrier" in self.told:
            self.raw("import", "POST", "/api/v1/answers",
                     {"Content-Type": "application/json"}, self.told["barrier"])

    def raw(self, who, method, address, headers, body):
        headers = {**self.headers_of(who), **headers}
        reply, got = self.collector.ask(
            method, address, headers, None if body is None else
            body if isinstance(body, bytes) else body.encode())
        self.learn(who, address, reply, got)
        return reply, got

    def request(self, who, columns, english=False, name=None):
        method, _, address = ("GET " + columns[0]).rpartition(" ")
        method = method.split()[-1]
        headers, body, sent = {}, None, None
        for column in columns[1:]:
            if re.match(r"[A-Z][A-Za-z-]+: ", column):
                key, _, value = column.partition(": ")
                headers[key] = self.fill(value)
            else:
                body = column
        template = address
        address = urllib.parse.quote(self.fill(address), safe="/?&=%,+$:;@")
        if body is not None:
            method = "POST" if method == "GET" else method
            sent, kind = self.encode(
                who, address, body, [("lang", "en")] if english else [])
            headers.setdefault("Content-Type", kind)
        elif english:
            address += ("&" if "?" in address else "?") + "lang=en"
        self.settle(method, address, body)
        if method == "GET" and address.startswith("/staff/account") \
                and "cookie_" + who in self.told:
            self.look_at_session(who)
        reply, got = self.raw(who, method, address, headers, sent)
        self.note_change(method, address, reply.status)
        self.last = (who, reply.headers.get("Location"))
        self.shown = got.decode(errors="replace")
        self.said = f"step {self.count}, {who} {method} {address}: " \
                    f"{reply.status}"
        self.keep(name or f"deeds/{self.count:03}-{who}-{slug(template)}"
                  + (".en" if english else ""), "  ".join(
                      [who + (" in English" if english else ""),
                       f"{method} {template}", *columns[1:]]), reply, got)

    def keep(self, name, request, reply, body):
        if self.veil is None:
            return
        heads = "".join(
            f"{k}: {v}\n" for k, v in reply.getheaders()
            if k not in ("Date", "Content-Length"))
        if reply.headers.get("Content-Type") == "application/zip" and body:
            body = listing(body).encode()
        self.put(name, f"{request}\n{reply.status} {reply.reason}\n{heads}\n",
                 body)

    def put(self, name, head, body=b""):
        """Keeps a text under a name that nothing else has."""
        text = self.veil.over(head + body.decode(errors="surrogateescape"))
        while name in self.kept:
            name += "~"
        self.kept[name] = text.encode(errors="surrogateescape")

    # -------------------------------------------------------------------- steps

    def step(self, who, *columns):
        """One step of a table."""
        verb = {"$": "command", "=": "asked_by"}.get(who, who)
        own = getattr(self, "do_" + verb, None)
        if own is not None:
            return own(*columns)
        if who.endswith("?"):
            self.request(who[:-1], columns)
            return self.request(who[:-1], columns, english=True)
        return self.request(who, columns)

    def tell(self, table):
        for columns in steps(table):
            self.count += 1
            self.collector.set_clock(self.collector.now + STEP)
            self.step(*columns)

    def do_at(self, when):
        self.collector.set_clock(
            self.collector.now + int(when) if when[0] == "+"
            else seconds_of(when))

    def do_set(self, name, value):
        self.told[name] = self.fill(value)

    def do_sql(self, words):
        self.collector.rows(words)

    def do_serve(self):
        self.collector.serve()

    def do_command(self, template="", entered=""):
        words = self.fill(template)
        status, out, error = self.collector.run(
            shlex.split(words), self.fill(entered) + "\n" if entered else "")
        link = re.search(r"/d/([A-Za-z0-9_-]{22})$", out.strip())
        if link:
            self.told["link"] = link.group(1)
        self.changed = time.monotonic()
        if self.veil is not None:
            folder = "deeds" if self.collector.process else "commands"
            self.put(f"{folder}/{self.count:03}-command-{slug(template)}",
                     f"$ {template}\nstatus {status}\n{out}--\n{error}")
        elif status != 0 and self.turn == 1 and not self.collector.process:
            raise Trouble(f"{words}: {error}")
        return out

    def do_user(self, login, words):
        self.do_command(f"user add {login} {words}", "$password")

    def do_device(self, who, words):
        """A device, $WHO, whose token speaks for WHO."""
        added = json.loads(self.do_command("device add " + words))
        self.told[who] = added["device"]
        self.told["token_" + who] = added["token"]

    def do_sign(self, who):
        """Signs a person in, who is then WHO."""
        self.request(who, ["/login", f"login={who}&password=$password"])
        self.raw(who, "GET", "/staff/account", {}, None)
        if "csrf_" + who not in self.told:
            raise Trouble(f"{who} cannot sign in")

    def do_answer(self, who_and_name, members):
        who, name = who_and_name.split()
        when = datetime.datetime.fromtimestamp(
            self.collector.now, datetime.timezone(datetime.timedelta(hours=7)))
        answer = {"id": self["id_" + name], "answered_at": when.isoformat(),
                  **json.loads(self.fill(members))}
        body = json.dumps({"answers": [answer]}, ensure_ascii=False)
        if who == "import":
            self.told["barrier"] = body
        self.request(who, ["/api/v1/answers", body.replace("$", "$$")])

    def do_text(self, name, number, words, count="1"):
        when = datetime.datetime.fromtimestamp(
            self.collector.now, datetime.timezone.utc)
        messages = [{"id": self[f"id_{name}" + (f"_{i}" if i else "")],
                     "from": self.fill(number), "text": words,
                     "received_at": when.isoformat()}
                    for i in range(int(count))]
        self.request("sms", ["/api/v1/sms/messages", json.dumps(
            {"messages": messages}, ensure_ascii=False)])

    def do_then(self):
        who, where = self.last
        if where is None:
            raise Trouble(f"{self.said}: led nowhere")
        self.request(who, [where.replace("$", "$$")],
                     name=f"deeds/{self.count:03}-{who}-then")

    def do_older(self):
        self.older(self.last[0], f"deeds/{self.count:03}-{self.last[0]}-older")

    def older(self, who, name):
        link = re.search(r'href="([^"]*\bafter=[^"]*)"', self.shown)
        if link:
            address = html.unescape(link.group(1)).replace("$", "$$")
            self.request(who, [address], name=name)


# ------------------------------------------------------------------------- runs
