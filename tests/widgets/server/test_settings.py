"""How to serve: what is refused before anything starts, and what it changes in the answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from signs.errors import ReperesError
from tests.widgets.server.conftest import Home, home
from widgets.cli.main import app
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


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("0.0.0.0", "http://127.0.0.1:9151/"),  # noqa: S104 (shown, not listened on)
        ("::", "http://[::1]:9151/"),
        ("0:0:0:0:0:0:0:0", "http://[::1]:9151/"),
    ],
)
def test_every_address_is_no_address_to_go_to(host: str, here: str) -> None:
    settings = Settings(host=host, port=9151)
    assert settings.address == here
    assert settings.address_for_others == f"http://{socket.gethostname().lower()}:9151/"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.168.1.20", "serveur.local"])
def test_one_address_is_told_as_it_was_given(host: str) -> None:
    settings = Settings(host=host, port=9151)
    assert host in settings.address
    assert settings.address_for_others is None


@pytest.mark.parametrize("proxy", ["", "nginx", "10.0.0", "10.0.0.0/8", "*"])
def test_a_proxy_is_an_address(proxy: str) -> None:
    with pytest.raises(ServingError, match="--proxy"):
        Settings(proxies=(proxy,))


@pytest.mark.parametrize("option", ["--cadre=http://a.fr", "--base-url=/../", "--proxy=nginx"])
def test_each_mistake_is_a_french_sentence(capsys: pytest.CaptureFixture[str], option: str) -> None:
    with pytest.raises(ReperesError, match=option.split("=", maxsplit=1)[0]):
        app(["--sans-navigateur", option], standalone_mode=False)
    assert capsys.readouterr() == ("", "")


SITE = "https://ent.example.fr"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Home]:
    """Return a server below a path, behind a proxy, in a home where nobody can write."""
    proxies = ("--proxy", "127.0.0.1", "--proxy", "::1")
    options = ("--base-url", "/reperes/", "--cadre", SITE, *proxies)
    with home(*options, elsewhere="/proc") as at_home:  # not even root writes there
        yield at_home


def test_everything_stands_below_the_base(elsewhere: Home) -> None:
    status, _headers, body = elsewhere.server.ask("/")
    assert status == 404
    assert '<a href="reperes/">' in body.decode()
    assert '<a href="../">' in elsewhere.server.ask("/reperes/rien/nulle-part")[2].decode()
    status, headers, _body = elsewhere.server.ask("/reperes")
    assert (status, headers["Location"]) == (302, "reperes/")
    assert elsewhere.server.ask("/sante")[0] == 404
    status, headers, body = elsewhere.server.ask("/reperes/")
    assert status == 200
    assert b"reperes-board" in body
    assert headers["Content-Security-Policy"].endswith(f"frame-ancestors {SITE}")
    assert "X-Frame-Options" not in headers


def test_a_proxy_that_is_believed_says_https(elsewhere: Home) -> None:
    _status, headers, _body = elsewhere.server.ask("/reperes/sante")
    assert "Strict-Transport-Security" not in headers
    _status, headers, _body = elsewhere.server.ask("/reperes/sante", X_Forwarded_Proto="https")
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_when_its_terminal_closes_it_leaves_nothing(elsewhere: Home) -> None:
    """The last that asks for this server: it ends it."""
    elsewhere.server.ask("/reperes/")
    elsewhere.assert_it_leaves_nothing_when_told_to_end("SIGHUP")
