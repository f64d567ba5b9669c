import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from ..const import PHOTO_BATCH, PHOTO_BYTES, PHOTO_SIDE
from ..pictures import clean_jpeg
from .attendance_punch import PLACES, wall_to_utc

FOLLOWED = ("employee_id", *PLACES)


class AttendancePunchPhoto(models.Model):
    """The picture that a terminal took at a punch, or at one that failed.

    It belongs to whom its punch belongs to, whichever of the two comes first. One
    without a punch, or of somebody who was not recognized, belongs to the store.
    """

    _name = "attendance.punch.photo"
    _description = "Punch Photo"
    _inherit = ["attendance.scope.mixin"]
    _order = "punched_at desc, id desc"
    _rec_name = "wall_time"

    _attendance_area = "reports"
    _attendance_scope_columns = {
        "employee": ("employee_id",),
        "department": ("department_id",),
        "job": ("job_id",),
        "store": ("store_id", "home_store_id"),
    }

    terminal_id = fields.Many2one(
        "attendance.terminal", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    store_id = fields.Many2one(
        "attendance.store",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="Where the terminal hung.",
    )
    user_code = fields.Char(
        string="Terminal User Code",
        readonly=True,
        help="Empty: the terminal did not recognize anybody.",
    )
    code_key = fields.Char(required=True, readonly=True)
    wall_time = fields.Char(string="Time at Terminal", required=True, readonly=True)
    punched_at = fields.Datetime(string="Taken at", required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, ondelete="set null")
    department_id = fields.Many2one(
        "hr.department", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    job_id = fields.Many2one(
        "hr.job",
        string="Job Position",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    home_store_id = fields.Many2one(
        "attendance.store",
        string="Own Store",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    image = fields.Binary(string="Photo", attachment=True, readonly=True)
    received_at = fields.Datetime(readonly=True)

    _key_uniq = models.UniqueIndex("(terminal_id, wall_time, code_key)")
    _by_person = models.Index("(employee_id, punched_at)")
    _by_time = models.Index("(company_id, punched_at)")

    @api.model
    @api.private
    def _keep(self, terminal, user_code, wall_time, raw):
        """Keep a picture once, if its company wants pictures.

        :param user_code: empty if the terminal recognized nobody.
        :param wall_time: naive, to the second, on the terminal's own clock.
        :param raw: the picture's bytes, as they came.
        :return: ``False`` if they are no picture.
        """
        if not terminal.company_id.is_attendance_photo_on:
            return True
        image = clean_jpeg(raw, PHOTO_SIDE, PHOTO_BYTES)
        if not image:
            return False
        text = wall_time.isoformat(" ")
        self.env.cr.execute(
            """
            INSERT INTO attendance_punch_photo
                (terminal_id, company_id, store_id, user_code, code_key, wall_time,
                 punched_at, received_at)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
            ON CONFLICT (terminal_id, wall_time, code_key) DO NOTHING
            RETURNING id
            """,
            [
                terminal.id,
                terminal.company_id.id,
                terminal.store_id.id or None,
                user_code or None,
                code_key(user_code) if user_code else "",
                text,
                wall_to_utc(wall_time, terminal.tz),
                fields.Datetime.now(),
            ],
        )
        if row := self.env.cr.fetchone():
            self.browse(row).image = base64.b64encode(image)
            self._follow_punches(terminal, [text])
        return True

    @api.model
    @api.private
    def _follow_punches(self, terminal, wall_times):
        """Photos of these seconds get the owner and places of their punches."""
        self._follow(
            "ph.terminal_id = %s AND ph.wall_time = ANY(%s)",
            [terminal.id, list(wall_times)],
        )

    @api.model
    @api.private
    def _follow_codes(self, company_id, code_keys):
        """The same after codes of a company went to somebody else."""
        self._follow(
            "ph.company_id = %s AND ph.code_key = ANY(%s)",
            [company_id, list(code_keys)],
        )

    @api.model
    @api.private
    def _follow_people(self, employee_ids):
        """The same after the places of people changed."""
        self._follow("ph.employee_id = ANY(%s)", [[e for e in employee_ids if e]])

    @api.model
    def _follow(self, condition, values):
        columns = ", ".join(FOLLOWED)
        self.env.cr.execute(
            f"""
            UPDATE attendance_punch_photo photo SET ({columns}) = (
                SELECT {", ".join(f"p.{name}" for name in FOLLOWED)})
            FROM attendance_punch_photo ph
            JOIN attendance_punch p ON p.terminal_id = ph.terminal_id
                AND p.company_id = ph.company_id AND p.code_key = ph.code_key
                AND p.wall_time = ph.wall_time
            WHERE photo.id = ph.id AND {condition}
              AND ({", ".join(f"photo.{name}" for name in FOLLOWED)}) IS DISTINCT FROM
                  ({", ".join(f"p.{name}" for name in FOLLOWED)})
            """,  # pylint: disable=sql-injection
            values,
        )
        if self.env.cr.rowcount:
            self.invalidate_model(FOLLOWED)

    @api.model
    def _cron_delete_old(self):
        """Delete photos past their age, company by company, a batch a transaction."""
        # sudo: the clean-up of every company
        companies = self.env["res.company"].sudo()
        for company in companies.search([("attendance_photo_months", ">", 0)]):
            months = company.attendance_photo_months
            self._delete_before(
                company, fields.Date.today() - relativedelta(months=months)
            )

    @api.model
    @api.private
    def _delete_before(self, company, before):
        """:return: how many photos were deleted; each batch is committed."""
        cron, started, total = self.env["ir.cron"], fields.Datetime.now(), 0
        photos = self.sudo()  # sudo: the clean-up of every company
        domain = [("company_id", "=", company.id), ("punched_at", "<", before)]
        while old := photos.search(domain, order="punched_at", limit=PHOTO_BATCH):
            count = len(old)
            old.unlink()
            total += count
            if not cron._commit_progress(count, remaining=int(count == PHOTO_BATCH)):
                break
        if total:
            self.env["attendance.retention.run"]._note(
                company, "photos", before, total, started
            )
        return total

    @api.model
    @api.private
    def _of_punches(self, punches):
        """``{punch id: photo}`` of those the login may see."""
        found = self.search(
            [
                ("terminal_id", "in", punches.terminal_id.ids),
                ("wall_time", "in", list(set(punches.mapped("wall_time")))),
            ]
        )
        photos = {(p.terminal_id, p.code_key, p.wall_time): p for p in found}
        return {
            punch.id: photos.get(
                (punch.terminal_id, punch.code_key, punch.wall_time), self.browse()
            )
            for punch in punches
        }
