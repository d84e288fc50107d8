from app.web.false_alarms.views import blueprint as blueprint
