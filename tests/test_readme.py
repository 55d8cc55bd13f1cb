"""What README promises is there, and what is there stands in README."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.config.values import SETTINGS

HERE = Path(__file__).resolve().parents[1]
README = (HERE / "README.md").read_text("utf-8")
EVERYWHERE = {"--root", "--quiet", "-q", "--verbose", "-v", "--no-color", "--help"}


def said() -> list[list[str]]:
    """Every digest command that README shows, word by word."""
    code = re.findall(r"`(digest [^`\n]+)`", README)
    for block in re.findall(r"(?ms)^```sh\n(.+?)^```", README):
        code += [part.strip() for line in block.splitlines() for part in line.split("#")[0].split("&&")]
    return [shlex.split(line.replace("[DIR]", "DIR"))[1:] for line in code if line.startswith("digest ")]


def options(command: click.Command) -> set[str]:
    return {name for option in command.params for name in (*option.opts, *option.secondary_opts)} | {"--help"}


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_stands_in_readme_and_has_its_help(name: str):
    command = main.commands[name]
    row = next(line for line in README.splitlines() if line.startswith(f"| `digest {name}"))
    assert {word for word in options(command) if word.startswith("--")} - EVERYWHERE == set(
        re.findall(r"--[\w-]+", row)
    )
    help_text = CliRunner().invoke(main, [name, "--help"]).stdout
    assert command.help
    assert command.help.rstrip(".") in " ".join(help_text.split())
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("words", said(), ids=" ".join)
def test_every_command_of_readme_is_there(words: list[str]):
    if words == ["--version"]:
        assert CliRunner().invoke(main, words).exit_code == 0
        return
    command = main.commands[words[0]]
    assert {word for word in words[1:] if word.startswith("-")} <= options(command)


def test_every_setting_stands_in_readme_and_no_other():
    there = {f"{table}.{key}" for table, keys in SETTINGS.items() for key in keys}
    assert set(re.findall(r"(?m)^\| `(\w+\.\w+)` \|", README)) == there


@pytest.mark.parametrize("marker", ["demo", "tests"])
def test_the_two_commands_are_one_line_each(marker: str):
    assert re.search(rf"(?m)^<!-- {marker} -->\n```sh\n[^\n]+\n```$", README)


def test_what_readme_links_to_is_there():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (HERE / link).exists()] == []
