from app.web.skills.views import blueprint as blueprint
