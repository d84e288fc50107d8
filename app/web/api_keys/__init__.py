from app.web.api_keys.views import blueprint as blueprint
