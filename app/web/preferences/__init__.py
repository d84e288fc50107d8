from app.web.preferences.views import blueprint as blueprint
