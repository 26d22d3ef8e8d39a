import threading
import time

from agent.analysis.drafting.queue import DraftQueue, Job, Priority


def job(priority, given_up=None):
    return Job(priority, lambda _: None, (lambda: given_up.append(priority)) if given_up is not None else lambda: None)


def test_what_a_person_asked_for_goes_first_then_the_open_chats_draft():
    queue = DraftQueue()
    draft, rewrite, prefetch = (job(one) for one in (Priority.DRAFT, Priority.REWRITE, Priority.PREFETCH))
    queue.put(draft)
    queue.put(prefetch)
    queue.put(rewrite)
    assert [queue.next(0), queue.next(0), queue.next(0), queue.next(0)] == [rewrite, draft, prefetch, None]


def test_a_rewriting_puts_a_running_draft_off_which_may_be_begun_anew_unless_nobody_wants_it():
    queue, lost = DraftQueue(), []
    draft = job(Priority.DRAFT, lost)
    queue.put(draft)
    assert queue.next(0) is draft
    rewrite = job(Priority.REWRITE)
    queue.put(rewrite)
    assert draft.stopped()
    assert draft.put_off
    assert queue.put_again(draft)
    assert not draft.stopped()
    assert [queue.next(0), queue.next(0)] == [rewrite, draft]
    queue.put(job(Priority.REWRITE))
    draft.stop()
    assert not queue.put_again(draft)
    assert draft.stopped()
    assert lost == []


def test_a_draft_that_was_put_off_gives_way_to_a_newer_one():
    queue = DraftQueue()
    older, newer = job(Priority.DRAFT), job(Priority.DRAFT)
    queue.put(older)
    queue.next(0)
    queue.put(job(Priority.REWRITE))
    queue.put(newer)
    assert not queue.put_again(older)


def test_a_draft_does_not_end_a_rewriting():
    queue = DraftQueue()
    rewrite = job(Priority.REWRITE)
    queue.put(rewrite)
    queue.next(0)
    queue.put(job(Priority.DRAFT))
    assert not rewrite.stopped()
    queue.put(job(Priority.FORGET))
    assert rewrite.stopped()


def test_a_newer_one_ends_the_older_that_waits_or_runs():
    queue, lost = DraftQueue(), []
    first, second, third = (job(Priority.PREFETCH, lost) for _ in range(3))
    queue.put(first)
    assert queue.next(0) is first
    queue.put(second)
    assert first.stopped()
    assert lost == []
    queue.put(third)
    assert second.stopped()
    assert lost == [Priority.PREFETCH]
    assert queue.next(0) is third


def test_a_draft_interrupts_what_is_less_urgent_and_is_not_interrupted_by_it():
    queue, lost = DraftQueue(), []
    running, waiting = job(Priority.PREFETCH), job(Priority.PREFETCH, lost)
    queue.put(running)
    queue.next(0)
    draft = job(Priority.DRAFT)
    queue.put(draft)
    assert running.stopped()
    assert queue.next(0) is draft
    queue.put(waiting)
    assert not draft.stopped()
    queue.put(job(Priority.DRAFT))
    assert draft.stopped()
    assert lost == [Priority.PREFETCH]  # It was read for a chat that is not the one that counts now.


def test_closing_ends_everything_and_wakes_the_thread():
    queue, lost, got = DraftQueue(), [], []
    thread = threading.Thread(target=lambda: got.append(queue.next(None)))
    thread.start()
    time.sleep(0.05)
    queue.close()
    thread.join(5)
    assert got == [None]
    queue.put(job(Priority.DRAFT, lost))
    assert lost == [Priority.DRAFT]
    assert queue.wanted()
