#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The real kiosk under real fingers: on a Wayland screen of our own (glass.c)
that may be touched by several at once, and has a keyboard that no kiosk should
have. Checks what a pointer cannot: two fingers, a palm, wiping, drumming, the
corner; and that no key, gesture or close request leads out of the kiosk. With a
folder as argument pictures are kept there (grim)."""
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
from rig import BIN, FACES, Kiosk, expect, start, wait_for  # noqa: E402

WIDTH, HEIGHT = 1280, 800
LOCK = 1.0  # touches right after a change of screen are ignored
KEYS = {"esc": 1, "tab": 15, "q": 16, "w": 17, "f4": 62, "f1": 59, "f10": 68,
        "f11": 87, "ctrl": 29, "alt": 56, "shift": 42, "super": 125, "d": 32,
        "c": 46, "i": 23, "menu": 127, "back": 158, "home": 102, "print": 99,
        "sleep": 142, "power": 116, "space": 57, "enter": 28, "delete": 111}
CHORDS = ["esc", "alt f4", "alt tab", "ctrl q", "ctrl w", "ctrl alt delete",
          "super", "super d", "ctrl shift i", "ctrl shift d", "f1", "f10",
          "f11", "menu", "back", "home", "print", "sleep", "power", "alt esc",
          "ctrl c", "shift f10"]


class Glass:
    """Like rig.Display, but with fingers."""

    def __init__(self):
        self.runtime = tempfile.mkdtemp(prefix="hailong-glass-")
        env = dict(os.environ, XDG_RUNTIME_DIR=self.runtime,
                   ASAN_OPTIONS="detect_leaks=0")
        program = os.path.join(os.path.dirname(BIN), "kiosk-glass")
        self.process = start([program, f"{WIDTH}x{HEIGHT}"], env=env,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             text=True)
        word, name = self.process.stdout.readline().split()
        expect("the glass is there", word == "WAYLAND_DISPLAY")
        self.env = dict(env, WAYLAND_DISPLAY=name, GDK_BACKEND="wayland")
        self.env.pop("DISPLAY", None)
        self.said = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.said.append(line.strip())

    def do(self, *lines):
        self.process.stdin.write("".join(line + "\n" for line in lines))
        self.process.stdin.flush()

    def tap(self, x, y, finger=1):
        self.do(f"down {finger} {x} {y}")
        time.sleep(0.05)
        self.do(f"up {finger}")

    def chord(self, words):
        keys = [KEYS[word] for word in words.split()]
        self.do(*[f"key {key} 1" for key in keys])
        time.sleep(0.05)
        self.do(*[f"key {key} 0" for key in reversed(keys)])

    def keep(self, folder, name):
        if folder and shutil.which("grim"):
            subprocess.run(["grim", os.path.join(folder, name + ".png")],
                           env=self.env, check=False)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.runtime, ignore_errors=True)


def face(number):
    """The middle of a face, 0 the best: five columns, as press has it."""
    return WIDTH * (2 * number + 1) // 10, HEIGHT * 52 // 100


def bar(part):
    """The middle of the bar's left, middle or right third."""
    return WIDTH * (26, 50, 83)[part] // 100, HEIGHT - 59


class Visit:
    """A kiosk on a glass of its own."""

    def __init__(self, folder, pictures):
        self.glass, self.pictures = Glass(), pictures
        self.folder = tempfile.mkdtemp(dir=folder)
        self.kiosk = Kiosk(self.glass, self.folder)
        wait_for("the kiosk on the glass", lambda: self.glass.said)
        time.sleep(LOCK + 0.5)

    def rated(self, number, count):
        return self.kiosk.row(count - 1, f"answer {count}",
                              lambda a: a["scores"]["overall"] == number)

    def end(self):
        expect("the window was never gone", self.glass.said == ["shown"])
        self.kiosk.stop()
        self.glass.close()


def one_finger(v):
    for number in range(5):
        v.glass.tap(*face(number))
        row = v.rated(5 - number, number + 1)
        expect("one finger is no flag",
               "multi_touch" not in row.get("flags", []))
        time.sleep(LOCK)
        if number >= 3:
            v.glass.keep(v.pictures, f"reasons-{number}")
            v.glass.tap(*bar(1))
            time.sleep(LOCK)
        v.glass.keep(v.pictures, f"thanks-{number}")
        time.sleep(6)  # the thanks, and longer than a bounce
    print("ok: a finger on each face")


def two_fingers(v):
    """Both at once on two faces: the first wins, it is said so, once."""
    v.glass.do(f"down 1 {face(0)[0]} {face(0)[1]}",
               f"down 2 {face(4)[0]} {face(4)[1]}")
    time.sleep(0.1)
    v.glass.do("up 1", "up 2")
    row = v.kiosk.row(0, "an answer", lambda a: True)
    expect("it is said that there were two",
           "multi_touch" in row.get("flags", []))
    first = row["scores"]["overall"]
    time.sleep(2)
    expect("one answer, unchanged", len(v.kiosk.rows()) == 1 and
           v.kiosk.rows()[0]["scores"]["overall"] == first)
    print("ok: two fingers on two faces: the first wins")


