#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The real kiosk on a virtual display, pressed and looked at from outside.

Checks what no unit test can: that the buttons stand where a finger finds them
on every size of screen, that they bear their words for assistive technology,
and that a touch ends up in the outbox, on disk. Run by ctest inside
dbus-run-session. Debian packages: xvfb xdotool dbus at-spi2-core
python3-pyatspi. Without pyatspi the part that needs it is left out, and said.
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
from rig import (BIN, FACES, PATIENCE, Collector, Display, Kiosk,  # noqa: E402
                 expect, wait_for)

SIZES = ["1280x800", "1024x600", "800x480", "1280x720", "1920x1080"]


def press_on(size):
    """Faces and bar, by a click where they should be."""
    display = Display(size)
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(display, folder)
        faces = FACES if size == SIZES[0] else [FACES[0], FACES[4]]
        for number, name in enumerate(faces):
            row = kiosk.rate(number, name)
            expect("sequence", row["seq"] == number + 1)
            expect("no desk is known yet", row.get("desk") is None)
            if FACES.index(name) >= 3:
                display.press("Gửi" if number % 2 else "Bỏ qua")
        expect("one row for each face", len(kiosk.rows()) == len(faces))
        kiosk.stop()
    display.close()
    print(f"ok: pressed at {size}")


def form():
    with open(os.path.join("..", "shared", "catalogue", "forms",
                           "one-stop.json"), encoding="utf-8") as f:
        return json.load(f)


def buttons(accessible, found):
    import pyatspi
    for child in accessible:
        if child is None:
            continue
        if child.getRole() in (pyatspi.ROLE_PUSH_BUTTON,
                               pyatspi.ROLE_TOGGLE_BUTTON):
            found.append(child)
        buttons(child, found)
    return found


def seen():
    """The buttons on the kiosk's screen, as assistive technology sees them."""
    import pyatspi
    try:
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.name == "hailong-kiosk":
                return buttons(app, [])
    except Exception as e:  # the page changed while we were reading it
        print("again:", e)
    return []


def tree():
    """Everything on it: [(role, name, states, names of the buttons in it)]."""
    import pyatspi

    def walk(accessible):
        found.append((accessible.getRoleName(), accessible.name, {
            pyatspi.stateToString(s)
            for s in accessible.getState().getStates()},
            [b.name for b in buttons(accessible, [])]))
        for child in accessible:
            if child is not None:
                walk(child)
    found = []
    try:
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.name == "hailong-kiosk":
                walk(app)
    except Exception as e:  # the page changed while we were reading it
        print("again:", e)
    return found


def announced(words):
    """A screen reader is brought to these words: the heading has the focus,
    and the window their name."""
    def look():
        seen_now = [(role, name.replace("\u00a0", " "), states)
                    for role, name, states, _ in tree()]
        return any(role == "heading" and name == words and "focused" in states
                   for role, name, states in seen_now) and any(
            role == "frame" and name == words for role, name, _ in seen_now)
    wait_for(f"{words} to be announced", look)


def states_of(button):
    return [states for role, name, states, _ in tree() if name == button and
            "button" in role][0]


def act(name):
    """Presses the button of that name once it is there to stay."""
    def press():
        time.sleep(1)  # touches right after a change of screen are ignored
        found = [b for b in seen() if b.name == name]
        try:
            return found and found[0].queryAction().doAction(0)
        except Exception as e:  # it was the last page's
            print("again:", e)
            return False
    wait_for(f"a button {name}", press)


