import logging
import time
from datetime import timedelta

from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)
from odoo.addons.chain_attendance_base.sql import array_of, execute_planned

from ..const import (
    BATCH_DAYS,
    CALL_SECONDS,
    CLAIM_MINUTES,
    LOOK_SECONDS,
    RETRY_LIMIT_MINUTES,
    TELL_SECONDS,
    WAKE_SECONDS,
)
from .by_index import by_index
from .no_collection import without_collection

_logger = logging.getLogger(__name__)

# When this process last knew that the cron was woken, by database, on the monotonic
# clock.
WOKEN = {}
# When it last told screens that days are new.
TOLD = {}


def mark_of(days):
    """A statement that marks days.

    In one order everywhere, so that two who mark the same days do not deadlock. A day
    that waits already is locked until the end of the transaction and not written:
    nobody can claim it, and read its number, before what marks it is committed. One
    that somebody asked for is no longer theirs to take back.

    :param days: SQL of ``employee_id`` and ``work_date``, each pair once.
    """
    return f"""
        INSERT INTO attendance_day_queue AS q (employee_id, work_date, seq, attempts)
        SELECT v.employee_id, v.work_date, nextval('attendance_day_queue_mark'), 0
        FROM ({days} ORDER BY employee_id, work_date) v
        ON CONFLICT (employee_id, work_date) DO UPDATE SET
            seq = EXCLUDED.seq, retry_at = NULL, attempts = 0, recomputation_id = NULL
        WHERE q.claimed_at IS NOT NULL OR q.retry_at IS NOT NULL
            OR q.recomputation_id IS NOT NULL
    """


MARK = mark_of(
    "SELECT * FROM unnest(%s::int[], %s::date[]) AS d (employee_id, work_date)"
)
# Rows nobody else works on, of the next batch.
CLAIM = """
    WITH chosen AS (
        SELECT id FROM attendance_day_queue q
        WHERE (claimed_at IS NULL
               OR claimed_at < now() AT TIME ZONE 'UTC' - %s * interval '1 min'
               OR NOT EXISTS (
                   SELECT 1 FROM pg_stat_activity a WHERE a.pid = q.claimed_pid
                   AND a.backend_start AT TIME ZONE 'UTC' <= q.claimed_at))
          AND (retry_at IS NULL OR retry_at <= now() AT TIME ZONE 'UTC')
        ORDER BY (recomputation_id IS NOT NULL), employee_id, work_date
        LIMIT %s
        FOR UPDATE SKIP LOCKED
    )
    UPDATE attendance_day_queue q SET
        claimed_at = now() AT TIME ZONE 'UTC', claimed_pid = pg_backend_pid()
    FROM chosen WHERE q.id = chosen.id
    RETURNING q.id, q.employee_id, q.work_date, q.seq
"""


