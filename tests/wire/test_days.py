"""From a terminal's wire to the computed day."""

from terminal_simulator import Device, Target


def test_a_punch_becomes_a_day(site, rpc, new_terminal):
    """The manual's own employee: 07-01, 07-02, 07-03 and 07-07 of figure 44."""
    person, shift, policy = _manual_employee(rpc)
    device = new_terminal()
    for at in (
        "2014-07-01 08:30:12", "2014-07-01 17:12:40",
        "2014-07-02 09:02:00", "2014-07-02 17:30:59",
        "2014-07-03 08:36:59", "2014-07-03 17:30:00",
    ):  # fmt: skip
        device.punch("7001", at=at)
    device.settle(seconds=30)
    site.wait_until_computed()
    rows = site.query(
        """
        SELECT work_date::text, due_minutes, worked_minutes, late_minutes,
               early_minutes, absent_minutes
        FROM attendance_day WHERE employee_id = %s
          AND work_date BETWEEN '2014-07-01' AND '2014-07-07' ORDER BY work_date
        """,
        [person],
    )
    assert rows == [
        ("2014-07-01", 540, 522, 0, 18, 0),
        ("2014-07-02", 540, 508, 0, 0, 32),
        ("2014-07-03", 540, 534, 6, 0, 0),
        ("2014-07-04", 540, 0, 0, 0, 540),
        ("2014-07-05", 0, 0, 0, 0, 0),
        ("2014-07-06", 0, 0, 0, 0, 0),
        ("2014-07-07", 540, 0, 0, 0, 540),
    ]


def _manual_employee(rpc):
    policy = rpc.search_read("res.company", [("id", "=", 1)], ["attendance_policy_id"])
    policy = policy[0]["attendance_policy_id"][0]
    shift = rpc.ref("chain_attendance_demo.shift_day")
    person = rpc.create(
        "hr.employee",
        name="王连飞",
        employee_number="M10001",
        terminal_user_code="7001",
        store_id=rpc.ref("chain_attendance_demo.store_hq"),
    )
    rpc.create(
        "attendance.roster", employee_id=person, shift_id=shift, date_from="2014-07-01"
    )
    return person, shift, policy


def test_a_new_punch_reaches_the_day_within_seconds(site, rpc, new_terminal):
    site.wait_until_computed()
    (person,) = rpc.search_read(
        "hr.employee", [("employee_number", "=", "1015")], ["id"]
    )
    device = new_terminal()
    device.settle(seconds=20)
    today = site.query("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date::text")[0][0]
    device.punch("1015", at=f"{today} 00:00:01")
    device.settle(seconds=20)
    site.wait_until_computed(seconds=15)
    rows = site.query(
        "SELECT state FROM attendance_day WHERE employee_id = %s AND work_date = %s",
        [person["id"], today],
    )
    assert len(rows) == 1


def test_a_mark_made_while_its_day_is_computed_survives(site):
    """Two real connections: the cron claims and computes, a terminal marks again."""
    ((employee,),) = site.query("SELECT max(id) FROM hr_employee")
    site.wait_until_computed()
    mark = (
        "INSERT INTO attendance_day_queue (employee_id, work_date, seq, attempts,"
        " retry_at) VALUES (%s, '2031-01-01', nextval('attendance_day_queue_mark'), 0,"
        " now() + interval '1 hour')"
        " ON CONFLICT (employee_id, work_date) DO UPDATE SET"
        " seq = nextval('attendance_day_queue_mark') RETURNING id, seq"
    )
    with site.databases.connect(site.name) as cron:
        cron.autocommit = False
        with cron.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(mark, [employee])
            ((row_id, seen),) = cursor.fetchall()
            cron.commit()
            cursor.execute("SELECT count(*) FROM attendance_punch")
            ((_same, newer),) = site.query(mark, [employee])
            assert newer > seen
            cron.commit()
            cursor.execute(
                "DELETE FROM attendance_day_queue WHERE id = %s AND seq = %s",
                [row_id, seen],
            )
            cron.commit()
    left = site.query("SELECT seq FROM attendance_day_queue WHERE id = %s", [row_id])
    assert left == [(newer,)]
    site.query("DELETE FROM attendance_day_queue WHERE id = %s RETURNING id", [row_id])


