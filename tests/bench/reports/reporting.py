"""The chain, and the measures one after the other."""

import files
import lists
import world
from measuring import Clock

# Each gives the lines of the table it stands for: a measure of something new is a
# function here.
MEASURES = {
    "monthly_page": lists.monthly_page,
    "monthly_file": files.monthly,
    "detail_file": files.detail,
    "detail_by_store": files.by_store,
}
# Of twenty days one is a leave; every other one of these by the hour.
LEAVE = """
    INSERT INTO attendance_day_segment (
        day_id, employee_id, work_date, company_id, department_id, job_id, store_id,
        state, kind, leave_type_id, minutes, days)
    SELECT d.id, d.employee_id, d.work_date, d.company_id, d.department_id, d.job_id,
        d.store_id, 'final', 'leave', (%(types)s)[1 + mod(d.employee_id, %(count)s)],
        CASE WHEN mod(d.id, 40) = 0 THEN 480 ELSE 60 * mod(d.id / 20, 7) END,
        (mod(d.id, 40) = 0)::int
    FROM attendance_day d WHERE d.employee_id > %(people)s AND mod(d.id, 20) = 0
"""


def run(env, options):
    """Print the table; the exit status is 1 where a figure is not reached."""
    bench = Bench(env, options)
    bench.make()
    results = []
    for name, measure in MEASURES.items():
        if options["only"] in name:
            results += measure(bench)
    print(f"\n{'':58} {'is':>9} {'wanted':>9} {'ratio':>6}")
    for result in results:
        print(result)
    return not all(result.is_good for result in results)


class Bench:
    def __init__(self, env, options):
        self.options = options
        self.chain = world.Chain(env, options)
        # Files are made for a login; what the database's helpers take is not seen.
        self.env = self.chain.env(user=env.ref("base.user_admin").id)
        env.cr.execute("SET max_parallel_workers_per_gather = 0")
        self.clock = Clock(self.env)

    def make(self):
        """People with a month of days, of which some are leave; once."""
        known = [("employee_number", "=", "BENCH0")]
        if not self.env["hr.employee"].search_count(known):
            self.chain.make_places()
            self.chain.make_people()
            self.chain.make_days()
            self.make_leave()
        self.env.cr.commit()
        self.env.cr._cnx.autocommit = True
        self.env.cr.execute("VACUUM ANALYZE")
        self.env.cr._cnx.autocommit = False

    def make_leave(self):
        kinds = self.env["hr.leave.type"].search([("report_column", "!=", 0)], limit=6)
        self.env.cr.execute(
            LEAVE,
            {
                "types": kinds.ids,
                "count": len(kinds),
                "people": self.chain.people,
            },
        )
