"""What happens in scenes of state? Elections, laws and budgets, and what is asked of them."""

# Lines that `scenes.py` reads: "say FACT: ..." may mark answers as "[key:...]"; "ask KEY !GIVEN: ..." asks for one.
STATE = """
kind election
slot winner loser third outgoing chair: person
slot share: percent 51 55
slot lost_share: percent 30 36
slot third_share: percent 3 6
slot turnout old_turnout: percent 60 88
slot margin: number 1200 8800
slot votes: count 41000 98000
slot years: span 6 19 years
slot seats: number 12 60
slot invalid: count 110 900
slot stations: number 62 99
slot town: place
slot day: day
slot oath runoff: date
set party party_q: the Harvest Party ; the Harvest Party | the Civic Union ; the Civic Union | the Green Alliance ; \
the Green Alliance | the Workers' Front ; the Workers' Front
set post: mayor | governor | regional president
source the election commission | observers | the commission's head, [chair:{chair}], ~ {chair}
open: ~[winner:{winner}] was elected {post} of [where:{town}] on [day:{day}], beating [loser:{loser}]
open: ~[winner:{winner}] of [party:{party}] has won the race for {post} of [where:{town}]
open: ~voters in [where:{town}] (chose|picked) a new {post} on [day:{day}]. [winner:{winner}] won with \
[share:{share}] of the vote
open: ~[loser:{loser}] was defeated by [winner:{winner}] in the vote for {post} of [where:{town}]
say share: ~{winner} (took|received|won) [share:{share}] of the vote
say share: ~with all ballots counted, {winner} stood at [share:{share}]
say lost_share: the runner-up, [loser:{loser}], (got|won) [lost_share:{lost_share}]
say lost_share: {loser} (came second with|finished second on) [lost_share:{lost_share}] of the vote
say lost_share: the rival, [loser:{loser}], was left with [lost_share:{lost_share}]
say third: a third candidate, [third:{third}], (won|managed) [third_share:{third_share}]
say third: [third:{third}] came third
say turnout: ~turnout was [turnout:{turnout}], (compared with|after) [old_turnout:{old_turnout}] in the last election
say turnout: ~[turnout:{turnout}] of those entitled to vote (went to the polls|took part)
say turnout: ~[turnout:{turnout}] of voters cast a ballot, against [old_turnout:{old_turnout}] four years ago
say votes: ~{winner} received [votes:{votes}] votes
say margin: ~the two leading candidates were only [margin:{margin}] votes apart
say margin: ~in the end, [margin:{margin}] votes separated the two leading candidates
say outgoing: the winner (succeeds|takes over from) [outgoing:{outgoing}], who had held the post for [years:{years}]
say outgoing: [outgoing:{outgoing}] had been in office for [years:{years}] and did not stand again
say outgoing: the post was last held by [outgoing:{outgoing}], who is leaving after [years:{years}]
say oath: {winner} will be sworn in on [oath:{oath}]
say oath: on [oath:{oath}], {winner} will take the oath of office
say seats: ~[party:{party}] will also have [seats:{seats}] seats on the council
say invalid: ~[invalid:{invalid}] ballots were (declared invalid|thrown out)
say stations: ~voting took place at [stations:{stations}] polling stations
say concede: {loser} [concede:(conceded|accepted defeat)] and (wished {winner} well|promised to help)
say concede: {loser} [concede:refused to accept the result]
say chair: the head of the election commission, [chair:{chair}], (called the vote fair|praised the calm mood)
say victory: “Tonight belongs to those who never gave up,” {winner} told supporters
ask winner: Who won the election? Who will be the new {post}? Who came first in the vote?
ask loser: Who lost to {winner}? Who was the runner-up? Whom did {winner} defeat?
ask share: What percentage of the vote did {winner} get? How much of the vote went to {winner}? What was the winner's \
share?
ask lost_share: What share did {loser} get? How much of the vote went to the runner-up? What percentage did {loser} \
win?
ask third: Who finished in third place? Who was the third candidate? Which candidate came after the first two?
ask third_share: What was the share of the third candidate? How much did {third} get? What percentage of the vote \
went to {third}?
ask turnout: What was the turnout? How many of the voters took part? What percentage of voters cast a ballot?
ask old_turnout: What was the turnout last time? How high was turnout in the previous election?
ask old_turnout: How large a share of voters took part in the election before?
ask votes: How many votes did {winner} get? How many people voted for {winner}? How many ballots were cast for the \
winner?
ask margin !votes: By how many votes did {winner} win? How large was the margin in votes? How many votes decided the \
race?
ask outgoing: Who held the post before? Whom does {winner} succeed? Who is the predecessor of {winner}?
ask years: How long did the predecessor serve? For how long had {outgoing} held the post? How long was {outgoing} in \
office?
ask oath: When does {winner} take office? When will the oath be taken? On what date does the new term begin?
ask seats: How many council seats does {winner}'s party get? How many seats did the party win? How many seats will it \
hold?
ask invalid: How many ballots did not count? How many votes were invalid? What number of ballots was rejected?
ask stations: How many polling stations were there? At how many places could people vote? How many polling places \
were open?
ask concede: Did {loser} accept the result? Has {loser} admitted defeat? Did the loser concede?
ask chair: Who leads the election commission? Who is the commission's head? Which official supervised the vote?
ask party: To which party does {winner} belong? What is {winner}'s party? Which party does the winner represent?
ask day: On which day was the vote? When did people vote? On what day of the week was the election?
ask where: Where was the vote held? Where will {winner} govern? Which place has a new {post}?

kind parliament
slot law_for: number 101 180
slot law_against: number 62 99
slot absent: number 12 58
slot minister critic speaker: person
slot fine: money 2 9 thousand
slot start: date
slot day: day
slot year: year 1974 2012
slot age: number 16 21
slot poll: percent 52 79
slot protesters: count 1500 9800
slot capital: place
slot months: span 3 11 months
set law law_q why: plastic bags ; plastic bags ; to keep rivers clean | smoking in parks ; smoking in parks ; to \
protect children | night flights ; night flights ; to let people sleep | fireworks ; fireworks ; to spare animals
source the speaker, [speaker:{speaker}], ~ {speaker} | the government | members of parliament
open: ~parliament in [where:{capital}] voted on [day:{day}] to ban {law}
open: ~lawmakers (passed|approved) a ban on {law} by [law_for:{law_for}] votes to [law_against:{law_against}]
open: ~a ban on {law}, proposed by [minister:{minister}], (was passed by parliament|went through parliament) on \
[day:{day}]
say law_for: ~[law_for:{law_for}] members voted in favour
say law_for: ~the ban was backed by [law_for:{law_for}] lawmakers
say law_against: ~[law_against:{law_against}] members voted against it
say law_against: ~the opposition, together with some deserters, brought [law_against:{law_against}] votes against it
say absent: ~[absent:{absent}] members (abstained|did not take part in the vote)
say minister: the bill was (put forward|written) by the environment minister, [minister:{minister}]
say minister: [minister:{minister}], the environment minister, had drawn up the bill. {minister.he} called the result \
“a good day”
say critic: [critic:{critic}], an opposition member, called the law “an insult to working people”
say critic: “This is an insult to working people,” said [critic:{critic}] of the opposition
say speaker: the speaker, [speaker:{speaker}], had to (interrupt the debate twice|call for silence)
say fine: ~anyone who breaks the law (will have to pay|faces a fine of) [fine:{fine}]
say fine: ~offenders can be made to pay [fine:{fine}]
say start: ~the law (comes into force|takes effect) on [start:{start}]
say start: ~from [start:{start}], the ban will apply across the country
say year: ~a similar bill (failed|was rejected) in [year:{year}]
say poll: ~[poll:{poll}] of citizens (supported|backed) the ban in a recent poll
say protest: ~[protesters:{protesters}] people (protested|demonstrated) outside the building
say age: ~people under [age:{age}] are exempt
say months: ~the debate had gone on for [months:{months}]
say why: ~the aim of the law is [why:{why}]
say sign: [sign:the president has (yet to sign|not yet signed) the law]
say sign: [sign:the president signed the law (the same evening|at once)]
ask law_for: How many members supported the ban? How many votes were there for the bill? How many lawmakers said yes?
ask law_against: How many members opposed the ban? How many votes were there against the bill? How many lawmakers \
said no?
ask absent: How many members did not vote? How many abstentions were there? How many lawmakers abstained?
ask minister: Who proposed the law? Which minister is behind the ban? Who introduced the bill?
ask critic: Who criticised the law? Who spoke against the ban? Which opposition politician is quoted?
ask speaker: Who is the speaker of parliament? Who chaired the debate? Who presides over parliament?
ask fine: How high is the fine? What does it cost to break the law? How much must offenders pay?
ask start: When does the ban begin? From what date is {law_q} forbidden? When does the law become valid?
ask year: When did an earlier attempt fail? In what year was such a law rejected? When had parliament turned down a \
similar bill?
ask poll: How many citizens are in favour of the ban? What share of people want the ban? How popular is the ban in \
the poll?
ask protesters: How many people protested? How many demonstrators came? How large was the protest?
ask age: Up to what age does the ban not apply? Under what age are people exempt? What is the age limit?
ask months: How long did the debate take? For how long was the bill discussed? How long had parliament argued about it?
ask why: Why was the law passed? What is the law for? What is the purpose of the ban on {law_q}?
ask sign: Has the president signed the law? Did the president approve the law? What has the president done?
ask day: On what day was the vote? When did lawmakers decide? On which day of the week was the ban passed?
ask where: In which city does parliament sit? Where was the vote? Where did the lawmakers meet?

kind budget
slot total: money 510 990 million
slot schools: money 12 60 million
slot roads: money 62 99 million
slot debt: money 110 190 million
slot old: money 310 490 million
slot cut: money 2 9 million
slot teachers nurses: count 120 990
slot road_length: distance 20 99
slot tax: percent 15 24
slot old_tax: percent 3 13
slot years: span 3 9 years
slot town: place
slot day: day
slot minister critic mayor: person
slot vote: date
slot surplus: year 2027 2038
slot for_q: pick the army | the arts | prisons | the film fund
source the finance ministry | officials | the finance minister, [minister:{minister}], ~ {minister}
open: ~the regional government in [where:{town}] plans to spend [total:{total}] next year
open: ~finance minister [minister:{minister}] presented the budget of [where:{town}] on [day:{day}]
open: ~a spending plan worth [total:{total}] was (presented|published) in [where:{town}] on [day:{day}]
say schools: ~[schools:{schools}] will go to schools
say schools: ~schools will receive [schools:{schools}], enough to hire [teachers:{teachers}] teachers
say schools: ~the largest increase, of [schools:{schools}], is meant for schools
say roads: ~[roads:{roads}] (is set aside|has been earmarked) for roads
say roads: ~road repairs will take up [roads:{roads}] and cover [road_length:{road_length}]
say roads: ~[roads:{roads}], most of it borrowed, will be spent on roads
say debt: ~[debt:{debt}] is needed to (pay interest on|service) the debt
say debt: ~interest on the debt will swallow [debt:{debt}]
say old: ~this year's budget came to [old:{old}]
say cut: ~spending on {for_q} will be (cut|reduced) by [cut:{cut}]
say nurses: ~there is money for [nurses:{nurses}] more nurses
say tax: ~sales tax will rise to [tax:{tax}] from [old_tax:{old_tax}]
say tax: ~the plan (raises sales tax from|puts sales tax up from) [old_tax:{old_tax}] to [tax:{tax}]
say tax: ~shoppers will pay sales tax of [tax:{tax}], where they now pay [old_tax:{old_tax}]
say years: ~the building programme will (run over|be spread over) [years:{years}]
say minister: the finance minister, [minister:{minister}], said there was “no money to waste”
say minister: “There is no money to waste,” said [minister:{minister}], who has been finance minister since the spring
say critic: opposition leader [critic:{critic}] (attacked the plan as|called it) “a wish list”
say critic: [critic:{critic}], who leads the opposition, said the figures did not add up. {critic.he} demanded a new \
plan
say mayor: the mayor, [mayor:{mayor}], (welcomed|praised) the plan
say vote: the assembly will vote on the plan on [vote:{vote}]
say surplus: ~the budget is to be balanced by [surplus:{surplus}]
say pensions: ~[pensions:pensions will (not be touched|stay as they are)]
say pensions: ~[pensions:pensions will be frozen]
ask total: How much will be spent altogether? How large is the whole budget? What is the total of the plan?
ask schools: How much money do schools get? What sum goes into education? How much is spent on schools?
ask roads: How much is spent on roads? What sum goes to road works? How much money is there for roads?
ask debt: How much does the debt cost? What sum goes to interest payments? How much has to be paid on the debt?
ask old: How much is spent this year? How large is the current budget? What was the sum before the new plan?
ask cut: By how much is spending on {for_q} reduced? How much less will be spent on {for_q}? What is saved on {for_q}?
ask teachers: How many teachers can be hired? How many new teachers will there be? How many teaching jobs are created?
ask nurses: How many nurses can be hired? How many new nursing jobs are there? How many extra nurses are planned?
ask road_length: How long is the stretch to be repaired? What length of road will be mended? How many kilometers of \
road are repaired?
ask tax: What will the new sales tax be? How high will sales tax become? To what rate does the tax go up?
ask old_tax: How high was sales tax before? What was the former rate of sales tax? What is the present tax rate?
ask years: How long does the building programme last? Over how many years is the building work spread? How long will \
they build?
ask minister: Who is the finance minister? Who is responsible for the budget? Which minister drew up the plan?
ask critic: Who leads the opposition? Who criticised the budget? Which politician was against the plan?
ask mayor: Who is the mayor? Which mayor liked the plan? Who reacted with praise?
ask vote: When will the budget be voted on? On what date does the assembly decide? When is the vote?
ask surplus: By when should the budget be balanced? In which year does the deficit end? When will there be no new debt?
ask pensions: Will pensions be cut? What happens to pensions? Are pensions affected?
ask day: On what day was the plan made public? When was the budget presented? Which day of the week was it?
ask where: For which place is the budget? Where was the plan presented? Which region's capital is it?
"""
