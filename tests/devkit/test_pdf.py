"""wkhtmltopdf: the machine's own, Debian's unpacked, or none."""

from pathlib import Path

import pytest

from devkit import debian, pdf
from devkit.errors import Failure

PROGRAM = "#!/bin/sh\n{}\n"


def _program(path, body="echo wkhtmltopdf 0.12.6"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PROGRAM.format(body))
    path.chmod(0o755)


@pytest.fixture
def bookworm(monkeypatch, tmp_path):
    """A Debian machine without the program, whose archive has it."""
    prefix = tmp_path / "pdf-debian"
    asked = []

    def unpack(_cache, _name, packages):
        asked.append(packages)
        for name in (pdf.MAKER, *pdf.READERS):
            _program(prefix / "usr/bin" / name, 'echo "$QT_QPA_PLATFORM $@"')
        (prefix / "usr/lib/x86_64-linux-gnu").mkdir(parents=True, exist_ok=True)
        return prefix

    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    monkeypatch.setattr(debian, "is_debian_like", lambda: True)
    monkeypatch.setattr(debian, "release", lambda: ("debian", "bookworm"))
    monkeypatch.setattr(debian, "private_prefix", unpack)
    return asked


def test_of_debian_with_chinese_fonts_and_without_a_display(bookworm, tmp_path):
    folder, origin = pdf.find(tmp_path)
    assert origin.startswith("Debian's package")
    assert "fonts-noto-cjk" in bookworm[0]
    starter = (folder / "wkhtmltopdf").read_text()
    assert "QT_QPA_PLATFORM=offscreen" in starter
    assert str(tmp_path / "pdf-debian/fonts.conf") in starter
    assert (tmp_path / "pdf-debian/fonts.conf").exists()
    assert all((folder / name).exists() for name in pdf.READERS)


def test_it_is_unpacked_once(bookworm, tmp_path):
    assert pdf.find(tmp_path) == pdf.find(tmp_path)
    assert len(bookworm) == 1


def test_the_machine_s_own_comes_first(bookworm, monkeypatch, tmp_path):
    own = tmp_path / "own/wkhtmltopdf"
    _program(own)
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: str(own))
    assert pdf.find(tmp_path) == (None, "wkhtmltopdf of this machine")
    assert not bookworm


@pytest.mark.parametrize(
    "release", [("debian", "trixie"), ("ubuntu", "noble"), ("ubuntu", "jammy")]
)
def test_releases_without_the_package_say_so(bookworm, monkeypatch, tmp_path, release):
    monkeypatch.setattr(debian, "release", lambda: release)
    assert pdf.find(tmp_path) == (None, pdf.NO_PDF)
    assert not bookworm


def test_an_archive_that_cannot_be_reached_is_no_end(bookworm, monkeypatch, tmp_path):
    def fail(*_words):
        raise Failure("Is the package archive of this machine reachable?")

    monkeypatch.setattr(debian, "private_prefix", fail)
    assert pdf.find(tmp_path) == (None, pdf.NO_PDF)


def test_a_program_that_does_not_start_is_none(bookworm, monkeypatch, tmp_path):
    broken = tmp_path / "broken"

    def unpack(*_words):
        for name in (pdf.MAKER, *pdf.READERS):
            _program(broken / "usr/bin" / name, "exit 1")
        return broken

    monkeypatch.setattr(debian, "private_prefix", unpack)
    assert pdf.find(tmp_path) == (None, pdf.NO_PDF)
    assert Path(tmp_path / "pdf-bin").exists()
