"""The counters of training examples that every skill keeps, by the state of the examples they count."""

from collections.abc import Mapping

from sqlalchemy.orm import InstrumentedAttribute

from app.domain.training_examples import Status
from app.models import Skill

COUNTERS: Mapping[Status, InstrumentedAttribute[int]] = {
    Status.PENDING: Skill.training_examples_pending,
    Status.APPROVED: Skill.training_examples_approved,
    Status.REJECTED: Skill.training_examples_rejected,
}
