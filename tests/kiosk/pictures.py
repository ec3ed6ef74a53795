#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every page of the kiosk on every size of screen, measured (pictures.c) with
the settings of the desk that has the longest names. With a folder as argument
the pictures are kept there: look at them after every change of the screen."""
import csv
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from rig import Display  # noqa: E402

CATALOGUE = os.path.join("..", "shared", "catalogue")


def rows(name):
    with open(os.path.join(CATALOGUE, name), encoding="utf-8-sig") as f:
        return list(csv.DictReader(f))


def english(code):
    """A field's English name, from the words for people."""
    with open(os.path.join("..", "shared", "po", "en.po"),
              encoding="utf-8") as f:
        text = f.read()
    at = text.find(f'msgid "field.{code}"\n')
    return text[at:].split('msgstr "', 1)[1].split('"')[0]


def settings():
    with open(os.path.join(CATALOGUE, "forms", "one-stop.json"),
              encoding="utf-8") as f:
        form = json.load(f)
    desk = max(rows("desks.csv"), key=lambda d: len(d["name"]))
    return {
        "desk": {"code": desk["code"], "name": desk["name"]},
        "languages": ["vi", "en"], "form": form, "ask_field": True,
        "fields": [{"code": f["code"], "vi": f["name"],
                    "en": english(f["code"])} for f in rows("fields.csv")],
        "ask_factors": True, "qr_s": 20, "sms_number": "0912 345 678",
        "hours": "Mon-Fri 07:00-11:30 13:30-17:00; Sat 07:30-11:00",
        "public_url": "https://danhgia.tuyphong.binhthuan.gov.vn",
        "pin": "$argon2id$none"}


display = Display("2000x2000")
with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
    json.dump(settings(), file)
    file.flush()
    program = os.path.join(os.environ["HAILONG_BIN"], "kiosk-pictures")
    done = subprocess.run([program, file.name] + sys.argv[1:],
                          env=display.env, check=False)
display.close()
sys.exit(done.returncode)
