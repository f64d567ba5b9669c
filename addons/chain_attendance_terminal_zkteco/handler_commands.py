"""Commands handed out to a unit, and what it answers about them."""

from .messages import OK


class CommandsMixin:
    """Polls and results; a part of the handler's dialogue."""

    def _on_getrequest(self):
        self._note_info()
        return OK

    def _on_devicecmd(self):
        return OK
