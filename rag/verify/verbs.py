"""Which verbs of the news say the same? Groups between slashes, as in the lexicon, hand-written."""

VERBS = """
join follow accompany participate attend / hear notice perceive detect / describe recount portray depict
compel force oblige coerce / identify name / throw hurl toss fling / shatter smash break / drag haul tow tug pull
push shove press / lift hoist raise / rush race dash speed / watch monitor track follow / chase pursue
shout yell scream cry / weep sob cry / greet welcome receive / mourn grieve mourner / grumble complain protest
beg plead implore appeal / summon invite call / contend argue claim assert maintain / assure guarantee promise pledge
instruct order command direct / resume restart / infect catch contract sicken
suffer endure undergo experience sustain / collapse faint / rent lease hire let / lend loan / waste squander
bankroll finance fund / mount install fit / patch mend repair / swap exchange replace / strip remove
wash clean scrub / excavate dig unearth / inter bury / swamp flood inundate / extinguish douse / burst explode
drip leak seep / drift float / touch land / ascend climb scale / descend drop go / convene gather assemble meet
topple oust unseat beat defeat / recruit hire employ engage / coach train teach / compute calculate
tally count number / log record register document note / air broadcast screen show / shoot film record
compose write pen / stage perform / rear breed raise / sow plant / reap harvest gather / chop fell cut
shield protect guard / thaw melt / pour rain / scour comb search / interrogate question interview quiz
siphon divert embezzle misappropriate / burgle rob steal / defraud cheat swindle / provoke spark trigger cause
avert avoid prevent / enjoy like love / realise realize understand grasp / recall remember / ponder consider think
resemble look / mount climb / hand give deliver submit / hurt pull strain / rely trust / wed marry / bake cook
sew stitch / drown sink / ease relieve soothe / tighten toughen / boost raise increase lift strengthen
curb limit restrict cut / trim cut reduce / merge unite combine fuse / split divide separate part / separate part gap
back support sponsor / head lead chair run / host hold stage / cover include account / account responsible blame
vanish disappear flee / quit resign leave retire abandon / scrap abandon drop axe / shelve postpone suspend
ferry carry ship / row carry / board enter / dock land moor / crew man staff / heed obey follow
ignore disregard flout / defy flout disobey / mock ridicule tease / insult offend abuse / honour honor celebrate award
thank praise / credit thank attribute / suspect think believe / foresee predict expect / assess evaluate rate judge
rank rate place / prefer favour favor choose / crave want / demand insist want / settle resolve end
mediate arbitrate broker / broker negotiate arrange / arrange organise organize plan / prepare plan ready
rehearse practise practice train / hail praise welcome celebrate / top lead exceed / trail follow / near approach
circle surround / seal close shut / lock chain close shut / unlock open / smell reek / shine gleam glow / glow light
dim fade / fade vanish / cover pay fund meet / swallow cost consume devour
"""
