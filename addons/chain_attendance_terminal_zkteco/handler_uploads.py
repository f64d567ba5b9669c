"""What a unit sends besides its punches: people, templates, photos, its own log."""

from . import wire
from .messages import OK, TerminalAnswer


class UploadsMixin:
    """The uploads of one request; a part of the handler's dialogue."""

    def _count_only(self):
        """Rows that stay on the unit and can be asked for again."""
        return TerminalAnswer(200, f"OK: {len(wire.lines_of(self.request.body))}\n")

    _upload_operlog = _upload_biodata = _upload_idcard = _count_only

    def _upload_attphoto(self):
        return OK

    def _upload_options(self):
        return OK

    def _on_fdata(self):
        return self._upload_attphoto()
