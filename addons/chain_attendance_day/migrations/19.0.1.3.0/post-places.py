PLACES = (
    "company_id", "department_id", "job_id", "store_id", "home_store_id", "policy_id",
)  # fmt: skip


def migrate(cr, version):
    """A day refers to its place, whose foreign keys guard what both name."""
    columns = ", ".join(PLACES)
    same = ", ".join(f"COALESCE({{0}}.{name}, 0)" for name in PLACES)
    cr.execute(  # pylint: disable=sql-injection
        f"INSERT INTO attendance_day_place ({columns})"
        f" SELECT DISTINCT {columns} FROM attendance_day WHERE place_id IS NULL"
        " ON CONFLICT DO NOTHING"
    )
    cr.execute(  # pylint: disable=sql-injection
        "UPDATE attendance_day d SET place_id = p.id FROM attendance_day_place p"
        f" WHERE d.place_id IS NULL AND ({same.format('p')}) = ({same.format('d')})"
    )
    guarded = [("attendance_day", name) for name in PLACES]
    for table, name in (*guarded, ("attendance_day_segment", "shift_id")):
        cr.execute(  # pylint: disable=sql-injection
            f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_{name}_fkey"
        )
