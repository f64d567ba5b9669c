import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import consteq

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

from ..const import ALPHABET, MOST_WRONG_ANSWERS, TOKEN_LENGTH

NO_DIGEST = "0" * 64
PHONE_DIGITS = 4


def digest(token):
    """What is kept of the words of a link: they cannot be had back from it."""
    plain = "".join((token or "").split()).replace("-", "").lower()
    return hashlib.sha256(plain.encode()).hexdigest()


class AttendancePersonalLink(models.Model):
    """A link with which a person without a login sees the own attendance.

    Of its words only a digest is kept. They are shown once, to who makes the link.
    What the page behind it shows and files is in the files beside this one; each
    of their questions goes through :meth:`_own`.
    """

    _name = "attendance.personal.link"
    _description = "Personal Link"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = PERSON_COLUMNS

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade", index=True
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    store_id = fields.Many2one(related="employee_id.store_id")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    token_hash = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    date_to = fields.Date(string="Valid until", required=True, readonly=True)
    revoked_at = fields.Datetime(string="Closed on", readonly=True)
    revoked_by_id = fields.Many2one("res.users", string="Closed by", readonly=True)
    closed_why = fields.Selection(
        [
            ("revoked", "Revoked"),
            ("replaced", "Replaced by a New Link"),
            ("left", "Left the Company"),
            ("moved", "Moved to Another Company"),
            ("answers", "Too Many Wrong Answers"),
        ],
        string="Why Closed",
        readonly=True,
    )
    last_used_at = fields.Datetime(string="Last Opened on", readonly=True)
    use_count = fields.Integer(
        string="Times Opened", readonly=True, help="How often a telephone opened it."
    )
    wrong_count = fields.Integer(readonly=True, groups=fields.NO_ACCESS)
    state = fields.Selection(
        [("in_force", "In Force"), ("expired", "Expired"), ("closed", "Closed")],
        compute="_compute_state",
    )

    _token_uniq = models.UniqueIndex("(token_hash)")
    _one_in_force = models.UniqueIndex("(employee_id) WHERE revoked_at IS NULL")

    @api.depends("employee_id", "create_date")
    def _compute_display_name(self):
        for link in self:
            link.display_name = self.env._("Link of %s", link.employee_id.name)

    @api.depends("revoked_at", "date_to")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for link in self:
            if link.revoked_at:
                link.state = "closed"
            else:
                link.state = "in_force" if today <= link.date_to else "expired"

    @api.model
    @api.private
    def _make(self, employees):
        """A new link for each person; the ones before are closed.

        For who may edit these people.

        :return: ``[(link, its words), ...]``; nobody gets at the words again.
        """
        employees.check_access("write")
        self._check_people(employees)
        # sudo: links are made here alone; the right to the people was looked at above
        links = self.sudo()
        links.search(
            [("employee_id", "in", employees.ids), ("revoked_at", "=", False)]
        )._close("replaced")
        # One is in force at most: the old ones are closed before the new ones come.
        links.flush_model(["revoked_at"])
        today = fields.Date.context_today(self)
        tokens = [_new_token() for _employee in employees]
        made = links.create(
            [
                {
                    "employee_id": employee.id,
                    "company_id": employee.company_id.id,
                    "token_hash": digest(token),
                    "date_to": today
                    + timedelta(days=employee.company_id.attendance_link_days),
                }
                for employee, token in zip(employees.sudo(), tokens, strict=True)
            ]
        )
        return list(zip(made.sudo(self.env.su), tokens, strict=True))

    @api.model
    def _check_people(self, employees):
        today = fields.Date.context_today(self)
        gone = employees.filtered_domain(employees._departed_domain(today))
        if gone:
            raise UserError(
                self.env._("Who has left gets no personal link: %s", _some_names(gone))
            )
        mute = employees.filtered(lambda e: self._answers(e.sudo()) == [])
        if mute:
            raise UserError(
                self.env._(
                    "The link asks for what these people have not got; enter the "
                    "employee number or the telephone number first: %s",
                    _some_names(mute),
                )
            )

    @api.model
    def _answers(self, employee):
        """What answers the question of the person's company; ``None``: not asked."""
        asks = employee.company_id.attendance_link_question
        if asks == "none":
            return None
        if asks == "number":
            return [employee.employee_number] if employee.employee_number else []
        digits = [
            "".join(c for c in number or "" if c.isdigit())[-PHONE_DIGITS:]
            for number in (employee.mobile_phone, employee.private_phone)
        ]
        return [found for found in digits if len(found) == PHONE_DIGITS]

    def action_revoke(self):
        """Close these links at once; for who may edit their people."""
        self.check_access("read")
        self.employee_id.check_access("write")
        # sudo: nobody writes links by hand; the right was looked at above
        self.sudo().filtered(lambda link: not link.revoked_at)._close("revoked")

    def _close(self, why):
        """For use as sudo."""
        self.write(
            {
                "revoked_at": fields.Datetime.now(),
                "revoked_by_id": self.env.uid,
                "closed_why": why,
            }
        )

    @api.model
    @api.private
    def _by_token(self, token):
        """The link of these words, if it is in force; as sudo.

        Unknown, expired and closed ones are the same to whoever asks.
        """
        wanted = digest(token)
        found = self.search([("token_hash", "=", wanted)], limit=1)
        is_right = consteq(found.token_hash or NO_DIGEST, wanted)
        return found if is_right and found._is_in_force() else self.browse()

    def _is_in_force(self):
        """Whether the person may still use this link, as sudo; of none it is not."""
        link = self.with_context(active_test=False).exists()
        if not link or link.revoked_at:
            return False
        employee, today = link.employee_id, fields.Date.context_today(self)
        is_gone = employee.filtered_domain(employee._departed_domain(today))
        return (
            today <= link.date_to
            and not is_gone
            and employee.company_id == link.company_id
        )

    def _is_answer(self, answer):
        """Whether this answers the question; wrong ones are counted, as sudo."""
        given = (answer or "").strip().casefold()
        known = self._answers(self.employee_id)
        if any([consteq(given.encode(), a.casefold().encode()) for a in known or ()]):
            self.wrong_count = 0
            return True
        self.wrong_count += 1
        if self.wrong_count >= MOST_WRONG_ANSWERS:
            self._close("answers")
        return False

    def _note_use(self):
        """As sudo."""
        self.write(
            {"last_used_at": fields.Datetime.now(), "use_count": self.use_count + 1}
        )

    def _own(self, model, *conditions, **search):
        """The person's own rows of a model, as sudo: the only way to any row.

        :param conditions: what narrows them down further.
        """
        self.ensure_one()
        mine = Domain("employee_id", "=", self.employee_id.id)
        return self.env[model].search(mine & Domain(list(conditions)), **search)

    def _for_page(self):
        """This link with the person's zone and company in its environment."""
        self.ensure_one()
        today = fields.Date.today()
        person = self.employee_id.id
        places = self.env["attendance.day"]._gather_places({person}, today, today)
        zone = places.on(person, today).zone
        return self.with_context(
            tz=str(zone), allowed_company_ids=self.company_id.ids
        ).with_company(self.company_id)

    @api.model
    def _cron_close(self):
        """Close the links of those who left or belong to another company now."""
        today = fields.Date.context_today(self)
        people = self.env["hr.employee"].with_context(active_test=False)
        open_ones = Domain("revoked_at", "=", False)
        gone = people._search(people._departed_domain(today))
        self.search(open_ones & Domain("employee_id", "in", gone))._close("left")
        self.search(open_ones).filtered(
            lambda link: link.employee_id.company_id != link.company_id
        )._close("moved")


def _new_token():
    return "".join(secrets.choice(ALPHABET) for _letter in range(TOKEN_LENGTH))


def _some_names(people):
    names = people[:5].mapped("name")
    return ", ".join(names) + (" …" if len(people) > 5 else "")
