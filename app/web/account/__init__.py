from app.web.account.views import blueprint as blueprint
