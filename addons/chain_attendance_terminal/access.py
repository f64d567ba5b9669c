"""What wizards look at before they act as the server."""

from odoo.exceptions import AccessError


def check_held(records, operation):
    """Refuse what lies outside the scope of a function of the records' area.

    :param records: of a model with data scopes, in the login's own environment.
    :raise AccessError: naming how many of them are beyond the login.
    """
    records.check_access("read")
    if records.env.su:
        return
    held = records._attendance_held(operation)
    # sudo: the domain goes through stores and departments that are not the login's
    beyond = len(records) - len(records.sudo().filtered_domain(held))
    if beyond:
        raise AccessError(
            records.env._(
                "You may look at %(count)s of these rows, but your roles do not let "
                "you change them.",
                count=beyond,
            )
        )
