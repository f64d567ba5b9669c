def post_init_hook(env):
    """Give people that are there already a number and a code; companies a policy."""
    employees = env["hr.employee"].with_context(
        active_test=False, tracking_disable=True
    )
    employees.search([("employee_number", "=", False)])._fill_employee_numbers()
    employees.search([("active", "=", True)])._propose_terminal_codes()
    env["res.company"].search([])._ensure_attendance_policy()
