from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..command_values import retry_minutes

INTEGER = 2**31 - 1
# A terminal that fell silent after the last offer is given so long to answer.
LAST_WAIT = timedelta(hours=1)
EXPIRY_BATCH = 500


class AttendanceTerminalCommand(models.Model):
    """The life of a command: handed out, answered, overtaken, given up."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal.command"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _due(self, terminal, limit):
        """The commands to hand out to a terminal now, oldest first, a restart last.

        Those that another process is handing out are passed over. What it returns
        stays locked until the transaction ends.
        """
        if not limit:
            return self.browse()
        self._overtake(terminal)
        now = fields.Datetime.now()
        found = self.env.execute_query(
            SQL(
                """
                SELECT id, kind FROM attendance_terminal_command
                WHERE terminal_id = %s AND expires_at > %s
                  AND (state = 'waiting' OR state = 'sent' AND retry_at <= %s)
                ORDER BY id LIMIT %s
                FOR UPDATE SKIP LOCKED
                """,
                terminal.id,
                now,
                now,
                limit,
            )
        )
        ids = [i for i, kind in found if kind != "reboot"]
        # What follows a restart in one answer is lost, a second restart as well.
        ids += [i for i, kind in found if kind == "reboot"][:1]
        commands = self.sudo().browse(ids)  # sudo: the terminal's own, see above
        commands.invalidate_recordset(flush=False)
        return commands

    @api.private
    def _mark_sent(self):
        """These commands are being handed out."""
        now = fields.Datetime.now()
        for command in self:
            tries = command.tries + 1
            minutes = retry_minutes(command.kind, tries)
            values = {
                "state": "sent",
                "sent_at": command.sent_at or now,
                "tries": tries,
                "retry_at": minutes and now + timedelta(minutes=minutes),
            }
            if minutes is None:
                values["expires_at"] = now + LAST_WAIT
            command.write(values)

    @api.private
    def _mark_unsent(self, reason):
        """These cannot be handed out: ``gone`` or ``unfit``."""
        self._end("failed", reason)

    @api.model
    @api.private
    def _kinds_of(self, terminal, ids):
        """Kinds by id, of those commands that are this terminal's."""
        known = [number for number in ids if 0 < number <= INTEGER]
        domain = [("id", "in", known), ("terminal_id", "=", terminal.id)]
        # sudo: the terminal's own
        rows = self.sudo().search_fetch(domain, ["kind"], limit=len(known) or 1)
        return {command.id: command.kind for command in rows}

    @api.model
    @api.private
    def _note_results(self, terminal, results):
        """Keep what a terminal answered about its own commands.

        Ids of other terminals' commands, of ones that were never sent and of ones
        that are answered already are passed over.

        :param results: :class:`CommandResult`; of two about one command the first.
        :return: the commands that are answered now.
        """
        by_id = {}
        for result in results:
            if 0 < result.command_id <= INTEGER:
                by_id.setdefault(result.command_id, result)
        if not by_id:
            return self.browse()
        self.flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT id FROM attendance_terminal_command
                WHERE id IN %s AND terminal_id = %s AND sent_at IS NOT NULL
                  AND state IN ('sent', 'expired')
                ORDER BY id FOR UPDATE
                """,
                tuple(by_id),
                terminal.id,
            )
        )
        # sudo: the terminal's own, see above
        commands = self.sudo().browse([row[0] for row in found])
        commands.invalidate_recordset(flush=False)
        now = fields.Datetime.now()
        for command in commands:
            result = by_id[command.id]
            command.write(
                {
                    "state": "done" if result.is_done else "failed",
                    "done_at": now,
                    "retry_at": False,
                    "reason": False,
                    "return_code": result.return_code,
                    "result": result.result,
                    "has_count": result.count is not None,
                    "answer_count": result.count or 0,
                }
            )
        if commands:
            self._overtake(terminal, only_done=True)
            commands._after_answer()
        return commands

    @api.model
    def _overtake(self, terminal, only_done=False):
        """Give up what a later command about the same person has replaced.

        A terminal works in order: a command that is not answered and older than one
        that was, is without effect. Offered again, it would undo the later one.
        """
        self.flush_model()
        answered = ("done",) if only_done else ("done", "sent")
        found = self.env.execute_query(
            SQL(
                """
                SELECT old.id FROM attendance_terminal_command old
                WHERE old.terminal_id = %s AND old.state = 'sent'
                  AND old.user_code IS NOT NULL
                  AND (%s OR old.retry_at <= %s)
                  AND old.kind IN ('user_put', 'user_delete', 'template_put',
                                   'template_delete', 'photo_put')
                  AND EXISTS (
                    SELECT FROM attendance_terminal_command new
                    WHERE new.terminal_id = old.terminal_id
                      AND new.user_code = old.user_code AND new.id > old.id
                      AND new.sent_at IS NOT NULL AND new.state IN %s
                      AND (new.kind = 'user_delete'
                           OR new.kind = 'user_put'
                              AND old.kind IN ('user_put', 'user_delete')
                           OR new.kind IN ('template_put', 'template_delete')
                              AND old.kind IN ('template_put', 'template_delete')
                              AND new.values -> 'kind' = old.values -> 'kind'
                              AND new.values -> 'number' = old.values -> 'number'
                           OR new.kind = 'photo_put' AND old.kind = 'photo_put'))
                ORDER BY old.id FOR UPDATE OF old SKIP LOCKED
                """,
                terminal.id,
                only_done,
                fields.Datetime.now(),
                answered,
            )
        )
        if found:
            # sudo: the terminal's own, see above
            overtaken = self.sudo().browse([row[0] for row in found])
            overtaken._end("cancelled", "overtaken")
            overtaken.flush_recordset()

    def _end(self, state, reason):
        """Close these without an answer of the terminal."""
        if not self:
            return
        self.write(
            {
                "state": state,
                "reason": reason,
                "retry_at": False,
                "done_at": fields.Datetime.now(),
            }
        )
        self.sorted("id")._after_answer()

    @api.model
    def _cron_expire(self):
        """Give up commands that terminals did not fetch, or did not answer, in time."""
        # sudo: the server's own work
        commands = self.sudo()
        domain = [
            ("state", "in", ("waiting", "sent")),
            ("expires_at", "<=", fields.Datetime.now()),
        ]
        progress = self.env["ir.cron"]
        while batch := commands.search(domain, order="id", limit=EXPIRY_BATCH):
            locked = batch.try_lock_for_update()
            if not locked:
                break
            unsent = locked.filtered(lambda command: command.state == "waiting")
            unsent._end("expired", "old")
            (locked - unsent)._end("expired", "silent")
            left = commands.search_count(domain, limit=EXPIRY_BATCH)
            if not progress._commit_progress(len(locked), remaining=left):
                break

    def action_cancel(self):
        """Take back commands that the terminals have not fetched yet."""
        self.check_access("read")
        self.terminal_id.check_access("write")
        # sudo: nobody writes commands by hand; the right to edit the terminals, in
        # the login's scope, was checked above.
        waiting = self.sudo().filtered(lambda command: command.state == "waiting")
        if not waiting:
            raise UserError(
                self.env._(
                    "Nothing is cancelled: the terminals have fetched these commands "
                    "already, or they are closed."
                )
            )
        waiting._end("cancelled", "person")
        return True
