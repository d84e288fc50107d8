from app.web.suggestions.views import blueprint as blueprint
