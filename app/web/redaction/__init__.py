from app.web.redaction.views import blueprint as blueprint
