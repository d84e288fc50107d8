"""Long work by name: which service does each kind of job."""

from collections.abc import Mapping

from app.domain.jobs import Kind
from app.services import freezes
from app.services.jobs import Work

WORK: Mapping[Kind, Work] = {
    Kind.FREEZE: freezes.WORK,
}
