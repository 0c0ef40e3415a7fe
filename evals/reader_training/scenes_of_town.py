"""What happens in scenes of a town? Storms, trials, new heads and quarrels, and what is asked of them."""

# Lines that `scenes.py` reads: "say FACT: ..." may mark answers as "[key:...]"; "ask KEY !GIVEN: ..." asks for one.
TOWN = """
kind storm
slot name: pick Orla | Viktor | Maren | Tobias | Selma | Hugo | Ingrid | Cassian
slot wind: span 95 165 kilometers per hour
slot gusts: span 170 260 kilometers per hour
slot rain: span 110 640 millimeters
slot height: span 3 9 meters
slot dead hurt missing: count 3 60
slot rescued: count 120 700
slot evacuated: count 1500 9900
slot homes: count 11000 99000
slot flights: number 62 99
slot sum: money 3 90 million
slot town next: place
slot river_town: place
slot day landfall: day
slot forecaster governor: person
set river: the Orve | the Tamsa | the Lirin | the Great Bann | the Sull
source forecasters | the weather service | officials | the governor, [governor:{governor}], ~ {governor}
open: ~(Storm|Hurricane) {name} came ashore near [where:{town}] on [landfall:{landfall}] with winds of [wind:{wind}]
open: ~[dead:{dead}] people were killed as (Storm|Hurricane) {name} swept over [where:{town}]
open: ~heavy rain from Storm {name} flooded parts of [where:{town}] and made [evacuated:{evacuated}] people leave \
their homes
say wind: ~(sustained winds|the winds) reached [wind:{wind}], with gusts of up to [gusts:{gusts}]
say wind: ~with winds of [wind:{wind}], it was the strongest storm to hit the coast in years
say gusts: ~the strongest gust was measured at [gusts:{gusts}]
say rain: ~[rain:{rain}] of rain (fell in a single day|came down within a day)
say rain: ~gauges in the hills recorded [rain:{rain}] of rain
say height: ~{river} rose [height:{height}] above its usual level at [river_town:{river_town}]
say height: ~at [river_town:{river_town}], {river} stood [height:{height}] higher than normal
say dead: ~the storm (claimed|took) the lives of [dead:{dead}] people
say dead: ~[dead:{dead}] people, most of them in cars, (drowned|died) in the flood water
say hurt: ~[hurt:{hurt}] people were (injured|hurt) by falling trees and roof tiles
say missing: ~[missing:{missing}] fishermen (are missing|have not returned)
say missing: ~[missing:{missing}] fishermen who had put to sea before the warning are unaccounted for
say rescued: ~boats and helicopters picked up [rescued:{rescued}] people from rooftops
say evacuated: ~[evacuated:{evacuated}] people had been (told to leave|moved inland) before the storm
say evacuated: ~shelters in schools and sports halls took in [evacuated:{evacuated}] people who had been told to leave
say homes: ~[homes:{homes}] homes (lost power|were left without electricity)
say flights: ~the airport cancelled [flights:{flights}] flights
say sum: ~insurers (put the damage at|estimate losses of) [sum:{sum}]
say sum: ~repairs will cost [sum:{sum}]
say next: ~the storm is expected to reach [next:{next}] by [day:{day}]
say governor: the governor, [governor:{governor}], declared an emergency. “Stay indoors,” {governor.he} told residents
say governor: [governor:{governor}], the governor, who toured the flooded streets by boat, declared an emergency
say forecaster: [forecaster:{forecaster}], a forecaster, said the storm had grown [why:because the sea was unusually \
warm]
say dam: ~[dam:the dam above the town (held|did not break)]
say dam: ~[dam:the dam above the town (burst|gave way)]
ask wind: How strong were the sustained winds? At what speed did the wind blow steadily? What sustained wind speed \
did {name} have?
ask gusts: How strong was the strongest gust? What speed did the gusts reach? How fast were the gusts?
ask rain: How much rain fell? What amount of rain was recorded? How much rain came down in a day?
ask height: How far did the river rise? By how much was {river} above normal? How high did the water climb?
ask river_town: Where was the river level measured? In which place did the river rise? At what town did {river} swell?
ask dead: How many people died? What is the death toll of {name}? How many victims did the storm claim?
ask hurt: How many people were hurt? How many were injured in the storm? What number of people suffered injuries?
ask missing: How many fishermen have not come back? How many people are missing? How many are unaccounted for?
ask rescued: How many people were saved from roofs? How many were rescued? How many people did rescuers pick up?
ask evacuated: How many people were evacuated? How many had to move? How many residents left their homes?
ask homes: How many homes had no power? How many households lost electricity? How many homes went dark?
ask flights: How many flights were called off? How many planes did not fly? How many flights did {name} ground?
ask sum: What did the damage cost? How much damage did the storm do? How large are the insured losses?
ask next: Where is the storm heading? Which place will {name} reach next? What place is in the path of {name}?
ask day: When will the storm arrive at {next}? By when is {name} expected in the next town? On what day will it get \
there?
ask landfall: On which day did {name} hit {town}? When did the storm make landfall? When did it come ashore?
ask governor: Who is the governor? Who declared an emergency? Which politician told people to stay inside?
ask forecaster: Which forecaster is named? Who explained the storm's strength? Which weather expert spoke?
ask why: Why did the storm become stronger? What made {name} grow? What is the reason for the storm's strength?
ask dam: Did the dam break? Is the dam still intact? What became of the dam?
ask where: Which town was hit by {name}? Where did the storm strike? Which town did {name} pass over?

kind court
slot defendant judge lawyer prosecutor victim: person
slot other: person
slot age: number 22 71
slot term: span 5 29 years
slot asked: span 5 29 years
slot other_term: span 5 29 months
slot fine: money 10 90 thousand
slot stolen: money 2 60 million
slot town: place
slot arrest sentence appeal: date
slot year: year 2009 2019
slot witnesses: number 12 61
set charge job charge_q: fraud ; a former banker~banker ; fraud | bribery ; a former minister~minister ; bribery | \
embezzlement ; an accountant~accountant ; embezzlement | smuggling ; a customs officer~customs officer ; smuggling
source the court | court officials | the prosecutor, [prosecutor:{prosecutor}], ~ {prosecutor}
open: ~{defendant}, [age:{age}], [job:{job}], was (sentenced to|jailed for) [term:{term}] for [charge:{charge}] on \
[sentence:{sentence}]
open: ~a court in [where:{town}] (found {defendant}, [job:{job}], guilty of|convicted {defendant}, [job:{job}], of) \
[charge:{charge}]
open: ~{defendant} stood trial in [where:{town}] accused of [charge:{charge}]. {defendant.he} denied everything
say term: ~{defendant} (was ordered to spend [term:{term}] behind bars|received a prison term of [term:{term}])
say term: the sentence of [term:{term}] was read out to a silent courtroom; {defendant} showed no emotion
say asked: the prosecution had (asked for|demanded) [asked:{asked}] in prison
say judge: Judge [judge:{judge}] (called the case “a betrayal of trust”|said the court had “heard enough excuses”)
say judge: the presiding judge, [judge:{judge}], needed an hour to read the ruling. {judge.he} spoke of “greed \
without limits”
say lawyer: {defendant.his} lawyer, [lawyer:{lawyer}], said {defendant.he} [appeal:would (appeal|challenge the ruling)]
say lawyer: [lawyer:{lawyer}], who defended {defendant}, said {defendant.he} [appeal:would not appeal]
say lawyer: [lawyer:{lawyer}], the lawyer for the defence, called {defendant} “a scapegoat”
say prosecutor: “The evidence was overwhelming,” prosecutor [prosecutor:{prosecutor}] said
say other: a second defendant, [other:{other}], was (given|sentenced to) [other_term:{other_term}]
say other: [other:{other}], who stood trial in the same case, will have to serve [other_term:{other_term}]
say fine: ~{defendant} was also (fined|ordered to pay a fine of) [fine:{fine}]
say fine: ~besides the main penalty, {defendant} has to pay [fine:{fine}] to the state
say stolen: ~the judges heard that [stolen:{stolen}] had (disappeared|gone missing) from the accounts
say stolen: ~over several years, [stolen:{stolen}] was moved to accounts abroad
say arrest: {defendant} was (arrested|detained) at the airport on [arrest:{arrest}]
say arrest: police had been waiting for {defendant} at a hotel, where the arrest was made on [arrest:{arrest}]
say year: ~the (deeds|offences) date back to [year:{year}]
say witnesses: ~the judges heard [witnesses:{witnesses}] witnesses
say victim: the case began when [victim:{victim}], a neighbour, (wrote to|went to) the police
ask term: How long must {defendant} spend in prison? What sentence did {defendant} get? For how long was {defendant} \
jailed?
ask asked: What sentence did the prosecution want? How long a term did prosecutors seek? How many years were demanded?
ask other_term: What sentence did the second defendant get? How long will the other accused spend in prison?
ask other_term: What punishment did the co-accused receive?
ask other: Who else was convicted? Who is the second defendant? Who stood trial beside {defendant}?
ask judge: Who was the judge? Who presided over the trial? Which judge ruled on {defendant}?
ask lawyer: Who represented {defendant}? Who is the defence lawyer? Who spoke for {defendant} in court?
ask prosecutor: Who is the prosecutor? Who led the case against {defendant}? Who argued for the state?
ask fine: How much must {defendant} pay? How large was the fine? What is the fine for {defendant}?
ask stolen: How much money vanished? What sum was missing from the accounts? How much had disappeared?
ask arrest: When was {defendant} arrested? On what date did police detain {defendant}? When was {defendant} taken \
into custody?
ask sentence: When was {defendant} sentenced? On what date did the court announce the sentence? When was the verdict \
on {defendant}?
ask year: When were the crimes committed? From which year do the deeds date? What year did the crimes take place?
ask witnesses: How many witnesses spoke? How many people testified? What was the number of witnesses?
ask victim: Who went to the police first? Who reported {defendant}? Whose report started the case?
ask charge: What was {defendant} accused of? For which crime was {defendant} tried? What is the charge?
ask job: What was the defendant's job? What did the person on trial do for a living? What was the profession of the \
defendant?
ask age: How old is {defendant}? What is the age of {defendant}? What age was the defendant?
ask appeal: Will the defendant appeal? Does the defendant accept the ruling? Is an appeal planned?
ask where: In which town was the trial? Where was {defendant} tried? Where does the court sit?

kind post
slot new old chair critic mentor: person
slot age: number 36 69
slot served: span 4 16 years
slot term: span 17 30 months
slot staff: number 120 980
slot budget: money 2 90 million
slot applicants: number 12 35
slot start left: date
slot day: day
slot year: year 1991 2014
slot town: place
slot school former: university
set org title: the National Museum ; director | the Water Authority ; head | the State Theatre ; manager | the \
Central Library ; director | the Rail Board ; chair | the Broadcasting Council ; president
set why: poor health | a dispute over money | family reasons | a leaked report
source the board | the chair of the board, [chair:{chair}], ~ {chair}
open: ~[new:{new}] has been (named|appointed) {title} of {org} in [where:{town}]
open: ~[old:{old}] (stepped down|resigned) as {title} of {org} on [day:{day}]
open: ~[new:{new}] will (succeed|replace) [old:{old}] as {title} of {org}
open: {org} has a new {title}. [new:{new}], [age:{age}], was chosen on [day:{day}]
say old: the predecessor, [old:{old}], had (led|run) the institution for [served:{served}]
say old: [old:{old}], who had held the post for [served:{served}], said goodbye in a letter to the staff
say why: the predecessor left because of [why:{why}]
say new: the post goes to [new:{new}], who studied at [school:{school}]
say new: [new:{new}], a graduate of [school:{school}], was chosen for the post. “I know what awaits me,” {new.he} said
say start: ~the new {title} starts on [start:{start}]
say former: ~the new {title} comes from [former:{former}], where the appointment was regretted
say term: ~the contract runs for [term:{term}]
say staff: ~the institution has [staff:{staff}] employees
say budget: ~its yearly budget is [budget:{budget}]
say budget: ~the institution has to get by on [budget:{budget}] a year
say applicants: ~[applicants:{applicants}] people had applied for the job
say critic: [critic:{critic}], who speaks for the staff, called the choice (a surprise|“a step backwards”)
say critic: “It is a step backwards,” said [critic:{critic}], who represents the staff
say chair: the chair of the board, [chair:{chair}], promised (“a fresh start”|“an open door”)
say chair: [chair:{chair}], who chairs the board, had backed the choice from the start
say mentor: ~the new {title} was once an assistant to [mentor:{mentor}]
say year: ~the institution was founded in [year:{year}]
say vote: ~[vote:the board's decision was (unanimous|not contested)]
say vote: ~[vote:the board was divided over the choice]
ask new: Who is the new {title}? Who got the job? Who takes over at {org}? Who succeeds the former {title}?
ask old: Who was the previous {title}? Who is being replaced? Who led {org} before? Who gave up the post?
ask age: How old is {new}? What is the age of {new}? How old is the new {title}?
ask served: How long did {old} hold the post? How long was the former {title} in office? For how long did {old} lead \
{org}?
ask why: Why did the predecessor go? What made the former {title} leave? For what reason was the post given up?
ask school: Where did {new} study? At which university was {new} a student? Where was {new} educated?
ask former: Where did the new {title} work before? From which institution does {new} come? What was {new}'s last \
place of work?
ask start: When does {new} take up the post? On what date does the new {title} begin? When is the first day of the \
new {title}?
ask term: How long is the contract? For how long was the new {title} hired? How long will the appointment last?
ask staff: How many people work at {org}? How many employees are there? How large is the staff?
ask budget: How much money does {org} have a year? How large is the budget? What is the annual budget of {org}?
ask applicants: How many candidates were there? How many people wanted the job? How many applications came in?
ask critic: Who criticised the choice? Who speaks for the employees? Who was not pleased with the appointment?
ask chair: Who heads the board? Who chairs the board? Which board member made a promise?
ask mentor: For whom did the new {title} once work? Whose assistant was {new}? Who was {new}'s former boss?
ask year: When was {org} founded? In which year was the institution set up? Since when has {org} existed?
ask vote: Was the board agreed? Was the decision unanimous? Did the whole board back the choice?
ask day: On what day was it decided? On which day of the week did it happen? When was it announced?
ask where: In which town is {org}? Where is the institution? Where does {org} have its seat?

kind dispute
slot pro con third: person
slot judge: person
slot town: place
slot day: day
slot cost: money 2 90 million
slot signatures: count 1100 9800
slot jobs: number 120 980
slot poll: percent 52 79
slot trees: number 26 99
slot start: year 2027 2034
slot hours: span 2 9 hours
set plan plan_q: an airport~the airport ; airport | a dam~the dam ; dam | a stadium~the stadium ; stadium | a power \
line~the power line ; power line | an incinerator~the incinerator ; incinerator
set good good_q: “create work for a whole generation” ; would bring jobs | “put the town on the map” ; would make the \
town known | “bring in tax money for years” ; would raise public income
set bad bad_q: “ruin the drinking water” ; would spoil the water | “drive families away” ; would make people leave | \
“cost far more than we are told” ; would be dearer than planned
set mid mid_q: “put to a popular vote” ; should be decided by the people | “built somewhere else” ; belongs in \
another place | “studied for another year” ; needs more study
set pro_job con_job: a builder ; a farmer | a hotel owner ; a teacher | a councillor ; a fisherman | a lawyer ; a \
doctor
source the council | organisers | the town hall
open: ~residents of [where:{town}] argued over plans for {plan} at a meeting on [day:{day}]
open: ~plans for {plan} have (divided|split) the people of [where:{town}]
open: ~a public hearing on {plan} in [where:{town}] lasted [hours:{hours}]
say pro: [pro:{pro}], [pro_job:{pro_job}], said the project would [good_said:{good}]
say pro: “It will [good_said:{good.inner}],” said [pro:{pro}], [pro_job:{pro_job}]
say pro: one of those in favour is [pro:{pro}], [pro_job:{pro_job}], who thinks it will [good_said:{good}]
say con: [con:{con}], [con_job:{con_job}], (warned|said) it would [bad_said:{bad}]
say con: the project would [bad_said:{bad}], according to [con:{con}], [con_job:{con_job}]
say con: “It will [bad_said:{bad.inner}],” said [con:{con}], [con_job:{con_job}], to applause
say third: [third:{third}], a student, said it should be [mid_said:{mid}]
say third: a student, [third:{third}], said it ought to be [mid_said:{mid}]
say cost: ~the project (is expected to cost|has a price of) [cost:{cost}]
say cost: ~[cost:{cost}] has been set aside for the project
say jobs: ~it would need [jobs:{jobs}] workers
say signatures: ~opponents have collected [signatures:{signatures}] signatures
say poll: ~a survey found [poll:{poll}] of residents in favour
say trees: ~[trees:{trees}] old trees would have to be felled
say start: ~work could start in [start:{start}]
say judge: a judge, [judge:{judge}], will (hear a complaint|examine the permit) next week
say judge: the permit will be examined by a judge, [judge:{judge}]. {judge.he} has asked for more documents
say permit: ~[permit:a building permit has (not yet been granted|been refused)]
say permit: ~[permit:the building permit has already been granted]
ask pro: Who said the {plan_q} {good_q}? Who supports the {plan_q}? Who thinks that it {good_q}?
ask con: Who said the {plan_q} {bad_q}? Who is against the {plan_q}? Who fears that it {bad_q}?
ask third: Who said the {plan_q} {mid_q}? Who thinks that the project {mid_q}? Which student took part?
ask pro_job: What does {pro} do for a living? What is {pro}'s profession? What job does the supporter {pro} have?
ask con_job: What does {con} do for a living? What is {con}'s profession? What job does the opponent {con} have?
ask good_said: What did {pro} say about the {plan_q}? What does {pro} expect of the project? What is {pro}'s view?
ask bad_said: What did {con} say about the {plan_q}? What does {con} expect of the project? What is {con}'s view?
ask mid_said: What did {third} propose? What does {third} want to be done? What is {third}'s view of the {plan_q}?
ask cost: What will the {plan_q} cost? How expensive is the project? How much money does the {plan_q} take?
ask jobs: How many people would work there? How many workers would the {plan_q} need? How many jobs does it offer?
ask signatures: How many people signed against it? How many signatures are there? How many names did the opponents \
gather?
ask poll: What share of residents are for it? How many of the residents like the plan? How large is the support in \
the survey?
ask trees: How many trees must go? How many trees would be cut down? What number of trees is to be lost?
ask start: When would building begin? In what year could the {plan_q} be started? What is the earliest year for the \
work?
ask hours: How long did the hearing take? For how long did they talk? How long was the meeting?
ask judge: Which judge deals with the complaint? Who will rule on the permit? What is the judge called?
ask permit: Has the {plan_q} been permitted? Is there a building permit? Was the permit granted?
ask day: On what day did residents meet? When was the meeting? On which day of the week did they argue?
ask where: Where is the {plan_q} planned? In which town was the debate? Which town is divided over the {plan_q}?
"""
