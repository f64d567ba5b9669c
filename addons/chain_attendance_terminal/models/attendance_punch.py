from collections import namedtuple
from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.sql import column_exists, table_exists

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)
from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key
from odoo.addons.chain_attendance_base.sql import (
    array_of,
    execute_planned,
    version_on,
)

from ..const import FIRST_PLAUSIBLE_DAY, FUTURE_MINUTES, INSERT_ROWS
from ..wall_clock import resolve, wall_to_utc

# The date on the clock that the terminal showed, of the row named.
WALL_DAY = "left({}.wall_time, 10)::date"


def held_on(row):
    """A table and its join condition: the code ``c`` of a row of punches, if held.

    :param row: the row's name in SQL, written in the code.
    """
    day = WALL_DAY.format(row)
    return f"""attendance_terminal_code c
        ON c.company_id = {row}.company_id AND c.code_key = {row}.code_key
       AND (c.date_from IS NULL OR c.date_from <= {day})
       AND (c.date_to IS NULL OR c.date_to >= {day})"""


def holder_of(row):
    """A sub-select: who held the code of a row of punches; to be joined ``LATERAL``.

    Nobody shares a code, so the limit changes nothing but the plan: without it a
    hundred rows make PostgreSQL read every code of the chain.
    """
    return (
        f"(SELECT c.employee_id FROM {held_on(row).replace('ON', 'WHERE', 1)} LIMIT 1)"
    )


# Where the holder belonged on the punch's date.
PLACES = ("department_id", "job_id", "home_store_id")

# One punch as a vendor addon read it off the wire. ``wall_time`` is the unit's
# own clock, naive, to the second; the numbers are kept as the unit sent them.
WirePunch = namedtuple(
    "WirePunch", "user_code wall_time state_key verify_mode work_code raw_line"
)


# What storing has to know of the terminal that sends: ids, the name of its zone and
# dates, so that nothing of it has to be read again.
Origin = namedtuple(
    "Origin",
    "id company_id store_id tz commissioned_on archived_before keeps_photos"
    " last_punch_at",
)

# A row as ``_insert`` takes it: the columns of the table, and of which type each is.
ROW = {
    "terminal_id": "int",
    "company_id": "int",
    "store_id": "int",
    "user_code": "text",
    "code_key": "text",
    "wall_time": "text",
    "punched_at": "timestamp",
    "state_key": "int",
    "verify_mode": "int",
    "work_code": "text",
    "raw_line": "text",
    "source": "text",
    "received_at": "timestamp",
    "quarantine": "text",
    "is_time_doubtful": "bool",
}
PunchRow = namedtuple("PunchRow", ROW)

# Rows that are there already are found first, so that a replay touches nothing else:
# one by one (OFFSET 0), also by a plan that was made when the table was small. A code
# that is sent with zeros in front may be there without them, from a file.
# The terminal's last punch never waits: a figure for a status page is not worth a
# blocked upload.
INSERT = f"""
    WITH fresh AS MATERIALIZED (
        SELECT * FROM unnest({", ".join(f"%s::{kind}[]" for kind in ROW.values())})
            AS v ({", ".join(ROW)})
        WHERE NOT EXISTS (
            SELECT 1 FROM attendance_punch p WHERE p.terminal_id = v.terminal_id
            AND p.user_code = v.user_code AND p.wall_time = v.wall_time OFFSET 0)
        AND (v.user_code = v.code_key OR NOT EXISTS (
            SELECT 1 FROM attendance_punch p WHERE p.terminal_id = v.terminal_id
            AND p.user_code = v.code_key AND p.wall_time = v.wall_time OFFSET 0))
    ),
    stored AS (
        INSERT INTO attendance_punch (
            {", ".join(ROW)}, employee_id, department_id, job_id, home_store_id)
        SELECT v.*, c.employee_id, place.department_id, place.job_id, place.store_id
        FROM fresh v
        LEFT JOIN LATERAL {holder_of("v")} c ON TRUE
        LEFT JOIN LATERAL {version_on("c.employee_id", WALL_DAY.format("v"))} place
            ON TRUE
        ORDER BY v.user_code COLLATE "C", v.wall_time COLLATE "C"
        ON CONFLICT (terminal_id, user_code, wall_time) DO NOTHING
        RETURNING terminal_id, employee_id, wall_time, quarantine, punched_at
    ),
    newest AS (
        SELECT t.id, new.punched_at FROM (
            SELECT terminal_id, max(punched_at) AS punched_at FROM stored
            WHERE quarantine IS NULL GROUP BY terminal_id) new
        JOIN attendance_terminal t ON t.id = new.terminal_id
            AND (t.last_punch_at IS NULL OR t.last_punch_at < new.punched_at)
        FOR NO KEY UPDATE OF t SKIP LOCKED
    ),
    noted AS (
        UPDATE attendance_terminal t SET last_punch_at = newest.punched_at
        FROM newest WHERE t.id = newest.id
    )
"""
STORED = "SELECT employee_id, wall_time, quarantine FROM stored"


