from app.web.sign_up.views import blueprint as blueprint
