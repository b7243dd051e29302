"""Which names of a country, of its people and of what comes from there belong together?

    Marokko, Marokkaanse, Marokkanen    Zuid-Soedan, Zuid-Soedanese    Syria, Syrian, Syrians

A closed list, as no rule makes Spaanse of Spanje. Left out are names that are other words as often (Fransen, Schotten,
Jordaanse; Georgia, Jordan, Chad, Polish), and those of people who are called otherwise than their country (Dutch).
"""

from functools import lru_cache

# A beginning, then its endings: "-" is none, a capital stands for those below it. "+" joins the beginnings of one name.
_DUTCH = """
    afghan/istan,en,i,is+afghaan/-,S afrik/a,A alban/ie,E,I algerij/e,N ambon/-,E amerik/a,A angol/a,E antil/len,liA
    arab/ie,ieren,I argenti/nie,jN armen/ie,ier,iers+armeens/-,e arub/a,A assyr/ie,I austral/ie,I azerbeidzj/an,A
    azi/e,aat,aten,atisch,atische bangladesh/-,i,is,E belg/-,en,ie,isch,ische bengal/en,i,is+bengaal/S birm/a,A,E
    bolivi/a,A bosn/ie,iak,iakken,I botswan/a,A brazil/ie,iA brit/-,S,ten,tannie bulgar/ije,en+bulgaar/-,S
    burkin/a,E burund/i,E cambodj/a,A canad/a,E chil/i,een,eens,eense,enen chin/a,E colombi/a,A congo/-+congol/E
    costaric/a,A cub/a,A curacao/-,S,enaar,enaars,enaren cypr/us,isch,ische,ioot,ioten,iotisch,iotische
    deen/-,S+denen/-+denemarken/- duits/-,e,land,R ecuador/-,A,iA
    egypt/e,enaar,enaars,enaren,isch,ische engel/and,S,sen,sman eritre/a,es,se,ese,zen,eer,eers,A
    est/land,en,S,lander,landers ethiop/ie,I europ/a,ees,ese,eaan,eanen
    filipij/N+filippij/N+filipin/o,os+filippin/o,os fin/land,nen,S frankrijk/-+franse/-+fransman/- gambi/a,A
    georg/ie,I ghan/a,E griek/-,S,en,enland guatemal/a,teek,teeks,teekse,teken guin/ee,E,eeer,eeers guyan/a,A,E
    haiti/-,A hindoest/A,ani+hindost/A hondur/as,E hongar/ije,en+hongaar/-,S ier/-,S,en,land
    ijsland/-,R,S indi/e,sch,sche india/-,as,se+indier/-,s indones/ie,I irak/-,E,i,is+iraak/S
    iran/-,ier,iers,i,is+iraan/S israel/-,i,is,I ital/ie,iA ivoorkust/-+ivor/iA jamaic/a,A japan/-,S,ner,ners
    jav/a,A jemen/-,T+yemen/- joegoslav/ie,en,I+joegoslaaf/-,S jood/-,S,in+joden/-,dom jordan/ie,ier,iers
    kaapverd/ie,I,iA kameroen/-,S,R kazach/-,en,S,stan keni/a,A+kenya/- kirgiz/ie,en,isch,ische
    koerd/-,en,isch,ische,istan koeweit/-,i,is,S kore/a,A kosov/o,aar,aars,aarse,aren
    kroat/ie,en,isch,ische+kroaat/- lao/s,tiA letland/-,R+letse/- lib/ie,ye,I libanon/-+liban/E liberi/a,A
    litouw/en,R,S luxemburg/-,R,S macedon/ie,I malawi/-,R,sch,sche maleis/ie,I mali/-,sch,sche+malin/E malt/a,E
    marok/ko,co,kA mauritan/ie,I mexic/o,A moldav/ie,I moluk/ken,ker,kers,S mongol/ie+mongool/S montenegr/o,ijN
    mozambi/que,k,kA namib/ie,I nederland/-,R,S,en nepal/-,E nicaragu/a,A niger/-,E nigeri/a,A
    noor/-,S,wegen+noren/- oegand/a,E+ugand/a,E oeigoer/-,en,S oekrai/ne,ner,ners,nse,ens,ense
    oezbek/en,istan+oezbeek/-,S oman/-,i,is+omaan/S oostenrijk/-,R,S pakistan/-,en,i,is+pakistaan/-,S palesti/na,jN
    panam/a,E papoea/-,S paraguay/-,A peru/-,A polen/-+pool/S portug/al,E qatar/-,i,is,E
    roemen/ie,ier,iers,en+roemeen/-,S rus/-,land,sen,sin,sisch,sische rwand/a,E+ruand/a,E salvador/-,A,iA
    saoedi/-,s,sch,sche schotland/-+schots/-,e senegal/-,E serv/ie,I sloven/ie,I,en+sloveen/-,S
    slowak/ije,en+slowaak/-,S soedan/-,E+sudan/-,E somal/ie,ia,i,is,I spanj/e,aard,aards,aarden+spaan/S
    srilank/a,A,E+lank/a,A,E sumatr/a,A surinam/e,R+surinaam/S syr/ie,I tadzjik/en,istan+tadzjiek/-,S taiwan/-,E
    tamil/-,s tanzani/a,A thai/-,S,land,lander,landers tibet/-,A togo/-+togol/E tsjaad/-,S+tsjad/I
    tsjech/-,en,ie,isch,ische tsjetsjen/ie,en+tsjetsjeen/-,S tunes/ie,I turk/-,en,ije,S
    turkmen/en,istan+turkmeen/-,S uruguay/-,A venezuel/a+venezol/A vietnam/-,E vlaanderen/-+vlaams/-,e+vlaming/-,en
    zambi/a,A zimbabw/e,A zweed/-,S+zweden/- zwitser/-,S,land
"""
_ENGLISH = """
    afghan/S,i,is,istan africa/N albania/N algeria/N america/N angola/N arab/S,ia,ian,ians,ic argentin/a,e,es,ian,ians
    armenia/N asia/N australia/N austria/N azerbaijan/-,i,is bangladesh/-,i,is belarus/I belgi/um,an,ans bolivia/N
    bosnia/N,k,ks botswana/N brazil/I brit/S,ain,ish,on,ons bulgaria/N burm/a,ese burundi/A cambodia/N cameroon/I
    canad/a,ian,ians chile/A chin/a,ese colombia/N congo/-,lese croat/S,ia,ian,ians cuba/N cypr/us,iot,iots
    czech/S,ia denmark/-+danish/-+dane/S ecuador/I,ean,eans egypt/I england/-+english/- eritrea/N estonia/N
    ethiopia/N europ/e,ean,eans fin/land,nish,ns france/-+french/-+frenchman/-+frenchmen/- gambia/N german/S,y
    ghana/I greek/S+greece/- guatemala/N guyan/a,ese haiti/A hondur/as,an,ans hungar/y,ian,ians iceland/-,er,ers,ic
    india/N indonesia/N iran/I iraq/-,i,is irish/-+ireland/- israel/-,i,is ital/y,ian,ians jamaica/N japan/-,ese
    kazakh/S,stan kenya/N korea/N kosov/o,a,ar,ars,an,ans kurd/S,ish,istan kuwait/-,i,is lao/s,tian,tians latvia/N
    leban/on,ese liberia/N libya/N lithuania/N macedonia/N malawi/A malaysia/N mali/A malt/a,ese mauritania/N
    mexic/o,an,ans moldova/N mongolia/N montenegr/o,in,ins morocc/o,an,ans mozambi/que,can,cans namibia/N
    nepal/-,i,is,ese nicaragua/N nigeria/N norw/ay,egian,egians oman/-,i,is pakistan/-,i,is palestin/e,ian,ians
    panama/-,nian,nians paraguay/A peru/-,vian,vians philippine/S+filipin/o,os,a,as portug/al,uese romania/N
    russia/N rwanda/N salvador/-,an,ans,ean,eans saudi/S scot/S,land,tish senegal/-,ese serb/S,ia,ian,ians
    singapore/A slovak/S,ia,ian,ians sloven/ia,ian,ians,e,es somali/S,a,an,ans spain/-+spanish/-+spaniard/S
    srilanka/N+lanka/N sudan/-,ese surinam/e,ese sweden/-+swedish/- swi/ss,tzerland syria/N taiwan/-,ese
    tajik/S,istan tamil/S tanzania/N thai/S,land tibet/A togo/-,lese tunisia/N turk/S,ish,ey turkmen/S,istan
    uganda/N ukrain/e,ian,ians uruguay/A uyghur/S uzbek/S,istan venezuela/N vietnam/-,ese wales/-+welsh/-
    yemen/-,i,is yugoslav/S,ia,ian,ians zambia/N zimbabwe/A
"""
_ENDINGS = {
    "nl": {
        "A": ("aan", "aans", "aanse", "anen"), "E": ("ees", "eese", "ese", "eze", "ezen"), "R": ("er", "ers"),
        "I": ("ier", "iers", "isch", "ische"), "N": ("n", "ns", "nse", "nen"), "S": ("s", "se"),
        "T": ("iet", "ieten", "itisch", "itische"),
    },
    "en": {"A": ("", "an", "ans"), "I": ("", "ian", "ians"), "N": ("", "n", "ns"), "S": ("", "s")},
}  # fmt: skip
_NATIONS = {"nl": _DUTCH, "en": _ENGLISH}
# What may stand before: Zuid-Soedan, Noord-Iers, ex-Joegoslavië; North Korean.
_BEFORE = {
    "nl": ("noord", "zuid", "oost", "west", "midden", "wit", "latijns", "ex"),
    "en": ("north", "south", "east", "west", "ex"),
}
_SHORTEST = 3  # letters
_NONE = ("", "")


