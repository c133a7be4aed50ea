"""Scenarios: schema (:mod:`.schema`), loading (:mod:`.load`), composition (:mod:`.compose`), lint (:mod:`.lint`).

Nothing is imported here, so that readers of seeds do not pay for pydantic.
"""
