"""Pictures of a result: one figure a file, one style, one question a figure.

Nothing is imported here, so that the command line pays for matplotlib only when it draws:

- :mod:`.fan` how a quantity may go, quarter by quarter
- :mod:`.endings` how the futures end, in "n in 20"
- :mod:`.triangle` which kind of triangle, and North Korea's seat in it
- :mod:`.network` the ties among the countries, at the start and at the end
- :mod:`.bars` what the spread is made of
- :mod:`.dots` where the futures fall on one outcome
- :mod:`.pictures` the four that every run saves; :mod:`.studio` the process that draws them meanwhile
- :mod:`.style` colours and fonts; :mod:`.files` saving; :mod:`.layout` placing; :mod:`.words` plain words;
  :mod:`.shares` counting; :mod:`.base` what is read of a result
"""
