from app.web.password_links.views import blueprint as blueprint
