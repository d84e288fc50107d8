from wtforms import EmailField, PasswordField, StringField

from app.web.forms import Form


class SignUpForm(Form):
    """Who somebody is who makes an account. The service says what is wrong with it."""

    name = StringField("Name")
    email = EmailField("E-mail address")
    password = PasswordField("Password")
