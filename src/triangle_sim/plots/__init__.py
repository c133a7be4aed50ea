"""Pictures of a result: one figure a file, one style, one question a figure.

Nothing is imported here, so that the command line pays for matplotlib only when it draws:

- :mod:`.fan` how a quantity may go, quarter by quarter
- :mod:`.endings` how the futures end, in "n in 20"
- :mod:`.triangle` which kind of triangle, and North Korea's role in it
- :mod:`.network` the ties among the countries, at the start and at the end
- :mod:`.bars` what the variance is made of
- :mod:`.dots` where the futures fall on one outcome
- :mod:`.pictures` all of them by name, the four that every run saves, and their files
- :mod:`.recipe` what a file carries, :mod:`.numbers` the tables it shows, :mod:`.again` whether it is what it says
- :mod:`.style` colours and fonts; :mod:`.placing` what goes where; :mod:`.calendar` axes of quarters;
  :mod:`.words` plain words; :mod:`.base` what every picture says of its result
"""