def accessible():
    """Names, order, and the whole way through field and reasons."""
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        print("LEFT OUT: accessible names (install python3-pyatspi)")
        return
    settings = {
        "desk": {"code": "LH1", "name": "Bộ phận Một cửa"}, "form": form(),
        "languages": ["vi", "en"], "ask_field": True,
        "fields": [{"code": "dat-dai", "vi": "Đất đai"},
                   {"code": "ho-tich", "vi": "Hộ tịch"}]}
    display = Display(SIZES[0])
    os.environ["DISPLAY"] = display.name
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(display, folder, settings)
        names = [b.name for b in wait_for("the faces", seen)
                 if b.name != "Nghe"]
        expect(f"faces from best to worst, not {names}", names[:5] == FACES)
        expect(f"languages, not {names}",
               names[5:] == ["Tiếng Việt", "English"])
        question = "Hôm nay Ông/Bà hài lòng ở mức nào?"
        announced(question)
        expect("the faces are a group with the question's name", [
            inside for role, name, _, inside in tree() if role == "panel" and
            name.replace("\u00a0", " ") == question] == [FACES])
        expect("the language of now is told",
               "selected" in states_of("Tiếng Việt") and
               "selected" not in states_of("English"))
        act("Không hài lòng")
        announced("Ông/Bà làm thủ tục lĩnh vực nào?")
        kiosk.row(0, "the face", lambda a: a["scores"]["overall"] == 2)
        act("Hộ tịch")
        kiosk.row(0, "the field", lambda a: a.get("field") == "ho-tich")
        announced("Ông/Bà chưa hài lòng về điều gì?")
        act("Chờ đợi lâu")
        act("Hướng dẫn chưa rõ")
        row = kiosk.row(0, "the reasons", lambda a: a.get("reasons") ==
                        ["waiting", "guidance"])
        expect("what is ticked is told", [
            "checked" in states_of(name) for name in
            ("Chờ đợi lâu", "Hướng dẫn chưa rõ", "Thái độ chưa tốt")] ==
            [True, True, False])
        expect("desk and form", (row["desk"], row["form"],
                                 row["form_version"]) ==
               ("LH1", "one-stop", form()["version"]))
        act("Gửi")
        act("Chọn lại")
        act("Rất hài lòng")
        row = kiosk.row(0, "the new choice",
                        lambda a: a["scores"]["overall"] == 5)
        expect("the new choice has no reasons", not row.get("reasons"))
        act("Đất đai")
        kiosk.row(0, "its field", lambda a: a.get("field") == "dat-dai")
        expect("still one answer", len(kiosk.rows()) == 1)
        kiosk.stop()
    display.close()
    print("ok: names and the whole way")


ROGLAI = {"kiosk.question": "Question of Roglai?", "lang.rog": "Roglai",
          "face.5": "Best", "face.1": "Worst", "reason.waiting": "Waiting"}


def added_language():
    """A language whose words came after the build is offered and spoken; what
    it does not have is Vietnamese."""
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        return
    display = Display(SIZES[0])
    os.environ["DISPLAY"] = display.name
    settings = {"desk": {"code": "LH1", "name": "Bộ phận Một cửa"},
                "form": form(), "languages": ["vi", "rog"],
                "ask_field": False}
    with tempfile.TemporaryDirectory() as folder:
        rog = os.path.join(folder, "languages", "rog")
        os.makedirs(rog)
        words = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n'
        for key, value in ROGLAI.items():
            words += f'msgid "{key}"\nmsgstr "{value}"\n'
        subprocess.run(["msgfmt", "-o", os.path.join(rog, "words.mo"), "-"],
                       input=words, text=True, check=True)
        kiosk = Kiosk(display, folder, settings,
                      screen=f"languages = {folder}/languages\n")
        act("Roglai")
        announced("Question of Roglai?")
        names = [b.name for b in seen() if b.name != "Nghe"]
        expect(f"its faces, not {names}", names[:5] == [
            "Best", *FACES[1:4], "Worst"])
        act("Worst")
        row = kiosk.row(0, "the face", lambda a: a["scores"]["overall"] == 1)
        expect("its code", row["lang"] == "rog")
        act("Waiting")
        kiosk.row(0, "the reason", lambda a: a.get("reasons") == ["waiting"])
        kiosk.stop()
    display.close()
    print("ok: a language that came later")


def trouble():
    """A full outbox stops the kiosk; room again, and it goes on by itself."""
    display = Display(SIZES[0])
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(display, folder)
        kiosk.rate(0, "Hài lòng")
        time.sleep(5)  # the thanks
        db = sqlite3.connect(kiosk.outbox, timeout=10)
        with db:
            db.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM"
                " n WHERE i < 100000) INSERT INTO outbox (id, body, made_wall,"
                " made_mono, boot, held_until) SELECT 'x' || i, '{}', 0, 0,"
                " '', 9e15 FROM n")
        display.press("Rất hài lòng")
        time.sleep(2)
        with db:
            db.execute("DELETE FROM outbox WHERE id LIKE 'x%'")
        expect("the answer was not taken", len(kiosk.rows()) == 1)
        time.sleep(8)  # it looks every 5 s
        kiosk.rate(1, "Rất hài lòng")
        db.close()
        kiosk.stop()
    display.close()
    print("ok: trouble and recovery")


