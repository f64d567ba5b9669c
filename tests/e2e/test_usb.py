"""HR carries a terminal's files on a USB stick, in the browser."""

import pytest

TERMINAL = "chain_attendance_terminal."
UPLOAD = TERMINAL + "attendance_usb_upload_punches_action"
DOWNLOAD = TERMINAL + "attendance_usb_export_action"
FORM = ".o_form_view .o_form_sheet"
LINES = [("4711", "08:58:41"), ("4711", "17:31:02"), ("4711", "17:31:02")]
WORDS = {
    "zh_CN": {
        "preview": "预览",
        "import": "导入",
        "add": "添加文件",
        "unknown": "新记录，工号无人使用",
        "known": "已有",
        "time": "无法识别：没有有效时间",
        "lost": "图片。不导入照片。",
        "done": "已导入",
        "write": "生成文件",
    },
    "en_US": {
        "preview": "Preview",
        "import": "Import",
        "add": "Add a file",
        "unknown": "New, code of nobody",
        "known": "Here already",
        "time": "Unreadable: no valid time",
        "lost": "A picture. Photos are not imported.",
        "done": "Imported",
        "write": "Write File",
    },
}


def attlog(day):
    text = "".join(f"{code:>9}\t{day} {at}\t1\t0\t1\t0\r\n" for code, at in LINES)
    return (text + f"     4711\t{day} 25:00:00\t1\t0\t1\t0\r\n").encode()


def add_file(person, label, name, content):
    page = person.page
    page.get_by_text(label, exact=True).click()
    # The row before stays the selected one until the server has made the new one.
    empty = ".o_selected_row td[name=content]:not(:has(input[type=text]))"
    with page.expect_file_chooser() as chooser:
        page.click(f"{empty} .o_select_file_button")
    chooser.value.set_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.wait_for_selector(".o_selected_row td[name=content] input[type=text]")
    assert page.input_value(".o_selected_row td[name=content] input[type=text]") == name


def press(person, label):
    person.page.click(f".o_statusbar_buttons button:has-text('{label}') >> nth=0")


@pytest.mark.parametrize(
    ("lang", "day"), [("zh_CN", "2026-02-02"), ("en_US", "2026-02-03")]
)
def test_a_file_is_looked_at_and_imported(log_in, rpc, lang, day):
    words = WORDS[lang]
    (terminal,) = rpc.search_read(
        "attendance.terminal",
        [("id", "=", rpc.ref("chain_attendance_demo.terminal_sh001"))],
        ["serial_number", "display_name"],
    )
    hr = log_in("admin", lang)
    hr.open(UPLOAD, wait_for=FORM)
    hr.picture("usb-upload-files")
    add_file(hr, words["add"], f"{terminal['serial_number']}_attlog.dat", attlog(day))
    add_file(hr, words["add"], "4711.jpg", b"\xff\xd8\xff\xe0 photo")
    press(hr, words["preview"])
    hr.page.wait_for_selector(".o_field_widget[name=row_ids] .o_data_row")
    hr.picture("usb-upload-preview")
    shown = hr.page.locator(".o_field_widget[name=row_ids] .o_data_row")
    outcomes = [
        shown.nth(number).locator("td[name=outcome]").inner_text()
        for number in range(shown.count())
    ]
    assert outcomes == [
        words["time"],
        words["unknown"],
        words["unknown"],
        words["known"],
    ]
    assert hr.row(terminal["display_name"]).count() == 1
    assert hr.row(words["lost"]).count() == 1
    stored = [("wall_time", "like", f"{day}%"), ("user_code", "=", "4711")]
    assert rpc("attendance.punch", "search_count", stored) == 0
    press(hr, words["import"])
    hr.page.wait_for_selector(".o_form_view .o_field_widget[name=sha256]")
    hr.picture("usb-file")
    assert (
        hr.page.inner_text(".o_statusbar_status .o_arrow_button_current")
        == words["done"]
    )
    for name, count in (
        ("unknown_count", 2),
        ("known_count", 1),
        ("unreadable_count", 1),
    ):
        assert hr.page.inner_text(f".o_field_widget[name={name}]") == str(count)
    assert rpc("attendance.punch", "search_count", stored) == 2
    with hr.page.expect_download() as download:
        hr.page.click(".o_statusbar_buttons button[name=action_download_result]")
    assert download.value.suggested_filename.endswith("_attlog.xlsx")
    assert hr.complaints == []


@pytest.mark.parametrize("lang", ["zh_CN", "en_US"])
def test_people_go_to_a_terminal_without_a_line(log_in, lang):
    hr = log_in("admin", lang)
    hr.open(DOWNLOAD, wait_for=FORM)
    hr.pick("terminal_id", "南京路前门")
    press(hr, WORDS[lang]["write"])
    hr.page.wait_for_selector(".o_field_widget[name=content] :text('user.dat')")
    hr.picture("usb-download-people")
    assert int(hr.page.inner_text(".o_field_widget[name=person_count]")) > 0
    assert hr.complaints == []
