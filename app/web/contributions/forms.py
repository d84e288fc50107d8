from wtforms import StringField, TextAreaField

from app.web.forms import Form


class RemovalForm(Form):
    text = TextAreaField("Text to take out")


class ExclusionForm(Form):
    skill = StringField("Name of the skill")
