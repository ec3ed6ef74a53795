#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The real kiosk under real fingers: on a Wayland screen of our own (glass.c)
that may be touched by several at once, and has a keyboard that no kiosk should
have. Checks what a pointer cannot: two fingers, a palm, wiping, drumming, the
corner, guidance by voice; and that no key, gesture or close request leads out
of the kiosk. With a folder as argument pictures are kept there (grim)."""
import os
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from glass import HEIGHT, WIDTH, Glass, bar, face  # noqa: E402
from rig import FACES, Kiosk, expect, wait_for  # noqa: E402

LOCK = 1.0  # touches right after a change of screen are ignored
CHORDS = ["esc", "alt f4", "alt tab", "ctrl q", "ctrl w", "ctrl alt delete",
          "super", "super d", "ctrl shift i", "ctrl shift d", "f1", "f10",
          "f11", "menu", "back", "home", "print", "sleep", "power", "alt esc",
          "ctrl c", "shift f10"]


class Visit:
    """A kiosk on a glass of its own."""

    def __init__(self, folder, pictures):
        self.glass, self.pictures = Glass(), pictures
        self.folder = tempfile.mkdtemp(dir=folder)
        self.give_voice()
        self.kiosk = Kiosk(self.glass, self.folder)
        wait_for("the kiosk on the glass", lambda: self.glass.said)
        time.sleep(LOCK + 0.5)

    def give_voice(self):
        """An espeak-ng that writes down what it is to say."""
        program = os.path.join(self.folder, "espeak-ng")
        with open(os.open(program, os.O_CREAT | os.O_WRONLY, 0o755), "w") as f:
            f.write("#!/bin/sh\nfor words; do :; done\n"
                    f'printf "%s\\n" "$words" >>{self.folder}/said\n')
        self.glass.env["PATH"] = self.folder + ":" + os.environ["PATH"]

    def said(self):
        path = os.path.join(self.folder, "said")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as f:
            return f.read().splitlines()

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
    or two fingers, do not. Untouched it closes by itself."""
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


def guided(v):
    """For a citizen who does not see: a finger that rests on "listen" begins it;
    then one touch tells what lies below, the same again chooses."""
    v.glass.do("down 1 95 741")
    time.sleep(3)
    v.glass.do("up 1")
    wait_for("the page to be read", lambda: FACES[4] in v.said())
    time.sleep(LOCK)
    v.glass.tap(*face(1))
    wait_for("the word of the face", lambda: v.said()[-1] == FACES[1])
    v.glass.keep(v.pictures, "guided")
    v.glass.tap(*face(3))
    wait_for("the word of another", lambda: v.said()[-1] == FACES[3])
    expect("what was only heard is no answer", not v.kiosk.rows())
    v.glass.tap(*face(3))
    v.rated(2, 1)
    reasons_guided(v)
    print("ok: guided without seeing")


def reasons_guided(v):
    """The words of a tile and of the bar answer like the face did."""
    time.sleep(LOCK)
    tile, send = (WIDTH // 6, HEIGHT * 45 // 100), bar(2)
    v.glass.tap(*tile)
    wait_for("the word of a tile", lambda: v.said()[-1] == "Chờ đợi lâu")
    time.sleep(0.2)
    v.glass.tap(*tile)
    v.kiosk.row(0, "the reason", lambda a: a.get("reasons") == ["waiting"])
    v.glass.tap(*send)
    wait_for("the word of the bar", lambda: v.said()[-1] == "Gửi")
    v.glass.keep(v.pictures, "guided-reasons")
    v.glass.tap(*send)
    wait_for("the thanks", lambda: "Cảm ơn Ông/Bà!" in v.said())


def crash(v):
    """Killed while a face is pressed: what was stored is there at the next
    start, which needs no administrator."""
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


ALL = [one_finger, two_fingers, palm, drumming, keys, gestures, corner, guided,
       crash]


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
