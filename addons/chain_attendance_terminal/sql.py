"""Pieces of SQL that several models of the family share."""


def version_on(employee, day):
    """A sub-select: department, job and store of a person on a date.

    The version in force; before the first one, the first. To be joined with
    ``LATERAL``; without a person it has no row.

    :param employee: SQL of the employee's id, written in the code.
    :param day: SQL of the date, likewise.
    """
    return f"""(
        SELECT hv.department_id, hv.job_id, hv.store_id FROM hr_version hv
        WHERE hv.employee_id = {employee} AND hv.active
        ORDER BY hv.date_version > {day}, abs(hv.date_version - {day}) LIMIT 1
    )"""
