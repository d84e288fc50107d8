"""What surrounds every answer. The headers of every page are looked at in tests/contracts/test_pages.py."""

import io

import pytest
from flask import request

PAGES = ["/", "/login", "/nothing-here", "/healthz", "/static/js/app.js", "/skills/a-skill/training-data/live"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_says_what_may_run_and_who_may_frame_it(browser_of, skill, path):
    headers = browser_of().get(path).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", PAGES)
def test_only_static_files_are_kept_by_browsers(browser_of, skill, path):
    cache = browser_of().get(path).headers["Cache-Control"]

    assert ("no-store" in cache) is not path.startswith("/static/")
    assert ("immutable" in cache) is path.startswith("/static/")


def test_a_static_file_that_is_not_there_is_not_kept(browser_of):
    response = browser_of().get("/static/none.js")

    assert response.status_code == 404
    assert "immutable" not in response.headers["Cache-Control"]


def test_plain_connections_are_not_told_to_use_tls(browser_of):
    assert "Strict-Transport-Security" not in browser_of().get("/").headers


def test_what_is_uploaded_touches_no_disk(app):
    large = b"x" * 1_000_000
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + large + b"\r\n--b--\r\n"

    with app.test_request_context("/", method="POST", data=body, content_type="multipart/form-data; boundary=b"):
        assert isinstance(request.files["file"].stream, io.BytesIO)
        assert request.files["file"].read() == large


def test_a_page_without_a_session_sets_no_cookie(browser_of, skill):
    for path in ("/skills/a-skill", "/healthz", "/static/js/app.js"):
        assert "Set-Cookie" not in browser_of().get(path).headers, path
