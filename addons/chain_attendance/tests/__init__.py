from . import test_people_queries
from . import test_scope_changes
from . import test_scope_http
from . import test_scope_loans
from . import test_scope_matrix
from . import test_scope_properties
