"""What of terminals' addresses does not belong into the log of requests."""

import logging
import re

SECRETS = re.compile(
    r"((?:push)?comm?key=)[^&\s\"]*|/+[A-Za-z0-9_-]{1,64}(?=/+iclock)", re.IGNORECASE
)


class WithoutSecrets(logging.Filter):
    """Communication keys and path secrets are written as ``***``."""

    def filter(self, record):
        text = record.getMessage()
        if "iclock" in text.lower():
            shown = SECRETS.sub(lambda found: f"{found[1] or '/'}***", text)
            if shown != text:
                record.msg, record.args = shown, ()
        return True


def hide_secrets():
    """Put it in front of the log of requests, once."""
    logger = logging.getLogger("werkzeug")
    if not any(isinstance(one, WithoutSecrets) for one in logger.filters):
        logger.addFilter(WithoutSecrets())
