from . import controllers
from . import models
from .access_log import hide_secrets
from .entrance import install as install_entrance

hide_secrets()
