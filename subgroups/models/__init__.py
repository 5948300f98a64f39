"""People, agencies, bodies, posts and meetings."""

from subgroups.models.body import Body, BodyKind, BodyName, NameKind
from subgroups.models.export import ExportRecord
from subgroups.models.history import history_of
from subgroups.models.meeting import Attendance, Attending, Learning, LearningKind, Meeting
from subgroups.models.partnership import Agency, Partnership
from subgroups.models.post import Appointment, Post, PostRole
from subgroups.models.sent import SentForm
from subgroups.models.signed import Signed
from subgroups.models.user import User
