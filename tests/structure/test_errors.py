"""Every error that a person sees has an exit code of its own, and no code means two things."""

import importlib
import pkgutil
from collections import Counter

import agent
from agent.errors import BalcaoError

USED_BY_SHELLS = {0, 126, 127, *range(128, 256)}


def repeated_codes(classes: list[type[BalcaoError]]) -> set[int]:
    return {code for code, times in Counter(one.code for one in classes).items() if times > 1}


def kinds_of_errors() -> list[type[BalcaoError]]:
    for module in pkgutil.walk_packages(agent.__path__, "agent."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, open_classes = list[type[BalcaoError]](), [BalcaoError]
    while open_classes:
        one = open_classes.pop()
        found.append(one)
        open_classes += [below for below in one.__subclasses__() if below.__module__.startswith("agent.")]
    return found


def test_every_error_has_its_own_code_and_says_when_it_comes():
    found = kinds_of_errors()
    assert len(found) > 5
    assert repeated_codes(found) == set()
    assert not USED_BY_SHELLS & {one.code for one in found}
    assert all(one.__doc__ for one in found)


def test_a_code_used_twice_is_noticed():
    class Another(BalcaoError):
        code = 2

    class Third(BalcaoError):
        code = 2

    assert repeated_codes([BalcaoError, Another, Third]) == {2}
    assert repeated_codes([BalcaoError, Another]) == set()
