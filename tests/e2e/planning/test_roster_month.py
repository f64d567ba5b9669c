"""Publishing a roster, and the month calendar of who was told (figures 36-38)."""

import time

import pytest

PUBLICATIONS = "chain_attendance_shift.attendance_roster_publication_action"
MONTH = "chain_attendance_shift.attendance_roster_month_action"
PEOPLE = "hr.open_view_employee_list_my"
NUMBER = "1001"
LINES = "attendance.roster.publication.line"
CALENDAR = ".o_attendance_month_grid"
BAR = ".o_attendance_month_publication"
FORM = ".o_dialog .o_form_view"
NOTICE_SECONDS = 90
WORDS = {
    "zh_CN": {
        "publish": "发布排班",
        "send": "发布",
        "find": "添加所有符合的人员",
        "roster": "查看排班",
        "new": "有 30 天新增或变更",
        "changed": "有 1 天变更",
        "confirmed": "确认",
        "rest": "休息",
        "before": "原为：",
        "told": "已通知：",
        "weekday": "周三",
        "title": "2035年11月",
    },
    "en_US": {
        "publish": "Publish a Roster",
        "send": "Publish",
        "find": "Add All Who Fit",
        "roster": "Roster",
        "new": "30 days are new or changed",
        "changed": "1 days changed",
        "confirmed": "seen on",
        "rest": "Rest",
        "before": "Before:",
        "told": "Told:",
        "weekday": "Wed",
        "title": "September 2035",
    },
}
# Each language has a month of its own: nothing in it was told before.
DATES = {
    "zh_CN": ("2035-11-01", "2035-11-30", "2035-11-14"),
    "en_US": ("2035-09-01", "2035-09-30", "2035-09-12"),
}


@pytest.fixture(params=["zh_CN", "en_US"])
def lang(request):
    return request.param


@pytest.fixture
def employee(rpc):
    """The demo chain's plain employee, who reads notices in Odoo."""
    (user,) = rpc.search_read(
        "res.users", [("login", "=", "employee")], ["employee_id", "partner_id"]
    )
    rpc("res.users", "write", [user["id"]], {"notification_type": "inbox"})
    return {"id": user["employee_id"][0], "partner": user["partner_id"][0]}


def _shown(day, lang):
    """A date as the language writes it."""
    year, month, day = day.split("-")
    return f"{month}/{day}/{year}" if lang == "en_US" else f"{year}/{month}/{day}"


def _press(page, label):
    page.get_by_role("button", name=label, exact=True).click()


def _publish(hr, words, lang, picture):
    """Publish the month to the employee alone."""
    page = hr.page
    hr.open(PUBLICATIONS)
    _press(page, words["publish"])
    page.fill(f"{FORM} [name=find_text] input", NUMBER)
    _press(page, words["find"])
    page.wait_for_selector(f"{FORM} .o_attendance_publish_preview")
    for name, day in zip(("date_from", "date_to"), DATES[lang], strict=False):
        page.click(f"{FORM} [name={name}]")
        page.fill(f"{FORM} [name={name}] input", _shown(day, lang))
        hr.leave(f"{FORM} [name={name}] input")
    # The dates come one after the other; what is told is that of both.
    page.wait_for_selector(f"{FORM} [name=new_count]:has-text('{picture[1]}')")
    hr.picture(picture[0])
    hr.press(words["send"])
    page.wait_for_selector(".o_notification")


def _notices(site, employee):
    """``[(subject, body), ...]``, the latest first; nobody else may read them."""
    return site.query(
        "SELECT m.subject, m.body FROM mail_message m"
        " JOIN mail_notification n ON n.mail_message_id = m.id"
        " WHERE m.model = %s AND n.res_partner_id = %s ORDER BY m.id DESC",
        [LINES, employee["partner"]],
    )


def _wait_for_notice(site, employee, count):
    """The latest notice, once as many are there."""
    deadline = time.monotonic() + NOTICE_SECONDS
    while time.monotonic() < deadline:
        found = _notices(site, employee)
        if len(found) == count:
            return found[0]
        time.sleep(0.5)
    raise AssertionError(f"{len(found)} notices after {NOTICE_SECONDS} s")


