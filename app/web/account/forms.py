from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from app.domain.users import problem_with_name, problem_with_password
from app.web.forms import Form, rule


class NameForm(Form):
    name = StringField("Name", [rule(lambda name: problem_with_name(name or ""))])


class PasswordForm(Form):
    current_password = PasswordField("Present password", [InputRequired("Write your present password.")])
    new_password = PasswordField("New password", [rule(lambda password: problem_with_password(password or ""))])
