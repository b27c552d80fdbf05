"""The words that tell what a number of people is: who they are and what happened to them.

Tables only. They were collected from reporting guidelines (CONSORT 2010 names the stages of a
trial: assessed for eligibility, randomised, received, followed, analysed) and from reading.
"""

from __future__ import annotations

from evidence.facts.words import listed

#: Nouns for people who take part in a study.
PEOPLE = listed(
    "patient patients participant participants subject subjects woman women man men child children "
    "adult adults individual individuals volunteer volunteers person persons people infant infants boy "
    "boys girl girls student students couple couples family families survivor survivors mother mothers "
    "nurse nurses physician physicians adolescent adolescents smoker smokers veteran veterans employee "
    "employees worker workers athlete athletes player players user users donor donors recipient "
    "recipients neonate neonates newborn newborns female females male males household households "
    "pregnancies pair pairs twins outpatient outpatients inpatient inpatients caregiver caregivers "
    "carer carers parent parents father fathers clinician clinicians doctor doctors practitioner "
    "practitioners teacher teachers youth youths teenager teenagers senior seniors resident residents "
    "prisoners soldiers runners enrollees attendees respondents candidates clients babies toddlers "
    "schoolchildren preschoolers trainees interns undergraduates learners midwives paramedics emts ats "
    "musicians dyads spouses partners relatives gps humans citizens elders cases primigravidas "
    "primigravidae multiparas gravidas parturients freshmen sportsmen medics premenopausal "
    "postmenopausal evaluable men/women"
) - {"premenopausal", "postmenopausal", "evaluable", "men/women"}
#: Nouns that are counted in studies and are no people.
THINGS = listed(
    "center centers centre centres hospital hospitals site sites country countries study studies trial "
    "trials cycle cycles sample samples lesion lesions tumor tumors tumour tumours event events death "
    "deaths visit visits session sessions dose doses clinic clinics institution institutions item items "
    "question questions point points score scores week weeks day days month months year years hour "
    "hours minute minutes course courses recurrences relapses failures fractures cancers articles "
    "publications reports records practices villages communities schools states eyes teeth knees hips "
    "joints specimens biopsies cells genes measurements questionnaires interviews treatments groups "
    "arms stages phases categories domains factors times percent cohorts subgroups databases references "
    "papers rats mice rabbits animals dogs pigs sheep discs disks levels injections wards units "
    "clusters departments cities provinces nodes metastases procedures operations surgeries infections "
    "episodes exacerbations hospitalizations admissions births complications fold mg kg ml mm cm iu gy "
    "implants restorations wounds blocks packs tablets capsules ports fractions steps stages scans "
    "images observations measures regions districts countries pregnancies "
    "elbows shoulders ankles wrists hands feet limbs ears lungs kidneys sockets canals extremities"
) - {"pregnancies"}
RANDOM = listed(
    "randomised randomized randomly randomisation randomization allocated allotted random assigned "
    "divided randomise randomize stratified"
)
ENROL = listed(
    "enrolled enroled recruited included entered accrued participated registered enlisted volunteered "
    "studied enrolling recruiting enrol enroll including joined involved comprised consisted accrual "
    "eligible consented enter accruing selected participating investigated examined observed inclusion "
    "enrollment enrolment recruitment"
)
ANALYSE = listed(
    "analysed analyzed evaluable assessable evaluated assessed analyses analysis available valid "
    "eligible examined itt contributed provided"
)
SCREEN = listed("screened invited approached contacted assessed identified mailed telephoned referred")
FOLLOW = listed("followed monitored observed traced")
COMPLETE = listed("completed completers finished completing complete")
TREAT = listed(
    "treated received injected underwent receiving undergoing given administered underwent receive "
    "undergo operated vaccinated immunized immunised transplanted infused"
)
#: What happens to some of those who take part, or is found in them.
EVENT = listed(
    "died experienced developed had relapsed responded withdrew withdrawn discontinued refused declined "
    "dropped excluded failed reported showed achieved required recurred progressed suffered lost "
    "stopped survived improved worsened remained complained demonstrated returned used chose preferred "
    "became were was exhibited displayed presented attained obtained reached missed have has did could "
    "felt said got went recovered tested gained deteriorated conceived gave delivered continued alive "
    "dead died received occurred"
) - {"were", "was", "received"}
#: What befalls people and is done by nobody: behind "assigned to walking" it is the verb of the sentence.
BEFELL = listed("died developed experienced relapsed responded withdrew discontinued")
#: Parts of a study's people: one of them is no total.
PARTS = listed(
    "remaining other others another additional subset subgroup substudy these those former latter "
    "further control controls placebo first second extra more only"
)
GROUP = listed("group groups arm arms cohort cohorts placebo control controls controlled")
#: Words that a group of adjectives before a noun does not hold.
STOPS = listed(
    "of in to with were was had received who for at on by from is are than per vs versus after before "
    "during between among about within without into that which where whom whose when then as be been "
    "has have did underwent completed randomized randomised assigned received died and/or"
)
#: A sample size that was planned, not seen.
PLANNED = listed(
    "power powered planned required requires needed target targeted planning calculated calculation "
    "detect expected anticipated aim aimed goal"
)
#: What a study is made on that is no person.
ANIMALS = listed(
    "mice mouse rat rats rabbit rabbits dog dogs canine murine porcine pig pigs sheep ovine bovine "
    "rodent rodents goat goats zebrafish monkeys macaques hamsters animal animals cats feline equine "
    "horses larvae cadaver cadavers cadaveric vitro cultured"
)
#: Nouns for what happens to people, which are counted like the people.
HAPPENINGS = listed(
    "deaths death events event relapses relapse recurrences recurrence fractures fracture cases case cancers "
    "infections infection failures responses responders complications complication metastases "
    "progressions hospitalizations hospitalisations admissions exacerbations episodes withdrawals dropouts "
    "discontinuations conversions births pregnancies miscarriages seromas strokes infarctions haemorrhages "
    "hemorrhages falls remissions toxicities reactions tumors tumours carcinomas surgeries reoperations "
    "cr pr sd pd"
)
