from wtforms import EmailField, StringField, TextAreaField
from wtforms.fields import FileField

from app.web.forms import Form

BLANK = "---\nname: \ndescription: \n---\n\n# \n"
"""What somebody who types a new skill starts from."""


class SkillForm(Form):
    """A whole SKILL.md, and why it changes. What is wrong with it is said by its lines, not by these fields."""

    content = TextAreaField("SKILL.md")
    note = StringField("What changes, in a few words (optional)")


class UploadForm(Form):
    file = FileField("A SKILL.md, or a zipped skill folder")


class HandOverForm(Form):
    email = EmailField("E-mail address of the new author")
