"""``./scripts/translate``: the terms of every addon, merged into Chinese."""

from . import machine as machines
from .console import say, step
from .places import ADDONS

EXPORT = """
import io, os
from odoo.tools.translate import trans_export
for name in os.environ["CHAIN_ATTENDANCE_ADDONS"].split(","):
    target = os.path.join(os.environ["CHAIN_ATTENDANCE_FOLDER"], name, "i18n")
    buffer = io.BytesIO()
    trans_export(False, [name], buffer, "po", env)
    text = buffer.getvalue()
    if text.count(b"msgid") > 1:
        os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, name + ".pot"), "wb") as handle:
            handle.write(text)
"""


def main(arguments):
    entered = machines.enter_environment("translate", "test", arguments)
    machine = machines.prepare(*entered)
    from .databases import Databases
    from .testing import MODULES
    from .translations import merge, problems_of

    databases = Databases(machine, machine.cache / "test-data")
    names = sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))
    with step("Terms of every addon"):
        name = databases.clone(databases.family_template(MODULES), "ca_translate")
        databases.shell(
            name,
            EXPORT,
            CHAIN_ATTENDANCE_ADDONS=",".join(names),
            CHAIN_ATTENDANCE_FOLDER=str(ADDONS),
        )
        databases.drop(name)
    for addon in (ADDONS / name for name in names):
        template = addon / "i18n" / f"{addon.name}.pot"
        if template.exists():
            merge(template, addon / "i18n" / "zh_CN.po")
        for problem in problems_of(addon):
            say(f"  {problem}")
    machine.database.stop()
    return 0
