from app.web.example_schemas.views import blueprint as blueprint
