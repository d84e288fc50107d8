from app.web.imports.views import blueprint as blueprint
