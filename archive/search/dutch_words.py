"""Which Dutch words do the rules of dutch.py not tell?"""

_PLURALS = """
    steden/stad schepen/schip leden/lid smeden/smid kinderen/kind eieren/ei liederen/lied bladeren/blad bladen/blad
    goederen/goed gemoederen/gemoed volkeren/volk beenderen/been kalveren/kalf lammeren/lam raderen/rad
    runderen/rund hoenderen/hoen gelederen/gelid dagen/dag wegen/weg daken/dak glazen/glas vaten/vat gaten/gat
    baden/bad paden/pad slagen/slag verslagen/verslag bedragen/bedrag verdragen/verdrag dalen/dal graven/graf
    holen/hol sloten/slot loten/lot hoven/hof goden/god oorlogen/oorlog gebeden/gebed gebreken/gebrek bevelen/bevel
    spelen/spel treden/tred koeien/koe vlooien/vlo musea/museum centra/centrum data/datum fora/forum
    politici/politicus critici/criticus historici/historicus musici/musicus technici/technicus academici/academicus
    adressen/adres zeelieden/zeeman kooplieden/koopman timmerlieden/timmerman werklieden/werkman vaklieden/vakman
    vaklui/vakman ambachtslieden/ambachtsman brandweerlieden/brandweerman edellieden/edelman landlieden/landman
    buren/buurman crises/crisis bases/basis schaapje/schaap scheepje/schip paadje/pad vaatje/vat blaadje/blad
    gaatje/gat glaasje/glas bloemetje/bloem kindertje/kind kinder/kind runder/rund kalver/kalf lammer/lam hoender/hoen
"""
# Months and other words as they are shortened: not those that are words by themselves (best, red, ver), nor what stands
# in nearly every section (tel, nr).
_SHORTENED = """
    feb/februari febr/februari mrt/maart apr/april aug/augustus sep/september sept/september okt/oktober nov/november
    dec/december
    aanm/aanmelding abonn/abonnement adm/administratie afd/afdeling burg/burgemeester cie/commissie
    comm/commissie contr/contributie ds/dominee fam/familie gld/gulden incl/inclusief inl/inlichtingen jrg/jaargang
    lidm/lidmaatschap medew/medewerker mevr/mevrouw penningm/penningmeester prov/provincie
    secr/secretaris telef/telefoon uitg/uitgave verg/vergadering vergad/vergadering voorz/voorzitter
    vrijw/vrijwilliger wethr/wethouder
"""
# Forms of strong verbs, also behind a prefix; left out are those that are other words as well (sloot, namen, vroeg).
_VERBS = """
    schrijven/schreef,schreven,geschreven spreken/sprak,spraken,gesproken mogen/mocht,mochten
    brengen/bracht,brachten,gebracht denken/dacht,dachten,gedacht kopen/kocht,kochten,gekocht
    zoeken/zocht,zochten,gezocht helpen/hielp,hielpen,geholpen komen/kwam,kwamen staan/stond,stonden,gestaan
    gaan/ging,gingen,gegaan slaan/sloeg,sloegen,geslagen zien/zag,zagen,gezien doen/deed,deden,gedaan
    nemen/nam,genomen geven/gaf,gaven,gegeven eten/at,gegeten lezen/gelezen weten/wist,wisten,geweten
    meten/gemeten vergeten/vergat,vergaten liggen/lag,lagen,gelegen zitten/zaten,gezeten bidden/gebeden
    vinden/vond,vonden,gevonden binden/gebonden winden/gewonden verslinden/verslond,verslonden
    zenden/zond,gezonden beginnen/begon,begonnen winnen/won,wonnen,gewonnen verzinnen/verzon,verzonnen
    spinnen/gesponnen trekken/trok,trokken,getrokken treffen/trof,troffen,getroffen
    schrikken/schrok,schrokken,geschrokken
    schelden/gescholden gelden/gold,golden,gegolden smelten/smolt,smolten,gesmolten melken/gemolken
    vechten/vochten,gevochten vlechten/gevlochten zwellen/gezwollen
    sluiten/gesloten besluiten/besloot,besloten fluiten/floot,floten,gefloten snuiten/gesnoten spuiten/gespoten
    kruipen/kroop,kropen,gekropen ruiken/geroken duiken/dook,doken,gedoken buigen/gebogen
    zuigen/zoog,zogen,gezogen schuiven/geschoven,geschoven stuiven/gestoven
    kiezen/koos,kozen,gekozen verkiezen/verkozen verliezen/verloor,verloren vriezen/vroor,vroren,gevroren
    schieten/geschoten gieten/gegoten genieten/genoot,genoten
    liegen/loog,logen,gelogen bedriegen/bedroog,bedrogen vliegen/vloog,vlogen,gevlogen wegen/woog,wogen,gewogen
    bewegen/bewoog,bewogen bieden/bood,geboden
    blijven/bleef,bleven,gebleven drijven/dreef,dreven,gedreven wrijven/wreef,wreven,gewreven stijgen/gestegen
    krijgen/kreeg,kregen,gekregen zwijgen/zweeg,zwegen,gezwegen rijgen/geregen hijsen/hees,hesen,gehesen
    kijken/keek,keken,gekeken blijken/bleek,bleken,gebleken lijken/leek,geleken wijken/geweken
    bezwijken/bezweek,bezweken rijden/reed,gereden strijden/streed,streden,gestreden
    snijden/sneed,sneden,gesneden glijden/gleed,gleden,gegleden lijden/leed,geleden overlijden/overleed,overleden
    mijden/meed,meden,gemeden bijten/beet,beten,gebeten smijten/smeet,smeten,gesmeten splijten/spleet,spleten,gespleten
    spijten/speet,gespeten verwijten/verweet,verweten slijten/sleet,gesleten wijzen/gewezen prijzen/geprezen
    bewijzen/bewees,bewezen verwijzen/verwees,verwezen afwijzen/afwees aanwijzen/aanwees rijzen/gerezen
    verdwijnen/verdween,verdwenen schijnen/scheen,schenen,geschenen verschijnen/verscheen,verschenen
    grijpen/greep,grepen,gegrepen knijpen/kneep,knepen,geknepen slijpen/geslepen
    zwemmen/zwom,zwommen,gezwommen klimmen/klom,klommen,geklommen zingen/zong,zongen,gezongen
    springen/sprong,sprongen,gesprongen dwingen/dwong,dwongen,gedwongen dringen/drong,drongen,gedrongen
    wringen/wrong,wrongen,gewrongen klinken/klonk,klonken,geklonken drinken/dronk,dronken,gedronken
    zinken/zonk,zonken,gezonken stinken/stonk,stonken,gestonken schenken/schonk,schonken,geschonken
    lopen/liep,liepen roepen/riep,riepen slapen/sliep,sliepen vallen/viel,vielen blazen/blies,bliezen
    laten/liet,lieten raden/ried houden/hield,hielden vangen/ving,vingen ontvangen/ontving,ontvingen
    hangen/hing,hingen heten/heette,heetten dragen/droeg,droegen graven/groef,groeven varen/gevaren
    vragen/vroegen treden/trad,traden sterven/stierf,stierven,gestorven werven/wierf,wierven,geworven
    zwerven/zwierf,zwierven,gezworven bederven/bedierf,bedorven werpen/wierp,wierpen,geworpen
    breken/brak,braken,gebroken steken/stak,gestoken stelen/gestolen bevelen/beval,bevalen,bevolen
    wreken/gewroken scheren/geschoren zweren/gezworen scheppen/schiep,schiepen,geschapen
    wassen/waste,wasten zeggen/zei,zeiden,gezegd leggen/legde,legden,gelegd moeten/moest,moesten
    willen/wilde,wilden,wou kunnen/konden zullen/zouden stoten/gestoten
"""
INFINITIVES = {
    form: infinitive
    for verb in _VERBS.split()
    for infinitive, _, forms in [verb.partition("/")]
    for form in forms.split(",")
}
IRREGULAR = dict(pair.split("/") for pair in _PLURALS.split())
SHORTENED = dict(pair.split("/") for pair in _SHORTENED.split())
PREFIXES = (
    *("aan", "achter", "af", "be", "bij", "binnen", "buiten", "deel", "door", "goed", "her", "in", "los", "mee"),
    *("mis", "na", "neer", "om", "onder", "ont", "op", "over", "plaats", "rond", "samen", "schoon", "tegen", "terug"),
    *("toe", "uit", "vast", "ver", "voor", "weer", "weg"),
)
# Behind these a participle has no ge-.
FIXED = ("be", "her", "onder", "ont", "over", "ver")
# Nouns whose last letter is no ending: without it they would be another word (gas, mark, plan; vel, maan).
ON_T = (
    *("gast", "gewest", "geweest", "markt", "gift", "lift", "drift", "schrift", "plant", "kant", "tent", "punt"),
    *("cent", "krant", "mint", "klant", "agent", "student", "buurt", "hart", "start", "kaart", "taart", "soort"),
    *("poort", "sport", "vaart", "maart", "staart", "beurt", "fort", "kort", "zwart"),
)
ON_D = (
    *("paard", "maand", "woord", "beeld", "baard", "aard", "oord", "eend", "veld", "held", "schuld", "geld", "gild"),
    *("schild", "wild", "wereld", "zwaard", "gezond", "geduld", "geweld", "verband", "verstand", "verbond", "hoofd"),
    *("hemd", "jeugd", "deugd", "vreugd", "liefd", "speld", "schand", "zind"),
)
# Forms of verbs that end as these do: bewaard.
NO_NOUN = ("bewaard", "klaard", "spaard", "ervaard", "evenaard", "verjaard", "hoord", "stoord", "voorspeld", "spoord")
# Nouns in which -ing is no ending: whole words, as a bepaling and a huisvesting are of verbs.
ON_ING = ("haring", "paling", "penning", "vesting", "honing", "koning", "ketting", "plotseling")
# Nouns in which -s is no ending: a plaats is no plaat.
ON_S = (
    *("plaats", "reeks", "hals", "rots", "fiets", "grens", "prins", "koers", "schets", "toets", "dans", "kans", "wens"),
    *("schors", "schaats", "flits", "poets", "kwets"),
)
# Forms of verbs that end as the most of an adjective does: grootste.
NO_SUPERLATIVE = ("hoofdste", "omhelste", "vervalste")
OPENBAAR = "openba"  # no form of openen
# Words that begin with ge- as participles do, and participles that begin like them.
_WITH_GE = """
    gewoon gewone gezond gemeent gerecht gelegenh gebaar gebaren gebed gebergt gebeur gebied gebit geboort gedicht
    geding geest gehalt geheim geheug gelaat gelijk geloof gelov geluid geluk gemaal gemiddeld
    gemoed genade geneal geniet geolo gereed gerede german germaan gestalt getal getij getuig gevaar
    gevel geweer geweld gewere gewest gewicht gezag gezant gezel gezicht gezin
"""
_PARTICIPLES = """
    gewoond gezonden gemeend gelukt geveld geweerd gebaard gerechtvaard gevelde gelijkt
"""
NO_PARTICIPLE = tuple(_WITH_GE.split())
PARTICIPLES = tuple(_PARTICIPLES.split())
# Nouns and others whose end a stemmer takes for an ending: a vondst is no form of vond, a gift of gif, aardig of aarde.
NO_ENDING = {
    "st": ("vondst", "artiest"),
    "t": ("markt", "gift", "talent", "event", "lint", "hert", "buit"),
    "heid": ("apartheid", "eenheid", "waarheid", "overheid", "minderheid", "meerderheid", "wijsheid", "bezigheid"),
}
NO_IG = "wijzig|vestig|^aardig|kruisig|(?<!sc)huldig|bezig|wezig|^enig|^menig|^heftig|^overig|^sommig|^vorig|^zalig"
# Words that stand alone although they look like forms of another: ouderen are no ouders.
ALONE = {"ouderen": "ouderenq", "oudere": "ouderenq"}
