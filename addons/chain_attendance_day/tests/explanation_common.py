from .common import DayCommon

MONDAY, TUESDAY = "2026-03-02", "2026-03-03"


class ExplanationCommon(DayCommon):
    """Explanations of days, and what is looked at in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.short = cls.new_shift("B8", (540, 1080))
        cls.short.break_ids = [(0, 0, {"start_minutes": 720, "end_minutes": 780})]
        cls.policy = cls.company.attendance_policy_id

    def explain(self, *times, day=MONDAY, shift=None, lang="en_US"):
        """The explanation of a day on a shift with these punches."""
        if shift is not None:
            self.roster(self.person, shift, "2026-03-01")
        if times:
            self.send("1001", *[t if " " in t else f"{day} {t}" for t in times])
        row = self.compute(day)
        # The frozen clock's dates are of another class and print as such.
        row._recompute([(row.employee_id.id, row.work_date)])
        return row.with_context(lang=lang).explain()

    def told(self, explanation, section, code=None):
        (found,) = (s for s in explanation["sections"] if s["name"] == section)
        return [
            sentence["text"]
            for sentence in found["sentences"]
            if code is None or sentence["code"] == code
        ]

    def marks(self, explanation):
        return [(punch["time"], punch["mark"]) for punch in explanation["punches"]]

    def figures(self, explanation):
        return {f["name"]: f["computed"] for f in explanation["figures"]}
