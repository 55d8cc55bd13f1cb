"""How each language says who said something: its verbs of saying, its pronouns, its words for "according to"."""

import re

from digest.model import record


@record
class Tongue:
    """What tells a speaker, in one language. All are regular expressions without groups."""

    verbs: str
    pronouns: str
    articles: str  # words that open the name of one who is not named: "the minister", "ein Sprecher"
    between: str  # what may stand between subject and verb: "also", "later"
    according: str
    stops: str  # words at which what follows the verb is no longer the speaker
    fronted: str = "$"  # words that open a sentence in which the subject follows its verb: "Am Abend sagte Holm"
    verb_first: bool = False  # the subject follows its verb wherever that stands
    all_nouns: bool = False  # have capitals, so that one alone says nothing of a name


TONGUES = {
    "en": Tongue(
        verbs="""said|says|say|told|tells|wrote|writes|added|adds|asked|asks|saying|adding|telling|writing|noting
            |tweeted|posted|noted|notes|replied|replies|responded|responds|explained|explains|continued|continues
            |argued|argues|arguing|warned|warns|warning|stated|states|insisted|insists|recalled|recalls|declared
            |declares|concluded|concludes|claimed|claims|announced|acknowledged|admitted|admits|suggested|suggests
            |joked|jokes|quipped|vowed|pledged|promised|shouted|yelled|remarked|observed|predicted|complained
            |complains|described|describes|describing|called|calls|calling|dubbed|denounced|reads|read|testified|urged
            |urges|answered|commented|conceded|confirmed|cautioned|countered|emphasized|stressed|exclaimed|lamented
            |mused|opined|proclaimed|recounted|reiterated|reported|reports|reasoned|repeated|retorted|revealed|scoffed
            |vented|thundered|boasted|bragged|charged|chanted|cried|demanded|expressed|praised|blasted|slammed
            |went\\ on|shot\\ back|fired\\ back|pointed\\ out|points\\ out|goes\\ on|thinks|thought|believes|believed
            |accused|accusing|criticized|mocked|referred\\ to|refers\\ to""",
        pronouns="he|she|they|we|I|it|who",
        articles="the|a|an|one|another|his|her|their|its|some|many|several|other|both|two|this|that",
        between="also|then|later|has|had|have|once|even|would|will|previously|recently|once\\ again|reportedly|first|"
        "later\\ |simply|further|just|again|\\w+ly|went\\ on\\ to|did|does|could|goes\\ on\\ to|went\\ on\\ and",
        according="according\\ to|in\\ the\\ words\\ of",
        stops="in|on|at|to|during|who|as|when|after|that|before|of\\ the|about|while|with|by|from|earlier|last|this|"
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|if|because|is|was|are|were|has|had|he|she|they|it",
    ),
    "de": Tongue(
        verbs="""sagte|sagt|sagten|sagen|erklärte|erklärt|erklärten|betonte|betont|schrieb|schreibt|schrieben|meinte
            |meint|fügte|warnte|warnt|forderte|fordert|kritisierte|kritisiert|teilte|teilten|berichtete|berichtet
            |antwortete|antwortet|fragte|fragt|rief|erzählte|erzählt|ergänzte|ergänzt|mahnte|mahnt|äußerte|kündigte
            |behauptete|behauptet|versicherte|versichert|twitterte|nannte|nennt|bezeichnete|heißt\\ es""",
        pronouns="er|sie|es|man|wir|ich",
        all_nouns=True,
        articles="der|die|das|den|dem|ein|eine|einer|sein|seine|ihr|ihre",
        between="auch|dann|später|noch|zudem|weiter|hingegen|dagegen|dazu|jedoch|aber",
        fronted="am|im|in|nach|vor|bei|an|auf|zu|zum|zur|dazu|dann|danach|später|zuvor|gestern|heute|so",
        according="laut|zufolge|nach\\ Angaben\\ von",
        stops="am|im|in|auf|bei|zu|dem|den|nach|vor|während|gegenüber|dazu|später|noch|weiter|und|in|mit"
        "|laut|dass|es|an",
    ),
    "fr": Tongue(
        verbs="""(?:a|ont|avait|avaient)(?:-t-(?:il|elle|on)|-(?:ils|elles))?
            (?:\\ encore|\\ aussi|\\ également|\\ ensuite)?\\ (?:dit|déclaré|affirmé|expliqué|
            ajouté|assuré|indiqué|précisé|écrit|estimé|souligné|répondu|lancé|confié|raconté|prévenu|averti|reconnu|
            insisté|martelé|rappelé|demandé|jugé|conclu|annoncé|dénoncé|commenté|témoigné)
            |dit|disent|déclare|affirme|affirment|explique|expliquent|ajoute|assure|indique|précise|écrit|estime
            |souligne|répond|lance|confie|raconte|prévient|reconnaît|insiste|martèle|rappelle|demande|juge|conclut
            |dénonce|commente|témoigne|soupire|poursuit|note|résume|glisse""",
        pronouns="il|elle|ils|elles|on|nous|je",
        articles="le|la|les|l['’]|un|une|des|son|sa|ses|ce|cette|leur",
        between="encore|aussi|ensuite|également|pourtant|alors|\\w+ment",
        according="selon|d['’]après",
        stops="à|au|aux|dans|lors|en|sur|pour|que|qui|devant|après|avant|mardi|lundi|mercredi|jeudi|vendredi|samedi"
        "|dimanche|avec|par|depuis",
    ),
    "es": Tongue(
        verbs="""dijo|dicen|dice|dijeron|afirmó|afirma|declaró|declara|explicó|explica|añadió|añade|aseguró|asegura
            |señaló|señala|indicó|indica|escribió|escribe|agregó|agrega|sostuvo|sostiene|advirtió|advierte|preguntó
            |respondió|responde|recordó|recuerda|subrayó|subraya|insistió|insiste|manifestó|apuntó|apunta|comentó
            |comenta|cuenta|contó|reconoció|reconoce|concluyó|denunció|ha\\ (?:dicho
            |afirmado|declarado|explicado|añadido
            |asegurado|señalado)""",
        pronouns="él|ella|ellos|ellas",
        articles="el|la|los|las|un|una|unos|su|sus|este|esta",
        between="también|además|luego|después|\\w+mente",
        according="según|de\\ acuerdo\\ con",
        stops="a|al|en|durante|que|quien|ante|tras|sobre|para|con|por|el\\ (?:lunes|martes|miércoles|jueves|viernes)",
    ),
    "ar": Tongue(
        verbs="و?(?:قال|قالت|قالوا|يقول|تقول|أضاف|أضافت|صرح|صرحت|صرّح|أكد|أكدت|أوضح|أوضحت|كتب|كتبت|ذكر|ذكرت|أعلن"
        "|أعلنت|تابع|تابعت|أشار|أشارت|شدد|شددت|حذر|حذرت|يضيف|تضيف)",
        pronouns="هو|هي|هم",
        articles="أحد|إحدى",
        between="أيضا|أيضاً|قد",
        according="وفق|وفقا\\ ل|بحسب|حسب",
        stops="إن|أن|إنه|إنها|أنه|أنها|في|خلال|عن|على|إلى|من|لـ|أمام|بعد|قبل|مع|يوم|لوكالة|للصحفيين|للصحافيين|فيما|عبر",
        verb_first=True,
    ),
}
"""By the base of a language tag."""


def compact(pattern: str) -> str:
    """A pattern that is written over several lines, on one; a blank that counts is written with a backslash."""
    return re.sub(r"(?<!\\)\s+", "", pattern)
