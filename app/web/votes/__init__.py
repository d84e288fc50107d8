from app.web.votes.views import blueprint as blueprint
