"""Which words may be a verb in its plain form, and which are past participles that do not end in "-ed"?"""

import re

from rag.measures import PAST_TO_BASE
from rag.verify.verbs import VERBS

_COMMON = (
    "accept accuse add admit advise agree allow announce answer appear apply argue arrive ask attack bear beat "
    "become begin believe belong blame borrow bring build buy call carry cause celebrate change charge choose "
    "claim climb close collect come comment compare complain confess confirm contain continue cost cover create "
    "cross cut decide declare deliver demand deny depend describe design die disappear discover do donate draw "
    "drive drop earn eat end enter escape expect explain face fail fall fear feel fight fill find finish flee fly "
    "forget get give go grow guess happen hate have hear help hide hire hold hope hurt imagine inherit injure "
    "insist intend invent invest invite join jump keep kill know lack last lead learn leave lend lie lift like "
    "live look lose love make manage marry mean measure meet mention miss move name need notice offer open order "
    "own pay plan play plead point predict prefer prepare promise propose protect prove provide publish put raise "
    "reach read receive recommend reduce refuse remain remember remove repair repeat replace reply report "
    "represent request rescue resign respond rest result retire return reveal ride rise run save say score see "
    "seek seem sell send serve set settle shout show sign sing sit sleep spend stand start stay steal stop study "
    "succeed suffer suggest support swear take talk teach tell thank think throw train travel try turn understand "
    "use visit vote wait walk want warn wear weigh welcome win wish work worry write "
)
PLAIN = frozenset(_COMMON.split()) | frozenset(PAST_TO_BASE.values()) | frozenset(re.findall(r"[a-z]+", VERBS))
PARTICIPLES = frozenset(
    (
        "born built made held won lost given taken known found left led sold bought paid shot hit caught sent written "
        "run owned chosen driven flown grown hurt kept laid lent seen set shown sung sunk spent stolen struck taught "
        "told thrown worn beaten broken eaten fallen forgotten frozen hidden risen spoken woken drawn brought fought "
        "thought sought dug "
    ).split()
)


def is_participle(word: str) -> bool:
    """By its ending, or one of PARTICIPLES."""
    return word in PARTICIPLES or (word.endswith("ed") and len(word) > 4)
