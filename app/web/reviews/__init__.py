from app.web.reviews.views import blueprint as blueprint
