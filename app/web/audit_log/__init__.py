from app.web.audit_log.views import blueprint as blueprint
