from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired

from app.web.forms import Form


class SignInForm(Form):
    email = EmailField("E-mail address", [InputRequired("Write your e-mail address.")])
    password = PasswordField("Password", [InputRequired("Write your password.")])
