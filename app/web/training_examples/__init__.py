from app.web.training_examples.views import blueprint as blueprint
