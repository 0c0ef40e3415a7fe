"""What happens in scenes of life? Outbreaks, studies and matches, and what is asked of them."""

# Lines that `scenes.py` reads: "say FACT: ..." may mark answers as "[key:...]"; "ask KEY !GIVEN: ..." asks for one.
LIFE = """
kind outbreak
set disease: cholera | measles | dengue fever | typhoid | yellow fever | meningitis
slot cases: count 1100 9400
slot dead: count 14 95
slot child_dead: count 3 12
slot week_cases: number 120 480
slot last_cases: number 500 990
slot vaccinated: count 11000 98000
slot doses: money 2 9 million
slot beds nurses: number 14 97
slot share: percent 55 92
slot group_q: pick women | under thirty | farm workers
slot town: place
slot source_town: place
slot first: date
slot start: date
slot minister doctor: person
slot until: month
source the health ministry | the World Relief Fund | doctors | the health minister, [minister:{minister}], ~ {minister}
open: ~an outbreak of [disease:{disease}] in [where:{town}] has killed [dead:{dead}] people
open: ~[cases:{cases}] people (have fallen ill|have been infected) with [disease:{disease}] in [where:{town}]
open: ~[disease:{disease}] is spreading in [where:{town}], where the first case was (found|recorded) on [first:{first}]
say cases: ~[cases:{cases}] (cases have been recorded|people have caught the disease) since the outbreak began
say cases: ~since the first patient was admitted, [cases:{cases}] people have fallen ill
say dead: ~[dead:{dead}] (patients have died|people have succumbed to the disease)
say dead: ~the disease has claimed the lives of [dead:{dead}] people, most of them in the poorest quarter
say child_dead: ~[child_dead:{child_dead}] children under five have died
say week: ~[week_cases:{week_cases}] new cases were reported this week, compared with [last_cases:{last_cases}] the \
week before
say week: ~new cases fell from [last_cases:{last_cases}] last week to [week_cases:{week_cases}] this week
say vaccinated: ~[vaccinated:{vaccinated}] people have been (vaccinated|given the vaccine) so far
say vaccinated: ~[vaccinated:{vaccinated}] residents, most of them children, have received the vaccine
say campaign: ~a vaccination campaign will (start|begin) on [start:{start}]
say until: ~schools will (stay|remain) closed until [until:{until}]
say beds: ~the hospital has only [beds:{beds}] beds
say nurses: ~[nurses:{nurses}] nurses (were sent|have been flown in) from the capital
say share: ~[share:{share}] of the patients are {group_q}
say source: ~the disease was traced to [source:a (polluted well|contaminated water tank)] in \
[source_town:{source_town}]
say doctor: “We are running out of medicine,” said Dr [doctor:{doctor}], who runs the clinic
say doctor: Dr [doctor:{doctor}], the head of the clinic, has not slept for two days. {doctor.he} says medicine is \
running out
say minister: the health minister, [minister:{minister}], visited the hospital. {minister.he} promised more medicine
say minister: [minister:{minister}], the health minister, promised to send medicine “within days”
say control: ~[control:the outbreak is (not yet under control|still spreading)]
say control: ~[control:the outbreak has been brought under control]
ask cases: How many people became ill? How many cases are there in all? How many have caught {disease}?
ask dead !child_dead: How many people have died? How many lives has {disease} taken? What is the death toll?
ask child_dead: How many small children died? How many of the dead were children? How many children did {disease} kill?
ask week_cases: How many new cases were there this week? How many people fell ill in the latest week?
ask week_cases: What is this week's number of infections?
ask last_cases: How many cases were there last week? What was the previous week's figure? How many new infections \
were there a week ago?
ask vaccinated: How many people got the vaccine? How many have been immunised? How many residents were vaccinated?
ask start: When does the vaccination begin? When will people get the vaccine? On what date does the campaign start?
ask first: When was the first case discovered? On what date did the outbreak begin? When was {disease} first found in \
{town}?
ask until: How long will schools stay closed? When do schools open again? Until when are there no classes?
ask beds: How many patients can the hospital take? How many beds does the hospital have? How many beds are there?
ask nurses: How many nurses came to help? How many nurses were brought in? What number of nurses arrived?
ask share: What share of the patients are {group_q}? How many of the patients are {group_q}? What percentage of the \
sick are {group_q}?
ask source: Where did the disease come from? What was the source of {disease}? What started the infections?
ask source_town: In which place is the source of the outbreak? Where was the origin of {disease}? Which place did it \
begin in?
ask doctor: Who runs the clinic? Which doctor complained about the lack of medicine? Who said medicine is running out?
ask minister: Who is the health minister? Which minister is responsible? What is the name of the minister for health?
ask control: Is the outbreak under control? Has {disease} been contained? Has the spread been stopped?
ask disease: Which disease is it? What illness has broken out? What are people in {town} suffering from?
ask where: Where is the outbreak? Which town is affected? In what town are people ill?

kind study
slot lead coauthor: person
slot critic: person
slot sample: number 1100 9900
slot control: number 120 980
slot share share2: percent 11 89
slot dropout: number 21 99
slot grant: money 2 9 million
slot years: span 3 9 years
slot cups: span 3 9 days
slot countries: number 12 30
slot school school2: university
slot journal: journal
slot day: day
slot earlier: year 1981 2013
slot followup: year 2028 2035
set topic effect effect_q: people who walk to work ; slept better ; improves sleep | people who sing in a choir ; \
caught fewer colds ; protects against colds | children who grow vegetables ; ate a wider range of foods ; changes \
what children eat | workers on night shifts ; made more mistakes ; leads to mistakes | people who keep a dog ; had \
lower blood pressure ; helps against high blood pressure
source the authors | the study | its lead author, [lead:{lead}], ~ {lead}
open: ~{topic} [effect:{effect}] than others, a study (published|released) on [day:{day}] has found
open: ~researchers at [school:{school}] have (examined|looked at) {topic}. Their paper appeared in [journal:{journal}]
open: ~a study of [sample:{sample}] volunteers (shows|suggests) that {topic} [effect:{effect}] than the rest
say sample: ~the team (questioned|followed) [sample:{sample}] people over [years:{years}]
say sample: ~[sample:{sample}] people filled in a diary for [years:{years}]
say control: ~a comparison group of [control:{control}] people kept to their usual habits
say share: ~the effect was seen in [share:{share}] of the men and [share2:{share2}] of the women
say share: ~among women, [share2:{share2}] showed the effect
say share: ~[share:{share}] of men and [share2:{share2}] of women showed the effect
say dropout: ~[dropout:{dropout}] participants (dropped out|left the study early)
say lead: the work was led by [lead:{lead}] of [school:{school}]
say lead: “We did not expect this,” said [lead:{lead}], who led the work. {lead.he} will repeat the study in \
[followup:{followup}]
say lead: [lead:{lead}], who led the work at [school:{school}], said the result had come as a surprise
say coauthor: [coauthor:{coauthor}], a co-author, designed the questionnaire
say critic: [critic:{critic}] of [school2:{school2}], who was not involved, (urged caution|was not convinced)
say critic: “One should be careful,” said [critic:{critic}], who works at [school2:{school2}] and took no part in the \
study
say journal: ~the results (appeared|were published) in the journal [journal:{journal}]
say grant: ~the work was paid for by a grant of [grant:{grant}]
say cups: ~the effect could be measured after only [cups:{cups}]
say countries: ~participants came from [countries:{countries}] countries
say earlier: ~a smaller study in [earlier:{earlier}] had found no effect
say cause: [cause:the study does not prove a cause]
say cause: [cause:the authors are certain that they have found the cause]
ask sample: How many people took part? How large was the sample? How many participants did the study have?
ask control: How many people were in the comparison group? How large was the control group? How many people carried \
on as usual?
ask share: What share of men showed the effect? In how many of the men was it seen? What percentage of men was \
affected?
ask share2: What share of women showed the effect? In how many of the women was it seen? What percentage of women was \
affected?
ask dropout: How many participants did not finish? How many people gave up? How many left before the end?
ask lead: Who led the study? Who is the lead author? Which researcher was in charge?
ask followup: When will the study be repeated? In which year is the next study? When do the researchers want to look \
again?
ask coauthor: Who wrote the questions? Who designed the questionnaire? Who was a co-author?
ask critic: Which outside expert is quoted? Who doubted the results? Who was sceptical?
ask school: Which institution did the study? Where do the researchers work? From which university is the team?
ask school2: Where does the outside expert work? At which institution is {critic}? Which university does the critic \
belong to?
ask journal: Where was the study published? Which journal printed the results? In which journal can the paper be read?
ask grant: How much money was given for the study? How large was the grant? What did the research cost?
ask years: How long did the study last? Over what period were people observed? For how many years did it run?
ask cups: How soon was there an effect? After how long was the effect seen? How quickly did it work?
ask countries: From how many countries were the participants? How many countries were included? How international was \
the sample?
ask earlier: When was an earlier study done? In what year did a study find nothing? When had the matter been studied \
before?
ask effect: What did the study find? What is the result of the study? How did {topic} differ from others?
ask cause: Does the study prove the cause? Is the cause known? Do the authors claim to know the cause?
ask day: On what day was the study published? When did the study come out? Which day of the week did it appear?

kind match
slot scorer scorer2 keeper coach coach2 referee hurt: man
slot minute minute2 red: number 14 89
slot crowd: count 11000 59000
slot points: number 90 99
slot age: number 17 38
slot weeks: span 3 9 weeks
slot fee: money 2 40 million
slot home away_team next: team
slot score half: score
slot day next_day: day
slot year: year 1961 2011
slot place_rank: pick first | second | third | fourth
source the club | reporters
open: ~[winner:{home}] (beat|defeated) [loser:{away_team}] [score:{score}] on [day:{day}]
open: ~[loser:{away_team}] (lost|went down) [score:{score}] to [winner:{home}]
open: ~[winner:{home}] (won at home against|took all the points against) [loser:{away_team}] on [day:{day}]
say scorer: [scorer:{scorer}] (scored|struck) the opening goal in the [minute:{minute}{minute.th} minute]
say scorer: the first goal came from [scorer:{scorer}], who headed in a corner
say scorer: [scorer:{scorer}] put the winners ahead in the [minute:{minute}{minute.th} minute, after a long pass]
say scorer2: [scorer2:{scorer2}] (made sure of victory|scored the last goal) [minute2:{minute2} minutes] after kick-off
say scorer2: the last goal, scored by [scorer2:{scorer2}], came after [minute2:{minute2} minutes]
say red: [red_man:{keeper}], the losing side's goalkeeper, was sent off after [red:{red} minutes]
say red: the losers had to play with ten men after goalkeeper [red_man:{keeper}] (saw the red card|was sent off)
say coach: the winning coach, [coach:{coach}], spoke of “a perfect evening”
say coach: “It was a perfect evening,” said [coach:{coach}], who coaches the winners
say coach2: the losing coach, [coach2:{coach2}], (blamed the referee|said his side “fell asleep”)
say coach2: [coach2:{coach2}], who coaches the losers, left without a word
say referee: the referee was [referee:{referee}]
say crowd: [crowd:{crowd}] (spectators|people) (watched the game|came to the stadium)
say crowd: in front of [crowd:{crowd}] spectators, the home side needed time to settle
say rank: the winners (move up to|are now in) [rank:{place_rank} place] in the table
say points: the winners now have [points:{points}] points
say hurt: defender [hurt:{hurt}] was carried off and will (be out|not play) for [weeks:{weeks}]
say age: the youngest player on the pitch was [age:{age}]
say next: the winners play [next:{next}] on [next_day:{next_day}]
say year: the losers have not won at the ground since [year:{year}]
say fee: one of the winning players is to be sold for [fee:{fee}]
say rain: [rain:the game was (held up|interrupted) by rain]
say rain: [rain:the game went ahead without a break]
ask winner: Who won the match? Which team beat {away_team.full}? Which side was victorious?
ask loser: Who lost the match? Whom did {home.full} beat? Which side was defeated?
ask score: What was the score? How did the match end? What was the final result?
ask scorer: Who scored the first goal? Who put his side ahead? Which player opened the scoring?
ask minute: When was the first goal scored? In which minute was the opening goal scored? In what minute did the first \
goal come?
ask scorer2: Who scored the final goal? Which player got the last goal? Who decided the match at the end?
ask minute2: After how many minutes was the last goal scored? When did the final goal come? How late was the last goal?
ask red_man: Who was sent off? Which player got a red card? Who had to leave the pitch early?
ask red: When was the goalkeeper sent off? After how many minutes did the red card come? How long did the goalkeeper \
play?
ask coach: Who coaches {home.full}? Who is the coach of the winners? Which coach was happy?
ask coach2: Who coaches {away_team.full}? Who is the coach of the losers? Which coach had to explain a defeat?
ask referee: Who was the referee? Who refereed the match? What was the name of the referee?
ask crowd: How many people watched? How many spectators were there? How large was the crowd?
ask rank: Where do the winners stand in the table? What is the place of {home.full} in the table? How high have the \
winners climbed?
ask points: How many points do the winners have? What is {home.full}'s total of points? How many points has \
{home.full} got?
ask hurt: Who was injured? Which player was hurt? Which defender cannot play?
ask weeks: How long is the injured player out? For how long can the defender not play? How long will it take him to \
come back?
ask age: How old was the youngest player? What age was the youngest on the pitch? How young was the youngest man in \
the game?
ask next: Who is the next opponent of the winners? Against whom do the winners play next? Which team do the winners \
meet next?
ask next_day: When is the next match of the winners? On what day do the winners play again? When do the winners play \
next?
ask year: When did {away_team.full} last win there? In what year was the losers' last win at this ground? Since when \
have the losers waited for a win?
ask fee: For how much is a player to be sold? How high is the transfer fee? What does the player cost?
ask rain: Was the game interrupted? Did rain stop the match? Was there a break in play?
ask day: On which day was the match? When was the game played? What day of the week did they play?
"""
