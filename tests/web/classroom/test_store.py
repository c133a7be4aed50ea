"""The journal: what was written is there again, whatever ended the server."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangle_sim.errors import UsageError
from triangle_sim.web.classroom import rules
from triangle_sim.web.classroom.room import Room
from triangle_sim.web.classroom.rules import RefusedError
from triangle_sim.web.classroom.store import NAME, Store

CODES = ("CHN", "KOR", "PRK")
MENUS = dict.fromkeys(CODES, ("hold", "move"))

wishes = st.one_of(
    st.tuples(st.sampled_from([rules.take, rules.free]), st.sampled_from(CODES)),
    st.tuples(st.just(lambda room, code: rules.guess(room, code, "bloc", ["bloc"])), st.sampled_from(CODES)),
    st.tuples(
        st.just(lambda room, code, move, late: rules.seal(room, code, room.opening - late, move, MENUS)),
        st.sampled_from(CODES), st.sampled_from(["hold", "move", "other"]), st.sampled_from([0, 0, 0, 1]),
    ),
    st.tuples(st.just(lambda room, code: rules.unseal(room, code, room.opening)), st.sampled_from(CODES)),
    st.tuples(st.just(lambda room: rules.resolve(room, room.opening))),
    st.tuples(st.just(lambda room: rules.undo(room, room.opening))),
    st.tuples(st.sampled_from([rules.start, rules.start, rules.finish, rules.anew])),
    st.tuples(st.just(rules.timed), st.sampled_from([-1, 0, 30])),
)  # fmt: skip


@given(st.lists(wishes, max_size=40))
def test_a_room_is_its_journal(asked: list[tuple[Any, ...]]) -> None:
    """Whatever is asked in whatever order: what is granted, written and read again makes the same room."""
    room, written = Room("BCDFG", CODES, 3), []
    for wish, *given_ in asked:
        try:
            event = wish(room, *given_)
        except RefusedError:
            continue
        room.apply(event)
        written.append(json.loads(json.dumps(event)))
        assert 0 <= room.turn <= room.turns
        assert set(room.sealed) <= set(room.taken)
        assert not room.sealed or room.phase == "play"
    again = Room("BCDFG", CODES, 3)
    for event in written:
        again.apply(event)
    assert again == room


def test_what_is_written_is_there_again(tmp_path: Path) -> None:
    first = Store.open(tmp_path / "a" / "b")
    assert (first.head, first.events, first.torn) == (None, [], 0)
    for event in ({"what": "classroom", "format": 1}, {"room": "X", "what": "started"}, {"title": "북한 \n <b>"}):
        first.append(event)
    first.close()
    again = Store.open(tmp_path / "a" / "b")
    assert again.head == {"what": "classroom", "format": 1}
    assert again.events == [{"room": "X", "what": "started"}, {"title": "북한 \n <b>"}]
    again.close()


@pytest.mark.parametrize("torn", [b'{"room": "X", "wh', b'{"room": "X"}', b"\x00" * 40, b'{"room": "X', b'{"a"\n'])
def test_a_torn_last_line_is_dropped_and_writing_goes_on(tmp_path: Path, torn: bytes) -> None:
    store = Store.open(tmp_path)
    store.append({"what": "classroom", "format": 1})
    store.append({"what": "started"})
    store.close()
    path = tmp_path / NAME
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    again = Store.open(tmp_path)
    assert again.torn == len(torn)
    assert again.events == [{"what": "started"}]
    again.append({"what": "finished"})
    again.close()
    assert path.read_bytes() == whole + b'{"what":"finished"}\n'


def test_damage_before_the_last_line_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b'{"what":"classroom","format":1}\nnonsense\n{"what":"started"}\n')
    with pytest.raises(UsageError, match="line 2 cannot be read"):
        Store.open(tmp_path)


@pytest.mark.parametrize("text", [b'{"what":"other"}\n', b'{"what":"classroom","format":99}\n'])
def test_another_file_is_no_journal(tmp_path: Path, text: bytes) -> None:
    (tmp_path / NAME).write_bytes(text)
    with pytest.raises(UsageError, match="not a classroom"):
        Store.open(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_tokens_are_for_the_owners_eyes(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    old = os.umask(0)
    try:
        store = Store.open(folder)
    finally:
        os.umask(old)
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    store.close()
    (folder / NAME).chmod(0o644)
    Store.open(folder).close()
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="locks are of POSIX")
def test_two_servers_do_not_share_a_folder(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    with pytest.raises(UsageError, match="another classroom is running"):
        Store.open(tmp_path)
    first.close()
    Store.open(tmp_path).close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_leaves_the_journal_as_it_was(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.append({"what": "classroom", "format": 1})
    kept, store.file = store.file, open("/dev/full", "wb", buffering=0)  # noqa: SIM115
    with pytest.raises(OSError, match="No space left"):
        store.append({"what": "started"})
    store.file.close()
    store.file = kept
    store.close()
    again = Store.open(tmp_path)
    assert (again.events, again.torn) == ([], 0)
    again.close()


def test_what_a_full_disk_left_of_a_line_is_gone_before_the_next(tmp_path: Path) -> None:
    """It could not even be taken back: the next line does not stand behind it."""
    store = Store.open(tmp_path)
    store.append({"what": "classroom", "format": 1})
    whole, file = (tmp_path / NAME).stat().st_size, store.file

    class Stuck:
        def fileno(self) -> int:
            return file.fileno()

        def write(self, line: bytes) -> int:
            file.write(line[:4])
            raise OSError(28, "No space left on device")

        def truncate(self, size: int) -> int:
            raise OSError(5, "Input/output error")

    store.file = Stuck()  # type: ignore[assignment]
    with pytest.raises(OSError, match="No space left"):
        store.append({"what": "started"})
    assert (tmp_path / NAME).stat().st_size == whole + 4
    store.file = file
    store.append({"what": "started"})
    store.close()
    again = Store.open(tmp_path)
    assert (again.events, again.torn) == ([{"what": "started"}], 0)
    again.close()
