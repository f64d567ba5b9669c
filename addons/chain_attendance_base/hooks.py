def post_init_hook(env):
    """Give what is there already its numbers and codes, and companies their records."""
    employees = env["hr.employee"].with_context(active_test=False)
    employees.search([("employee_number", "=", False)])._fill_employee_numbers()
    env["res.company"].search([])._ensure_attendance_policy()
    env["res.company"].search([])._ensure_root_department()
    departments = env["hr.department"].with_context(active_test=False)
    departments.search([("code", "=", False)])._fill_codes()
