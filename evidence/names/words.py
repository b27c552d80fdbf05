"""Words that tell what a part of a name is: particles, suffixes, degrees, organisations."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    """van von vom zu zum zur der den dem de del della delle dello dei degli di da do dos das du des la le las
    los lo ter ten te 't 's het op af av al el bin ibn ben bint abu y e i und in d' l' st san"""
)
SUFFIXES = {
    "jr": "Jr",
    "sr": "Sr",
    "ii": "II",
    "iii": "III",
    "iv": "IV",
    "2nd": "2nd",
    "3rd": "3rd",
    "4th": "4th",
}
DEGREES = _words(
    """md phd mph msc bsc ba ma ms mba do dds dmd rn bs dsc frcp facs frcs mbbs mbchb dphil pharmd dpt pt dc
    dvm mhs scd drph edd jd esq facp faan cnp np pa-c mdphd"""
)
#: A family name is seldom one of these; William Press and Jenna Law are why "press" and "law" are missing.
ORGANISATIONS = _words(
    """academy administration agency alliance association associations authority board bureau center centers
    centre centres clinic clinics coalition collaboration collaborators collaborative college colleges
    commission committee company conference consortium cooperative corp corporation council department
    departments directorate federation forum foundation fund gmbh hospital hospitals inc institut institute
    institutes institution institutions instituto investigators laboratories laboratory league limited llc ltd
    ministry museum nations network networks office organisation organisations organization organizations
    partnership secretariat society societies taskforce trialists trust university universities universität
    université universidad universita università universiteit initiative library government parliament
    publishing registry institutul société gesellschaft verein verband stiftung ministère ministerio"""
)
#: Words that end the name of an organisation as often as they stand in a title.
LOOSE = _words(
    """group groups health healthcare research news today medicine service services division section school
    schools program programme project staff team unit union club force panel participants times magazine
    journal study survey system systems trial disease diseases control prevention authors editors writers
    observatory international"""
)
#: Sites and agencies of one plain word.
AGENCIES = _words(
    """wikipedia healthline medscape reuters everydayhealth verywell cochrane unicef medlineplus eurostat
    mayoclinic anonymous xinhua bloomberg statista"""
)
CONNECTORS = _words(
    """of and the in for on de la le les des du et der die das und für fur di del della e y &
    a to at d l against"""
)
