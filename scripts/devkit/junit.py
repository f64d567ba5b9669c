"""Reading the report that pytest writes."""


def failure_of(case):
    """``class.test: what it says`` if this test case failed, else nothing."""
    for kind in ("failure", "error"):
        found = case.find(kind)
        if found is not None:
            said = " ".join((found.get("message") or "").split()) or kind
            return f"{case.get('classname')}.{case.get('name')}: {said}"
    return ""
