"""How to serve: what is refused before anything starts, and what it changes in the answers."""

from __future__ import annotations

import pytest

from tests.conftest import Run, serving
from widgets.server import ServingError, Settings


@pytest.mark.parametrize(
    ("given", "base"),
    [("/", "/"), ("/reperes", "/reperes/"), ("reperes/", "/reperes/"), ("/a/b.c/", "/a/b.c/")],
)
def test_a_base_begins_and_ends_with_a_slash(given: str, base: str) -> None:
    assert Settings(base_url=given).base_url == base


@pytest.mark.parametrize(
    "given",
    ["/../", "/a/../b", "/a//b", "http://a/", "/a b/", "/é/", "/a?b", "/a\r\nX: y", "/%2e/", "/."],
)
def test_what_is_no_base_is_refused(given: str) -> None:
    with pytest.raises(ServingError, match="--base-url /reperes/"):
        Settings(base_url=given)


@pytest.mark.parametrize(
    "site", ["https://ent.example.fr", "https://*.example.fr", "https://ent.example.fr:8443"]
)
def test_a_site_in_https_may_show_the_page(site: str) -> None:
    settings = Settings(framed_by=(site,))
    assert settings.frame_ancestors == f"frame-ancestors {site}"
    assert "X-Frame-Options" not in settings.headers()


@pytest.mark.parametrize(
    "site",
    [
        *("http://ent.example.fr", "ent.example.fr", "https://ent.example.fr/a", "https://*"),
        *("https://*.fr; script-src *", "*", "'self'", "https://a.fr https://b.fr", "https://a"),
        *("https://a.fr\r\nX: y", "https://a.fr:0", "https://a.fr:99999", "https://.a.fr", ""),
    ],
)
def test_what_is_no_site_in_https_may_not(site: str) -> None:
    with pytest.raises(ServingError, match="--cadre"):
        Settings(framed_by=(site,))


@pytest.mark.parametrize("proxy", ["", "nginx", "10.0.0", "10.0.0.0/8", "*"])
def test_a_proxy_is_an_address(proxy: str) -> None:
    with pytest.raises(ServingError, match="--proxy"):
        Settings(proxies=(proxy,))


@pytest.mark.parametrize("option", ["--cadre=http://a.fr", "--base-url=/../", "--proxy=nginx"])
def test_each_mistake_is_a_french_sentence(reperes: Run, option: str) -> None:
    ran = reperes("--sans-navigateur", option)
    assert ran.returncode == 1
    assert option.split("=", maxsplit=1)[0] in ran.stderr
    assert "Traceback" not in ran.stderr


def test_everything_stands_below_the_base_and_only_a_proxy_that_is_believed_says_https() -> None:
    site = "https://ent.example.fr"
    with (
        serving(
            *("--base-url", "/reperes/", "--cadre", site, "--proxy", "127.0.0.1", "--proxy", "::1")
        ) as server,
    ):
        assert server.ask("/")[0] == 404
        assert server.ask("/reperes")[0] == 404
        assert server.ask("/sante")[0] == 404
        status, headers, _body = server.ask("/reperes/")
        assert status == 200
        assert headers["Content-Security-Policy"].endswith(f"frame-ancestors {site}")
        assert "X-Frame-Options" not in headers
        assert "Strict-Transport-Security" not in headers
        _status, headers, _body = server.ask("/reperes/sante", X_Forwarded_Proto="https")
        assert headers["Strict-Transport-Security"].startswith("max-age=")
