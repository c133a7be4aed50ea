"""What drives an outcome: indices of sensitivity, screening, and rules, all by theory and freed of luck.

Parameters are varied as uniform numbers that each one's prior (or fitted marginal) turns into values, see
:mod:`.space`; what is asked of the futures is one column, see :mod:`.target`.
"""
