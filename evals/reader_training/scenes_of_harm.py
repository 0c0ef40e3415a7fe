"""What happens in scenes of harm? Attacks, accidents and earthquakes, and what is asked of them."""

# Lines that `scenes.py` reads: "say FACT: ..." may mark answers as "[key:...]"; "ask KEY !GIVEN: ..." asks for one.
HARM = """
kind attack
slot soldiers police hurt_soldiers hurt_civilians missing gunmen: count 3 60
slot civilians: count 24 70
slot children: count 2 20
slot total: count 320 480
slot earlier: count 100 250
slot displaced: count 600 9500
slot houses: number 62 95
slot town capital: place
slot town2: place
slot away: distance 20 280
slot day: day
slot hours: span 2 9 hours
slot spokes mayor: person
slot group: pick the Red Banner movement | the Northern Front | the People's Shield | the Black Falcon militia
set weapon weapon_q: mortars ; mortars | rocket launchers ; rockets | machine guns ; guns | drones ; drones
source the army | the interior ministry | officials | a spokes{spokes.man} for the army, [spokes:{spokes}], ~ {spokes}
source the regional governor's office | local police
open: ~(fighters from|members of) [group:{group}] (stormed|overran|attacked) the town of [where:{town}] on [day:{day}]
open: ~a (raid|dawn assault) on [where:{town}] on [day:{day}] left [soldiers:{soldiers}] soldiers dead
open: ~[total:{total}] people were killed when [group:{group}] (shelled|attacked) [where:{town}], the ministry said
open: ~heavy fighting broke out (around|near) [where:{town}] between the army and {group}
say soldiers: ~[soldiers:{soldiers}] soldiers (died|were killed|lost their lives) in the (fighting|clashes)
say soldiers: the army lost [soldiers:{soldiers}] soldiers, and [hurt_soldiers:{hurt_soldiers}] more were wounded
say soldiers: ~of the army's dead, who numbered [soldiers:{soldiers}], most were conscripts who had arrived only \
weeks before
say soldiers: ~[soldiers:{soldiers}] members of the armed forces fell when their convoy was caught on the road to \
{town2}
say police: ~[police:{police}] police officers (were shot dead|were killed) at a checkpoint outside {town2}
say police: ~the attackers killed [police:{police}] police officers at the entrance to the market
say police: ~among those killed were [police:{police}] police officers, whose post near the market was overrun
say civilians: ~the (attack|shelling) claimed the lives of [civilians:{civilians}] civilians
say civilians: ~[civilians:{civilians}] civilians died, among them [children:{children}] children
say civilians: ~residents buried [civilians:{civilians}] civilians on the edge of the town after the attack
say hurt_civilians: ~[hurt_civilians:{hurt_civilians}] other civilians were (injured|wounded) and taken to hospital
say hurt_civilians: ~doctors treated [hurt_civilians:{hurt_civilians}] civilians for (wounds|shrapnel injuries)
say hurt_civilians: ~[hurt_civilians:{hurt_civilians}] civilians with wounds filled the corridors of the small hospital
say hurt_soldiers: ~[hurt_soldiers:{hurt_soldiers}] soldiers were (wounded|hurt) and flown to a hospital in {capital}
say missing: ~[missing:{missing}] people (remain unaccounted for|are still missing)
say missing: ~relatives are searching for [missing:{missing}] people who have not been seen since
say gunmen: ~troops killed [gunmen:{gunmen}] of the (gunmen|attackers) before the rest fled into the hills
say gunmen: ~the bodies of [gunmen:{gunmen}] attackers were left behind when the others withdrew
say displaced: ~[displaced:{displaced}] people have (fled|been forced from) their homes since the attack
say displaced: ~the violence has driven [displaced:{displaced}] people from their homes, many of them on foot
say houses: ~[houses:{houses}] houses were burned (to the ground|down)
say earlier: an earlier count had spoken of [earlier:{earlier}] dead
say away: {town} lies [away:{away}] (north|south|east|west) of the capital, [capital:{capital}]
say hours: ~the (gun battle|fighting) lasted [hours:{hours}] (|and ended before nightfall)
say weapon: ~the attackers used [weapon:{weapon}] (|and came from three sides)
say mayor: the mayor, [mayor:{mayor}], called for calm. “We want to bury our dead in peace,” {mayor.he} said
say mayor: [mayor:{mayor}], the mayor, who lost a cousin in the attack, asked residents to stay calm
say bridge: ~[bridge:the bridge into the town was (blown up|destroyed)]
say bridge: ~[bridge:the bridge into the town (was left standing|is still open to traffic)]
say claim: [claim:(no group has claimed responsibility|nobody has said they were behind the attack)]
say total: [total:{total}] people have died since the violence began, according to a count kept by aid workers
say spokes: a spokes{spokes.man} for the army, [spokes:{spokes}], told reporters that the town was quiet again. \
{spokes.he} took no questions
ask soldiers: How many soldiers died? How many troops were killed? What losses in lives did the army suffer?
ask soldiers: In the violence in {town}, how many members of the army were killed?
ask police: How many police officers lost their lives? How many policemen were killed? How many officers did they kill?
ask civilians: How many civilians were killed? How many non-combatants died? What was the civilian death toll in \
{town}?
ask children: How many children died? How many of the dead were children? How many minors were killed?
ask hurt_soldiers: How many soldiers were wounded? How many troops were hurt? What was the number of injured soldiers?
ask hurt_civilians: How many civilians were hurt? How many injured civilians were there? How many civilians were \
wounded?
ask missing: How many people have not been found? How many are missing? What is the number of missing people?
ask gunmen: How many attackers died? How many of the gunmen were killed? How many fighters did the army kill?
ask total !soldiers !police !civilians !gunmen !earlier: How many people died in all? What was the overall death toll?
ask total !soldiers !police !civilians !gunmen !earlier: How many people altogether lost their lives in {town}?
ask earlier: What was the previous death toll? How many dead had been reported before? What did the first count say?
ask displaced: How many people had to leave their homes? How many were displaced? How many residents fled {town}?
ask houses: How many homes were destroyed? How many houses burned? How many buildings were set on fire?
ask away: How far is {town} from the capital? What distance separates {town} and {capital}? How far away is the \
capital?
ask capital: What is the capital called? Which city is the capital? {town} is some way from which capital city?
ask hours: How long did the battle last? For how long did they fight? How much time did the fighting take?
ask weapon: What weapons did the attackers use? What were the attackers armed with? With what was the attack made?
ask mayor: Who is the mayor? Which local leader appealed for calm? Who asked people to stay calm?
ask spokes: Who spoke for the army? What is the name of the army's spokesperson? Which spokesperson talked to \
reporters?
ask group: Who attacked {town}? Which group was behind the attack? Who carried out the assault?
ask where !soldiers !police: Which town was attacked? Where was the fighting? What town did they target?
ask day: On what day did it happen? When was {town} attacked? Which day of the week was the attack?
ask bridge: Was the bridge destroyed? Is the bridge still standing? What happened to the bridge?
ask claim !group: Has anyone claimed responsibility? Did a group say it was behind the attack? Who claimed the attack?

kind accident
set vehicle cause: a passenger bus~the bus ; brake failure | a coach~the coach ; a burst tyre | a commuter train~the \
train ; a faulty signal | a ferry~the ferry ; overloading | a cable car~the cable car ; a torn cable
slot dead: count 3 48
slot hurt: count 22 59
slot critical: count 3 19
slot aboard: number 160 310
slot rescued: count 52 95
slot first_toll: number 96 130
slot town hospital_town from to: place
slot away: distance 5 90
slot day: day
slot time: pick at 5 a.m. | at 7:30 p.m. | at 11 p.m. | at 6:15 a.m. | shortly before midnight
slot driver chief: person
slot age: number 24 66
slot firm: company
slot sum: money 4 70 thousand
slot workers: number 320 700
source police | rescue officials | the transport ministry | the fire chief, [chief:{chief}], ~ {chief}
open: ~{vehicle} (crashed|overturned|came to grief) near [where:{town}] on [day:{day}], killing [dead:{dead}] people
open: ~[dead:{dead}] people (died|lost their lives) in an accident involving {vehicle} near [where:{town}]
open: ~an accident near [where:{town}] on [day:{day}] left [hurt:{hurt}] people injured. Most were travelling on \
{vehicle}
open: rescue teams worked through the night after {vehicle} came to grief near [where:{town}]
say dead: ~the (accident|crash) claimed the lives of [dead:{dead}] people
say dead: ~[dead:{dead}] of those on board did not survive, among them two members of the crew
say dead: ~rescuers recovered the bodies of [dead:{dead}] people
say hurt: ~[hurt:{hurt}] others were (hurt|injured), [critical:{critical}] of them (critically|seriously)
say hurt: ~[hurt:{hurt}] passengers with injuries were taken to hospital in [hospital:{hospital_town}]
say hurt: ~doctors were treating [hurt:{hurt}] survivors, of whom [critical:{critical}] were fighting for their lives
say aboard: ~{vehicle} was carrying [aboard:{aboard}] people (|and was full)
say aboard: ~[aboard:{aboard}] passengers were on board at the time
say aboard: ~the passenger list held [aboard:{aboard}] names
say rescued: ~firefighters and volunteers (brought [rescued:{rescued}] people to safety|rescued [rescued:{rescued}] \
people)
say rescued: ~[rescued:{rescued}] people were pulled out alive by firefighters and volunteers
say first_toll: officials had (at first|initially) spoken of [first_toll:{first_toll}] dead, a figure they later \
withdrew
say route: ~{vehicle} was on its way from [from:{from}] to [to:{to}]
say route: ~{vehicle} had left [from:{from}] in the evening and was bound for [to:{to}]
say time: ~it happened [time:{time}], (to the horror of people nearby|within sight of a school)
say driver: the driver, [driver:{driver}], [age:{age}], survived. {driver.he} was [arrested:(arrested|detained) at \
the scene]
say driver: the driver was named as [driver:{driver}], [age:{age}]. {driver.he} [arrested:has not been arrested]
say driver: behind the controls sat [driver:{driver}], [age:{age}], who had worked through two shifts
say cause: ~the (crash|accident) was caused by [cause:{cause}]
say cause: ~investigators (blamed|pointed to) [cause:{cause}]
say cause: ~an early report names [cause:{cause}] as the reason
say firm: {vehicle.later} belongs to [firm:{firm}], which employs [workers:{workers}] people
say pay: [firm:{firm}] said it would pay [sum:{sum}] to the family of each victim
say road: ~[road:the route was reopened (after several hours|the next morning)]
say road: ~[road:the route remained closed]
say away: the (nearest hospital|nearest clinic) is [away:{away}] away
say chief: the fire chief, [chief:{chief}], praised the volunteers. {chief.he} had been at the scene all night
ask dead: How many people were killed? What was the death toll? How many passengers lost their lives near {town}?
ask hurt: How many people were injured? How many survivors were hurt? How many suffered injuries?
ask critical: How many were in critical condition? How many people were seriously hurt? How many were gravely injured?
ask hospital: Where were the injured taken? To which town were the patients brought? In which town are the hurt \
treated?
ask aboard: How many people was it carrying? How many people were on board? How many were travelling on \
{vehicle.later}?
ask rescued: How many people were saved? How many were rescued? How many people did the crews bring to safety?
ask first_toll: How many dead did officials report at first? What was the initial toll? What was the first death toll?
ask from: Where did {vehicle.later} set out? From which town had it come? Where did the journey begin?
ask to: Where was {vehicle.later} going? What was its destination? To which place were the passengers travelling?
ask time: At what time did it happen? What time was the accident? At what hour did the crash take place?
ask driver: Who was driving? What is the driver's name? Who was at the controls of {vehicle.later}?
ask age: How old is the driver? What is {driver}'s age? How old is {driver}?
ask arrested: Was the driver arrested? Is the driver in custody? Did police detain the driver?
ask cause: What caused the accident? Why did it happen? What was to blame for the crash?
ask firm: Which company owns {vehicle.later}? Who operates {vehicle.later}? What is the name of the operator?
ask workers: How many people work for {firm}? How many employees does the operator have? How big is the staff of \
{firm}?
ask sum: How much will each family get? What compensation was promised? How much does {firm} pay for each victim?
ask road: Has the route been reopened? Is the route closed? Was the route open again?
ask away: How far is it to the nearest hospital? How far away is medical help? What is the distance to the hospital?
ask day: On what day was the accident? When did it happen? Which day of the week did {vehicle.later} crash?
ask where: Where was the accident? Near which town did it happen? Near what place did {vehicle.later} crash?
ask chief: Who is the fire chief? What is the name of the head of the fire brigade? Who leads the firefighters?

kind disaster
slot magnitude: decimal 5 7
slot aftershock: decimal 3 4
slot depth away: distance 8 190
slot dead hurt missing: count 3 90
slot houses schools: number 12 99
slot evacuated: count 1200 9800
slot power: count 11000 88000
slot tents: number 140 900
slot sum: money 2 60 million
slot town coast: place
slot town2: place
slot day: day
slot time: pick 4:12 a.m. | 9:47 p.m. | 2:35 p.m. | 11:08 a.m.
slot year: year 1931 1998
slot old_dead: number 2100 6900
slot expert mayor: person
source the geological survey | officials | the disaster agency | a seismologist, [expert:{expert}], ~ {expert}
open: ~an earthquake (of magnitude|measuring) [magnitude:{magnitude}] struck near [where:{town}] on [day:{day}]
open: ~an earthquake shook [where:{town}] (early on|late on) [day:{day}], killing [dead:{dead}] people
open: ~the ground shook for half a minute in [where:{town}] when an earthquake hit [time:at {time}]
say depth: ~the quake's (centre was|focus lay) [depth:{depth}] (below the surface|underground)
say depth: ~because the quake struck [depth:{depth}] down, it was felt over a wide area
say magnitude: ~the quake had a magnitude of [magnitude:{magnitude}] (|and was felt across the region)
say magnitude: ~instruments recorded a magnitude of [magnitude:{magnitude}], which makes it the strongest quake in \
the area for decades
say away: ~the epicentre was [away:{away}] from the (port|town) of [near:{coast}]
say aftershock: ~the strongest aftershock (had a magnitude of|reached) [aftershock:{aftershock}]
say aftershock: ~dozens of aftershocks followed, the largest of them of magnitude [aftershock:{aftershock}]
say dead: ~[dead:{dead}] people were (found dead|killed)
say dead: ~[dead:{dead}] bodies were pulled from the ruins of a market and two blocks of flats
say hurt: ~[hurt:{hurt}] people (were treated for injuries|were injured)
say hurt: ~hospitals took in [hurt:{hurt}] people with broken bones and cuts
say missing: ~[missing:{missing}] (villagers|residents) could not be found and were feared buried
say missing: ~rescuers with dogs were still looking for [missing:{missing}] people under the rubble
say houses: ~[houses:{houses}] houses (collapsed|fell down) and [schools:{schools}] schools were damaged
say houses: ~of the older buildings, [houses:{houses}] houses gave way
say schools: ~[schools:{schools}] schools were damaged
say evacuated: ~[evacuated:{evacuated}] people (were moved to safety|had to leave the area)
say evacuated: ~fearing further shocks, [evacuated:{evacuated}] people spent the night in the open after leaving the \
area
say power: ~[power:{power}] homes were (without electricity|cut off from the power supply)
say tents: ~the army (sent [tents:{tents}] tents for the homeless|put up [tents:{tents}] tents in the main square)
say sum: ~the government released [sum:{sum}] (in emergency aid|for repairs)
say history: in [year:{year}] an earthquake in the same valley killed [old_dead:{old_dead}] people
say mayor: “We need blankets and clean water,” said the mayor of {town2}, [mayor:{mayor}]
say tsunami: ~[tsunami:(no tsunami warning was issued|there was no danger of a tsunami)]
say tsunami: ~[tsunami:a tsunami warning was (issued|given) for the coast]
say expert: [expert:{expert}], a seismologist, warned that more tremors were likely. {expert.he} advised people to \
sleep outdoors
say day: ~the quake struck on [day:{day}], [time:{time}] local time
ask magnitude: What was the magnitude? How strong was the earthquake? How strong was the quake near {town}?
ask aftershock: How strong was the biggest aftershock? What magnitude did the aftershock have? How big was the \
aftershock?
ask depth: How deep was the earthquake? At what depth did it strike? How far below the surface was the centre of the \
quake?
ask away: How far away was the epicentre? How far from {coast} was it? What was the distance between the epicentre \
and {coast}?
ask near: Which place is closest to the epicentre? From which town is the distance of the epicentre given?
ask near: What place was the epicentre measured from?
ask dead: How many people died in {town}? How many lives did the earthquake on {day} take? What is the number of dead?
ask hurt: How many people were injured? How many were hurt? How many needed treatment?
ask missing: How many people are missing? How many are feared to be under the rubble? How many people are unaccounted \
for?
ask houses: How many homes were destroyed? How many houses came down? What number of houses did not withstand the \
quake?
ask schools: How many schools suffered damage? How many school buildings were hit? What number of schools was affected?
ask evacuated: How many people were evacuated? How many residents were taken out? How many had to go?
ask power: How many homes lost power? How many households had no electricity? How many homes were left in the dark?
ask tents: How many tents were provided? How many shelters did the soldiers bring? What number of tents was set up?
ask sum: How much money did the government give? How large is the state's emergency aid? What amount was released?
ask year: When did an earlier earthquake hit the valley? In which year was the previous disaster? When had it \
happened before?
ask old_dead: How many people died in the earlier earthquake? What was the toll of the historic quake?
ask old_dead: How many were killed the last time the valley was struck?
ask mayor: Who is the mayor of {town2}? Who asked for water and blankets? Which mayor spoke of what is needed?
ask expert: Which seismologist is named? Who is the earthquake scientist? What is the name of the seismologist?
ask time: At what time did the quake strike? What time was it? At what hour did the ground shake?
ask tsunami: Was there a tsunami warning? Did officials warn of a tsunami? Is there a danger of a tsunami?
ask day: On which day was the earthquake? When did the quake hit {town}? What day did it strike?
ask where: Which town did the quake hit? Where was the earthquake? Near which place did the earth shake?
"""
