from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.tests import BaseCase

from ..vault import Vault, VaultError, configured_keys

OLD, NEW = (Fernet.generate_key().decode() for _turn in range(2))


class TestVault(BaseCase):
    def check(self, reason, call, *args):
        with self.assertRaises(VaultError) as caught:
            call(*args)
        self.assertEqual(caught.exception.reason, reason)

    def test_what_is_sealed_is_opened_with_its_key_only(self):
        sealed = Vault(OLD).seal(b"template", "7 face")
        self.assertNotIn(b"template", sealed.token)
        for keys in (OLD, f"{NEW},{OLD}", f"{NEW}\n {OLD} "):
            self.assertEqual(Vault(keys).open(sealed, "7 face"), b"template")
        self.check("lost", Vault(NEW).open, sealed, "7 face")

    def test_the_first_key_seals(self):
        both = Vault(f"{NEW} {OLD}")
        self.assertEqual(both.seal(b"x", "l").key_id, Vault(NEW).key_id)
        self.assertTrue(both.has_key(Vault(OLD).key_id))
        self.assertFalse(Vault(NEW).has_key(Vault(OLD).key_id))

    def test_content_with_nul_and_of_a_megabyte(self):
        vault = Vault(NEW)
        for content in (b"", b"\0a\0", bytes(range(256)) * 4096):
            self.assertEqual(vault.open(vault.seal(content, "l"), "l"), content)

    def test_content_moved_to_another_row_is_damaged(self):
        vault = Vault(OLD)
        sealed = vault.seal(b"template", "7 face")
        self.check("damaged", vault.open, sealed, "8 face")
        changed = sealed._replace(token=sealed.token[:-4] + b"AAA=")
        self.check("damaged", vault.open, changed, "7 face")

    def test_digests_tell_contents_apart_and_need_the_key(self):
        old, new = Vault(OLD), Vault(NEW)
        first, again = (old.seal(b"template", "l") for _turn in range(2))
        self.assertEqual(first.digest, again.digest)
        self.assertNotEqual(first.token, again.token)
        self.assertNotEqual(first.digest, old.seal(b"other", "l").digest)
        self.assertNotEqual(first.digest, new.seal(b"template", "l").digest)
        both = Vault(f"{NEW} {OLD}")
        self.assertEqual(both.digest(b"template", "l", old.key_id), first.digest)

    def test_keys_that_are_none(self):
        for text in ("", " , \n"):
            self.check("missing", Vault, text)
        for text in ("secret", OLD[:-4], f"{OLD} x", "ключ"):
            self.check("malformed", Vault, text)

    def test_no_key_is_told(self):
        key_id = Vault(OLD).key_id
        self.assertNotIn(key_id, OLD)
        with self.assertRaises(VaultError) as caught:
            Vault(f"{OLD} topsecret")
        self.assertNotIn("topsecret", repr(caught.exception))
        self.assertNotIn(OLD, repr(caught.exception))

    def test_the_environment_wins_over_the_file(self):
        options = {"attendance_biometric_key": OLD}
        with patch.dict("os.environ", {"ATTENDANCE_BIOMETRIC_KEY": NEW}):
            self.assertEqual(configured_keys(options), NEW)
        with patch.dict("os.environ", clear=True):
            self.assertEqual(configured_keys(options), OLD)
            self.assertEqual(configured_keys({}), "")
