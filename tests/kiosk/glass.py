# SPDX-License-Identifier: GPL-2.0-or-later
"""A Wayland screen of our own (glass.c) for the kiosk, and its fingers."""
import os
import shutil
import subprocess
import tempfile
import threading
import time

from rig import BIN, expect, start

WIDTH, HEIGHT = 1280, 800
KEYS = {"esc": 1, "tab": 15, "q": 16, "w": 17, "f4": 62, "f1": 59, "f10": 68,
        "f11": 87, "ctrl": 29, "alt": 56, "shift": 42, "super": 125, "d": 32,
        "c": 46, "i": 23, "menu": 127, "back": 158, "home": 102, "print": 99,
        "sleep": 142, "power": 116, "space": 57, "enter": 28, "delete": 111}
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
    """Again, skip, send: as press has them."""
    return WIDTH * (26, 58, 83)[part] // 100, HEIGHT - 59
