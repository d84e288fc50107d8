from flask import Blueprint

blueprint = Blueprint("skills", __name__)
