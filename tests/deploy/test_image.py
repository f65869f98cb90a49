"""deploy/Dockerfile: pinned, without a compiler, and built from what the builder is sent."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def final_stage() -> str:
    return DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "deploy" / "locks" / name).read_text("utf-8")))


def test_base_image_is_pinned_to_a_release() -> None:
    assert re.search(r"^ARG PYTHON=3\.\d+\.\d+-slim-\w+$", DOCKERFILE, re.MULTILINE)
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:${PYTHON}"] * 2


def test_everything_from_outside_is_pinned_by_hash() -> None:
    installs = re.findall(r"pip install ([^&\n]+)", DOCKERFILE)
    assert len(installs) == 3
    for arguments in installs:
        assert "--require-hashes --only-binary :all:" in arguments or "--no-index" in arguments
    assert "apt-get" not in DOCKERFILE
    assert "curl" not in DOCKERFILE


def test_final_stage_only_copies_and_runs_as_an_ordinary_user() -> None:
    assert "pip" not in final_stage()
    assert re.search(r"^USER 1000:0$", final_stage(), re.MULTILINE)
    assert 'ENTRYPOINT ["tocsin"]' in final_stage()


def test_builder_is_sent_what_is_copied() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    sent = [line.removeprefix("!") for line in lines if line.startswith("!")]
    copied = [
        source for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE) for source in line.split()[:-1]
    ]
    assert "pyproject.toml" in copied
    for source in copied:
        assert (ROOT / source).exists(), source
        assert any(source == one or source.startswith(f"{one}/") for one in sent), source


def test_wheel_is_built_with_the_packages_that_it_is_built_with_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.split(r"[<>=]", one)[0] for one in project["build-system"]["requires"]}
    assert wanted <= pins("build.txt").keys()
    assert pins("build.txt").items() <= pins("dev.txt").items()
