"""Files beside a request: a photo, a ticket, an invitation."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

MOST_FILES = 10
MOST_MEGABYTES = 10
MEGABYTE = 1024 * 1024
# Of a file everything but where it belongs; its content is stored once.
COPIED = (
    "name", "description", "type", "url", "mimetype", "store_fname", "db_datas",
    "checksum", "file_size", "index_content", "company_id", "create_uid", "create_date",
    "write_uid", "write_date",
)  # fmt: skip


def check_files(files):
    """Refuse too many files, and too large ones.

    :raise ValidationError: naming the limit.
    """
    env = files.env
    if len(files) > MOST_FILES:
        raise ValidationError(
            env._(
                "At most %(limit)s files are attached to a form; these are %(count)s.",
                limit=MOST_FILES,
                count=len(files),
            )
        )
    # sudo: the size of a file that is there already, whoever attached it
    for file in files.sudo():
        if file.file_size > MOST_MEGABYTES * MEGABYTE:
            raise ValidationError(
                env._(
                    "A file has at most %(limit)s MB; “%(name)s” has %(size)s MB.",
                    limit=MOST_MEGABYTES,
                    name=file.name,
                    size=f"{file.file_size / MEGABYTE:.1f}",
                )
            )


class AttendanceRequest(models.Model):
    # One concern a file.
    _inherit = "attendance.request"  # pylint: disable=consider-merging-classes-inherited

    evidence_ids = fields.Many2many(
        "ir.attachment", help="A photo, a ticket, an invitation."
    )

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        requests._keep_evidence()
        return requests

    def write(self, vals):
        result = super().write(vals)
        if "evidence_ids" in vals:
            self._keep_evidence()
        return result

    @api.constrains("evidence_ids")
    def _check_evidence(self):
        for request in self:
            check_files(request.evidence_ids)

    def _keep_evidence(self):
        """Files that were uploaded before the form was saved belong to it now."""
        for request in self.filtered("evidence_ids"):
            # sudo: others than who uploaded a file may see it with the form; only
            # own files that belong to nothing yet
            request.evidence_ids.sudo().filtered(
                lambda file: (
                    file.create_uid == self.env.user
                    and file.res_model == self._name
                    and not file.res_id
                )
            ).res_id = request.id

    def _copy_evidence(self):
        """Give each of these its own copies of the files that they share.

        Who sees a form sees its files; nobody sees those of another form. In SQL: the
        content of a file for hundreds of people is neither read nor stored again.
        """
        if not self.evidence_ids:
            return
        field = self._fields["evidence_ids"]
        names = {
            "relation": SQL.identifier(field.relation),
            "request": SQL.identifier(field.column1),
            "file": SQL.identifier(field.column2),
        }
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH shared AS (
                    DELETE FROM %(relation)s WHERE %(request)s = ANY(%(ids)s)
                    RETURNING %(request)s AS request, %(file)s AS file
                ), made AS (
                    INSERT INTO ir_attachment (%(columns)s, res_model, res_id)
                    SELECT %(values)s, %(model)s, shared.request
                    FROM shared JOIN ir_attachment f ON f.id = shared.file
                    ORDER BY shared.request, f.id
                    RETURNING id, res_id
                )
                INSERT INTO %(relation)s (%(request)s, %(file)s)
                SELECT res_id, id FROM made
                """,
                ids=self.ids,
                columns=SQL(", ").join(map(SQL.identifier, COPIED)),
                values=SQL(", ").join(SQL.identifier("f", name) for name in COPIED),
                model=self._name,
                **names,
            )
        )
        self.invalidate_recordset(["evidence_ids"])
