from app.web.dataset_versions.views import blueprint as blueprint
