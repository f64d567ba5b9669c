"""HR has a report sent by mail; a receiver takes themselves off."""

import time

import pytest

REPORT = "chain_attendance_report."
DAILY = REPORT + "attendance_report_daily_action"
SCHEDULES = REPORT + "attendance_report_schedule_action"
LANGUAGES = ["zh_CN", "en_US"]
WORDS = {
    "zh_CN": {"sent": "已发送", "ok": "确定", "refused": "不可导出", "close": "关闭"},
    "en_US": {
        "sent": "Sent",
        "ok": "Ok",
        "refused": "may not export",
        "close": "Close",
    },
}
TRIES = 60


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_on_the_screen_is_sent_regularly(log_in, rpc, lang):
    hr, words = log_in("admin", lang), WORDS[lang]
    page = hr.page
    (user,) = rpc.search_read("res.users", [("login", "=", "admin")], ["id", "name"])
    rpc("res.users", "write", [user["id"]], {"email": "hr@example.com"})
    hr.open(DAILY)
    hr.look_at_all()
    page.wait_for_selector(".o_data_row")
    page.click(".o_attendance_export")
    page.click(".o_attendance_schedule")
    page.wait_for_selector(".o_form_renderer .o_field_widget[name=receiver_ids]")
    name = f"Regular {lang}"
    page.fill(".o_field_widget[name=name] input", name)
    page.fill(".o_field_widget[name=receiver_ids] input", user["name"])
    page.click(f".o-autocomplete--dropdown-item:has-text('{user['name']}')")
    hr.save()
    hr.picture("schedule-form")
    (made,) = rpc.search_read(
        "attendance.report.schedule",
        [("name", "=", name)],
        ["columns", "report", "next_at", "receiver_ids"],
    )
    assert made["report"] == "attendance.report.daily"
    assert [name for name, _label in made["columns"][:2]] == ["id", "employee_number"]
    assert made["next_at"]
    assert made["receiver_ids"] == [user["id"]]
    page.click("button[name=action_send_now]")
    for _try in range(TRIES):
        runs = rpc.search_read(
            "attendance.report.schedule.run",
            [("schedule_id", "=", made["id"])],
            ["state", "row_count"],
        )
        if runs and runs[0]["state"] not in ("waiting", "making"):
            break
        time.sleep(1)
    assert [run["state"] for run in runs] == ["sent"]
    assert runs[0]["row_count"] > 0
    hr.open(SCHEDULES, record=made["id"])
    page.wait_for_selector(
        f".o_field_widget[name=run_ids] .badge:has-text('{words['sent']}')"
    )
    hr.picture("schedule-sent")
    page.click("button[name=action_leave]")
    hr.press(words["ok"])
    page.wait_for_selector("button[name=action_leave]", state="detached")
    assert hr.complaints == []


def test_who_may_not_export_is_refused_by_name(log_in, rpc):
    hr, words = log_in("admin"), WORDS["zh_CN"]
    page = hr.page
    (user,) = rpc.search_read("res.users", [("login", "=", "employee")], ["name"])
    hr.open(DAILY)
    page.wait_for_selector(".o_attendance_export")
    page.click(".o_attendance_export")
    page.click(".o_attendance_schedule")
    page.wait_for_selector(".o_form_renderer .o_field_widget[name=receiver_ids]")
    page.fill(".o_field_widget[name=receiver_ids] input", user["name"])
    page.click(f".o-autocomplete--dropdown-item:has-text('{user['name']}')")
    page.click(".o_form_button_save")
    answer = hr.answer()
    assert user["name"] in answer
    assert words["refused"] in answer
    hr.picture("schedule-refused")
    hr.press(words["close"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_archived_login_is_named(log_in, rpc, lang):
    hr, name = log_in("admin", lang), f"Left {lang}"
    page = hr.page
    manager = rpc.ref("chain_attendance_base.group_manager")
    left = rpc.create("res.users", name=name, login=name, group_ids=[(4, manager)])
    made = rpc.create(
        "attendance.report.schedule",
        name=f"For who left {lang}",
        report="attendance.report.daily",
        receiver_ids=[(4, left), (4, rpc.uid)],
    )
    rpc("res.users", "write", [left], {"active": False})
    hr.open(SCHEDULES, record=made)
    note = page.locator(".o_form_sheet .alert", has_text=name)
    note.wait_for()
    hr.picture("schedule-archived")
    note.locator("button[name=action_drop_archived]").click()
    note.wait_for(state="hidden")
    (found,) = rpc.search_read(
        "attendance.report.schedule", [("id", "=", made)], ["archived_receivers"]
    )
    assert not found["archived_receivers"]
    rpc("attendance.report.schedule", "unlink", [made])
    assert hr.complaints == []
