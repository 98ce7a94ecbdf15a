"""A foreign wheel that ships `tools` or `core` would win outside of the repo root."""

import importlib
import tomllib
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_ours(package):
    module = importlib.import_module(package)
    assert module.__file__ == str(REPO / package / "__init__.py")
    assert (REPO / package / "py.typed").is_file()


def test_every_package_is_built_checked_and_layered():
    tool = PROJECT["tool"]
    (layers,) = (c["layers"] for c in tool["importlinter"]["contracts"] if c["type"] == "layers")
    in_layers = {name.strip() for layer in layers for name in layer.split("|")}
    on_disk = {path.parent.name for path in REPO.glob("*/py.typed")}
    assert (
        set(PACKAGES)
        == set(tool["importlinter"]["root_packages"])
        == set(tool["mypy"]["packages"])
        == in_layers
        == on_disk
    )


def test_tests_are_no_packages():
    assert not list((REPO / "tests").rglob("__init__.py"))
