from odoo import fields


class Carried(fields.Many2one):
    """What a row has of another one, whose foreign keys guard it: it has none itself.

    A row of a day refers to what its day does, and a day to what its place does.
    Nobody can delete that, but for the person, with whom day and rows go. The server
    looked each of these up once more for every row.
    """

    def update_db_foreign_key(self, model, column):
        """Make none."""
