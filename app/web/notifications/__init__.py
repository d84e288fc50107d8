from app.web.notifications.views import blueprint as blueprint