def _day(lang):
    return f"{CALENDAR} [data-date='{DATES[lang][2]}']"


def _see(person, words):
    """The calendar at the month that was told."""
    person.open(MONTH, wait_for=CALENDAR)
    person.page.click(f"{BAR} button[name=show]")
    person.page.wait_for_selector(
        f".o_attendance_month_title:has-text('{words['title']}')"
    )


def _confirm(person, words):
    person.page.click(f"{BAR} button[name=seen]")
    person.page.wait_for_selector(f"{BAR}:has-text('{words['confirmed']}')")


def _change_a_day(hr, words, lang, employee):
    """By the button of the person's form: that Wednesday is rest after all."""
    page = hr.page
    hr.open(PEOPLE, record=employee["id"])
    page.click(f".o-form-buttonbox button:has-text('{words['roster']}')")
    page.wait_for_selector(CALENDAR)
    page.click(f"{BAR} button[name=show]")
    page.click(_day(lang))
    page.click(".o_attendance_month_change button[name=shift]")
    hr.picture("roster-month-change")
    page.keyboard.press("Escape")
    page.wait_for_selector(".o-dropdown--menu", state="hidden")
    page.click(".o_attendance_month_change button[name=rest]")
    page.wait_for_selector(f"{_day(lang)} .o_attendance_month_rest")
    assert words["told"] in page.inner_text(_day(lang))
    hr.picture("roster-month-changed")


def test_publish_see_change_publish(log_in, site, rpc, employee, lang):
    words, before = WORDS[lang], len(_notices(site, employee))
    hr, clerk = log_in("admin", lang), log_in("employee", lang)
    _publish(hr, words, lang, ("roster-publish-new", "30"))
    hr.picture("roster-publications")
    _subject, body = _wait_for_notice(site, employee, before + 1)
    assert body.count("<tr>") == 31

    _see(clerk, words)
    assert words["new"] in clerk.page.inner_text(BAR)
    clerk.picture("roster-month-new")
    _confirm(clerk, words)
    clerk.picture("roster-month-seen")

    _change_a_day(hr, words, lang, employee)
    _publish(hr, words, lang, ("roster-publish-changed", "0"))
    subject, body = _wait_for_notice(site, employee, before + 2)
    assert words["changed"] in subject
    assert body.count("<tr>") == 2
    assert f"{_shown(DATES[lang][2], lang)} {words['weekday']}" in body
    assert f"<b>{words['rest']}</b>" in body

    _see(clerk, words)
    news = clerk.page.locator(f"{CALENDAR} .o_attendance_month_news")
    assert news.count() == 1
    assert words["before"] in clerk.page.inner_text(_day(lang))
    clerk.picture("roster-month-news")
    _confirm(clerk, words)
    line = rpc.search_read(LINES, [("employee_id", "=", employee["id"])], ["seen_at"])
    assert all(each["seen_at"] for each in line)
    assert hr.complaints == []
    assert clerk.complaints == []


def test_a_telephone(log_in, employee, lang):
    """One day under the other, of the month alone, and a file for its calendar."""
    clerk = log_in("employee", lang, viewport={"width": 390, "height": 844})
    clerk.open(MONTH, wait_for=CALENDAR)
    clerk.picture("roster-month-telephone")
    widths = clerk.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] == widths[1]
    assert not clerk.page.is_visible(".o_attendance_month_weekday")
    with clerk.page.expect_download() as download:
        clerk.page.click("button[name=file]")
    text = download.value.path().read_text()
    assert text.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY:" in text
    assert clerk.complaints == []


def test_the_calendar_of_somebody_else_is_refused(log_in, rpc, employee, lang):
    clerk = log_in("employee", lang)
    (other,) = rpc.search_read(
        "hr.employee", [("employee_number", "=", "1003")], ["id"]
    )
    clerk.page.goto(f"{clerk.site.url}/odoo/{other['id']}/my-roster")
    assert clerk.answer()
