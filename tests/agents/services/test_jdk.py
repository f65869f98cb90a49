"""Which JDK is taken, and what a person is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.services.errors import ServiceError
from agents.services.jdk import Candidate, Need, Probe, choose_jdk
from agents.services.jdk_probe import candidates, find_jdk, probe, read_probe

KAFKA = Need(program="Kafka", least=17)
SEARCH = Need(program="Search", least=21, module="jdk.jdi", variables=("ES_JAVA_HOME", "JAVA_HOME"))


def jdk(name: str, version: int, *, full: bool = True, explicit: bool = False) -> Probe:
    modules = {"java.base", "jdk.jdi"} if full else {"java.base"}
    candidate = Candidate(Path(f"/jdks/{name}/bin/java"), name, explicit)
    return Probe(candidate, Path(f"/jdks/{name}"), version, frozenset(modules))


def broken(name: str, *, explicit: bool = False) -> Probe:
    return Probe(Candidate(Path(f"/jdks/{name}/bin/java"), name, explicit), problem="there is no such program")


CASES = {
    "the first that does": (KAFKA, [jdk("a", 17), jdk("b", 25)], "a", 0),
    "exactly the least version": (SEARCH, [jdk("a", 21)], "a", 0),
    "too old, then one that does": (SEARCH, [jdk("a", 17), jdk("b", 25)], "b", 0),
    "trimmed, then full": (SEARCH, [jdk("a", 25, full=False), jdk("b", 21)], "b", 0),
    "trimmed is enough without a needed module": (KAFKA, [jdk("a", 25, full=False)], "a", 0),
    "a person's choice goes first": (KAFKA, [jdk("a", 21, explicit=True), jdk("b", 17)], "a", 0),
    "a person's choice that does not do is a warning": (SEARCH, [jdk("a", 17, explicit=True), jdk("b", 25)], "b", 1),
    "both variables unsuitable": (
        SEARCH,
        [broken("a", explicit=True), jdk("b", 11, explicit=True), jdk("c", 25)],
        "c",
        2,
    ),
    "a broken one on the way is no warning": (KAFKA, [broken("a"), jdk("b", 17)], "b", 0),
}


@pytest.mark.parametrize(("need", "probes", "chosen", "warnings"), CASES.values(), ids=CASES.keys())
def test_the_first_suitable_jdk_is_taken(need: Need, probes: list[Probe], chosen: str, warnings: int) -> None:
    found = choose_jdk(probes, need)
    assert found.home == Path(f"/jdks/{chosen}")
    assert len(found.warnings) == warnings


def test_a_warning_names_variable_program_and_reason() -> None:
    (warning,) = choose_jdk([jdk("JAVA_HOME", 17, explicit=True), jdk("b", 25)], SEARCH).warnings
    assert warning.startswith("JAVA_HOME (/jdks/JAVA_HOME/bin/java) is not used: ")
    assert "version 17" in warning


def test_when_none_does_every_candidate_is_listed_with_its_reason_and_what_to_install() -> None:
    with pytest.raises(ServiceError) as caught:
        choose_jdk([broken("a", explicit=True), jdk("b", 17), jdk("c", 25, full=False)], SEARCH)
    said = str(caught.value)
    lines = said.splitlines()
    assert "/jdks/a/bin/java (from a): there is no such program" in lines[1]
    assert "version 17, Search needs 21" in lines[2]
    assert "lacks the module jdk.jdi" in lines[3]
    for wanted in ("JDK 21 or later", "jdk.jdi", "openjdk-21-jdk-headless", "ES_JAVA_HOME or JAVA_HOME"):
        assert wanted in lines[4]


def test_when_there_is_no_java_at_all_it_says_so() -> None:
    with pytest.raises(ServiceError, match="none at all"):
        choose_jdk([], KAFKA)


def test_those_after_the_chosen_one_are_not_asked() -> None:
    def lazily():
        yield jdk("a", 25)
        raise AssertionError("asked for another")

    assert choose_jdk(lazily(), KAFKA).version == 25


def install(folder: Path, *, version: str = "21.0.4", modules: tuple[str, ...] = ("jdk.jdi",)) -> Path:
    """A program that answers as a JDK in *folder* does."""
    lines = "".join(f"echo {module}@{version}\n" for module in ("java.base", *modules))
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\necho '    java.home = {folder}' >&2\n{lines}")
    java.chmod(0o755)
    return java


def test_variables_go_before_the_path_and_the_path_before_folders(tmp_path: Path) -> None:
    for name in ("es", "java", "path"):
        install(tmp_path / name)
    install(tmp_path / "home" / ".jdks" / "temurin-21")
    install(tmp_path / "home" / ".sdkman" / "candidates" / "java" / "25-tem")
    environ = {
        "ES_JAVA_HOME": str(tmp_path / "es"),
        "JAVA_HOME": str(tmp_path / "java"),
        "PATH": str(tmp_path / "path" / "bin"),
        "HOME": str(tmp_path / "home"),
    }
    here = [one for one in candidates(SEARCH, environ) if one.program.is_relative_to(tmp_path)]
    folders = [one.program.parent.parent.relative_to(tmp_path).as_posix() for one in here]
    assert folders == ["es", "java", "path", "home/.sdkman/candidates/java/25-tem", "home/.jdks/temurin-21"]
    assert [one.explicit for one in here] == [True, True, False, False, False]
    assert find_jdk(SEARCH, environ=environ).home == tmp_path / "es"


def test_a_jdk_with_two_names_is_looked_at_once(tmp_path: Path) -> None:
    install(tmp_path / "jdk")
    (tmp_path / "link").symlink_to(tmp_path / "jdk")
    environ = {"JAVA_HOME": str(tmp_path / "link"), "PATH": str(tmp_path / "jdk" / "bin")}
    assert [one.source for one in candidates(KAFKA, environ) if one.program.is_relative_to(tmp_path)] == ["JAVA_HOME"]


def test_a_wrapper_on_the_path_is_asked_for_the_jdk_behind_it(tmp_path: Path) -> None:
    java = install(tmp_path / "jdk")
    wrapper = tmp_path / "shims" / "java"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nexec "{java}" "$@"\n')
    wrapper.chmod(0o755)
    assert find_jdk(KAFKA, environ={"PATH": str(wrapper.parent)}).java == java


@pytest.mark.parametrize(
    ("stdout", "stderr", "problem"),
    [
        ("", "Unrecognized option: --list-modules\nError: no VM", "Unrecognized option: --list-modules"),
        ("", "", "nothing"),
        ("java.base@21\n", "no settings here", "no settings here"),
    ],
)
def test_a_strange_answer_is_a_reason(stdout: str, stderr: str, problem: str) -> None:
    found = read_probe(Candidate(Path("java"), "the path"), stdout, stderr)
    assert found.home is None
    assert found.problem is not None and found.problem.endswith(problem)


def test_early_access_versions_and_module_names_are_read() -> None:
    found = read_probe(
        Candidate(Path("java"), "x"), "java.base@26-ea\njdk.jdi@26-ea\n", "    java.home = /opt/my jdk\n"
    )
    assert (found.version, found.modules, found.home) == (26, {"java.base", "jdk.jdi"}, Path("/opt/my jdk"))


def test_a_folder_without_java_and_a_file_that_is_no_program_are_reasons(tmp_path: Path) -> None:
    assert probe(Candidate(tmp_path / "bin" / "java", "x")).problem == "there is no such program"
    (tmp_path / "java").write_text("text")
    assert probe(Candidate(tmp_path / "java", "x")).problem == "you may not run it"
