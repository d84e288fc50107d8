from app.web.skill_versions.views import blueprint as blueprint
