def post_init_hook(env):
    """Give every employee that is there already a number, and companies a policy."""
    employees = env["hr.employee"].with_context(active_test=False)
    employees.search([("employee_number", "=", False)])._fill_employee_numbers()
    env["res.company"].search([])._ensure_attendance_policy()
    env["hr.employee"]._mark_earlier_departures()
