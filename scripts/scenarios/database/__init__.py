"""Scenarios in a database: loaded as records, punched over the wire, compared.

``limits`` says which of them no database can hold. ``loading`` and ``checking`` run
inside Odoo, in its shell; what one tells the other is a file of plain values.
"""
