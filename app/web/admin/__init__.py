from app.web.admin.views import blueprint as blueprint
