"""The example that an address names, for whoever looks at it."""

from app.domain.training_examples import Status
from app.models import Skill
from app.policies import Action, can
from app.services.training_examples import TrainingExampleWithUser, get_training_example_with_user
from app.web.guards import acting_user


def find_row(skill: Skill, example_id: int) -> TrainingExampleWithUser:
    """Return one of the skill's examples that the viewer may see; others do not exist for them."""
    sees_all = can(acting_user(), Action.SEE_UNAPPROVED_TRAINING_EXAMPLES, skill)
    statuses = () if sees_all else (Status.APPROVED,)
    return get_training_example_with_user(skill.id, example_id, statuses=statuses)
