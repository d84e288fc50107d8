from app.web.opinions.views import blueprint as blueprint
