from app.web.forms import Form, SwitchField


class SiteSettingsForm(Form):
    training_data_capture_enabled = SwitchField("Capture training data from real usage")
    open_sign_up = SwitchField("Anybody may sign up")
    redact_personal_data = SwitchField("Take personal data out as well")
    viewing_requires_sign_in = SwitchField("Viewing needs signing in")
