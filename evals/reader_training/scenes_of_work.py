"""What happens in scenes of work? Results, strikes and building plans, and what is asked of them."""

# Lines that `scenes.py` reads: "say FACT: ..." may mark answers as "[key:...]"; "ask KEY !GIVEN: ..." asks for one.
WORK = """
kind results
slot boss analyst founder finance: person
slot revenue: money 510 990 million
slot old_revenue: money 310 400 million
slot profit: money 31 90 million
slot old_profit: money 11 29 million
slot expected: money 410 490 million
slot jobs_cut: count 320 990
slot staff: number 5200 9900
slot new_jobs: count 120 290
slot dividend: span 2 9 cents
slot share_change export: percent 11 48
slot growth: percent 2 9
slot invest: money 210 290 million
slot firm rival: company
slot plant head: place
slot plants: number 12 30
slot day: day
slot year: year 1951 2008
slot until: year 2027 2033
set reason: cheaper raw materials | higher prices | a weak currency | growing demand abroad
source the company | analysts | its chief executive, [boss:{boss}], ~ {boss}
open: ~[firm:{firm}] reported a (quarterly profit|profit for the quarter) of [profit:{profit}] on [day:{day}]
open: ~[firm:{firm}] had revenue of [revenue:{revenue}] in the last quarter
open: ~shares in [firm:{firm}] (rose|fell) by [share_change:{share_change}] on [day:{day}] after it published its \
results
open: [firm:{firm}], based in [head:{head}], said on [day:{day}] that it would cut [jobs_cut:{jobs_cut}] jobs
say revenue: ~revenue (came to|reached) [revenue:{revenue}], compared with [old_revenue:{old_revenue}] a year earlier
say revenue: ~sales (climbed|went up) from [old_revenue:{old_revenue}] a year ago to [revenue:{revenue}]
say revenue: ~the company took in [revenue:{revenue}], after [old_revenue:{old_revenue}] in the same period last year
say profit: ~net profit was [profit:{profit}], (up|an increase) from [old_profit:{old_profit}] in the same quarter \
last year
say profit: ~after tax, [profit:{profit}] was left as profit; a year ago it was [old_profit:{old_profit}]
say old_profit: a year earlier the company had earned [old_profit:{old_profit}]
say expected: ~the market had expected revenue of [expected:{expected}]
say jobs_cut: ~[jobs_cut:{jobs_cut}] positions will (go|be cut) at the plant in [plant:{plant}]
say jobs_cut: ~management wants to do away with [jobs_cut:{jobs_cut}] positions
say jobs_cut: ~[jobs_cut:{jobs_cut}] employees will lose their jobs, most of them at the plant in [plant:{plant}]
say staff: the company has [staff:{staff}] employees (|worldwide) and runs [plants:{plants}] factories
say new_jobs: ~the research department will (hire|take on) [new_jobs:{new_jobs}] people
say boss: the chief executive, [boss:{boss}], said: “This was a year of two halves.” {boss.he} gave no forecast
say boss: [boss:{boss}], who has run the company since the spring, spoke of “a year of two halves”
say analyst: [analyst:{analyst}], an analyst, called the figures “better than feared”
say analyst: “The figures are better than feared,” said [analyst:{analyst}], an analyst at a bank
say founder: the company was founded by [founder:{founder}] in [year:{year}]
say finance: the finance chief, [finance:{finance}], will (leave|retire) in the summer
say dividend: ~shareholders will receive [dividend:{dividend}] a share
say growth: ~it expects sales to grow by [growth:{growth}] next year
say export: ~exports (make up|account for) [export:{export}] of sales
say invest: ~[invest:{invest}] will be invested by [until:{until}]
say reason: the company put the result down to [reason:{reason}]
say rival: ~its rival [rival:{rival}] publishes its figures next week
say merge: ~[merge:a merger is not planned]
say merge: ~[merge:a merger (is being discussed|is under discussion)]
ask firm: Which company reports? Whose figures are these? About which company is the report?
ask revenue: How large was revenue? What were {firm}'s sales? How much did {firm} take in?
ask old_revenue: What was revenue a year before? How much were sales in the previous year? How large was last year's \
revenue?
ask profit: How much did {firm} earn in the latest quarter? What was the profit this time? How large were the \
quarter's earnings?
ask old_profit: What was the profit a year before? How much had {firm} earned last year? How large was the previous \
year's profit?
ask expected: What did the market think revenue would be? What revenue had been forecast? How much revenue was \
expected?
ask jobs_cut: How many jobs does {firm} cut? How many people lose their jobs? How many jobs are lost?
ask plant: Which plant loses jobs? Where are jobs cut? In which town are workers affected?
ask staff: How many people work for {firm}? How many employees does {firm} have? How large is the workforce?
ask plants: How many factories does {firm} run? How many plants are there? What number of factories does the company \
have?
ask new_jobs: How many researchers are hired? How many new jobs are there in research? How many people will research \
take on?
ask boss: Who is the chief executive? Who runs {firm}? Who is at the head of {firm}?
ask analyst: Which analyst is quoted? Who thought the figures were better than feared? What is the analyst's name?
ask founder: Who founded {firm}? Who set up the company? Who was the founder of {firm}?
ask year: When was {firm} founded? In which year was the company set up? How long has {firm} existed, since what year?
ask finance: Who is the finance chief? Which executive is leaving? Who is responsible for finances at {firm}?
ask dividend: How high is the dividend? How much do shareholders get for each share? What does {firm} pay its owners?
ask growth: By how much should sales grow? What growth does {firm} expect? What is the forecast for next year?
ask export: What share of sales is abroad? How much of sales comes from exports? What part do exports play?
ask share_change: By how much did the share price move? How did the shares react? How much did {firm}'s shares change?
ask invest: How much will {firm} invest? What sum is to be invested? How large is the investment?
ask until: By what year is the money invested? Until when does the investment run? When should the investment be \
complete?
ask reason: Why did the result turn out so? What was the reason for the figures? How does {firm} explain the result?
ask rival: Which company is a competitor? Who is {firm}'s rival? Which other company will report soon?
ask merge: Is a merger planned? Will {firm} merge? Are there merger talks?
ask head: Where is {firm} based? Where does {firm} have its head office? In which town are the headquarters?
ask day: On which day did {firm} report? When did this come out? What day of the week was it?

kind strike
slot leader boss minister: person
slot demand: percent 11 19
slot offer: percent 3 9
slot inflation: percent 2 9
slot workers: count 1200 9700
slot ships: number 12 58
slot loss: money 2 40 million
slot pay: money 110 990
slot weeks: span 3 9 weeks
slot hours: span 41 48 hours
slot cut_hours: span 30 38 hours
slot sites: number 60 99
slot town: place
slot day: day
slot start talks: date
slot year: year 1982 2014
slot firm: company
slot union: union
source {union} | {firm} | the union's leader, [leader:{leader}], ~ {leader}
open: ~[workers:{workers}] workers at [firm:{firm}] in [where:{town}] walked off the job on [day:{day}]
open: ~members of [union:{union}] at [firm:{firm}] began a strike on [start:{start}]
open: ~talks between [firm:{firm}] and [union:{union}] (broke down|ended without a result) on [day:{day}]
say demand: the union (wants|is demanding) a pay rise of [demand:{demand}]
say demand: ~the strikers, who have had no increase for two years, are asking for [demand:{demand}] more
say offer: ~management has (offered|proposed) [offer:{offer}]
say offer: ~the workers turned down a rise of [offer:{offer}]
say offer: ~an offer of [offer:{offer}] from the employer was called “an insult”
say inflation: ~prices rose by [inflation:{inflation}] last year
say leader: “Our members cannot live on promises,” said the union's leader, [leader:{leader}]
say leader: the union is led by [leader:{leader}], who told members to stand firm. {leader.he} expects a long fight
say boss: the chief executive, [boss:{boss}], called the strike (“reckless”|“a gift to our rivals”)
say boss: [boss:{boss}], who runs the company, said the strike would help nobody but its rivals
say minister: the labour minister, [minister:{minister}], offered to (mediate|act as go-between)
say workers: ~[workers:{workers}] employees (have joined|are taking part)
say ships: ~[ships:{ships}] trucks are waiting at the gates
say loss: ~the stoppage costs the company [loss:{loss}] a day
say loss: ~each day without work means a loss of [loss:{loss}] for the company
say pay: ~a worker earns [pay:{pay}] a week (|on average)
say weeks: union funds would last for [weeks:{weeks}]
say hours: the union also wants the working week cut from [hours:{hours}] to [cut_hours:{cut_hours}]
say sites: ~[sites:{sites}] warehouses were shut
say talks: ~the two sides will meet again on [talks:{talks}]
say year: ~the last strike at the company was in [year:{year}]
say court: ~[court:a judge refused to (stop|forbid) the strike]
say court: ~[court:a judge ordered the strikers back to work]
ask demand: How much more pay do the workers want? What rise does the union ask for? By how much should wages go up \
for the union?
ask offer: What rise did the employer offer? What is management's offer? How large an increase would {firm} pay?
ask inflation: How high was inflation? By how much did prices go up? What was the rate of inflation?
ask leader: Who leads the union? Who is the head of {union}? Which union leader is quoted?
ask boss: Who is the chief executive? Who runs {firm}? Which manager condemned the strike?
ask minister: Who is the labour minister? Which minister wants to help? Who offered to mediate?
ask workers: How many people are on strike? How many workers stopped working? How many employees went on strike?
ask ships: How many trucks are held up? How many trucks stand outside? How many vehicles cannot get in?
ask loss: What does the strike cost {firm} each day? How much does the firm lose a day? What are the daily losses?
ask pay: What does a worker earn? How much are workers paid a week? What is the average weekly wage?
ask weeks: How long can the union pay for the strike? For how long would the strike fund be enough? How long does the \
money last?
ask hours: How long is the working week now? How many hours do they work at present? What is the current working week?
ask cut_hours: How many hours a week does the union want? How short should the working week become? What weekly hours \
are demanded?
ask sites: How many warehouses closed? How many sites are closed? How many warehouses stand still?
ask talks: When do talks go on? On what date will they negotiate again? When is the next meeting?
ask year: When did workers last strike? In what year was the previous strike? When was there a strike before?
ask court: Did a court stop the strike? What did the judge decide? Did a judge forbid the strike?
ask union: Which union called the strike? Which union represents the workers? What is the union called?
ask firm: Which company is affected? Whose workers are on strike? At which company is the dispute?
ask start !day: When did the strike start? On what date did they stop work? Since what date have they been on strike?
ask day !start: On which day of the week did this happen? When did it come to this? What day was it?
ask where: Where does the strike take place? In which town is the plant? In what town did the workers stop?

kind opening
set thing thing_q use: a tunnel~the tunnel ; tunnel ; cars | a bridge~the bridge ; bridge ; trains | a tram line~the \
tram line ; tram line ; commuters | a canal~the canal ; canal ; barges
slot architect minister engineer mayor: person
slot cost: money 210 900 million
slot planned: money 62 190 million
slot length old_length: distance 11 95
slot width: span 12 60 meters
slot workers: count 620 5900
slot users: count 11000 58000
slot saved: span 20 55 minutes
slot toll: money 2 9
slot start: year 1996 2012
slot end: year 2027 2034
slot due: year 2014 2024
slot dead: count 3 20
slot from to town: place
slot day: day
slot firm: company
slot trees: number 120 190
slot delay: span 17 34 months
source the transport ministry | planners | the transport minister, [minister:{minister}], ~ {minister}
open: ~{thing} between [from:{from}] and [to:{to}] will be (opened|inaugurated) on [day:{day}]
open: ~work on {thing} near [where:{town}] (began|started) in [start:{start}] and will (end|be finished) in [end:{end}]
open: ~the government has approved plans for {thing} that will be [length:{length}] long
open: ~{thing} costing [cost:{cost}] is (to be built|under construction) near [where:{town}]
say length: ~the {thing_q} is [length:{length}] long and [width:{width}] wide
say length: ~with a length of [length:{length}], the {thing_q} is the longest of its kind in the country
say old_length: ~the old route was [old_length:{old_length}] long
say cost: ~the (cost|price) has risen to [cost:{cost}] from an original [planned:{planned}]
say cost: ~at first the {thing_q} was expected to cost [planned:{planned}]
say cost: ~what was meant to cost [planned:{planned}] has become a project of [cost:{cost}]
say start: ~(construction|building) began in [start:{start}]
say end: ~it (is due to be completed|should be ready) in [end:{end}]
say due: ~it was originally to be ready in [due:{due}], but [reason:money ran out]
say due: ~[reason:floods] delayed the work by [delay:{delay}]
say workers: ~[workers:{workers}] workers (were employed|have worked) on the site
say dead: ~[dead:{dead}] workers (were killed|died) during construction
say dead: ~the work claimed the lives of [dead:{dead}] workers, most of them in a single rockfall
say users: ~[users:{users}] people are expected to use it every day
say saved: ~it will (shorten the journey|cut travel time) by [saved:{saved}]
say toll: ~users will (pay [toll:{toll}]|have to pay a toll of [toll:{toll}]) for each trip
say architect: ~the {thing_q} was designed by [architect:{architect}]
say architect: [architect:{architect}], the architect, died before the {thing_q} was finished
say engineer: the chief engineer, [engineer:{engineer}], called it “the work of a lifetime”
say engineer: “It was the work of a lifetime,” said the chief engineer, [engineer:{engineer}]
say mayor: the mayor, [mayor:{mayor}], (was not invited|stayed away from the ceremony)
say minister: the transport minister, [minister:{minister}], (will cut the ribbon|promised “a new age”)
say firm: ~the contract went to [firm:{firm}]
say use: ~the {thing_q} is meant for [use:{use}]
say trees: ~[trees:{trees}] trees were planted beside it
say safe: ~[safe:safety checks (have been completed|are finished)]
say safe: ~[safe:safety checks (have not been completed|are still under way)]
ask length: How long is the {thing_q}? What is the length of the {thing_q}? Over what distance does the {thing_q} run?
ask old_length: How long was the old route? What was the length of the former route? How far did people have to go \
before?
ask width: How wide is the {thing_q}? What is the width of the {thing_q}? How broad is it?
ask cost !planned: How much does the {thing_q} cost? What is the price of the project? How expensive is the {thing_q} \
now?
ask planned: How much was it first meant to cost? What was the original price? How much had been planned for the \
{thing_q}?
ask start: When was work on the {thing_q} begun? In which year did they start to build? Since when has the {thing_q} \
been under construction?
ask end !day: When will the {thing_q} be complete? In what year is the work finished? By what year should the \
{thing_q} be done?
ask due: When should it have been ready at first? What was the original date of completion? By which year had the \
{thing_q} been promised?
ask delay: How late is the project? How long was the delay? By how much was the work held up?
ask reason: Why was the project late? What caused the delay? What held up the work?
ask workers: How many people built the {thing_q}? How many workers were there? How many people had jobs on the site?
ask dead: How many workers lost their lives? How many people died while building it? What was the number of deaths on \
the site?
ask users: How many people will use the {thing_q}? How many daily users are expected? How many people a day should \
use it?
ask saved: How much time will be saved? How much shorter does the journey get? By how many minutes is travel faster?
ask toll: How much does a trip cost? What is the charge for using the {thing_q}? How high is the toll?
ask architect: Who designed the {thing_q}? Who is the architect? Who drew the plans for the {thing_q}?
ask engineer: Who is the chief engineer? Which engineer is quoted? Who was in charge of the engineering?
ask mayor: Who is the mayor? Which local politician did not come? What is the mayor's name?
ask minister: Who is the transport minister? Which minister is named? Which member of the government is responsible?
ask firm: Which company builds the {thing_q}? Who got the contract? Which firm was chosen?
ask use: What is the {thing_q} for? For what will it be used? Who or what should use the {thing_q}?
ask trees: How many trees were planted? How many new trees are there? What number of trees stands beside it?
ask safe: Have safety checks been finished? Is the {thing_q} known to be safe? Are there still safety checks to do?
ask from: Where does the {thing_q} begin? From which place does it start? What is one end of the {thing_q}?
ask to: Where does the {thing_q} lead? What is at the other end of the {thing_q}? To which place does the {thing_q} \
run from {from}?
ask day !end: On which day will it open? When is the {thing_q} inaugurated? On what day of the week is the opening?
ask where: Where is the {thing_q}? Near which town is it built? Close to which town does the {thing_q} lie?
"""
