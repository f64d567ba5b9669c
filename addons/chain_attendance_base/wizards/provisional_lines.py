"""Commands for lines that a browser names by an id of its own making.

A form that was saved while an answer of the server was under way may go on to name a
line ``"virtual_12"``, which only the browser knows. Odoo looks for it in the database
and fails. Plain Python: the decision needs no record.
"""

from odoo.fields import Command

# Commands of a relation whose second value is the id of a line.
NAMING = (Command.UPDATE, Command.DELETE, Command.UNLINK, Command.LINK)


class UnknownLine(Exception):
    """A change that belongs to no line that is there."""


def settle(commands, line_ids, key):
    """These commands with the lines' own ids instead of the browser's.

    A change goes to the line that the same commands make, to the kept line with the
    same key, or to the only one. To take away what was never kept is nothing, and so
    is a change of nothing.

    :param commands: of a one2many field, as a client sends them.
    :param line_ids: ``{value of the key: id}`` of the lines that are kept.
    :param key: name of the field that tells one line from another.
    :raise UnknownLine: for a change that fits no line.
    """
    made, settled = {}, []
    for command in commands or []:
        if not isinstance(command, (list, tuple)) or not _is_provisional(command):
            settled.append(command)
        elif command[0] == Command.CREATE:
            command = (command[0], command[1], dict(command[2]))
            made[command[1]] = command[2]
            settled.append(command)
        elif command[0] == Command.UPDATE and command[1] in made:
            made[command[1]].update(command[2])
        elif command[0] == Command.UPDATE and command[2]:
            settled.append(_change(command[2], line_ids, key))
        elif command[0] == Command.LINK:
            raise UnknownLine(command[1])
    return settled


def _is_provisional(command):
    names = command[0] in NAMING or command[0] == Command.CREATE
    return names and isinstance(command[1], str)


def _change(values, line_ids, key):
    if key in values:
        line = line_ids.get(values[key])
        if line is None:
            return Command.create(values)
    elif len(line_ids) == 1:
        (line,) = line_ids.values()
    else:
        raise UnknownLine(values)
    return Command.update(line, values)
