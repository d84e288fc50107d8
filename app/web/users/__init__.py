from app.web.users.views import blueprint as blueprint
