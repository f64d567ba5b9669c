"""How long a batch takes as the table of punches grows."""

from load import Plan
from stand import load

STEPS = (0, 0.1, 1)
# Rows of one statement that fills the table.
PORTION = 1_000_000

FILL = """
    INSERT INTO attendance_punch (
        terminal_id, company_id, store_id, user_code, code_key, wall_time, punched_at,
        state_key, verify_mode, work_code, raw_line, source, received_at, employee_id,
        home_store_id)
    SELECT t.id, t.company_id, t.store_id, (100000 + who)::text, (100000 + who)::text,
        at::text, at - interval '8 hours', 0, 15, '0',
        (100000 + who) || E'\t' || at || E'\t0\t15\t0\t0\t0\t0\t0\t0', 'push',
        at - interval '8 hours', %(first_person)s + who %% %(people)s, t.store_id
    FROM generate_series(%(first)s, %(last)s) AS n
    CROSS JOIN LATERAL (
        SELECT n %% %(people)s AS who,
            timestamp '2011-01-01' + n * interval '12 s' AS at) AS punch
    JOIN attendance_terminal t
        ON t.id = %(first_terminal)s + who / %(staff)s
"""


def measure(bench, rows, seconds, terminals):
    """``[(rows that were there, milliseconds of a batch)]``, from empty to ``rows``."""
    found = []
    with bench.server() as server:
        filled = 0
        for step, share in enumerate(STEPS):
            wanted = int(rows * share)
            if wanted > filled:
                _fill(bench, filled, wanted)
                filled = wanted
            plan = Plan(
                server.port,
                "batches",
                seconds=seconds,
                connections=1,
                terminals=min(10, terminals),
                first_day=f"20{20 + 2 * step}-01-01",
            )
            load(plan, seconds=1, first_day=f"20{21 + 2 * step}-01-01")
            done = load(plan)
            if done.errors:
                raise RuntimeError(f"refused or broken: {done.errors}")
            found.append((filled, done.quantile(0.5) * 1000))
            print(f"  {filled:>12,} rows: {found[-1][1]:.1f} ms", flush=True)
    return found


def _fill(bench, first, last):
    """Rows as terminals would have sent them, in the order of time.

    Without indexes and checks of references, which are made again afterwards.
    """
    ((terminal,),) = bench.query(
        "SELECT min(id) FROM attendance_terminal WHERE serial_number LIKE 'BENCH%%'"
    )
    ((person, people),) = bench.query(
        "SELECT min(id), count(*) FROM hr_employee WHERE employee_number LIKE 'BENCH%%'"
    )
    indexes = bench.query(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename ="
        " 'attendance_punch' AND indexdef NOT LIKE '%%UNIQUE%%'"
    )
    with bench.databases.connect(bench.name) as connection:
        cursor = connection.cursor()
        cursor.execute("SET session_replication_role = replica")
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for start in range(first, last, PORTION):
            cursor.execute(
                FILL,
                {
                    "first": start + 1,
                    "last": min(start + PORTION, last),
                    "first_terminal": terminal,
                    "first_person": person,
                    "people": people,
                    "staff": people // max(1, people // 50),
                },
            )
            print(f"  filled {min(start + PORTION, last):,}", flush=True)
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE attendance_punch")
