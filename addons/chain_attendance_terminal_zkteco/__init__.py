from . import controllers
from . import models
from .entrance import install as install_entrance
