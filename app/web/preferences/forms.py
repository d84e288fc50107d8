from wtforms import BooleanField

from app.web.forms import Form


class PreferencesForm(Form):
    training_data_consent = BooleanField("My usage may become training examples")
