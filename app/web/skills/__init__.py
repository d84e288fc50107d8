from app.web.skills import editor, lifecycle, views
from app.web.skills.blueprint import blueprint as blueprint

__all__ = ["blueprint", "editor", "lifecycle", "views"]
