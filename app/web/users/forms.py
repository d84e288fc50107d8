from wtforms import BooleanField, EmailField, StringField

from app.domain.users import problem_with_email, problem_with_name
from app.web.forms import Form, rule


class NewUserForm(Form):
    name = StringField("Name", [rule(lambda name: problem_with_name(name or ""))])
    email = EmailField("E-mail address", [rule(lambda email: problem_with_email(email or ""))])
    is_admin = BooleanField("Administrator")
