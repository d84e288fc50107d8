from app.web.contributions.views import blueprint as blueprint
