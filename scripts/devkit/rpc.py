"""A client of Odoo's external API, as any other program would use it."""

import xmlrpc.client


class Rpc:
    """Calls models of one database as one user.

    :param url: the server's address.
    :raises PermissionError: the login is refused.
    """

    def __init__(self, url, database, login, password):
        self.database = database
        self.password = password
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common", allow_none=True)
        self.uid = common.authenticate(database, login, password, {})
        if not self.uid:
            raise PermissionError(login)
        self._object = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True
        )

    def __call__(self, model, method, *arguments, **keywords):
        return self._object.execute_kw(
            self.database, self.uid, self.password, model, method, arguments, keywords
        )

    def create(self, model, **values):
        return self(model, "create", [values])[0]

    def search_read(self, model, domain, fields, **keywords):
        return self(model, "search_read", domain, fields, **keywords)

    def count(self, model, domain=()):
        return self(model, "search_count", list(domain))

    def ref(self, xml_id):
        """The database id behind an external id."""
        module, name = xml_id.split(".")
        (found,) = self.search_read(
            "ir.model.data", [("module", "=", module), ("name", "=", name)], ["res_id"]
        )
        return found["res_id"]
