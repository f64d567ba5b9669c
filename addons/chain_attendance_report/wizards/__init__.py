from . import attendance_person_paper
