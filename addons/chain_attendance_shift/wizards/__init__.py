from . import attendance_roster_people_mixin
from . import attendance_roster_plan
from . import attendance_rotation_plan
from . import attendance_rotation_plan_person
from . import attendance_rotation_plan_slot
from . import attendance_rotation_plan_day
from . import attendance_roster_publish
