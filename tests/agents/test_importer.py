"""What files become: articles as they stand, or a refusal that says where and why."""

from __future__ import annotations

import io
from pathlib import Path

from agents.importer import Payload, Refusal, payloads


def read(path: Path) -> list[Payload | Refusal]:
    return list(payloads(str(path), io.BytesIO()))


def test_an_array_of_articles_is_sent_one_by_one_and_its_other_elements_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mixed.json"
    path.write_text('[{"body": "a"}, 7, "text", [1], null, {"title": "b"}]')
    found = read(path)
    assert [one.raw for one in found if isinstance(one, Payload)] == [b'{"body":"a"}', b'{"title":"b"}']
    refused = [one for one in found if isinstance(one, Refusal)]
    assert [one.origin for one in refused] == [f"{path}[{i}]" for i in (1, 2, 3, 4)]
    assert all("not a JSON object" in one.reason for one in refused)


def test_malformed_lines_are_sent_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b'{"body": "a"}\n\n{"body": \n\xff\n')
    assert read(path) == [
        Payload(b'{"body": "a"}', f"{path}:1"),
        Payload(b'{"body":', f"{path}:3"),
        Payload(b"\xff", f"{path}:4"),
    ]


def test_a_text_that_is_not_utf8_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "latin1.txt"
    path.write_bytes("Año".encode("latin-1"))
    (refused,) = read(path)
    assert isinstance(refused, Refusal)
    assert "byte 1" in refused.reason
