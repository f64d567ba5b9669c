CARRIED = (
    "employee_id", "company_id", "department_id", "job_id", "store_id", "home_store_id",
)  # fmt: skip


def migrate(cr, version):
    """What a row has of its day is guarded by the day's foreign keys alone.

    Versions of shifts and policies come into a day when it is computed again.
    """
    for name in CARRIED:
        cr.execute(  # pylint: disable=sql-injection
            "ALTER TABLE attendance_day_segment"
            f" DROP CONSTRAINT IF EXISTS attendance_day_segment_{name}_fkey"
        )
