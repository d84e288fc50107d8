from app.web.saved_filters.views import blueprint as blueprint
