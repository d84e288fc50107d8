"""The tables, one file per noun: columns, constraints, relationships, and facts about the row itself."""

from app.models.allowed_text import AllowedText
from app.models.api_key import ApiKey
from app.models.audit_record import AuditRecord
from app.models.base import Base
from app.models.cleaned import Cleaned
from app.models.consent_record import ConsentRecord
from app.models.dataset_import import Import, ImportBand, ImportRow
from app.models.dataset_version import (
    DatasetEntry,
    DatasetVersion,
    FrozenRow,
    VersionSuccessor,
    WithdrawnRow,
)
from app.models.erasure import Erasure, Tombstone
from app.models.example_change import ExampleChange
from app.models.false_alarm import FalseAlarm
from app.models.former_row import FormerRow
from app.models.identity import Identity
from app.models.job import Job
from app.models.notification import Notification
from app.models.password_link import PasswordLink
from app.models.review import ExampleBand, Opinion, ReviewAction, ReviewChange
from app.models.saved_filter import SavedFilter
from app.models.site_settings import SiteSettings
from app.models.skill import Skill
from app.models.skill_feedback import (
    DeletedExample,
    Example,
    ExampleTag,
    SkillFeedback,
    Suggestion,
    ThumbsDown,
    ThumbsUp,
    TrainingExample,
    Vote,
)
from app.models.skill_version import SkillVersion
from app.models.usage_event import UsageEvent
from app.models.user import User
from app.models.user_preferences import UserPreferences

__all__ = [
    "AllowedText",
    "ApiKey",
    "AuditRecord",
    "Base",
    "Cleaned",
    "ConsentRecord",
    "DatasetEntry",
    "DatasetVersion",
    "DeletedExample",
    "Erasure",
    "Example",
    "ExampleBand",
    "ExampleChange",
    "ExampleTag",
    "FalseAlarm",
    "FormerRow",
    "FrozenRow",
    "Identity",
    "Import",
    "ImportBand",
    "ImportRow",
    "Job",
    "Notification",
    "Opinion",
    "PasswordLink",
    "ReviewAction",
    "ReviewChange",
    "SavedFilter",
    "SiteSettings",
    "Skill",
    "SkillFeedback",
    "SkillVersion",
    "Suggestion",
    "ThumbsDown",
    "ThumbsUp",
    "Tombstone",
    "TrainingExample",
    "UsageEvent",
    "User",
    "UserPreferences",
    "VersionSuccessor",
    "Vote",
    "WithdrawnRow",
]
