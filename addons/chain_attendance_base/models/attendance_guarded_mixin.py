from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools.i18n import format_list


class AttendanceGuardedMixin(models.AbstractModel):
    """A record that others use is archived, never deleted.

    Addons extend ``_deletion_guards`` with the models that hold such a record.
    """

    _name = "attendance.guarded.mixin"
    _description = "Not Deleted While in Use"

    @api.model
    def _deletion_guards(self):
        """What keeps a record of this model from being deleted.

        :return: a list of ``(model, field)``, the field pointing here; or of
            ``(model, field, owner)`` where not the rows count but those whom they
            belong to: a person's records count as one person.
        """
        return []

    @api.model
    def _archive_action(self):
        """The server action behind the button “Archive”; none: not offered.

        It lies in the addon of the model, or in this one for models of Odoo.
        """
        own = self._original_module
        addon = own if own.startswith("chain_attendance") else "chain_attendance_base"
        name = f"{addon}.archive_{self._table}_action"
        return self.env.ref(name, raise_if_not_found=False)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        uses = self._deletion_uses()
        used = self.filtered(lambda record: record.id in uses)
        if not used:
            return
        sentence = "\n".join(
            self.env._(
                "“%(record)s” is in use and cannot be deleted: %(uses)s.",
                record=record.display_name,
                uses=format_list(self.env, uses[record.id]),
            )
            for record in used[:10]
        )
        living = used.filtered("active")
        action = self._archive_action()
        if not action or not living or not living.has_access("write"):
            raise UserError(sentence)
        raise RedirectWarning(
            sentence
            + "\n\n"
            + self.env._(
                "Archived, it no longer appears in lists and pickers, and what was "
                "recorded stays."
            ),
            action.id,
            self.env._("Archive"),
            {
                "active_model": self._name,
                "active_ids": living.ids,
                "active_id": living[:1].id,
            },
        )

    def _deletion_uses(self):
        """``{id: ["Employee: 3", "Store: 1"]}`` of those of these that are in use.

        One query for each guard, however many records there are.
        """
        uses = {}
        for guard in self._deletion_guards():
            model, counts = self._count_uses(*guard)
            label = self._use_label(model)
            for record_id, count in counts.items():
                uses.setdefault(record_id, []).append(
                    self.env._("%(what)s: %(count)s", what=label, count=count)
                )
        return uses

    def _count_uses(self, model, field, owner=None):
        """The model that is counted, and ``{id: how many}`` of it use a record."""
        # sudo: rows that the login does not see hold the record all the same; the
        # answer tells their number only.
        rows = self.env[model].sudo().with_context(active_test=False)
        domain = [(field, "in", self.ids)]
        if model == self._name:
            domain.append(("id", "not in", self.ids))  # going together is allowed
        count = f"{owner}:count_distinct" if owner else "__count"
        found = rows._read_group(domain, [field], [count])
        own = set(self.ids)
        counted = rows._fields[owner].comodel_name if owner else model
        return counted, {
            record.id: number for record, number in found if record.id in own and number
        }

    @api.model
    def _use_label(self, model):
        """How the users of a record are called, in the reader's language."""
        return self.env["ir.model"]._get(model).name

    def _attendance_archive(self):
        """What the button “Archive” does; returns what the screen does then."""
        self.action_archive()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Archived: %s", format_list(self.env, self.mapped("display_name"))
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
