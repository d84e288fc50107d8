from app.web.sso.views import blueprint as blueprint
