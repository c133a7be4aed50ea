"""Scenarios, by verb: what a file may say (``schema``), ``read``, ``check`` against the model, ``show``.

:mod:`triangle_sim.scenario.load` puts reading and checking together.

Nothing is imported here, so that readers of seeds do not pay for pydantic.
"""
