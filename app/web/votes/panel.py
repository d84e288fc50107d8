"""What the panel of votes needs, on the skill's page and by itself."""

from typing import Any

from app.models import Skill
from app.policies import Action, can
from app.services import votes as service
from app.web.guards import acting_user
from app.web.votes.chart import draw
from app.web.votes.forms import VoteForm, form_of


def votes_panel(skill: Skill, *, form: VoteForm | None = None) -> dict[str, Any]:
    """Return the panel's values for the acting user; `form` is what they sent, where it has to be shown again.

    `vote_comments` is None for those who may not read them.
    """
    user = acting_user()
    vote = service.find_vote(skill_id=skill.id, user_id=user.id) if user and can(user, Action.VOTE, skill) else None
    sentiment = service.get_sentiment(skill.id)
    comments = service.get_vote_comments(skill.id) if can(user, Action.READ_VOTE_COMMENTS, skill) else None
    return {
        "skill": skill,
        "own_vote": vote,
        "vote_form": form or form_of(vote),
        "sentiment": sentiment,
        "chart": draw(sentiment.weeks),
        "vote_comments": comments,
    }
