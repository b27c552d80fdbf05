"""Words that tell the parts of a reference apart: publishers, cities, sites, journals, verbs of prose."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in " ".join(text.split()).split("|"))


#: Words that stand in the names of publishers.
PUBLISHERS = _words(
    """press verlag springer springer-verlag wiley elsevier publishers publisher publishing publications
    books éditions editions edition editorial gallimard routledge sage penguin mcgraw-hill mcgraw
    prentice prentice-hall kluwer birkhäuser birkhauser harper harpercollins norton macmillan blackwell
    pearson addison-wesley o'reilly erlbaum vintage knopf plenum dover hachette seuil minuit flammarion
    puf larousse mosby saunders lippincott thieme karger churchill-livingstone churchill basic freeman
    houghton cengage taylor suhrkamp fischer rowohlt beck gruyter brill palgrave verso doubleday hodder
    heinemann faber presses kaufmann ieee acm aaai siam usenix wiley-blackwell wiley-interscience
    longman methuen hogarth benjamins mifflin academic"""
)
#: Where books are published, for "Title, Paris".
CITIES = _names(
    """paris | london | berlin | rome | roma | milan | milano | madrid | barcelona | vienna | wien |
    münchen | munich | frankfurt | hamburg | leipzig | stuttgart | zürich | zurich | geneva | genève |
    basel | bern | amsterdam | leiden | brussels | bruxelles | oxford | cambridge | edinburgh | glasgow
    | dublin | boston | chicago | philadelphia | washington | princeton | berkeley | toronto | montréal
    | montreal | ottawa | sydney | melbourne | canberra | tokyo | kyoto | beijing | shanghai | moscow |
    moskva | prague | praha | budapest | warsaw | warszawa | stockholm | oslo | copenhagen | københavn |
    helsinki | lisbon | lisboa | athens | istanbul | cairo | jerusalem | delhi | mumbai | singapore |
    lyon | grenoble | torino | turin | firenze | napoli | bologna | tübingen | göttingen | heidelberg |
    dordrecht | atlanta | new york | new delhi | mexico city | são paulo | rio de janeiro | buenos aires
    | den haag | the hague"""
)
#: Sites and papers that name themselves without a word such as "Institute" (lower case).
SITES = _names(
    """webmd | mayo clinic | mayoclinic | medlineplus | medline plus | healthline | wikipedia | uptodate |
    medscape | cdc | nih | who | nhs | fda | cleveland clinic | harvard health | everyday health |
    verywell health | medical news today | spine-health | drugs.com | emedicinehealth | kidshealth |
    patient.info | reuters | bbc news | bbc | cnn | cbs news | abc news | nbc news | fox news | npr |
    forbes | time | newsweek | the conversation | science daily | sciencedaily | eurekalert | medpage
    today | huffpost | youtube | twitter | facebook | stat news | vox | slate | wired | the atlantic |
    quackwatch | cochrane | nice | orthoinfo | clinicaltrials.gov | github | zenodo | figshare | dryad |
    our world in data | pew research center | gallup | statista | yahoo news | usa.gov | healthday"""
)
#: Papers whose articles are news, with their article.
NEWSPAPERS = _names(
    """the new york times | new york times | the washington post | washington post | the guardian |
    guardian | the wall street journal | wall street journal | los angeles times | usa today | the times
    | the independent | the telegraph | daily mail | chicago tribune | boston globe | the boston globe |
    le monde | le figaro | libération | die zeit | frankfurter allgemeine zeitung | el país | the
    economist | financial times | new york post | the observer | san francisco chronicle | the sunday
    times | the daily telegraph | süddeutsche zeitung | der spiegel | corriere della sera | la
    repubblica | neue zürcher zeitung"""
)
#: Words after whose full stop a sentence goes on.
ABBREVIATIONS = _words(
    """vs v dr mr mrs ms prof st ste no nos vol vols pp approx ca cf fig figs eg ie e.g i.e al jr sr spp sp
    subsp var dept univ ed eds u.s u.k u.s.a u.n d.c ph.d m.d etc resp incl mt ft gen col"""
)
#: Small words inside titles and names of journals.
CONNECTORS = _words(
    """of and the in for on de la le les des du et der die das und für fur di del della e y i an a to & en
    van voor el los las d l dans von im am zur o da do dos al with by from at as"""
)
#: Words that stand in the names of journals, full or abbreviated, more often than in titles.
JOURNAL_WORDS = _words(
    """j journal journals lett letters rev review reviews am amer int intern internat eur med surg sci proc
    trans acta ann annals arch archives br brit clin res biol chem phys nat natl acad soc bull bulletin
    rep ther assoc exp mol lancet nature science plos bmj bmc jama spine transactions quarterly
    zeitschrift revue revista rivista n engl physiol pharmacol biochem psychol psychiatry neurol
    neurosci immunol genet oncol cardiol orthop dermatol pediatr radiol pathol environ technol eng appl
    comput math stat econ educ nurs nutr obstet gynecol rheumatol gastroenterol front frontiers curr
    opin adv annu can aust scand jpn dev ieee acm phd proceedings anal epidemiol microbiol
    anesthesiology anaesthesia pain diabetes circulation neurology cochrane database syst elife cell
    neuron blood gut chest stroke heart cancer cureus medicine lett. arxiv magazine newsletter archiv
    annales annali"""
)
#: Words that names of journals begin with.
STARTS = _words(
    """j journal am american int international eur european br british ann annals arch archives acta proc
    proceedings trans transactions ieee acm n new curr current clin clinical zeitschrift revue revista
    rivista annales bull bulletin can canadian aust australian scand scandinavian jpn japanese nat
    nature bmc plos lancet jama bmj quarterly frontiers front advances adv annu annual chinese indian
    korean turkish german"""
)
#: Verbs, pronouns and the like that prose has and references lack.
PROSE = _words(
    """is are was were be been can could may might will would should must has have had does do did we you
    your our they their them he she his her i it its this these those there that which who whose because
    but however although while when if so also such most many some any more than not only often even
    just both please click here contact call us let get learn read find says said showed found reported
    demonstrated suggested concluded observed explains according used include includes including"""
)
#: Of these, the ones that hardly ever stand in a title.
TELLING = _words(
    """we you your our they I she he showed found reported demonstrated suggested concluded observed says
    said explains please click us me my"""
)
