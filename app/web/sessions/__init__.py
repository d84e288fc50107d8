from app.web.sessions.views import blueprint as blueprint
