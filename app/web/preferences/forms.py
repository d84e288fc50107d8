from app.web.forms import Form, SwitchField


class PreferencesForm(Form):
    training_data_consent = SwitchField("My usage may become training examples")
