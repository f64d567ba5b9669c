import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_datetime

from odoo.addons.base.models.ir_actions_report import _wkhtml

# Without its own Qt wkhtmltopdf draws everything smaller by this.
SHRINKS_BY = 1.3
# Of the context a report gets only these: rows are within the reader's own companies.
CONTEXT = ("lang", "tz", "allowed_company_ids")


class AttendancePaperMixin(models.AbstractModel):
    """What reports on paper have in common: whose rows they hold, and their words.

    Like every file, paper holds rows over which the reader has the function "export"
    of reports; everybody may print their own.
    """

    _name = "attendance.paper.mixin"
    _description = "Attendance on Paper"

    @api.model
    @api.private
    def _paper_domain(self, model):
        """The rows of ``model`` that the login may put on paper.

        :raise AccessError: for who may take nothing away and has no days.
        """
        rows = self.env[model]
        # sudo: which people the login is
        own = self.env.user.sudo().employee_ids.ids
        if not own:
            rows._check_attendance_export()
        return rows._attendance_held("export") | Domain("employee_id", "in", own)

    @api.model
    @api.private
    def _paper_action(self, xml_id, data):
        """The action that makes a PDF file, or without wkhtmltopdf a page to print."""
        action = self.env["ir.actions.report"]._for_xml_id(xml_id)
        context = {n: self.env.context[n] for n in CONTEXT if n in self.env.context}
        return {**action, "data": data, "context": context}

    @api.model
    @api.private
    def _paper_span(self, first, last, most):
        """Two dates, looked at.

        :param most: how many days there may be.
        """
        try:
            first, last = fields.Date.to_date(first), fields.Date.to_date(last)
        except (TypeError, ValueError):
            first = last = None
        if not first or not last or last < first:
            raise UserError(
                self.env._("Choose a first day, and a last day that is not before it.")
            )
        if (last - first).days >= most:
            raise UserError(self.env._("At most %s days go on paper at a time.", most))
        return first, last

    @api.model
    @api.private
    def _zoom(self, data):
        """What a page is enlarged by, so that paper always has the same size."""
        is_pdf = (data or {}).get("report_type") == "pdf"
        return SHRINKS_BY if is_pdf and not _wkhtml().is_patched_qt else 1

    @api.model
    @api.private
    def _made_text(self):
        """When and by whom this was made."""
        return self.env._(
            "Made on %(when)s by %(who)s",
            when=format_datetime(self.env, fields.Datetime.now(), dt_format="short"),
            who=self.env.user.name,
        )

    @api.model
    @api.private
    def _clock(self, instant, row):
        """``08:30`` by the clock of the row's store; ``06:00 +1`` is the day after."""
        if not instant:
            return ""
        # sudo: the zone of a store whose day the login sees
        zone = row.store_id.sudo().tz or self.env.user.tz or "UTC"
        local = pytz.utc.localize(instant).astimezone(pytz.timezone(zone))
        days = (local.date() - row.work_date).days
        return f"{local:%H:%M}" + (f" {days:+d}" if days else "")
