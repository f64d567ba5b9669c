import re

from odoo import api, models
from odoo.fields import Domain

from ..checked import Checked
from ..report_file.columns import ROW_NUMBER, Column

KINDS = {
    "integer": "number",
    "float": "number",
    "monetary": "number",
    "date": "date",
    "datetime": "datetime",
}
# Zeros of these are left empty, as the manual prints them.
BLANK_ZERO = ("late_minutes", "early_minutes", "absent_minutes")
# Of a row in progress, too: what is due, and what was asked for.
KNOWN_BEFORE = re.compile("due|claimed")
PARTS = ("days", "hour_minutes")
# The widget of a list's running number.
COUNTED = "attendance_row_number"
# Fields of these types may divide the rows into sheets.
SHEETS = ("many2one", "selection", "char", "date", "datetime")


class AttendanceReportFileMixin(models.AbstractModel):
    """A model whose rows may be taken away as a file, as its list shows them.

    Inheriting it is all that a report does for that; what it does not say here is
    told from its fields. Who may take away what is asked of ``attendance.scope.mixin``:
    the function *Export* of the model's area, over the rows of that function's scope.
    """

    _name = "attendance.report.file.mixin"
    _description = "Rows that may be taken away as a file"
    _inherit = ["attendance.scope.mixin"]

    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Say what is wrong with what was asked for, whoever asked."""
        checked = Checked(self.env)
        checked.number(offset or 0, "offset")
        checked.number(limit or 0, "limit")
        domain = checked.domain(domain, self)
        with checked.understood():
            return super()._search(domain, offset, limit, order, **kwargs)

    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None,
        order=None,
    ):  # fmt: skip
        """The same for groups."""
        checked = Checked(self.env)
        checked.number(offset or 0, "offset")
        checked.number(limit or 0, "limit")
        with checked.understood():
            return super()._read_group(
                domain, groupby, aggregates, having, offset, limit, order
            )

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        """And for those of a pivot table."""
        with Checked(self.env).understood():
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    def _determine_fields_to_fetch(self, *args, **kwargs):
        """And for columns."""
        with Checked(self.env).understood():
            return super()._determine_fields_to_fetch(*args, **kwargs)

    @api.model
    @api.private
    def _report_file_models(self):
        """``[(model, name), ...]`` of the reports of which there are files."""
        return [
            (name, self.env[name]._report_file_title())
            for name in sorted(self.pool.descendants([self._name], "_inherit"))
            if not self.env[name]._abstract
        ]

    @api.model
    @api.private
    def _report_file_title(self):
        """What the report is called, in the reader's language."""
        # sudo: the name of a model is no secret
        return self.env["ir.model"].sudo()._get(self._name).name

    @api.model
    @api.private
    def _report_file_columns(self, asked):
        """The :class:`~..report_file.columns.Column` of these ``(name, label)``.

        :raise ValueError: for a field that there is not, or not for the reader.
        """
        known = self.fields_get([name for name, _label in asked], ["string", "type"])
        if missing := [name for name, _label in asked if name not in known]:
            raise ValueError(f"column {missing[0]}")
        # What a list calls its numbers is no label of the field.
        labels = {name: found["string"] for name, found in known.items()}
        labels[ROW_NUMBER] = self.env._("No.")
        return [
            self._report_file_column(name, label or labels[name])
            for name, label in asked
        ]

    @api.model
    @api.private
    def _report_file_column(self, name, label):
        kind = self._report_file_kind(name)
        is_figure = kind in ("minutes", "leave")
        return Column(
            name=name,
            label=label,
            kind=kind,
            days=self._report_file_part(name, "days") if kind == "leave" else "",
            hours=self._report_file_part(name, "hour_minutes")
            if kind == "leave"
            else "",
            is_summed=name in self._report_file_sums(),
            blanks_zero=name in self._report_file_blank_zeros(),
            blanks_open=is_figure and not KNOWN_BEFORE.match(name),
            only_in=self._report_file_only_in(name),
        )

    @api.model
    @api.private
    def _report_file_blank_zeros(self):
        """The columns in which a zero is left empty, as it is on the screen."""
        return BLANK_ZERO

    @api.model
    @api.private
    def _report_file_only_in(self, name):
        """The kinds of rows in which a column says anything; empty: in all."""
        return ()

    @api.model
    @api.private
    def _report_file_kind(self, name):
        """The kind of a column; whole numbers called ``*_minutes`` are durations."""
        if name == ROW_NUMBER:
            return "row_number"
        field = self._fields[name]
        if field.type == "integer" and name.endswith("_minutes"):
            # Days alone are counted: "due_days" says nothing of "due_minutes".
            has_parts = all(self._report_file_part(name, part) for part in PARTS)
            return "leave" if has_parts else "minutes"
        return KINDS.get(field.type, "text")

    @api.model
    @api.private
    def _report_file_part(self, name, part):
        """The column beside ``leave_3_minutes`` that holds its ``days``, if any."""
        beside = f"{name.removesuffix('_minutes')}_{part}"
        return beside if beside in self._fields else ""

    @api.model
    @api.private
    def _report_file_sums(self):
        """The columns under which there is a sum: durations."""
        return {
            name
            for name, field in self._fields.items()
            if field.type == "integer" and name.endswith("_minutes")
        }

    @api.model
    @api.private
    def _report_file_has_open(self):
        """Whether rows may be in progress: their figures are not final."""
        field = self._fields.get("state")
        return bool(field) and "in_progress" in field.get_values(self.env)

    @api.model
    @api.private
    def _report_file_chunk(self, ids):
        """The domain that finds these rows, with what makes finding them cheap."""
        return Domain("id", "in", ids)

    @api.model
    @api.private
    def _report_file_sheets(self, name):
        """Whether each value of a field may have a sheet of its own."""
        field = self._fields.get(name.partition(":")[0])
        return bool(field) and field.store and field.type in SHEETS

    @api.model
    @api.private
    def _report_file_default_columns(self):
        """``(name, label)`` of the columns that the model's list shows at first."""
        arch = self._get_view(view_type="list")[0]
        labels = self.fields_get(attributes=["string"])
        return [
            (node.get("name"), node.get("string") or "")
            for node in arch.iterfind("./field")
            if node.get("name") in labels
            and (node.get("name") != ROW_NUMBER or node.get("widget") == COUNTED)
            and node.get("optional") != "hide"
            and node.get("column_invisible") not in ("1", "True")
        ]

    @api.model
    @api.private
    def _report_file_span(self, first, last):
        """How the rows of some days are found.

        :return: ``(domain, span)``, see :class:`~..report_file.asked.Asked`.
        """
        return [("work_date", ">=", str(first)), ("work_date", "<=", str(last))], ()
