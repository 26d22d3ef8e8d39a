from agent.analysis.drafting.chats import ChatMemory
from agent.analysis.drafting.llama import Kept
from tests.analysis.conftest import turn


def kept(size):
    return Kept(10, (1, 2), b"x" * size)


def test_the_chat_used_longest_ago_gives_way():
    memory = ChatMemory(100)
    for chat in (1, 2, 3):
        memory.put(chat, kept(40))
    assert memory.used == 80
    assert memory.take(1) is None
    assert memory.take(2) == kept(40)
    memory.put(2, kept(40))
    memory.put(4, kept(40))
    assert memory.take(3) is None
    assert memory.used == 80


def test_nothing_is_kept_beyond_the_budget_and_nothing_at_all_without_one():
    memory = ChatMemory(100)
    memory.put(1, kept(40))
    memory.put(1, kept(101))
    assert (memory.take(1), memory.used) == (None, 0)
    none = ChatMemory(0)
    none.put(1, kept(1))
    assert none.take(1) is None
    memory.put(1, kept(40))
    memory.forget_states()
    assert (memory.take(1), memory.used) == (None, 0)


def ids(turns):
    return [one.id for one in turns]


def chat(first, last):
    return tuple(turn(n, f"mensagem {n}") for n in range(first, last + 1))


def test_the_window_keeps_its_beginning_while_the_stores_list_slides():
    memory = ChatMemory(0)
    assert ids(memory.window(1, chat(1, 12))) == [10, 11, 12]
    memory.remember_window(1, chat(1, 12))
    assert ids(memory.window(1, chat(3, 14))) == list(range(1, 15))
    assert ids(memory.window(2, chat(3, 14))) == [12, 13, 14]


def test_a_window_that_was_cut_stays_cut_and_one_without_a_link_begins_anew():
    memory = ChatMemory(0)
    memory.remember_window(1, chat(7, 12))
    assert ids(memory.window(1, chat(1, 13))) == list(range(7, 14))
    assert ids(memory.window(1, chat(30, 41))) == [39, 40, 41]
    assert memory.window(1, ()) == ()


def test_a_chat_that_is_forgotten_leaves_no_state_and_no_window():
    memory = ChatMemory(100)
    for one in (1, 2):
        memory.put(one, kept(40))
        memory.remember_window(one, (turn(one, "segredo"),))
    memory.forget({1, 9})
    assert (memory.take(1), memory.used) == (None, 40)
    assert "segredo" not in repr(memory._windows.get(1))
    assert memory.take(2) == kept(40)
    assert 2 in memory._windows
