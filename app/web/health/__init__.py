from app.web.health.views import blueprint as blueprint