def nation_of(word: str, language: str) -> str:
    """Return what names of one nation share, for a folded word without hyphens; empty for any other word."""
    for written in (word, word.replace("sch", "s")) if "sch" in word else (word,):  # Duitsch, Spaansche
        if name := _name_of(written, language):
            return name
        if not written.startswith(_BEFORE.get(language, ())):
            continue
        before = next(each for each in _BEFORE[language] if written.startswith(each))
        if name := _name_of(written.removeprefix(before), language):
            return before + name
    return ""


def _name_of(word: str, language: str) -> str:
    written = word.replace("c", "k")  # Kongo is Congo
    begun = _beginnings(language)
    if written[:_SHORTEST] not in begun:
        return ""
    for end in range(_SHORTEST, len(written) + 1):
        name, endings = begun.get(written[:end], _NONE)
        if name and _ends_so(word[end:], endings, language):
            return name
    return ""


def _ends_so(ending: str, endings: str, language: str) -> bool:
    for each in endings.split(","):
        if each[-1].isupper():
            if ending.startswith(each[:-1]) and ending[len(each) - 1 :] in _ENDINGS[language][each[-1]]:
                return True
        elif ending == each.replace("-", ""):
            return True
    return False


@lru_cache
def _beginnings(language: str) -> dict[str, tuple[str, str]]:
    """Return by each beginning the name that it belongs to, and its endings; and none by the first letters of each."""
    found: dict[str, tuple[str, str]] = {}
    for nation in _NATIONS.get(language, "").split():
        for beginning in nation.split("+"):
            start, _, endings = beginning.partition("/")
            start = start.replace("c", "k")
            found[start] = (nation.partition("/")[0], endings)
            found.setdefault(start[:_SHORTEST], _NONE)
    return found
