from wtforms import BooleanField

from app.web.forms import Form


class SiteSettingsForm(Form):
    training_data_capture_enabled = BooleanField("Capture training data from real usage")
    viewing_requires_sign_in = BooleanField("Viewing needs signing in")
