import logging

from odoo.tests import BaseCase, tagged

from ..access_log import WithoutSecrets


@tagged("post_install", "-at_install")
class TestAccessLog(BaseCase):
    def shown(self, line):
        record = logging.LogRecord("werkzeug", 20, "", 1, '"%s" %s', (line, 200), None)
        self.assertTrue(WithoutSecrets().filter(record))
        return record.getMessage()

    def test_keys_and_path_secrets_are_not_written(self):
        for line, wanted in (
            (
                "GET /iclock/cdata?SN=A1&pushcommkey=s3cret&x=1 HTTP/1.1",
                "GET /iclock/cdata?SN=A1&pushcommkey=***&x=1 HTTP/1.1",
            ),
            (
                "GET /Hidden_Path/iclock/ping?SN=A1&ComKey=s3 HTTP/1.0",
                "GET /***/iclock/ping?SN=A1&ComKey=*** HTTP/1.0",
            ),
            ("GET /iclock/ping?SN=100%25 HTTP/1.0", None),
            ("GET /web?comkey=kept HTTP/1.1", None),
        ):
            with self.subTest(line):
                self.assertEqual(self.shown(line), f'"{wanted or line}" 200')

    def test_it_stands_before_the_log_of_requests(self):
        filters = logging.getLogger("werkzeug").filters
        self.assertEqual(sum(isinstance(one, WithoutSecrets) for one in filters), 1)
