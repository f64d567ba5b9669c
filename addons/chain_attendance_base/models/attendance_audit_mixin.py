from odoo import api, models


class AttendanceAuditMixin(models.AbstractModel):
    """A model whose changes of certain fields are kept in the audit.

    ``_attendance_audit_kinds`` says which fields, and under which kind;
    ``_attendance_audit_links`` what a row is linked to.
    """

    _name = "attendance.audit.mixin"
    _description = "Changes Kept in the Audit"

    _attendance_audit_kinds = {}

    def _attendance_audit_links(self):
        """What a row about this record is linked to: employee, role, company."""
        return {}

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._attendance_audit({})
        return records

    def write(self, vals):
        watched = {
            name for names in self._attendance_audit_kinds.values() for name in names
        }
        if not watched & vals.keys():
            return super().write(vals)
        before = self._attendance_audit_texts()
        result = super().write(vals)
        self._attendance_audit(before)
        return result

    def unlink(self):
        before = self._attendance_audit_texts()
        entries = [
            {
                **record._attendance_audit_links(),
                "kind": kind,
                # sudo: a row says whom it is about, whoever made the change
                "record_name": record.sudo().display_name,
                "before": self._attendance_audit_join(before[record.id], names),
                "after": "",
            }
            for record in self
            for kind, names in self._attendance_audit_kinds.items()
        ]
        result = super().unlink()
        for entry in entries:
            if self._name == "attendance.role":
                entry["role_id"] = False
        self.env["attendance.audit"]._log(entries)
        return result

    def _attendance_audit(self, before):
        """Log what differs from the texts ``before``; without them, all there is."""
        after = self._attendance_audit_texts()
        entries = []
        for record in self:
            old, new = before.get(record.id, {}), after[record.id]
            for kind, names in self._attendance_audit_kinds.items():
                changed = [n for n in names if old.get(n, "") != new[n]]
                if changed:
                    entries.append(
                        {
                            **record._attendance_audit_links(),
                            "kind": kind,
                            # sudo: who may change a record may say what it is called
                            "record_name": record.sudo().display_name,
                            "before": self._attendance_audit_join(old, changed),
                            "after": self._attendance_audit_join(new, changed),
                        }
                    )
        self.env["attendance.audit"]._log(entries)

    def _attendance_audit_join(self, texts, names):
        """``Label: value`` of each of these fields that holds something."""
        return "\n".join(
            f"{self._fields[name]._description_string(self.env)}: {texts[name]}"
            for name in names
            if texts.get(name)
        )

    def _attendance_audit_texts(self):
        """``{record id: {field: its value in words}}``."""
        names = [n for group in self._attendance_audit_kinds.values() for n in group]
        # sudo: what is logged must be whole, whatever the writer may read;
        # archived people in a picker are in the scope too
        records = self.sudo().with_context(active_test=False)
        # Pickers are remembered with and without archived people, one behind the other.
        records.invalidate_recordset(names)
        return {
            record.id: {name: record._attendance_audit_text(name) for name in names}
            for record in records
        }

    def _attendance_audit_text(self, name):
        field, value = self._fields[name], self[name]
        if field.relational:
            return ", ".join(sorted(value.mapped("display_name")))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        return str(value or "")
