"""Organisations and sites that write pages and reports, each with its address: names as they are cited."""

from __future__ import annotations

#: Name and host; a name in short beside the full one, since both are cited.
ORGANISATIONS = [tuple(line.split("|")) for line in """
World Health Organization|www.who.int
WHO|www.who.int
World Health Organization (WHO)|www.who.int
WHO Regional Office for Europe|www.who.int
Pan American Health Organization|www.paho.org
Centers for Disease Control and Prevention|www.cdc.gov
Centers for Disease Control and Prevention (CDC)|www.cdc.gov
U.S. Centers for Disease Control and Prevention|www.cdc.gov
CDC|www.cdc.gov
National Center for Health Statistics|www.cdc.gov
National Institute for Occupational Safety and Health|www.cdc.gov
National Institutes of Health|www.nih.gov
NIH|www.nih.gov
NIH Office of Dietary Supplements|ods.od.nih.gov
U.S. Food and Drug Administration|www.fda.gov
US Food and Drug Administration|www.fda.gov
Food and Drug Administration|www.fda.gov
FDA|www.fda.gov
Mayo Clinic|www.mayoclinic.org
Mayo Clinic Staff|www.mayoclinic.org
Mayo Foundation for Medical Education and Research|www.mayoclinic.org
Cleveland Clinic|my.clevelandclinic.org
WebMD|www.webmd.com
MedlinePlus|medlineplus.gov
StatPearls|www.ncbi.nlm.nih.gov
StatPearls Publishing|www.ncbi.nlm.nih.gov
US National Library of Medicine|www.nlm.nih.gov
U.S. National Library of Medicine|www.nlm.nih.gov
National Library of Medicine (US)|www.nlm.nih.gov
National Center for Biotechnology Information|www.ncbi.nlm.nih.gov
National Institute of Arthritis and Musculoskeletal and Skin Diseases|www.niams.nih.gov
National Institute of Neurological Disorders and Stroke|www.ninds.nih.gov
National Institute of Diabetes and Digestive and Kidney Diseases|www.niddk.nih.gov
National Institute of Allergy and Infectious Diseases|www.niaid.nih.gov
National Institute of Mental Health|www.nimh.nih.gov
National Institute on Drug Abuse|nida.nih.gov
National Institute on Deafness and Other Communication Disorders|www.nidcd.nih.gov
National Institute of Environmental Health Sciences|www.niehs.nih.gov
National Center for Complementary and Integrative Health|www.nccih.nih.gov
National Human Genome Research Institute|www.genome.gov
National Cancer Institute|www.cancer.gov
National Eye Institute|www.nei.nih.gov
National Institute on Aging|www.nia.nih.gov
National Heart, Lung, and Blood Institute|www.nhlbi.nih.gov
National Heart, Lung and Blood Institute|www.nhlbi.nih.gov
Agency for Healthcare Research and Quality|www.ahrq.gov
Centers for Medicare & Medicaid Services|www.cms.gov
Centers for Medicare and Medicaid Services|www.cms.gov
Health Resources and Services Administration|www.hrsa.gov
Substance Abuse and Mental Health Services Administration|www.samhsa.gov
Office of Disease Prevention and Health Promotion|health.gov
Office on Women's Health|www.womenshealth.gov
Federal Trade Commission|www.ftc.gov
Drug Enforcement Administration|www.dea.gov
U.S. Preventive Services Task Force|www.uspreventiveservicestaskforce.org
US Preventive Services Task Force|www.uspreventiveservicestaskforce.org
Occupational Safety and Health Administration|www.osha.gov
Government Accountability Office|www.gao.gov
Congressional Budget Office|www.cbo.gov
Congressional Research Service|crsreports.congress.gov
Bureau of Labor Statistics|www.bls.gov
U.S. Bureau of Labor Statistics|www.bls.gov
Social Security Administration|www.ssa.gov
Federal Reserve Board|www.federalreserve.gov
U.S. Department of Veterans Affairs|www.va.gov
U.S. Department of Education|www.ed.gov
U.S. Department of Justice|www.justice.gov
U.S. Department of Energy|www.energy.gov
U.S. Department of State|www.state.gov
U.S. Geological Survey|www.usgs.gov
National Park Service|www.nps.gov
National Oceanic and Atmospheric Administration|www.noaa.gov
National Institute of Standards and Technology|www.nist.gov
National Weather Service|www.weather.gov
American Heart Association|www.heart.org
American Stroke Association|www.stroke.org
American Lung Association|www.lung.org
American Cancer Society|www.cancer.org
American Diabetes Association|diabetes.org
American Medical Association|www.ama-assn.org
American Psychological Association|www.apa.org
American Psychiatric Association|www.psychiatry.org
American Academy of Orthopaedic Surgeons|orthoinfo.aaos.org
OrthoInfo|orthoinfo.aaos.org
American Academy of Pediatrics|www.aap.org
American Academy of Dermatology|www.aad.org
American Academy of Family Physicians|www.aafp.org
American Academy of Ophthalmology|www.aao.org
American Academy of Neurology|www.aan.com
American Academy of Sleep Medicine|aasm.org
American Academy of Physical Medicine and Rehabilitation|www.aapmr.org
American College of Cardiology|www.acc.org
American College of Physicians|www.acponline.org
American College of Surgeons|www.facs.org
American College of Radiology|www.acr.org
American College of Sports Medicine|www.acsm.org
American College of Obstetricians and Gynecologists|www.acog.org
American College of Gastroenterology|gi.org
American College of Rheumatology|www.rheumatology.org
American Association of Neurological Surgeons|www.aans.org
American Physical Therapy Association|www.apta.org
American Dental Association|www.ada.org
American Nurses Association|www.nursingworld.org
American Hospital Association|www.aha.org
American Pregnancy Association|americanpregnancy.org
American Red Cross|www.redcross.org
American Public Health Association|www.apha.org
American Society of Clinical Oncology|www.asco.org
American Society of Anesthesiologists|www.asahq.org
American Society of Hematology|www.hematology.org
American Thyroid Association|www.thyroid.org
American Urological Association|www.auanet.org
American Veterinary Medical Association|www.avma.org
American Library Association|www.ala.org
American Kidney Fund|www.kidneyfund.org
American Chemical Society|www.acs.org
American Civil Liberties Union|www.aclu.org
National Kidney Foundation|www.kidney.org
National Multiple Sclerosis Society|www.nationalmssociety.org
National Osteoporosis Foundation|www.nof.org
National Psoriasis Foundation|www.psoriasis.org
National Sleep Foundation|www.sleepfoundation.org
National Eczema Association|nationaleczema.org
National Alliance on Mental Illness|www.nami.org
National Comprehensive Cancer Network|www.nccn.org
National Academies of Sciences, Engineering, and Medicine|www.nationalacademies.org
Institute of Medicine|www.nationalacademies.org
National Research Council|www.nationalacademies.org
National Geographic|www.nationalgeographic.com
National Education Association|www.nea.org
North American Spine Society|www.spine.org
International Society for Stem Cell Research|www.isscr.org
International Society for Cell & Gene Therapy|isctglobal.org
California Institute for Regenerative Medicine|www.cirm.ca.gov
International Diabetes Federation|idf.org
International Agency for Research on Cancer|www.iarc.who.int
International Committee of Medical Journal Editors|www.icmje.org
International Committee of the Red Cross|www.icrc.org
International Energy Agency|www.iea.org
Infectious Diseases Society of America|www.idsociety.org
Endocrine Society|www.endocrine.org
Heart Rhythm Society|www.hrsonline.org
Obesity Society|www.obesity.org
Skin Cancer Foundation|www.skincancer.org
Arthritis Foundation|www.arthritis.org
Arthritis Society Canada|arthritis.ca
Crohn's & Colitis Foundation|www.crohnscolitisfoundation.org
Celiac Disease Foundation|celiac.org
Cystic Fibrosis Foundation|www.cff.org
Epilepsy Foundation|www.epilepsy.com
Lupus Foundation of America|www.lupus.org
Leukemia & Lymphoma Society|www.lls.org
Michael J. Fox Foundation|www.michaeljfox.org
Parkinson's Foundation|www.parkinson.org
Breastcancer.org|www.breastcancer.org
Susan G. Komen|www.komen.org
March of Dimes|www.marchofdimes.org
Planned Parenthood|www.plannedparenthood.org
Doctors Without Borders|www.doctorswithoutborders.org
Médecins Sans Frontières|www.msf.org
Bill & Melinda Gates Foundation|www.gatesfoundation.org
Robert Wood Johnson Foundation|www.rwjf.org
Wellcome Trust|wellcome.org
Johns Hopkins Medicine|www.hopkinsmedicine.org
Johns Hopkins Arthritis Center|www.hopkinsarthritis.org
Harvard Health Publishing|www.health.harvard.edu
Harvard Medical School|hms.harvard.edu
Harvard T.H. Chan School of Public Health|www.hsph.harvard.edu
Stanford Medicine|med.stanford.edu
Stanford Health Care|stanfordhealthcare.org
Stanford University|www.stanford.edu
UCSF Health|www.ucsfhealth.org
UC Davis Health|health.ucdavis.edu
Duke Health|www.dukehealth.org
Emory Healthcare|www.emoryhealthcare.org
Penn Medicine|www.pennmedicine.org
NYU Langone Health|nyulangone.org
Yale Medicine|www.yalemedicine.org
Mount Sinai|www.mountsinai.org
Massachusetts General Hospital|www.massgeneral.org
Brigham and Women's Hospital|www.brighamandwomens.org
Memorial Sloan Kettering Cancer Center|www.mskcc.org
MD Anderson Cancer Center|www.mdanderson.org
Hospital for Special Surgery|www.hss.edu
Children's Hospital of Philadelphia|www.chop.edu
Boston Children's Hospital|www.childrenshospital.org
Cedars-Sinai|www.cedars-sinai.org
Kaiser Permanente|healthy.kaiserpermanente.org
Mercy Hospital|www.mercyhospital.org
St. Luke's Medical Center|www.stlukes.org
University of Michigan Health|www.uofmhealth.org
University of Washington|www.washington.edu
University of Rochester Medical Center|www.urmc.rochester.edu
NHS|www.nhs.uk
NHS Choices|www.nhs.uk
NHS Inform|www.nhsinform.scot
NHS Digital|digital.nhs.uk
National Health Service|www.nhs.uk
NHS England|www.england.nhs.uk
National Institute for Health and Care Excellence|www.nice.org.uk
National Institute for Health and Care Excellence (NICE)|www.nice.org.uk
National Institute for Health and Clinical Excellence|www.nice.org.uk
NICE|www.nice.org.uk
Scottish Intercollegiate Guidelines Network|www.sign.ac.uk
Public Health England|www.gov.uk
UK Health Security Agency|www.gov.uk
Medicines and Healthcare products Regulatory Agency|www.gov.uk
Department of Health|www.gov.uk
Department of Health and Social Care|www.gov.uk
Department for Education|www.gov.uk
Home Office|www.gov.uk
HM Treasury|www.gov.uk
Cabinet Office|www.gov.uk
Office for National Statistics|www.ons.gov.uk
General Medical Council|www.gmc-uk.org
British Medical Association|www.bma.org.uk
British Heart Foundation|www.bhf.org.uk
British Red Cross|www.redcross.org.uk
Royal College of Physicians|www.rcplondon.ac.uk
Royal College of General Practitioners|www.rcgp.org.uk
Royal College of Surgeons of England|www.rcseng.ac.uk
The King's Fund|www.kingsfund.org.uk
The Health Foundation|www.health.org.uk
Versus Arthritis|www.versusarthritis.org
Diabetes UK|www.diabetes.org.uk
Asthma + Lung UK|www.asthmaandlung.org.uk
Macmillan Cancer Support|www.macmillan.org.uk
Alzheimer's Society|www.alzheimers.org.uk
Age UK|www.ageuk.org.uk
Mind|www.mind.org.uk
Bupa|www.bupa.co.uk
Patient.info|patient.info
Cancer Research UK|www.cancerresearchuk.org
European Medicines Agency|www.ema.europa.eu
European Society of Cardiology|www.escardio.org
European Commission|ec.europa.eu
European Parliament|www.europarl.europa.eu
European Environment Agency|www.eea.europa.eu
European Food Safety Authority|www.efsa.europa.eu
European Central Bank|www.ecb.europa.eu
European Centre for Disease Prevention and Control|www.ecdc.europa.eu
Council of Europe|www.coe.int
Eurostat|ec.europa.eu
OECD|www.oecd.org
Organisation for Economic Co-operation and Development|www.oecd.org
World Bank|www.worldbank.org
The World Bank|www.worldbank.org
World Trade Organization|www.wto.org
World Economic Forum|www.weforum.org
World Meteorological Organization|wmo.int
World Medical Association|www.wma.net
World Anti-Doping Agency|www.wada-ama.org
United Nations|www.un.org
United Nations Development Programme|www.undp.org
United Nations Environment Programme|www.unep.org
UNAIDS|www.unaids.org
UNHCR|www.unhcr.org
UNICEF|www.unicef.org
UNESCO|www.unesco.org
International Labour Organization|www.ilo.org
International Monetary Fund|www.imf.org
Food and Agriculture Organization of the United Nations|www.fao.org
Intergovernmental Panel on Climate Change|www.ipcc.ch
Human Rights Watch|www.hrw.org
Amnesty International|www.amnesty.org
Greenpeace|www.greenpeace.org
Oxfam|www.oxfam.org
Transparency International|www.transparency.org
U.S. Census Bureau|www.census.gov
United States Census Bureau|www.census.gov
U.S. Department of Agriculture|www.usda.gov
U.S. Department of Health and Human Services|www.hhs.gov
Department of Health and Human Services|www.hhs.gov
U.S. Environmental Protection Agency|www.epa.gov
Environmental Protection Agency|www.epa.gov
National Science Foundation|www.nsf.gov
NASA|www.nasa.gov
Pew Research Center|www.pewresearch.org
Brookings Institution|www.brookings.edu
Urban Institute|www.urban.org
RAND Corporation|www.rand.org
Gallup|news.gallup.com
Kaiser Family Foundation|www.kff.org
KFF|www.kff.org
Commonwealth Fund|www.commonwealthfund.org
Health Canada|www.canada.ca
Public Health Agency of Canada|www.canada.ca
Government of Canada|www.canada.ca
Statistics Canada|www.statcan.gc.ca
Canadian Cancer Society|cancer.ca
Diabetes Canada|www.diabetes.ca
Australian Institute of Health and Welfare|www.aihw.gov.au
Australian Bureau of Statistics|www.abs.gov.au
Australian Government Department of Health|www.health.gov.au
Therapeutic Goods Administration|www.tga.gov.au
Better Health Channel|www.betterhealth.vic.gov.au
Healthdirect Australia|www.healthdirect.gov.au
Beyond Blue|www.beyondblue.org.au
Ministry of Health|www.health.govt.nz
DermNet|dermnetnz.org
Health Service Executive|www.hse.ie
Indian Council of Medical Research|www.icmr.gov.in
Alzheimer's Association|www.alz.org
Healthline|www.healthline.com
Medical News Today|www.medicalnewstoday.com
Medscape|emedicine.medscape.com
eMedicine|emedicine.medscape.com
Everyday Health|www.everydayhealth.com
Verywell Health|www.verywellhealth.com
Verywell Mind|www.verywellmind.com
Psychology Today|www.psychologytoday.com
Wikipedia|en.wikipedia.org
Wikipedia, The Free Encyclopedia|en.wikipedia.org
Encyclopaedia Britannica|www.britannica.com
Encyclopædia Britannica|www.britannica.com
Stanford Encyclopedia of Philosophy|plato.stanford.edu
Merriam-Webster|www.merriam-webster.com
MSD Manual|www.msdmanuals.com
Merck Manual|www.merckmanuals.com
Radiopaedia|radiopaedia.org
Physiopedia|www.physio-pedia.com
Orthobullets|www.orthobullets.com
Cochrane|www.cochrane.org
ClinicalTrials.gov|clinicaltrials.gov
Drugs.com|www.drugs.com
RxList|www.rxlist.com
MedicineNet|www.medicinenet.com
UpToDate|www.uptodate.com
Examine|examine.com
Spine-health|www.spine-health.com
Arthritis-health|www.arthritis-health.com
KidsHealth|kidshealth.org
Nemours KidsHealth|kidshealth.org
HealthyChildren.org|www.healthychildren.org
FamilyDoctor.org|familydoctor.org
Hopkins Lupus Center|www.hopkinslupus.org
Our World in Data|ourworldindata.org
Statista|www.statista.com
Bundesministerium für Gesundheit|www.bundesgesundheitsministerium.de
Robert Koch-Institut|www.rki.de
Bundeszentrale für politische Bildung|www.bpb.de
Statistisches Bundesamt|www.destatis.de
Deutsches Krebsforschungszentrum|www.dkfz.de
Bundesamt für Statistik|www.bfs.admin.ch
Haute Autorité de Santé|www.has-sante.fr
Santé publique France|www.santepubliquefrance.fr
Inserm|www.inserm.fr
INSEE|www.insee.fr
Instituto Nacional de Estadística|www.ine.es
Ministerio de Sanidad|www.sanidad.gob.es
Organización Mundial de la Salud|www.who.int
Organisation mondiale de la Santé|www.who.int
Ministério da Saúde|www.gov.br
Instituto Brasileiro de Geografia e Estatística|www.ibge.gov.br
Istituto Superiore di Sanità|www.iss.it
Rijksinstituut voor Volksgezondheid en Milieu|www.rivm.nl
Folkhälsomyndigheten|www.folkhalsomyndigheten.se
Microsoft|www.microsoft.com
Google|www.google.com
Apple|www.apple.com
GitHub|github.com
YouTube|www.youtube.com
ScienceDaily|www.sciencedaily.com
Live Science|www.livescience.com
EurekAlert|www.eurekalert.org
EurekAlert!|www.eurekalert.org
STAT|www.statnews.com
STAT News|www.statnews.com
ProPublica|www.propublica.org
Vox|www.vox.com
Politico|www.politico.com
HealthDay News|www.healthday.com
HealthDay|www.healthday.com
Kaiser Health News|khn.org
MedPage Today|www.medpagetoday.com
The Conversation|theconversation.com
Quanta Magazine|www.quantamagazine.org
Reuters|www.reuters.com
Reuters Health|www.reuters.com
Associated Press|apnews.com
Bloomberg|www.bloomberg.com
BBC News|www.bbc.co.uk
BBC|www.bbc.co.uk
NPR|www.npr.org
CBS News|www.cbsnews.com
NBC News|www.nbcnews.com
ABC News|abcnews.go.com
Fox News|www.foxnews.com
Al Jazeera|www.aljazeera.com
CNN|www.cnn.com
""".strip().splitlines()]  # fmt: skip