def delivered():
    """Settings come, answers and heartbeats go; the last good settings serve
    a kiosk that starts without its collector."""
    collector = Collector({
        "desk": {"code": "PD1", "name": "Bộ phận Một cửa UBND xã Phan Dũng"},
        "form": form(), "languages": ["vi", "en"], "ask_field": False,
        "thanks_ms": 1000})
    display = Display(SIZES[0])
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(display, folder, url=collector.url)
        wait_for("the settings to be kept",
                 lambda: os.path.exists(kiosk.outbox + ".settings"))
        time.sleep(1)
        display.press("Hài lòng")
        wait_for("the answer", lambda: collector.answers)
        wait_for("an empty outbox", lambda: not kiosk.rows())
        answer = collector.answers[0]
        expect("its content", (answer["desk"], answer["scores"]["overall"]) ==
               ("PD1", 4))
        expect("the token", collector.tokens == {"Bearer a-token"})
        beat = wait_for("a heartbeat", lambda: collector.heartbeats)[0]
        expect(f"its content, not {beat}", set(beat) - {
            "temperature", "touched_at", "screen"} == {
                "version", "outbox", "oldest_ms", "refused", "damaged",
                "free_bytes", "clock", "synced", "slowest_ms"})
        kiosk.stop()
        collector.server.shutdown()
        collector.server.server_close()
        again = Kiosk(display, folder)
        row = again.rate(0, "Rất hài lòng")
        expect("the last good settings serve", row["desk"] == "PD1")
        again.stop()
    display.close()
    print("ok: settings, delivery, heartbeat")


def called():
    """The desk's software has served a citizen: the answer bears the call's
    token, once, and the field that the dossier tells is not asked."""
    collector = Collector({
        "desk": {"code": "LH1", "name": "Bộ phận Một cửa"}, "form": form(),
        "languages": ["vi", "en"], "ask_field": True, "thanks_ms": 1000,
        "fields": [{"code": "dat-dai", "vi": "Đất đai"},
                   {"code": "ho-tich", "vi": "Hộ tịch"}]})
    display = Display(SIZES[0])
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(display, folder, url=collector.url)
        wait_for("the settings to be kept",
                 lambda: os.path.exists(kiosk.outbox + ".settings"))
        collector.call = {"number": 7, "token": "of-the-call",
                          "knows_field": True, "lasts_ms": 90000}
        wait_for("the call to be taken", lambda: collector.called == 7)
        time.sleep(2)  # it shows, and touches are locked for a moment
        display.press("Hài lòng")
        wait_for("the answer", lambda: collector.answers)
        answer = collector.answers[0]
        expect(f"it is tied to the call: {answer}", (
            answer.get("token"), answer["scores"]["overall"],
            answer.get("field")) == ("of-the-call", 4, None))
        time.sleep(2)
        display.press("Hài lòng")
        row = kiosk.row(0, "the next answer", lambda a: True)
        expect("the next is not", row.get("token") is None)
        kiosk.stop()
    display.close()
    collector.server.shutdown()
    collector.server.server_close()
    print("ok: called by the desk's software")


def run(display, *arguments):
    return subprocess.run([BIN, *arguments], env=display.env,
                          capture_output=True, text=True, timeout=PATIENCE)


def start_up():
    """Exit codes and the sentence that goes with them."""
    display = Display(SIZES[0])
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(display, folder)
        wait_for("its outbox", lambda: os.path.exists(kiosk.outbox))
        time.sleep(1)
        second = run(display, "--config", kiosk.ini)
        expect("a second kiosk on one outbox is refused",
               second.returncode == 1 and "in use" in second.stderr)
        kiosk.stop()
        with open(kiosk.ini, "a") as f:
            f.write("colour = blue\n")
        bad = run(display, "--config", kiosk.ini)
        expect("an unknown key is named with its line",
               bad.returncode == 1 and "kiosk.ini:9" in bad.stderr and
               "colour" in bad.stderr)
        with open(kiosk.ini) as f:
            text = f.read().replace("colour = blue\n", "")
        with open(kiosk.ini, "w") as f:
            f.write(text.replace("language = vi", "language = xx"))
        bad = run(display, "--config", kiosk.ini)
        expect("a bad value is named with its line", bad.returncode == 1 and
               "kiosk.ini:7" in bad.stderr and "language" in bad.stderr)
    missing = run(display, "--config", "/nowhere/kiosk.ini")
    expect("no settings: 1", missing.returncode == 1 and missing.stderr)
    expect("wrong use: 2", run(display, "--colour").returncode == 2)
    expect("wrong use: 2", run(display, "colour").returncode == 2)
    version = run(display, "--version")
    expect("version", version.returncode == 0 and
           version.stdout.startswith("hailong-kiosk "))
    expect("help", run(display, "--help").returncode == 0)
    blind = dict(display.env, DISPLAY="", WAYLAND_DISPLAY="")
    nothing = subprocess.run([BIN], env=blind, capture_output=True, text=True)
    expect("no display: 1", nothing.returncode == 1 and
           "display" in nothing.stderr)
    display.close()
    print("ok: starting and refusing")


start_up()
accessible()
added_language()
jobs = [(trouble,), (delivered,), (called,)] + [(press_on, size) for size in SIZES]
with ThreadPoolExecutor(4) as pool:  # they mostly wait
    for job in [pool.submit(*job) for job in jobs]:
        job.result()
