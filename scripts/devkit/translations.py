"""Translations of the addons: export the terms, check that Chinese is complete.

``python -m devkit.translations check`` reads the files that are there;
``./scripts/translate`` writes each addon's ``.pot`` from a database and merges it
into ``zh_CN.po``.
"""

import re
import sys
from pathlib import Path

import polib

from .places import ADDONS

PLACEHOLDER = re.compile(r"%(?:\([a-z_]+\))?[sd]|%%|\{[a-z_]*\}")


def problems_of(addon):
    """What is wrong with the translations of one addon, a line each."""
    i18n = addon / "i18n"
    template = i18n / f"{addon.name}.pot"
    if not template.exists():
        has_text = any((addon / name).is_dir() for name in ("models", "views"))
        return [f"{addon.name}: no i18n/{addon.name}.pot"] if has_text else []
    chinese = i18n / "zh_CN.po"
    if not chinese.exists():
        return [f"{addon.name}: no i18n/zh_CN.po"]
    known = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(chinese))}
    found = []
    for term in polib.pofile(str(template)):
        entry = known.get((term.msgctxt, term.msgid))
        where = f"{addon.name}: “{term.msgid[:60]}”"
        if entry is None or not entry.msgstr or "fuzzy" in entry.flags:
            found.append(f"{where} is not translated")
        elif sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(
            PLACEHOLDER.findall(entry.msgstr)
        ):
            found.append(f"{where}: the placeholders differ")
    return found


def merge(template, target):
    """Bring ``target`` up to the terms of ``template``; translations are kept."""
    source = polib.pofile(str(template))
    if target.exists():
        catalogue = polib.pofile(str(target))
        catalogue.merge(source)
        for entry in catalogue.obsolete_entries():
            catalogue.remove(entry)
    else:
        catalogue = source
        catalogue.metadata["Language"] = "zh_CN"
        catalogue.metadata["Plural-Forms"] = "nplurals=1; plural=0;"
    catalogue.save(str(target))


def main(arguments):
    if arguments != ["check"]:
        print("usage: python -m devkit.translations check", file=sys.stderr)
        return 2
    found = []
    for manifest in sorted(ADDONS.glob("*/__manifest__.py")):
        found += problems_of(Path(manifest).parent)
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
