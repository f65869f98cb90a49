"""Settings: where values come from, and how a bad one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.errors import SettingsError
from agents.settings import Settings, load_settings
from schemas.descriptions import descriptions


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_flags_go_before_environment_before_file_before_default(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text('partitions = 2\nreplication = 2\ntopic_prefix = "file"\n')
    environ = {"TOCSIN_PARTITIONS": "3", "TOCSIN_REPLICATION": "3"}
    settings = load_settings({"partitions": 4, "worker_id": None}, environ)
    assert (settings.partitions, settings.replication, settings.topic_prefix) == (4, 3, "file")
    assert settings.worker_id == "0"


def test_settings_cannot_be_changed() -> None:
    settings = load_settings({}, {})
    with pytest.raises(ValueError, match="frozen"):
        settings.partitions = 7  # type: ignore[misc]


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"TOCSIN_PARTITION": "3"}, "did you mean partitions"),
        ({"TOCSIN_XYZZY": "3"}, "no setting 'xyzzy'"),
        ({"TOCSIN_PARTITIONS": "many"}, "partitions (environment)"),
        ({"TOCSIN_KAFKA_URL": "http://localhost"}, "embedded:// or kafka://"),
        ({"TOCSIN_MAX_ARTICLE_BYTES": "999999999"}, "exceeds max_message_bytes"),
        ({"TOCSIN_CONFIG": "/nowhere/tocsin.toml"}, "does not exist"),
    ],
)
def test_a_bad_value_is_refused_with_name_origin_and_reason(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({}, environ)
    assert said in str(caught.value)


def test_a_broken_file_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text("partitions = = 2")
    with pytest.raises(SettingsError, match=r"tocsin\.toml.*TOML"):
        load_settings({}, {})


def test_an_unknown_name_in_the_file_says_where(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text('data_dri = "x"\n')
    with pytest.raises(SettingsError, match=r"tocsin\.toml: there is no setting 'data_dri'; did you mean data_dir"):
        load_settings({}, {})


def test_hosts_are_separated_by_commas() -> None:
    assert load_settings({}, {"TOCSIN_FETCH_ALLOW_HOSTS": "a.example, b.example:8080"}).fetch_allow_hosts == (
        "a.example",
        "b.example:8080",
    )


def test_an_empty_variable_means_none() -> None:
    assert load_settings({}, {"TOCSIN_RULES_DIR": ""}).rules_dir is None


def test_every_setting_is_documented() -> None:
    assert set(Settings.model_fields) == {name for name, meaning in descriptions(Settings).items() if meaning}


def test_paths_become_absolute(tmp_path: Path) -> None:
    assert load_settings({"data_dir": "data"}, {}).broker_dir == tmp_path.resolve() / "data" / "broker"
