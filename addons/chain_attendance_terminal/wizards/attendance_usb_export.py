import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

# What the records number their people with has 16 bits.
MAX_PEOPLE = 60000
ADMINISTRATOR = 14
NAMES_SHOWN = 20
# ``language`` of a unit's options: simplified Chinese.
CHINESE_MENU = "83"
# What the file depends on.
CHOICES = (
    "terminal_id",
    "whom",
    "department_ids",
    "employee_ids",
    "layout",
    "code_page",
)


class AttendanceUsbExport(models.TransientModel):
    """The people of a terminal without a line, as a file for a USB stick.

    Whoever may edit the terminal may write it, with the people in the own scope.
    Passwords are blank, and whom the terminal told as its administrator stays one.
    """

    _name = "attendance.usb.export"
    _description = "Download of People for a USB Stick"

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        domain="[('attendance_scope', '=', 'terminals.edit')]",
    )
    company_id = fields.Many2one(related="terminal_id.company_id")
    whom = fields.Selection(
        [
            ("store", "People of the terminal's store"),
            ("departments", "By department"),
            ("employees", "Chosen people"),
            ("all", "Everybody of the company"),
        ],
        required=True,
        default="store",
    )
    department_ids = fields.Many2many(
        "hr.department",
        "attendance_usb_export_department_rel",
        string="Departments",
        domain="[('company_id', '=', company_id)]",
        help="With the departments below.",
    )
    employee_ids = fields.Many2many(
        "hr.employee.public",
        "attendance_usb_export_employee_rel",
        string="People",
        domain="[('attendance_scope', '=', 'employees.view'), "
        "('company_id', '=', company_id)]",
    )
    layout = fields.Selection(
        [("72", "Colour screen"), ("28", "Black and white screen")],
        string="Model",
        compute="_compute_layout",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="How the terminal reads its file: 72 or 28 bytes a person.",
    )
    code_page = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("gb18030", "Chinese (GBK)"),
            ("big5", "Chinese, traditional (Big5)"),
            ("cp1256", "Arabic (Windows-1256)"),
            ("cp1252", "Western (Windows-1252)"),
        ],
        compute="_compute_code_page",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="How names are written. Terminals with a Chinese menu want GBK.",
    )
    content = fields.Binary(string="File", readonly=True, attachment=True)
    filename = fields.Char(readonly=True)
    person_count = fields.Integer(string="People in the File", readonly=True)
    left_out = fields.Text(readonly=True)

    @api.depends("terminal_id")
    def _compute_layout(self):
        for export in self:
            short = 0 < (export.terminal_id.name_bytes or 0) <= 8
            export.layout = "28" if short else "72"

    @api.depends("terminal_id")
    def _compute_code_page(self):
        for export in self:
            page = export.terminal_id.code_page or "auto"
            export.code_page = export._usual_page() if page == "auto" else page

    def _usual_page(self):
        """GBK for a terminal with a Chinese menu, as far as it is known."""
        # sudo: what the terminal told of itself; the language of a company
        terminal = self.terminal_id.sudo()
        options = terminal.unit_options or {}
        told = {key.lower(): value for key, value in options.items()}.get("language")
        if told:
            return "gb18030" if told == CHINESE_MENU else "utf-8"
        langs = (terminal.company_id.partner_id.lang, self.env.lang)
        return "gb18030" if "zh_CN" in langs else "utf-8"

    @api.onchange(*CHOICES)
    def _onchange_choice(self):
        """The file is of what was chosen before."""
        self.content = False

    def write(self, vals):
        if "content" not in vals and vals.keys() & set(CHOICES):
            vals = {**vals, "content": False}
        return super().write(vals)

    def _compute_display_name(self):
        for export in self:
            export.display_name = self.env._("Download People")

    def action_write(self):
        """Write the file and offer it."""
        self.ensure_one()
        self.terminal_id.check_access("write")
        people, left_out = self._people()
        self._check_capacity(len(people))
        raw = self.terminal_id._usb_user_file(people, self.layout, self.code_page)
        self.write(
            {
                "content": base64.b64encode(raw),
                "filename": "user.dat",
                "person_count": len(people),
                "left_out": "\n".join(left_out[:NAMES_SHOWN]) or False,
            }
        )
        return True

    def _check_capacity(self, count):
        terminal = self.terminal_id
        most = terminal.max_users or terminal.capacity_users or MAX_PEOPLE
        if not count:
            raise UserError(
                self.env._(
                    "Nobody would be in the file: choose people who hold a terminal "
                    "user code today."
                )
            )
        if count > most:
            raise ValidationError(
                self.env._(
                    "%(terminal)s holds at most %(limit)s people; these are %(count)s.",
                    terminal=terminal.display_name,
                    limit=most,
                    count=count,
                )
            )

    def _chosen(self):
        """The people asked for, within the scope in which the login sees people."""
        people = self.env["hr.employee.public"]
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("attendance_scope", "=", "employees.view")
        if self.whom == "store":
            domain &= Domain("store_id", "=", self.terminal_id.store_id.id)
        elif self.whom == "departments":
            domain &= Domain("department_id", "child_of", self.department_ids.ids)
        elif self.whom == "employees":
            domain &= Domain("id", "in", self.employee_ids.ids)
        return people.search(domain, limit=MAX_PEOPLE + 1)

    def _people(self):
        """``(people to write, sentences about those left out)``."""
        chosen = self._chosen()
        codes = self._codes(chosen)
        # sudo: numbers and cards of people in the scope, for those without HR rights
        people = self.env["hr.employee"].sudo().browse(chosen.ids)
        administrators = self._administrators()
        found, left_out = [], []
        for person in people:
            code = codes.get(person.id)
            problem = self._problem(person, code)
            if problem:
                left_out.append(problem)
                continue
            is_administrator = code_key(code) in administrators
            found.append(
                {
                    "code": code,
                    "name": person.name,
                    "privilege": ADMINISTRATOR if is_administrator else 0,
                    "card": person.barcode or "",
                }
            )
        return sorted(found, key=lambda row: (len(row["code"]), row["code"])), left_out

    def _codes(self, people):
        """``{id of a person: the code held today}``."""
        # sudo: codes of people in the scope, for those without HR rights
        codes = self.env["attendance.terminal.code"].sudo()
        rows = codes.search(
            codes._valid_on(fields.Date.context_today(self))
            & Domain("employee_id", "in", people.ids)
            & Domain("company_id", "=", self.company_id.id)
        )
        return {row.employee_id.id: row.code for row in rows}

    def _administrators(self):
        """Codes of those whom the terminal told as its administrators."""
        rows = self.env["attendance.terminal.user"].search(
            [
                ("terminal_id", "=", self.terminal_id.id),
                ("privilege", "=", ADMINISTRATOR),
            ]
        )
        return set(rows.mapped("code_key"))

    def _problem(self, person, code):
        if not code:
            return self.env._("%s holds no terminal user code today.", person.name)
        problem = self.terminal_id._usb_code_problem(code, self.layout)
        if problem:
            return self.env._(
                "The code %(code)s of %(name)s does not fit into this model's file.",
                code=code,
                name=person.name,
            )
        return None
