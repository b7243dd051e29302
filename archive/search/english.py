"""Which forms of an English word does a stemmer leave apart?

    went, written, forgave → go, write, forgive     grandchildren → grandchild      bacteria → bacterium
    colour, organize, theatre, traveller → color, organise, theater, traveler       plows → plough

Words that change within, and those that Britons and Americans write otherwise. Loaded where English is asked for.
"""

import re

# Months as they are shortened, nouns, verbs, and what is spelled otherwise, the British way first.
_PAIRS = """
    february/feb april/apr august/aug september/sep,sept october/oct november/nov december/dec
    child/children man/men woman/women foot/feet tooth/teeth goose/geese mouse/mice louse/lice ox/oxen penny/pence
    wife/wives knife/knives life/lives leaf/leaves shelf/shelves thief/thieves half/halves loaf/loaves wolf/wolves
    calf/calves scarf/scarves hoof/hooves sheaf/sheaves elf/elves self/selves dwarf/dwarves wharf/wharves
    crisis/crises analysis/analyses thesis/theses hypothesis/hypotheses oasis/oases diagnosis/diagnoses
    parenthesis/parentheses bus/buses criterion/criteria phenomenon/phenomena bacterium/bacteria curriculum/curricula
    memorandum/memoranda medium/media datum/data appendix/appendices index/indices cactus/cacti fungus/fungi
    nucleus/nuclei alumnus/alumni larva/larvae formula/formulae brother/brethren
    go/went,gone run/ran begin/began,begun flee/fled find/found bring/brought buy/bought catch/caught teach/taught
    think/thought fight/fought seek/sought write/wrote,written drive/drove,driven ride/rode,ridden rise/risen
    arise/arose,arisen speak/spoke,spoken break/broke,broken steal/stole,stolen choose/chose,chosen freeze/froze,frozen
    give/gave,given take/took,taken shake/shook,shaken forsake/forsook,forsaken wake/woke,woken awake/awoke,awoken
    get/got,gotten forget/forgot,forgotten eat/ate,eaten beat/beaten fall/fell,fallen know/knew,known grow/grew,grown
    throw/threw,thrown blow/blew,blown show/shown,shew,shewn draw/drew,drawn fly/flew,flown see/saw,seen sew/sewn
    sow/sown mow/mown hew/hewn strew/strewn saw/sawn sing/sang,sung swim/swam,swum drink/drank,drunk sink/sank,sunk
    shrink/shrank,shrunk stink/stank,stunk ring/rang,rung spring/sprang,sprung win/won dig/dug hang/hung spin/spun
    swing/swung sling/slung fling/flung sting/stung string/strung wring/wrung cling/clung slink/slunk stick/stuck
    strike/struck,stricken keep/kept sleep/slept creep/crept sweep/swept weep/wept leap/leapt leave/left meet/met
    feed/fed bleed/bled breed/bred speed/sped lead/led send/sent spend/spent bend/bent lend/lent build/built
    lose/lost sell/sold tell/told hold/held behold/beheld stand/stood understand/understood make/made say/said pay/paid
    lay/laid lie/lain hear/heard mean/meant lean/leant learn/learnt burn/burnt dream/dreamt spell/spelt smell/smelt
    spill/spilt spoil/spoilt dwell/dwelt kneel/knelt feel/felt deal/dealt sit/sat spit/spat hide/hid,hidden
    slide/slid stride/strode,stridden bite/bitten shoot/shot shine/shone light/lit prove/proven weave/wove,woven
    strive/strove,striven thrive/throve,thriven tread/trod,trodden swell/swollen wear/wore,worn tear/tore,torn
    swear/swore,sworn shear/shorn bear/borne slay/slew,slain bind/bound bid/bade,bidden become/became come/came
    undo/undid,undone redo/redid,redone overdo/overdid,overdone
    plough/plow,plows,plowed,plowing mould/mold,molds,molded,molding,moldy smoulder/smolder,smoldering
    tyre/tire,tires kerb/curb,curbs grey/gray,grays,grayer pyjamas/pajamas moustache/mustache,mustaches
    sceptic/skeptic,skeptics sceptical/skeptical cosy/cozy,cozier aluminium/aluminum sulphur/sulfur
    doughnut/donut,donuts gaol/jail,jails,jailed waggon/wagon,wagons gipsy/gypsy,gypsies,gipsies
    aeroplane/airplane,airplanes omelette/omelet,omelets yoghurt/yogurt,yogurts whisky/whiskey,whiskeys
    jewellery/jewelry disc/disk,disks axe/ax judgement/judgment,judgments acknowledgement/acknowledgment
    ageing/aging practise/practice,practices,practiced,practicing licence/license,licenses,licensed,licensing
    defence/defense,defenses offence/offense,offenses
    pretence/pretense speciality/specialty,specialties enrol/enroll,enrolls fulfil/fulfill,fulfills
    enrolment/enrollment,enrollments fulfilment/fulfillment instalment/installment,installments skilful/skillful
    wilful/willful despatch/dispatch,dispatches,dispatched gramme/gram,grams
    connexion/connection,connections manoeuvre/maneuver,maneuvers,maneuvered,maneuvering
    programme/program,programs
"""
_BASES = {
    form: base for pair in _PAIRS.split() for base, _, forms in [pair.partition("/")] for form in forms.split(",")
}
# What may stand before a verb: forgave, undertook, misled, withstood, rebuilt.
_PREFIXES = ("for", "fore", "mis", "out", "over", "par", "re", "un", "under", "up", "with")
_LEAST_VERB = 3  # letters
# Nouns that end others, too: grandchildren, housewives, bookshelves, postmen.
_LAST = (("children", "child"), ("wives", "wife"), ("knives", "knife"), ("shelves", "shelf"), ("loaves", "loaf"))
_LONGER_THAN_MEN = 5  # omen is none
# What is written in two ways: what must stand in a word, where, and what stands there in the American spelling.
_OUR = (
    "arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav"
    "|savi|splend|succ|tum|val|vap|vig"
)
_RE = "cent|theat|met|lit|fib|calib|somb|meag|sab|lust|spect"
_LL = (
    "travel|cancel|label|model|level|fuel|dial|signal|total|equal|rival|pedal|counsel|marvel|quarrel|channel|tunnel"
    "|panel|shovel|jewel|wool|council|pencil|duel|gravel|grovel|libel|parcel|revel|swivel|towel|trowel"
)
_SPELLINGS = (
    ("our", rf"({_OUR})our", r"\1or"),
    ("iz", r"(?<=...)iz(?=e(?:[drs]|rs)?$|ing|ation)", "is"),
    ("yz", r"(?<=..)yz(?=e[drs]?$|ing)", "ys"),
    ("re", rf"({_RE})re(?=[sd]?$)", r"\1er"),
    ("ogu", r"(catal|dial|anal|prol|epil|monol|travel)ogu(?:e(?=s?$)|(?=ed$|ing$))", r"\1og"),
    ("ll", rf"({_LL})l(?=ed$|ing|ers?$|ors?$|ous|en)", r"\1"),
    ("ae", r"(?<=^p)ae(?=d)|(?<=^h)ae(?=m)|(?<=an)ae(?=[ms])|(?<=pop|lop|hop)ae(?=d)|(?<=edi)ae(?=v)", "e"),
    ("ae", r"(?<=arch|leuk)ae|(?<=^gyn)ae", "e"),
    ("oe", r"(?<=^f)oe(?=t)|^oe(?=str|so)|(?<=rrh)oe", "e"),
)


def forms_of(word: str) -> tuple[str, ...]:
    """Return what is to be stemmed of a folded English word: itself, and it and its base in one spelling."""
    base = _base_of(word)
    return tuple(dict.fromkeys((word, *map(_respelled, (word, base) if base else (word,)))))


def _base_of(word: str) -> str:
    """Return what a word is a form of that changes within, also behind a prefix or as the last part."""
    if word in _BASES:
        return _BASES[word]
    for last, one in _LAST:
        if word.endswith(last):
            return word.removesuffix(last) + one
    if word.endswith("men") and len(word) > _LONGER_THAN_MEN:
        return f"{word[:-2]}an"
    for prefix in _PREFIXES if word.startswith(_PREFIXES) else ():
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= _LEAST_VERB and rest in _BASES:
            return prefix + _BASES[rest]
    return ""


def _respelled(word: str) -> str:
    for mark, place, letters in _SPELLINGS:
        if mark in word:
            word = re.sub(place, letters, word)
    return word