def palm(v):
    """Ten at once and swept over the glass: no answer, or one that says so."""
    v.glass.do(*[f"down {n} {300 + 40 * n} {380 + 9 * n}" for n in range(10)])
    for step in range(30):
        v.glass.do(*[f"move {n} {300 + 40 * n + 15 * step} "
                     f"{380 + 9 * n + 5 * (step % 7)}" for n in range(10)])
        time.sleep(0.02)
    v.glass.do(*[f"up {n}" for n in range(10)])
    time.sleep(1.5)
    rows = v.kiosk.rows()
    expect("a palm is no opinion, or a flagged one", not rows or (
        len(rows) == 1 and "multi_touch" in rows[0]["flags"]))
    print(f"ok: a palm that wipes: {len(rows)} answers")


def drumming(v):
    """60 taps in 6 s: few answers, from the second on all flagged."""
    for n in range(60):
        v.glass.tap(*face(n % 3))
        time.sleep(0.05)
    time.sleep(1)
    rows = v.kiosk.rows()
    expect("the first counts", rows and not rows[0].get("flags"))
    expect("few answers", len(rows) <= 3)
    expect("the others are flagged", all(
        {"bounce", "burst"} & set(row.get("flags", []))
        for row in rows[1:]))
    print(f"ok: a child drums 60 times: {len(rows)} answers")


def keys(v):
    """No key and no chord leads out, or changes anything."""
    for words in CHORDS:
        v.glass.chord(words)
        time.sleep(0.15)
    v.glass.keep(v.pictures, "after-the-keys")
    expect("the kiosk lives", v.kiosk.process.poll() is None)
    expect("no key is an answer", not v.kiosk.rows())
    v.glass.tap(*face(1))
    v.rated(4, 1)
    print(f"ok: {len(CHORDS)} chords of keys")


def gestures(v):
    """Swipes from every edge, pinches, long presses on everything."""
    edges = [(0, 400, 900, 400), (1279, 400, 300, 400), (640, 0, 640, 700),
             (640, 799, 640, 50)]
    for x, y, to_x, to_y in edges:
        v.glass.do(f"down 1 {x} {y}")
        for step in range(1, 11):
            v.glass.do(f"move 1 {x + (to_x - x) * step / 10} "
                       f"{y + (to_y - y) * step / 10}")
            time.sleep(0.02)
        v.glass.do("up 1")
        time.sleep(0.3)
    for spread in (1, -1):  # pinch out, pinch in
        v.glass.do("down 1 600 200", "down 2 680 200")
        for step in range(10):
            v.glass.do(f"move 1 {600 - spread * 20 * step} 200",
                       f"move 2 {680 + spread * 20 * step} 200")
            time.sleep(0.02)
        v.glass.do("up 1", "up 2")
    v.glass.do("down 1 640 150")  # rests on the question
    time.sleep(3)
    v.glass.keep(v.pictures, "after-a-long-press")
    v.glass.do("up 1")
    time.sleep(0.5)
    expect("no gesture is an answer", not v.kiosk.rows())
    v.glass.tap(*face(0))
    v.rated(5, 1)
    print("ok: swipes, pinches, a long press")


def corner(v):
    """10 s in the corner open the operator's page, which asks for a PIN; 8 s,
    or two fingers, do not. Nobody there: it closes by itself."""
    v.glass.do("down 1 20 20")
    time.sleep(8)
    v.glass.do("up 1")
    v.glass.do("down 1 20 20", "down 2 60 60")
    time.sleep(11)
    v.glass.do("up 1", "up 2")
    v.glass.tap(*face(2))
    v.rated(3, 1)  # the faces are still there
    time.sleep(5)
    v.glass.do("down 1 20 20")
    time.sleep(11)
    v.glass.do("up 1")
    time.sleep(1)
    v.glass.keep(v.pictures, "service")
    for number in range(5):
        v.glass.tap(*face(number))
    time.sleep(0.5)
    expect("no face stands on it", len(v.kiosk.rows()) == 1)
    print("ok: the corner")


def crash(v):
    """Killed while a face is pressed: what was stored is there at the next
    start, which needs nobody."""
    v.glass.tap(*face(0))
    v.rated(5, 1)
    v.kiosk.process.kill()
    v.kiosk.process.wait()
    wait_for("its window to go", lambda: "gone" in v.glass.said)
    v.glass.said.clear()
    v.kiosk = Kiosk(v.glass, v.folder)
    wait_for("the kiosk again", lambda: v.glass.said)
    expect("the answer is there", len(v.kiosk.rows()) == 1)
    time.sleep(LOCK + 0.5)
    v.glass.tap(*face(3))
    v.rated(2, 2)
    print("ok: a crash")


ALL = [one_finger, two_fingers, palm, drumming, keys, gestures, corner, crash]


def visit(act, folder, pictures):
    v = Visit(folder, pictures)
    act(v)
    v.end()


def main():
    pictures = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        for act in ALL:
            visit(act, folder, pictures)
    print(f"{len(ALL)} visits, {len(FACES)} faces")


main()
