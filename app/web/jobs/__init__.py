from app.web.jobs.views import blueprint as blueprint
