"""Commands are listed without their modules, and behave as if they had been imported."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import COMMANDS, app

REPO = Path(__file__).parents[3]


def run(*arguments: str, **environment: str):
    return CliRunner().invoke(app, arguments, env=environment, prog_name="copilot")


def test_all_are_listed():
    shown = run("--help")
    assert shown.exit_code == 0
    assert all(f" {name} " in shown.output for name in COMMANDS)


def test_a_misspelt_command_gets_a_suggestion():
    refused = run("documnets")
    assert refused.exit_code == 2
    assert "No such command 'documnets'. Did you mean 'documents'?" in refused.output


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("copilot mi", ["migrate"]),
        (
            "copilot webhooks ",
            ["add", "list", "test", "deliveries", "enable", "rotate-secret", "delete"],
        ),
        ("copilot documents --", ["--json", "--help"]),
    ],
)
def test_the_shell_completes_commands_and_what_is_theirs(words, completed):
    number = str(len(words.split(" ")) - 1)
    shown = run(_COPILOT_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=number)
    assert shown.output.split() == completed


def test_version_option_prints_the_version_of_the_project():
    project = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
    shown = run("--version")
    assert (shown.exit_code, shown.stdout) == (0, f"copilot {project['version']}\n")