class AttendanceDayQueue(models.Model):
    """The (employee, date) pairs that have to be computed.

    A mark of a claimed day draws a new number. Computing reads the number first and
    removes the row only if it still has that number, so a mark that is made while its
    day is being computed survives. Rows are claimed in a transaction of their own:
    nobody who marks a day ever waits for one that is being computed.
    """

    _name = "attendance.day.queue"
    _description = "Day to Compute"
    _inherit = ["attendance.scope.mixin"]
    _order = "id"
    _log_access = False

    _attendance_area = "settings"
    _attendance_scope_columns = PERSON_COLUMNS

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade"
    )
    work_date = fields.Date(required=True, readonly=True)
    seq = fields.Integer(readonly=True)
    claimed_at = fields.Datetime(readonly=True)
    claimed_pid = fields.Integer(readonly=True)
    retry_at = fields.Datetime(readonly=True)
    attempts = fields.Integer(readonly=True)
    error = fields.Char(readonly=True)
    recomputation_id = fields.Many2one(
        "attendance.recomputation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Who asked for it; without one, something changed.",
    )

    _pair_uniq = models.Constraint("UNIQUE(employee_id, work_date)", "Queued already.")
    # The order in which days are claimed.
    _by_turn = models.Index("((recomputation_id IS NOT NULL), employee_id, work_date)")

    def init(self):
        # Claiming writes every row once; with room on the page no index is touched.
        self.env.cr.execute("ALTER TABLE attendance_day_queue SET (fillfactor = 45)")
        # Numbers are compared for equality only, so they may start again.
        self.env.cr.execute(
            "CREATE SEQUENCE IF NOT EXISTS attendance_day_queue_mark"
            " MAXVALUE 2147483647 CYCLE"
        )

    @api.model
    @api.private
    def _mark(self, pairs):
        """Have these days computed soon.

        :param pairs: ``(employee id, date)``, in any order, also more than once.
        """
        pairs = sorted(set(pairs))
        if not pairs:
            return
        is_awake = self._is_awake()
        execute_planned(
            self.env.cr,
            MARK,
            [
                array_of(employee for employee, _day in pairs),
                array_of(day for _employee, day in pairs),
            ],
        )
        self._after_mark(is_awake)

    @api.model
    def _after_mark(self, is_awake):
        """Days were marked: wake who computes them.

        :param is_awake: what ``_is_awake`` said before.
        """
        self.invalidate_model()
        if not is_awake:
            self._wake()
            self._note_woken()

    @api.model
    def _note_woken(self):
        """Remember that the cron is at work from now on, if this is committed."""
        dbname, now = self.env.cr.dbname, time.monotonic()
        self.env.cr.postcommit.add(lambda: WOKEN.update({dbname: now}))

    @api.model
    def _is_awake(self):
        """Whether the cron is at work; waking it costs more than storing a punch.

        Either this process woke it a moment ago, and it stays for longer than that, or
        days wait already, whose mark has woken it: it stays after the last of them.
        """
        woken = WOKEN.get(self.env.cr.dbname)
        if woken and time.monotonic() - woken < WAKE_SECONDS:
            return True
        execute_planned(
            self.env.cr,
            "SELECT EXISTS (SELECT 1 FROM attendance_day_queue"
            " WHERE claimed_at IS NULL AND retry_at IS NULL)",
            [],
        )
        (is_waiting,) = self.env.cr.fetchone()
        if is_waiting:
            self._note_woken()
        return is_waiting

    @api.model
    @api.private
    def _mark_span(self, employee_ids, date_from, date_to):
        """Mark every date from ``date_from`` to ``date_to``, both inside."""
        count = (date_to - date_from).days + 1
        dates = [date_from + timedelta(days=number) for number in range(count)]
        self._mark([(employee, day) for employee in employee_ids for day in dates])

    @api.model
    def _claim(self, limit=BATCH_DAYS):
        """Take rows nobody else works on: ``[(id, employee id, date, seq), ...]``.

        A claim whose database connection is gone, because its worker was killed, is
        nobody's. What changed goes before what somebody asked for.

        The caller commits before computing, so that what is read afterwards is at least
        as new as the numbers read here.
        """
        with by_index(self.env.cr):
            self.env.cr.execute(CLAIM, [CLAIM_MINUTES, limit])
            rows = self.env.cr.fetchall()
        return sorted(rows, key=lambda row: (row[1], row[2]))

    @api.model
    def _release(self, claimed, failed=None):
        """Remove what was computed; what was marked meanwhile waits again.

        Rows are locked in the order in which marks lock them, so that the two wait
        for each other instead of deadlocking.

        :param failed: ``{row id: error}``; without an error the row is given back as
            it was.
        """
        failed = failed or {}
        done = [row for row in claimed if row[0] not in failed]
        with by_index(self.env.cr):
            self.env.cr.execute(
                "SELECT 1 FROM attendance_day_queue WHERE id = ANY(%s)"
                " ORDER BY employee_id, work_date FOR UPDATE",
                [[row[0] for row in claimed]],
            )
            self.env.cr.execute(
                """
                DELETE FROM attendance_day_queue q
                USING unnest(%s::int[], %s::int[]) AS done(id, seq)
                WHERE q.id = done.id AND q.seq = done.seq RETURNING q.id
                """,
                [[row[0] for row in done], [row[3] for row in done]],
            )
            gone = {number for (number,) in self.env.cr.fetchall()}
            self.env.cr.execute(
                "UPDATE attendance_day_queue SET claimed_at = NULL WHERE id = ANY(%s)",
                [[row[0] for row in claimed if row[0] not in gone]],
            )
        for row in claimed:
            if failed.get(row[0]):
                self._postpone(row, failed[row[0]])
        self.invalidate_model()

    @api.model
    def _postpone(self, row, error):
        """Keep a day that failed with its cause, and pause longer each time."""
        self.env.cr.execute(
            """
            UPDATE attendance_day_queue SET
                attempts = attempts + 1, error = %s,
                retry_at = now() AT TIME ZONE 'UTC'
                    + least(%s, power(2, least(attempts, 12))) * interval '1 min'
            WHERE id = %s AND seq = %s
            """,
            [str(error)[:500], RETRY_LIMIT_MINUTES, row[0], row[3]],
        )

    @api.model
    def _waiting(self):
        """How many days wait; not more than a few batches are counted."""
        self.env.cr.execute(
            """
            SELECT count(*) FROM (
                SELECT FROM attendance_day_queue WHERE claimed_at IS NULL
                AND (retry_at IS NULL OR retry_at <= now() AT TIME ZONE 'UTC')
                LIMIT %s
            ) waiting
            """,
            [10 * BATCH_DAYS],
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _cron_compute(self):
        """Compute what waits, batch by batch: claim, compute, release, commit each."""
        cron = self.env["ir.cron"]
        deadline = time.monotonic() + CALL_SECONDS
        self._new_transaction()
        self.env["attendance.day"]._mark_closed_windows()
        self._new_transaction()
        while claimed := self._claim_or_wait(deadline):
            cron._commit_progress(remaining=len(claimed))
            try:
                failed = self._compute(claimed)
                # Under the snapshot of the computation, a row that was marked
                # meanwhile could not be compared with its number.
                self._new_transaction()
                self._release(claimed, failed)
            except BaseException:
                self._new_transaction(self.env.cr.rollback)
                self._release(claimed, dict.fromkeys([row[0] for row in claimed]))
                self.env.cr.commit()  # pylint: disable=invalid-commit
                raise
            waiting = self._waiting()
            self._tell(is_over=not waiting)
            left = cron._commit_progress(len(claimed), remaining=waiting)
            if not left or time.monotonic() > deadline:
                if waiting:
                    self._wake()
                return
            self._new_transaction(lambda: None)

    @api.model
    def _tell(self, *, is_over):
        """Days are new: screens that show some read them again, runs may have ended.

        :param is_over: nothing waits any more; before that, it is said now and then.
        """
        dbname, now = self.env.cr.dbname, time.monotonic()
        if not is_over and now - TOLD.get(dbname, -TELL_SECONDS) < TELL_SECONDS:
            return
        TOLD[dbname] = now
        self.env["attendance.recomputation"]._end_those_done()
        # sudo: everybody who may see days is told; of the days themselves nothing is
        group = self.env.ref("chain_attendance_base.function_reports_view").sudo()
        group._bus_send("attendance_days", {})

    @api.model
    def _wake(self):
        """Have the cron called again as soon as others had their turn.

        Left to itself Odoo goes on with unfinished work only when it looks next,
        which is up to a minute later, and nobody else wakes it: days wait.
        """
        self.env.ref("chain_attendance_day.ir_cron_compute")._trigger()

    @api.model
    def _claim_or_wait(self, deadline):
        """Rows as ``_claim`` takes them; none after nothing came for a while.

        Who marks days while the cron is at work does not wake it again, see
        ``_is_awake``: the cron stays for that long. Called by hand, it does not.
        """
        until = time.monotonic() + WAKE_SECONDS + LOOK_SECONDS
        while not (claimed := self._claim()):
            now = time.monotonic()
            if now > until or not self.env.context.get("cron_id"):
                return []
            if now > deadline:
                self._wake()
                self.env["ir.cron"]._commit_progress(remaining=1)
                return []
            self._new_transaction()
            time.sleep(LOOK_SECONDS)
        return claimed

    @api.model
    def _new_transaction(self, end=None):
        """End this transaction; in the next, a statement sees what is committed.

        Odoo's usual isolation would refuse to touch rows that terminals mark at the
        same time.
        """
        (end or self.env.cr.commit)()
        self.env.cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")

    @api.model
    def _compute(self, claimed):
        """Compute claimed rows; one that fails does not stop the others.

        :return: ``{row id: error}`` of those that could not be computed; without an
            error of those that have to be computed under a newer snapshot.
        """
        try:
            with self.env.cr.savepoint(), without_collection():
                self.env["attendance.day"]._recompute([row[1:3] for row in claimed])
        except TransactionRollbackError:
            # A period was closed since the inputs were read. That is no fault of any
            # one day, and none of them would get further in this transaction.
            return dict.fromkeys([row[0] for row in claimed])
        except Exception as error:
            if len(claimed) == 1:
                ((row_id, employee, day, _seq),) = claimed
                _logger.warning("Day %s of employee %s: %s", day, employee, error)
                return {row_id: error}
            middle = len(claimed) // 2
            return self._compute(claimed[:middle]) | self._compute(claimed[middle:])
        return {}
