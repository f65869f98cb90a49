"""English words of public office, and of the grammar around them. Data only; `offices.py` reads them."""

from __future__ import annotations

from typing import Final

HOLDERS: Final = frozenset(
    """official officials minister ministers premier president governor governors general generals commander commanders
    chief chiefs head heads director directors chairman chairwoman secretary secretaries deputy deputies aide aides
    mayor mayors ambassador ambassadors envoy envoys judge judges justice prosecutor prosecutors chancellor speaker
    cabinet government pm commissioner commissioners senator lawmaker treasurer spymaster""".split()
)
NOT_HOLDERS: Final = frozenset(
    """executive executives coach coaches captain manager managers editor editors trainer chef striker economist
    designer engineer teacher headteacher bishop referee players player ceo anchor presenter""".split()
)
"""Words that make another of the word before ("chief executive", "head coach")."""
POSTS: Final = frozenset(
    """office post posts position positions role roles duties command cabinet government premiership presidency
    ministry chairmanship""".split()
)
GOVERNMENT: Final = frozenset(
    "office post posts cabinet government parliament senate ministry commission presidency premiership".split()
)
CLUBS: Final = frozenset(
    """club team league federation company firm university college newspaper magazine band choir orchestra school
    charity board union""".split()
)
DETERMINERS: Final = frozenset(
    "the a an his her its their this that of by for with to from newly recently former two three".split()
)
PRONOUNS: Final = frozenset({"him", "her", "them", "mr", "mrs", "ms", "dr", "gen", "lt", "col"})
AUXILIARIES: Final = frozenset(
    """has have had was were been be is are being will would to may might could should must shall can not never n't
    also did do does already 'd 'll ve 've then now himself herself just formally both all""".split()
)
PHRASE_ENDS: Final = frozenset(
    """at on in from against over by with to of for after before during amid about as into who whom which that when
    while because if and but or is are was were be been has have had will would can could may might said says
    today yesterday tomorrow overnight late early last this next following than not""".split()
)
SUBJECT_BARRIERS: Final = frozenset(
    """who whom which that when while after before because but as if with over by said says told tells at against
    about ; : — – - ( ) " “ ” . ! ?""".split()
)
NEVER_WITH: Final = frozenset(
    """company board firm club team bakery restaurant coach coaches league newspaper orchestra band film school
    university shareholders investors""".split()
)