def test_the_queue_s_own_release_keeps_a_newer_mark(site):
    """The same through the model's methods, in Odoo's shell, with two cursors."""
    site.databases.shell(
        site.name,
        """
queue = env["attendance.day.queue"]
employee = env["hr.employee"].search([], limit=1, order="id desc").id
pair = (employee, __import__("datetime").date(2031, 2, 1))
# In one transaction: the server's own cron would claim the day in between.
queue._mark([pair])
claimed = [row for row in queue._claim() if row[1:3] == pair]
env.cr.commit()
assert len(claimed) == 1, claimed
with env.registry.cursor() as other:
    other.execute("SELECT 1")
    env(cr=other)["attendance.day.queue"]._mark([pair])
# Not committed before the end, for the same reason.
queue._release(claimed)
env.cr.execute(
    "SELECT seq, claimed_at FROM attendance_day_queue"
    " WHERE employee_id = %s AND work_date = %s", pair)
((seq, claimed_at),) = env.cr.fetchall()
assert seq > claimed[0][3] and claimed_at is None, (seq, claimed_at)
queue._release([(claimed[0][0], *pair, seq)])
env.cr.execute(
    "SELECT count(*) FROM attendance_day_queue"
    " WHERE employee_id = %s AND work_date = %s", pair)
assert env.cr.fetchone() == (0,)
env.cr.commit()
""",
    )


def test_a_day_is_not_claimed_before_what_marks_it_is_committed(site):
    """A day that waits already is only locked by a mark: nobody may claim it then."""
    site.databases.shell(
        site.name,
        """
queue = env["attendance.day.queue"]
employee = env["hr.employee"].search([], limit=1, order="id desc").id
pair = (employee, __import__("datetime").date(2031, 3, 1))
queue._mark([pair]); env.cr.commit()
with env.registry.cursor() as terminal:
    terminal.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    env(cr=terminal)["attendance.day.queue"]._mark([pair])
    assert pair not in [row[1:3] for row in queue._claim()]
    env.cr.rollback()
env.cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
env.cr.execute(
    "DELETE FROM attendance_day_queue WHERE employee_id = %s AND work_date = %s", pair)
env.cr.commit()
""",
    )


def test_days_are_opened_beside_terminals_that_mark_the_same(site):
    """What is marked after the cron has begun to look is no error for it."""
    site.wait_until_computed()
    site.databases.shell(
        site.name,
        """
queue = type(env["attendance.day.queue"])
days = env["attendance.day"]
mark = queue._mark
met = []
def mark_after_a_terminal(self, pairs):
    met.extend(pairs)
    with self.env.registry.cursor() as terminal:
        mark(self.with_env(self.env(cr=terminal)), pairs)
    mark(self, pairs)
env.cr.execute("SELECT d.employee_id, max(d.work_date) FROM attendance_day d"
               " JOIN attendance_terminal_code t USING (employee_id)"
               " JOIN hr_employee e ON e.id = d.employee_id AND e.active"
               " GROUP BY 1 ORDER BY 2 DESC LIMIT 1")
((employee, day),) = env.cr.fetchall()
env.cr.execute("DELETE FROM attendance_day WHERE employee_id = %s AND work_date = %s",
               (employee, day))
env.cr.commit()
queue._mark = mark_after_a_terminal
days._cron_open_days()
env.cr.commit()
assert (employee, day) in met, (employee, day, met)
""",
    )
    site.wait_until_computed()


def test_the_simulator_is_the_one_under_test():
    """Guards the fixture: the package of the checkout, loopback only."""
    assert Device.__module__ == "terminal_simulator.device"
    assert Target.from_url("http://127.0.0.1:1").address == "127.0.0.1"
