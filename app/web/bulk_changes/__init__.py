from app.web.bulk_changes.views import blueprint as blueprint
