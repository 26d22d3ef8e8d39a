"""What schemathesis is told beside the document."""

import schemathesis


@schemathesis.hook
def filter_case(_context: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """A conversation's ``stage_id`` may be null. It leads to no stage, and would be asked for as ``/stages/None``."""
    return None not in case.path_parameters.values()