class AttendancePunch(models.Model):
    """One press at a terminal, as it came: never changed, never deleted.

    The key is what the unit sent (terminal, code, second on its own clock), so a
    punch that is sent again is the same punch, also after its time zone was
    corrected here. Who it belongs to is looked up by the code's validity dates, and
    that person's department, job and own store by the punch's date, so that history
    stays right after a transfer.
    """

    _name = "attendance.punch"
    _description = "Raw Punch"
    _inherit = ["attendance.scope.mixin"]
    _order = "punched_at desc, id desc"
    _rec_name = "wall_time"
    _log_access = False

    _attendance_area = "reports"
    _attendance_scope_columns = ROW_COLUMNS | {"store": ("store_id", "home_store_id")}

    terminal_id = fields.Many2one(
        "attendance.terminal", readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    store_id = fields.Many2one(
        "attendance.store",
        readonly=True,
        ondelete="restrict",
        help="Where the terminal hung.",
    )
    user_code = fields.Char(string="Terminal User Code", required=True, readonly=True)
    code_key = fields.Char(required=True, readonly=True)
    wall_time = fields.Char(
        string="Time at Terminal",
        required=True,
        readonly=True,
        help="The terminal's own clock, as it was sent.",
    )
    punched_at = fields.Datetime(string="Punched at", required=True, readonly=True)
    state_key = fields.Integer(readonly=True, help="The key pressed; 255: none.")
    verify_mode = fields.Integer(readonly=True)
    work_code = fields.Char(readonly=True)
    raw_line = fields.Text(readonly=True)
    source = fields.Selection(
        [
            ("push", "Terminal"),
            ("usb", "USB File"),
            ("clock", "Corrected Clock"),
        ],
        required=True,
        readonly=True,
    )
    received_at = fields.Datetime(readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(
        "hr.department",
        readonly=True,
        ondelete="restrict",
        help="The person's department on that date.",
    )
    job_id = fields.Many2one(
        "hr.job",
        string="Job Position",
        readonly=True,
        ondelete="restrict",
        help="The person's job position on that date.",
    )
    home_store_id = fields.Many2one(
        "attendance.store",
        string="Own Store",
        readonly=True,
        ondelete="restrict",
        help="The store to which the person belonged on that date.",
    )
    quarantine = fields.Selection(
        [("past", "Clock in the past"), ("future", "Clock in the future")],
        readonly=True,
        help="Set aside: the terminal's clock cannot have been right.",
    )
    is_time_doubtful = fields.Boolean(
        string="Time Shown Twice",
        readonly=True,
        help="The clock was set back and showed this time twice. The punch counts at "
        "“Punched at” and may have been made an hour earlier or later.",
    )

    _key_uniq = models.Constraint(
        "UNIQUE(terminal_id, user_code, wall_time)", "This punch is here already."
    )
    _by_employee = models.Index("(employee_id, punched_at)")
    _by_code = models.Index("(company_id, code_key, punched_at)")
    _by_time = models.Index("(company_id, punched_at)")
    # What the data scopes look for; the list is ordered by time. Nobody looks for a
    # punch by the place that it lacks: those of unknown codes lack three.
    _by_department = models.Index(
        "(department_id, punched_at) WHERE department_id IS NOT NULL"
    )
    _by_job = models.Index("(job_id, punched_at) WHERE job_id IS NOT NULL")
    _by_store = models.Index("(store_id, punched_at) WHERE store_id IS NOT NULL")
    _by_home_store = models.Index(
        "(home_store_id, punched_at) WHERE home_store_id IS NOT NULL"
    )
    _doubtful_idx = models.Index("(punched_at) WHERE is_time_doubtful")
    _unit_set_aside_idx = models.Index(
        "(terminal_id, received_at) WHERE quarantine IS NOT NULL"
    )

    def _auto_init(self):
        """Punches that were there before these columns get their places."""
        cr = self.env.cr
        is_new = table_exists(cr, self._table) and not column_exists(
            cr, self._table, "home_store_id"
        )
        result = super()._auto_init()
        if is_new:
            cr.execute("SELECT DISTINCT employee_id FROM attendance_punch")
            people = [employee for (employee,) in cr.fetchall()]
            self._refresh_places(people, date.max)
        return result

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A raw punch is never changed."))

    @api.ondelete(at_uninstall=False)
    def _never_delete(self):
        raise UserError(self.env._("A raw punch is never deleted."))

    @api.model
    @api.private
    def _store(self, terminal, punches, source):
        """Keep what is new of ``punches``; ``_insert`` does what follows from it.

        :param terminal: a terminal's record, or its :data:`Origin`.
        :param punches: :class:`WirePunch` values of one terminal.
        :return: how many rows were new.
        """
        if not punches:
            return 0
        origin = self._origin_of(terminal)
        if self._are_all_there(origin, punches):
            return 0
        rows = self._prepare_rows(
            origin,
            sorted(punches, key=lambda p: (p.user_code, p.wall_time)),
            source,
            fields.Datetime.now(),
        )
        archived = self.env["attendance.punch.archive"]._known_keys(
            origin, [key for row in rows for key in _forms(row)]
        )
        if archived:
            rows = [row for row in rows if archived.isdisjoint(_forms(row))]
        stored = self._insert(rows)
        if stored:
            terminal = self.env["attendance.terminal"].browse(origin.id)
            terminal.invalidate_recordset(["last_punch_at"], flush=False)
        return len(stored)

    @api.model
    def _are_all_there(self, origin, punches):
        """Whether a unit repeats itself: nothing has to be made ready then.

        Looked at only if nothing is newer than what was stored before.
        """
        newest = max(punch.wall_time for punch in punches)
        known = origin.last_punch_at
        if not known or wall_to_utc(newest, origin.tz) > known:
            return False
        keys = {(punch.user_code, punch.wall_time) for punch in punches}
        execute_planned(
            self.env.cr,
            """
            SELECT count(*) FROM unnest(%s::text[], %s::text[]) AS v (code, wall_time)
            WHERE EXISTS (
                SELECT 1 FROM attendance_punch p WHERE p.terminal_id = %s::int
                AND p.user_code = v.code AND p.wall_time = v.wall_time OFFSET 0)
            """,
            [
                array_of(code for code, _at in keys),
                array_of(at for _code, at in keys),
                origin.id,
            ],
        )
        return self.env.cr.fetchone()[0] == len(keys)

    @api.model
    def _origin_of(self, terminal):
        """What storing has to know of a terminal's record, as :data:`Origin`."""
        if isinstance(terminal, Origin):
            return terminal
        return Origin(
            terminal.id,
            terminal.company_id.id,
            terminal.store_id.id or None,
            terminal.tz,
            terminal.commissioned_on or None,
            terminal.company_id.attendance_archived_before or None,
            terminal.company_id.is_attendance_photo_on,
            terminal.last_punch_at or None,
        )

    @api.model
    def _insert(self, rows):
        """Add those of these rows that are not there.

        A statement for any usual number of rows, in the order of the key, so that two
        uploads of the same rows wait for each other instead of deadlocking.

        :param rows: as ``_prepare_rows`` makes them.
        :return: ``(employee id, wall time, quarantine)`` of the new ones.
        """
        statement = ",".join([INSERT, *self._insert_more()]) + STORED
        stored = []
        for first in range(0, len(rows), INSERT_ROWS):
            columns = zip(*rows[first : first + INSERT_ROWS])  # noqa: B905
            execute_planned(
                self.env.cr, statement, [array_of(column) for column in columns]
            )
            stored += self.env.cr.fetchall()
        return stored

    @api.model
    def _prepare_row(self, terminal, punch, source, now):
        return self._prepare_rows(self._origin_of(terminal), [punch], source, now)[0]

    @api.model
    def _prepare_rows(self, origin, punches, source, now):
        """Rows as ``_insert`` takes them: :class:`PunchRow` values."""
        first = datetime.combine(
            origin.commissioned_on or fields.Date.to_date(FIRST_PLAUSIBLE_DAY), time.min
        )
        last = now + timedelta(minutes=FUTURE_MINUTES)
        zone, here = origin.tz, (origin.id, origin.company_id, origin.store_id)
        keys, rows = {}, []
        for code, wall_time, state_key, verify_mode, work_code, raw_line in punches:
            instant, is_doubtful = resolve(wall_time, zone, now)
            quarantine = None
            if wall_time < first:
                quarantine = "past"
            elif instant > last:
                quarantine = "future"
            if code not in keys:
                keys[code] = code_key(code)
            rows.append(
                PunchRow(
                    *here,
                    code,
                    keys[code],
                    str(wall_time),
                    instant,
                    state_key,
                    verify_mode,
                    work_code,
                    raw_line,
                    source,
                    now,
                    quarantine,
                    is_doubtful,
                )
            )
        return rows

    @api.model
    @api.private
    def _tables_since(self, day):
        """Names of the tables in which punches from ``day`` on are."""
        self.env.cr.execute("SELECT max(attendance_archived_before) FROM res_company")
        border = self.env.cr.fetchone()[0]
        archive = ("attendance_punch_archive",) if border and day < border else ()
        return ("attendance_punch", *archive)

    @api.model
    def _insert_more(self):
        """Hook: what is to be done with new punches in the statement that adds them.

        :return: texts of SQL, each ``name AS (statement)``, that read ``stored``.
        """
        return []

    @api.model
    def _local_day(self, wall_time):
        """The calendar day on the terminal's clock of a stored ``wall_time``."""
        return datetime.fromisoformat(wall_time).date()


def _forms(row):
    """The keys of a row: as it was sent, and without zeros in front of its code."""
    return {(row.user_code, row.wall_time), (row.code_key, row.wall_time)}
