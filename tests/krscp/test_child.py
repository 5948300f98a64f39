"""A function in a process of its own: what it returns comes back, and what it costs ends with it."""

import os
import signal

import pytest

from krscp import child

pytestmark = pytest.mark.own_process
HERE = "tests.krscp.test_child"
SMALL = child.Limits(processor=1, memory=256 * 1024 * 1024, clock=60)


# What the process runs.


def says(data: bytes, options: dict) -> list:
    return [len(data), options, "DATABASE_URL" in os.environ, "KRSCP_SECRET_KEY" in os.environ]


def turns(data: bytes, options: dict) -> None:
    while True:
        pass


def grows(data: bytes, options: dict) -> str:
    return "x" * (1024 * 1024 * 1024)


def tells_too_much(data: bytes, options: dict) -> str:
    return "x" * (child.MOST_ANSWER + 1)


def breaks(data: bytes, options: dict) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def is_at_fault(data: bytes, options: dict) -> None:
    raise KeyError("nobody expected this")


def run(task, data: bytes = b"", limits: child.Limits = SMALL, **options):
    return child.run(f"{HERE}:{task.__name__}", options, data, limits)


def test_what_the_function_returns_comes_back_and_no_secret_goes_in(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@127.0.0.1/none")
    monkeypatch.setenv("KRSCP_SECRET_KEY", "secret")
    assert run(says, b"one\ntwo", name="a") == [7, {"name": "a"}, False, False]


@pytest.mark.parametrize("task", [turns, grows, tells_too_much, breaks], ids=lambda task: task.__name__)
def test_a_process_that_passes_its_limits_or_breaks_is_stopped(task):
    with pytest.raises(child.Stopped):
        run(task)


def test_a_process_that_hangs_is_stopped_by_the_clock():
    with pytest.raises(child.Stopped):
        run(turns, limits=child.Limits(processor=60, clock=1))


def test_a_fault_of_ours_is_written_down(caplog):
    with pytest.raises(child.Failed):
        run(is_at_fault)
    assert "nobody expected this" in caplog.text


@pytest.fixture
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(child, "folder", lambda: tmp_path)


@pytest.mark.usefixtures("own_folder")
def test_two_run_at_once_and_another_waits_until_one_ends(monkeypatch):
    places = [child.taken("place", child.AT_ONCE) for _ in range(child.AT_ONCE)]
    waits = []

    def one_ends(seconds: float) -> None:
        waits.append(seconds)
        os.close(places.pop())

    monkeypatch.setattr(child.time, "sleep", one_ends)
    with child.turn():
        assert len(waits) == 1
    for place in places:
        os.close(place)


@pytest.mark.usefixtures("own_folder")
def test_who_has_waited_long_enough_is_told_that_it_is_busy(monkeypatch):
    places = [child.taken("place", child.AT_ONCE) for _ in range(child.AT_ONCE)]
    moments = iter(range(0, 1000, child.LONGEST_WAIT))
    monkeypatch.setattr(child.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(child.time, "sleep", lambda seconds: None)
    with pytest.raises(child.Busy), child.turn():
        pytest.fail("had a turn")
    for place in places:
        os.close(place)


@pytest.mark.usefixtures("own_folder")
def test_where_enough_wait_already_another_is_told_at_once():
    seats = [child.taken("seat", child.AT_ONCE + child.WAITING) for _ in range(child.AT_ONCE + child.WAITING)]
    with pytest.raises(child.Busy), child.turn():
        pytest.fail("had a turn")
    for seat in seats:
        os.close(seat)


@pytest.mark.usefixtures("own_folder")
def test_a_turn_ends_with_what_was_run():
    for _ in range(child.AT_ONCE + child.WAITING + 1):
        with child.turn() as held:
            assert len(held) == 1


def test_the_folder_of_the_locks_is_nobody_elses(monkeypatch, tmp_path):
    monkeypatch.setattr(child.tempfile, "gettempdir", lambda: str(tmp_path))
    assert child.folder().stat().st_mode & 0o077 == 0
    target = tmp_path / "elsewhere"
    target.mkdir()
    made = child.folder()
    made.rmdir()
    made.symlink_to(target)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        child.folder()
