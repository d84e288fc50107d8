from wtforms import PasswordField

from app.domain.users import problem_with_password
from app.web.forms import Form, rule


class NewPasswordForm(Form):
    new_password = PasswordField("Password", [rule(lambda password: problem_with_password(password or ""))])
