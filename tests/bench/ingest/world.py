"""A chain for the terminals of the bench: one record by Odoo, its like by SQL."""

from load import MARK, STAFF, serial

from odoo import fields

# Those of the first terminals; the others have none.
MOST_PEOPLE = 20000


def make(env, terminals, first_code=100000):
    """``terminals`` registered units, each with its people; once.

    :param first_code: the terminal user code of the first one's first person.
    """
    domain = [("serial_number", "=", serial(1))]
    if env["attendance.terminal"].search_count(domain):
        return
    env = env(context={"allowed_company_ids": env.ref("base.main_company").ids})
    company = env.company
    values = {"name": MARK, "code": MARK, "tz": "Asia/Shanghai"}
    store = env["attendance.store"].create(values)
    stores = multiply(
        store,
        terminals - 1,
        code=f"'{MARK}' || n",
        name=f"jsonb_build_object('en_US', '{MARK} store ' || n)",
    )
    first = env["attendance.terminal"].create(
        {
            "code": "500000",
            "name": MARK,
            "serial_number": serial(1),
            "vendor": "zkteco",
            # Nobody would answer the commands.
            "is_provisioned_automatically": False,
            "store_id": store.id,
            "company_id": company.id,
        }
    )
    multiply(
        first,
        terminals - 1,
        code="(500000 + n)::text",
        code_number="500000 + n",
        name=f"'{MARK} ' || n",
        serial_number=f"'{MARK}' || lpad((n + 1)::text, 6, '0')",
        store_id=f"{stores} + n",
    )
    count = min(terminals * STAFF, MOST_PEOPLE)
    _make_people(env, store, stores, count, first_code)
    env.cr.commit()  # pylint: disable=invalid-commit
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False


def _make_people(env, store, stores, count, first_code):
    person = env["hr.employee"].create(
        {
            "name": MARK,
            "employee_number": f"{MARK}0",
            "store_id": store.id,
            "terminal_user_code": str(first_code),
            # Nobody's past has to be computed.
            "hire_date": fields.Date.today(),
        }
    )
    env.flush_all()
    resources = multiply(person.resource_id, count - 1, name=f"'{MARK} ' || n")
    people = multiply(
        person,
        count - 1,
        name=f"'{MARK} ' || n",
        legal_name=f"'{MARK} ' || n",
        resource_id=f"{resources} + n",
        employee_number=f"'{MARK}' || n",
        current_version_id="NULL",
        message_main_attachment_id="NULL",
    )
    versions = multiply(
        person.current_version_id,
        count - 1,
        employee_id=f"{people} + n",
        store_id=f"CASE WHEN n < {STAFF} THEN {store.id}"
        f" ELSE {stores} + n / {STAFF} END",
    )
    env.cr.execute(
        "UPDATE hr_employee SET current_version_id = id - %s + %s WHERE id > %s",
        [people, versions, people],
    )
    multiply(
        person.terminal_code_ids,
        count - 1,
        employee_id=f"{people} + n",
        code=f"({first_code} + n)::text",
        code_key=f"({first_code} + n)::text",
    )


def multiply(record, count, **columns):
    """``count`` rows like ``record``; the number before the first one's.

    :param columns: SQL for the columns that differ; ``n`` counts from 1.
    """
    cr, table = record.env.cr, record._table
    record.env.flush_all()
    cr.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    names = [name for (name,) in cr.fetchall()]
    cr.execute(f"SELECT max(id) FROM {table}")  # pylint: disable=sql-injection
    (before,) = cr.fetchone()
    columns["id"] = f"{before} + n"
    values = ", ".join(columns.get(name, f'"{table}"."{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    cr.execute(  # pylint: disable=sql-injection
        f"INSERT INTO {table} ({listed}) SELECT {values} FROM {table},"
        f" generate_series(1, %s) AS n WHERE {table}.id = %s ORDER BY n",
        [count, record.id],
    )
    cr.execute(f"SELECT setval('{table}_id_seq', {before + count})")
    record.env.invalidate_all()
    return before
