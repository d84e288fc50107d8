from app.web.exports.views import blueprint as blueprint
