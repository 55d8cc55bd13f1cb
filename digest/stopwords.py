"""Words that say nothing of what a text is about: function words, and what every news text says.

Folded as `text.fold` folds them. Frozen: a change here regroups what is not yet published.
"""

# fmt: off
# ruff: noqa: E501
_FUNCTION = {
    "en": """a about above after again against all along also although am among an and another any are around as at
        away back be because been before behind being below between both but by can cannot could despite did do does
        doing done down during each either else even ever every few first for from further get gets getting go goes
        going gone got had has have having he her here hers herself him himself his how however i if in into is isnt it
        its itself just last least less let like made make makes making many may me might mine more most much must my
        near need never next no nor not now of off often on once one only onto or other others our ours out over own
        per put quite rather really same second shall she should since so some still such take taken than that the
        their theirs them themselves then there these they thing things third this those though three through thus to
        together too took toward towards two under until up upon us use used using very via was we well went were what
        when where whether which while who whom whose why will with within without would yet you your yours dont didnt
        doesnt wont cant couldnt wouldnt shouldnt hasnt havent wasnt werent im ive youre theyre weve hes shes thats
        theres lets whats""",
    "de": """aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bin bis bist
        da dabei dadurch dafur damit danach dann daran darauf darum das dass davon dazu dem den denn der des dessen
        deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einige
        er erst es etwa etwas euch fur gegen habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre
        ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes jedoch jetzt kann kein keine keinem keinen
        keiner konnen konnte machen man mehr mein mit mussen muss nach nicht nichts noch nun nur ob oder ohne schon
        sehr sei sein seine seinem seinen seiner seit sich sie sind so solche soll sollen sollte sondern sonst uber um
        und uns unser unter viel vom von vor war waren was weil weiter welche wenn wer werde werden wie wieder will wir
        wird wo wollen wurde wurden zu zum zur zwar zwei zwischen""",
    "fr": """a afin ai ainsi alors apres as au aucun aussi autre autres aux avait avant avec avoir c ce cela celle celles
        celui ces cet cette ceux chaque chez comme d dans de deja depuis des deux doit donc dont du elle elles en encore
        entre est et etaient etait ete etre eu eux fait faire il ils j je jusqu jusque l la le les leur leurs lui m ma
        mais me meme memes mes moins mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent plus
        plusieurs pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera ses si sien son
        sont sous sur t ta tandis tant te tel tes ton toujours tous tout toute toutes tres trois tu un une vers vos
        votre vous y""",
    "es": """a al algo algunos ante antes aqui asi aun aunque cada como con contra cual cuando de del desde donde dos
        durante e el ella ellas ellos en entre era eran es esa ese eso esta estaba estan estar este esto estos fue
        fueron ha habia han hasta hay la las le les lo los mas me mi mientras mucho muy nada ni no nos nosotros o otra
        otro otros para pero poco por porque que quien se sea segun ser si sido sin sobre son su sus tal tambien tan
        tanto te tiene tienen todo todos tras tres tu un una uno unos y ya yo""",
    "it": """a ad agli ai al alla alle allo anche ancora avere aveva c che chi ci cio come con contro cosi cui da dagli
        dai dal dalla dalle de degli dei del della delle dello dentro di dopo dove due e ed era erano essere fra fu gli
        ha hanno ho i il in io la le lei li lo loro lui ma mi mia molto ne nei nel nella nelle no noi non nostro o ogni
        per perche piu poi prima pure quale quando quanto quella quelli quello questa questi questo qui sara se sei
        senza si sia sono stata stato su sua sue sul sulla suo suoi tra tre tutta tutti tutto un una uno vi""",
    "pt": """a ao aos apos as ate com como contra da das de depois do dos dois e ela elas ele eles em entre era essa esse
        esta este eu foi foram ha isso isto ja mais mas me mesmo muito na nao nas nem no nos o os ou para pela pelas
        pelo pelos por porque quando que quem se sem ser seu seus sobre sua suas tambem te tem ter todos um uma""",
    "nl": """aan af al alle alleen als ander andere bij dan dat de der deze die dit door een en er ge geen had heb hebben
        heeft het hier hij hoe hun ik in is ja je kan kon maar me meer men met mij mijn moet na naar niet nog nu of om
        omdat onder ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd
        werden wie wij wil worden wordt zal ze zelf zich zij zijn zo zonder zou""",
    "tr": """ama ancak bazi bir biri bu buna bunu cok cunku da daha de degil diye en gibi gore hem hep hic icin ile ise
        kadar ki kim mi mu mü ne nasil neden o olan olarak oldu oldugu olmasi on once onu oysa sadece sey sonra su tum
        uc uzere var ve veya ya yani yok""",
    "ru": """а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже два для до его ее
        ему если есть еще же за здесь и из или им их к как какой когда кто ли между меня мне много мы на над надо нас
        не него нее нет ни них но ну о об один он она они от по под после потом почти при про раз с сам свой своей
        своих себя сейчас со так также такой там то тоже только три ты у уже хотя чего чем через что чтобы эта эти это
        этого этой этом этот я""",
    "ar": """من في علي الي عن ان انه انها التي الذي الذين هذا هذه ذلك تلك هو هي هم كان كانت قد لا لم لن ما مع بعد قبل كل
        بين ثم او و اذا حيث عند منذ حتي غير كما لكن اي وقد وفي ومن وهو وهي علي عليه عليها فيه فيها به بها له لها خلال
        ضد حول نحو دون تحت فوق امام لدي اكثر اقل قال قالت يقول وقال وقالت اضاف واضاف""",
}

_NEWS = {
    "en": """according added agency announced article asked called came come day days didnt earlier expected found give
        given good government group help include including know known later left long man means meanwhile minister
        monday month months morning national new news night number official officials old part people percent place
        plan point president press public read report reported reporter reporters reports right said saturday saw say
        saying says see seen set several show shows source sources spokesman spokesperson spokeswoman statement
        sunday tell tells thursday time times today told tomorrow tuesday wednesday friday week weekend weeks woman
        work working world year years yesterday editing written copyright reserved rights click subscribe newsletter
        photo image images getty file""",
    "de": """sagte sagt sagten teilte mit nach angaben laut prozent jahr jahre jahren tag tage tagen woche wochen montag
        dienstag mittwoch donnerstag freitag samstag sonntag uhr neue neuen heute gestern morgen""",
    "fr": """dit declare declaration selon annonce affirme indique pourcent jour jours semaine mois an ans annee annees
        lundi mardi mercredi jeudi vendredi samedi dimanche heures heure aujourd hui hier nouveau nouvelle""",
    "es": """dijo afirmo segun anuncio dia dias semana mes ano anos lunes martes miercoles jueves viernes sabado domingo
        hora horas hoy ayer nuevo nueva""",
    "ru": """сказал сказала заявил заявила сообщил сообщила сообщает год года лет день дней неделя понедельник вторник
        среда четверг пятница суббота воскресенье сегодня вчера""",
    "ar": """اليوم امس الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت ساعه يوم عام""",
}

FUNCTION_WORDS: dict[str, frozenset[str]] = {language: frozenset(text.split()) for language, text in _FUNCTION.items()}
"""Language → its function words."""

STOPWORDS: dict[str, frozenset[str]] = {
    language: known | frozenset(_NEWS.get(language, "").split()) for language, known in FUNCTION_WORDS.items()
}
"""Language → its function words and the words that every news text uses."""

NONE: frozenset[str] = frozenset()
