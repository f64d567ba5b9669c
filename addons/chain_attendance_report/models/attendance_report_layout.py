from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..checked import Checked, shown

MAX_COLUMNS = 200
MAX_NAME = 100


class AttendanceReportLayout(models.Model):
    """Which columns of a report a person wants to see, and in which order.

    A person has one row without a name for each report: the columns as they were left.
    Rows with a name are layouts to choose from; who may edit reports can offer theirs
    to everybody in the company.
    """

    _name = "attendance.report.layout"
    _description = "Layout of a Report"
    _order = "report, name, id"

    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    # The report's model.
    report = fields.Char(required=True, readonly=True)
    name = fields.Char(size=MAX_NAME)
    # [[name of the column, whether it is shown], ...]
    columns = fields.Json(required=True)
    is_shared = fields.Boolean(help="Everybody in the company may choose it.")
    layout_id = fields.Many2one(
        "attendance.report.layout",
        ondelete="set null",
        index="btree_not_null",
        help="The layout that was chosen last, and not changed since.",
    )

    _one_left = models.UniqueIndex("(user_id, report) WHERE name IS NULL")
    _name_uniq = models.UniqueIndex(
        "(user_id, report, name) WHERE name IS NOT NULL",
        "You have a layout with this name already.",
    )
    _shared = models.Index("(company_id, report) WHERE is_shared")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_sharing(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_sharing(vals)
        if not self.env.su and vals.get("user_id", self.env.uid) != self.env.uid:
            raise AccessError(self.env._("A layout stays with who made it."))
        return super().write(vals)

    @api.model
    def _check_sharing(self, vals):
        if self.env.su:
            return
        if vals.get("is_shared") and not self._may_share():
            raise AccessError(
                self.env._("Only who may edit reports can offer a layout to others.")
            )
        # Else it would be offered to people of whom the login knows nothing.
        company = vals.get("company_id")
        if company and company not in self.env.user.company_ids.ids:
            raise AccessError(self.env._("This is not one of your companies."))

    @api.constrains("name", "is_shared")
    def _check_name(self):
        if self.filtered(lambda layout: layout.is_shared and not layout.name):
            raise ValidationError(self.env._("A layout needs a name."))

    @api.constrains("report", "columns")
    def _check_columns(self):
        for layout in self:
            known = self._report(layout.report)._fields
            columns = layout.columns
            is_list = isinstance(columns, list) and len(columns) <= MAX_COLUMNS
            if not is_list or not all(_is_column(one, known) for one in columns):
                raise ValidationError(self.env._("These are no columns of the report."))

    @api.model
    @api.readonly
    def read_layouts(self, report):
        """What the list of a report needs to know when it is opened.

        :param report: the name of the report's model.
        :return: ``columns`` as they were left, or ``False``; ``layout_id`` chosen;
            ``layouts`` to choose from; whether the reader ``can_share``.
        """
        left = self._left(report)
        return {
            "columns": left.columns or False,
            "layout_id": left.layout_id.id,
            "layouts": [
                {
                    "id": layout.id,
                    "name": layout.name,
                    "columns": layout.columns,
                    "is_shared": layout.is_shared,
                    "is_mine": layout.user_id == self.env.user,
                }
                for layout in self._offered(report)
            ],
            "can_share": self._may_share(),
        }

    @api.model
    def remember(self, report, columns, layout_id=False):
        """Keep the columns as the person left them.

        :param columns: ``[[name, whether it is shown], ...]`` in their order.
        :param layout_id: the layout they are of, if nothing was changed since.
        """
        layout_id = Checked(self.env).number(layout_id or 0, "layout_id") or False
        if layout_id and layout_id not in self._offered(report).ids:
            raise UserError(self.env._("There is no such layout."))
        values = {"columns": columns, "layout_id": layout_id}
        if left := self._left(report):
            left.write(values)
        else:
            self.create({"report": report, **values})
        return True

    @api.model
    def forget(self, report):
        """Show the report's own columns again."""
        self._left(report).unlink()
        return True

    @api.model
    def save_as(self, report, name, columns, is_shared=False):
        """Keep the columns under a name, and as they were left.

        A layout of one's own of this name gets these columns.

        :return: the layout's id.
        """
        self._report(report)
        name = Checked(self.env).text(name, "name", MAX_NAME).strip()
        if not name:
            raise UserError(self.env._("A layout needs a name."))
        values = {"columns": columns, "is_shared": bool(is_shared)}
        own = Domain("user_id", "=", self.env.uid) & Domain("report", "=", report)
        layout = self.search(own & Domain("name", "=", name), limit=1)
        if layout:
            layout.write(values)
        else:
            layout = self.create({"report": report, "name": name, **values})
        self.remember(report, columns, layout.id)
        return layout.id

    @api.model
    def _offered(self, report):
        """The layouts of a report that the reader may choose from."""
        self._report(report)
        named = Domain("report", "=", report) & Domain("name", "!=", False)
        held = Domain("user_id", "=", self.env.uid) | (
            Domain("is_shared", "=", True)
            & Domain("company_id", "in", self.env.companies.ids)
        )
        return self.search(named & held)

    @api.model
    def _left(self, report):
        """The reader's own row of a report."""
        self._report(report)
        own = Domain("user_id", "=", self.env.uid) & Domain("report", "=", report)
        return self.search(own & Domain("name", "=", False), limit=1)

    @api.model
    def _may_share(self):
        return self.env.user.has_group("chain_attendance_base.function_reports_edit")

    @api.model
    def _report(self, report):
        """The model of a report, which the caller may read.

        :raise UserError: for what is no report.
        """
        model = self.env.get(Checked(self.env).text(report, "report"))
        if not getattr(model, "_attendance_area", None) or model._abstract:
            raise UserError(self.env._("There is no such report: %s", shown(report)))
        model.check_access("read")
        return model


def _is_column(column, known):
    return (
        isinstance(column, list)
        and len(column) == 2
        and isinstance(column[0], str)
        and column[0] in known
        and isinstance(column[1], bool)
    )
