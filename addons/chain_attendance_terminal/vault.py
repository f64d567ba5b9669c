"""Encryption of what must not be read where it lies. Plain Python.

Keys are Fernet keys (32 random bytes in URL-safe base64). The first one encrypts;
those behind it only open what was encrypted before they were replaced.
"""

import base64
import hashlib
import hmac
import os
import re
from collections import namedtuple

from cryptography.fernet import Fernet, InvalidToken

ENVIRONMENT_NAME = "ATTENDANCE_BIOMETRIC_KEY"
OPTION_NAME = "attendance_biometric_key"

# ``key_id`` names the key without telling anything of it.
Sealed = namedtuple("Sealed", "key_id token digest")


class VaultError(Exception):
    """``reason`` is ``missing``, ``malformed``, ``lost`` or ``damaged``."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def configured_keys(options):
    """The text of the keys in the server's configuration, or empty.

    :param options: the server's configuration file, as a mapping.
    """
    return os.environ.get(ENVIRONMENT_NAME) or options.get(OPTION_NAME) or ""


class Vault:
    """Seals and opens with the keys of one server."""

    def __init__(self, text):
        """
        :param text: one key or several, between commas or blanks.
        :raise VaultError: if there is none, or one is no key.
        """
        names = [word for word in re.split(r"[\s,]+", text) if word]
        if not names:
            raise VaultError("missing")
        self._keys = {}
        for name in names:
            try:
                raw = base64.urlsafe_b64decode(name.encode())
                fernet = Fernet(name)
            except ValueError:
                raise VaultError("malformed") from None  # the error may quote it
            self._keys.setdefault(_derive(raw, "name").hex()[:12], (raw, fernet))
        self.key_id = next(iter(self._keys))

    def seal(self, content, label):
        """Encrypt with the first key.

        :param label: what the content is of; opened elsewhere it counts as damaged.
        """
        _raw, fernet = self._keys[self.key_id]
        token = fernet.encrypt(label.encode() + b"\0" + content)
        return Sealed(self.key_id, token, self.digest(content, label, self.key_id))

    def open(self, sealed, label):
        """The content of a :class:`Sealed`.

        :raise VaultError: ``lost`` without its key, ``damaged`` if it was changed.
        """
        _raw, fernet = self._key(sealed.key_id)
        try:
            opened = fernet.decrypt(bytes(sealed.token))
        except InvalidToken:
            raise VaultError("damaged") from None
        written, _zero, content = opened.partition(b"\0")
        if written != label.encode():
            raise VaultError("damaged")
        return content

    def has_key(self, key_id):
        return key_id in self._keys

    def digest(self, content, label, key_id):
        """What tells two contents apart, worthless without the key."""
        raw, _fernet = self._key(key_id)
        message = label.encode() + b"\0" + content
        return hmac.digest(_derive(raw, "digest"), message, "sha256").hex()

    def _key(self, key_id):
        if key_id not in self._keys:
            raise VaultError("lost")
        return self._keys[key_id]


def _derive(raw, purpose):
    """A key for one purpose, from which the key itself cannot be found."""
    return hmac.new(raw, f"attendance {purpose}".encode(), hashlib.sha256).digest()
