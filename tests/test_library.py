"""An editable install sees the checkout's content, so that an edit counts at once."""

from aftersales_cli import library


def test_content_is_the_checkouts_top_level() -> None:
    for name in ("rulebook", "templates", "examples"):
        assert library.content(name) == library.CHECKOUT / name


def test_without_a_checkout_content_is_inside_the_package(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(library, "CHECKOUT", tmp_path)
    assert library.content("rulebook") == library.PACKAGE / "content" / "rulebook"
