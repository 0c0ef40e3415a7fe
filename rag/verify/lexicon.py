"""Which words say the same, and which say the opposite? Word lists for news English, hand-written."""

# Groups between slashes: any two words of one may stand for each other in a claim and its source.
SAME = """
kill slay murder assassinate execute slaughter massacre fatal fatality dead deadly die death toll casualty perish
wound injure injury hurt casualty maim harm / die death pass dead decease fatal
shoot shot gunfire gunman fire shooting / gunman attacker assailant shooter militant
attack assault strike raid offensive hit target ambush / bomb bombing explosion blast explode detonate explosive
militant fighter insurgent rebel extremist terrorist gunman jihadist
soldier troop force army military serviceman trooper / police officer policeman constable cop
capture recapture retake seize take regain occupy control / war conflict fighting battle combat clash hostility
ceasefire truce armistice / peace peaceful / hostage captive abductee
kidnap abduct seize snatch kidnapping abduction / flee escape evacuate leave displace run
refugee migrant asylum displaced / protest demonstration rally march demonstrate protester demonstrator
riot unrest disturbance violence / arrest detain detention custody hold apprehend jail
jail prison imprison incarcerate sentence detain / prisoner inmate detainee / release free freed liberate
charge accuse indict prosecute accusation allegation allege / trial court hearing case tribunal
judge justice magistrate court / lawyer attorney solicitor barrister counsel / convict guilty conviction
acquit clear cleared acquittal / sentence term punishment condemn / sue lawsuit litigation claim / appeal challenge
crime offence offense criminal / theft robbery steal rob burglary thief loot / fraud scam swindle cheat deception
bribe bribery corruption kickback / suspect alleged suspected / victim casualty
investigate probe inquiry investigation examine inquire review / inspect inspection check examine inspector
find discover discovery uncover detect identify locate / evidence proof / kill shoot
government administration cabinet state authority ministry / president leader head chief
chairman chair chairwoman head president / minister secretary / mayor leader / premier minister
parliament legislature assembly congress lawmaker house chamber senate
lawmaker legislator mp parliamentarian senator congressman deputy politician member / politician official
official authority officer representative spokesman / spokesman spokeswoman spokesperson representative official
council councillor authority board municipality / election vote poll ballot electoral elect
elect choose vote pick select appoint win / voter electorate voting / candidate contender nominee challenger
campaign drive effort run / law legislation bill act statute measure
approve pass adopt endorse back agree accept ratify authorise authorize permit clear
reject refuse decline dismiss oppose deny block veto / support back endorse favour favor champion supporter backing
oppose object against resist opposition / allow permit let enable authorise authorize
ban prohibit forbid outlaw bar block prevent / resign quit step leave resignation depart departure
dismiss fire sack oust remove dismissal firing axe / appoint name nominate choose hire designate appointment
succeed replace successor replacement substitute / retire retirement leave
promise pledge vow commit undertake commitment / agree agreement deal accord pact settle settlement consent treaty
sign signing / negotiate negotiation talk discuss discussion bargain
meet meeting talk summit conference gather session
plan propose proposal scheme intend project programme program planned
decide decision determine choose resolve rule ruling / rule ruling judgment judgement verdict decision decide
announce declare unveil reveal disclose say state announcement
say tell state add note remark comment claim argue declare explain announce report according warn mention \
describe insist write statement
warn caution alert warning / admit acknowledge confess concede accept / deny reject dispute refute
confirm verify corroborate / criticise criticize condemn denounce blast attack slam criticism blame
praise hail applaud commend welcome / blame fault accuse responsible responsibility
demand require call urge seek request ask appeal / ask request question inquire / ask want demand wish
end lift remove / ban close prohibit / dear dearer expensive costly cost / stone meteorite rock / apply bind bound
urge call press appeal ask encourage / believe think consider feel suspect
expect anticipate predict forecast likely estimate / estimate reckon calculate approximate project
hope wish want aim / help aid assist assistance support relief
rise increase grow climb gain jump surge soar up growth higher rising hike raise swell
fall drop decrease decline decrease reduce reduction shrink sink slump plunge tumble down lower slide dip cut
cut reduce reduction slash trim lower / raise increase lift hike / double twofold twice / price cost value fee
cost price expense spend worth pay / pay payment spend fund wage salary / wage salary pay earnings
money fund funding cash finance funds / fund finance funding pay sponsor / earn profit income revenue earnings make
profit earnings gain surplus income / sale sell revenue / buy purchase acquire acquisition takeover bought buyer
sell sale sold offload seller / company firm business corporation enterprise group manufacturer
shop store retailer / factory plant works mill / worker employee staff labour labor workforce workers
job post position employment work role / boss chief head executive manager director
unemployed jobless unemployment / strike walkout stoppage / union labour / economy economic / bank lender
loan credit lend lending borrow debt / debt loan owe / tax levy duty / budget spending / invest investment investor
share stock equity / export ship / begin start open launch commence initiate onset
end finish conclude close stop halt cease over complete / stop halt end cease suspend prevent / close shut closure
open reopen unveil inaugurate / continue remain stay keep persist last / delay postpone defer late postponement
cancel scrap abandon drop call / happen occur take place / found establish create set launch start foundation form
create make build establish produce form / build construct construction erect make develop
repair fix mend restore rebuild renovate restoration
destroy ruin wreck demolish devastate destruction level flatten gut raze / damage harm destroy wreck damaged
collapse fall crumble cave / fire blaze flame burn inferno wildfire / firefighter crew fireman / burn blaze fire
flood flooding inundate deluge / storm hurricane typhoon cyclone tempest gale / rain rainfall shower downpour
earthquake quake tremor / drought dry / disaster catastrophe tragedy / rescue save rescuer
missing lost vanish disappear / search hunt look seek / crash collision accident collide smash wreck
car vehicle automobile / bus coach / lorry truck / train rail railway
plane aircraft jet airliner aeroplane airplane flight / pilot captain / ship vessel boat ferry
airport airfield airbase / base camp facility airfield / road street highway route motorway
bridge span crossing viaduct / house home property residence dwelling / building structure block
school college academy / university college / student pupil undergraduate / teacher educator instructor lecturer
child kid boy girl youngster minor youth children / teenager youth teen adolescent / man male men
woman female women / baby infant newborn / parent mother father / husband spouse / wife spouse
resident inhabitant local citizen villager people townspeople
people person resident civilian citizen population public / civilian people / citizen national
crowd audience spectator / fan supporter / neighbour neighbor / family relative household
hospital clinic infirmary medical / doctor physician medic surgeon / nurse medic / patient sufferer
disease illness sickness infection condition / virus infection / outbreak epidemic spread
vaccine vaccination jab shot immunisation immunization vaccinate / drug medicine medication treatment
treat treatment therapy care / sick ill unwell / healthy well / recover recovery heal
scientist researcher expert academic / research study investigation researcher
study research survey report examine analysis / expert specialist analyst
show reveal indicate suggest demonstrate find / report say document account story / result outcome finding
test trial experiment / measure gauge / win victory beat defeat triumph prevail victorious winner champion
beat defeat overcome win victory / lose defeat loss beaten / draw tie / match game fixture contest / game match
player footballer athlete / team side club squad / coach manager trainer / score goal net / champion winner title
title championship trophy crown / league division / season campaign
tournament cup competition championship contest / record best / prize award honour honor
award give grant hand prize / book novel volume / write author pen writer / film movie picture
actor star actress performer / singer vocalist performer / song track single / concert gig performance show
play perform performance / museum gallery / painting picture artwork canvas / artist painter
exhibition display show exhibit / church chapel cathedral / priest clergyman vicar
town city village community municipality / city town / village hamlet settlement / country nation state
nation national country / national nationwide / world global international worldwide
region area province district zone territory / area district neighbourhood neighborhood zone / border frontier
river stream waterway / sea ocean / coast shore seaside coastal / mountain peak / forest wood woodland
farm farmland / farmer grower / crop harvest / land ground / water supply / animal creature / dog hound
fish fishing / bird fowl / plane aeroplane / power electricity energy / power strength authority / electricity power
oil petroleum crude / coal mine / pollution contamination pollute contaminate / climate weather
emission greenhouse carbon / money cash / month monthly / week weekly / year annual yearly annually / day daily
big large huge major great massive enormous giant sizeable substantial vast / small little tiny minor
new recent fresh latest / old ancient elderly aged former / former previous ex past / current present
early earlier / late later / quick fast rapid swift speed / slow gradual
important significant key major vital crucial / dangerous hazardous risky danger / safe secure safety
difficult hard tough / easy simple / rich wealthy affluent / poor impoverished poverty / strong powerful
weak feeble / main chief principal primary central / first initial original / last final
whole entire full complete total / total overall altogether sum / part portion section share / half halve fifty
most majority / many numerous several lots / some several few / near close nearby beside next
about approximately roughly around / more additional further extra another / again once / also too
because due since owing reason cause / cause trigger spark lead prompt / lead head guide command / lead result cause
follow pursue / send dispatch deploy ship deliver / deliver bring supply provide delivery
provide supply give offer / give offer provide grant hand donate present / receive get obtain gain accept
get receive obtain / take bring carry / carry bear transport / move shift relocate transfer travel
go travel head move / travel journey trip tour / visit tour trip visitor tourist / come arrive arrival reach
arrive arrival reach land / leave depart exit / return back / enter entry / join member
use utilise utilize employ usage / need require necessary / want wish desire seek / try attempt seek effort
attempt try bid effort / fail failure unable / succeed success successful manage
change alter modify amend shift reform / replace substitute swap / add include extra
include contain comprise involve / involve include part / choose select opt pick / lose loss / keep retain maintain
protect guard defend safeguard protection / defend protect defence defense / threaten threat menace
fear worry concern afraid anxiety / worry concern fear / anger fury angry outrage furious
happy pleased delighted glad / sad upset / surprise shock stun / problem issue difficulty trouble
issue matter question / reason cause motive / effect impact consequence influence / affect hit influence impact
number figure count amount total / amount sum quantity / level rate / rate pace level / size scale extent
name call title entitle dub / call name describe / known call / word term / letter note / message note
talk speak speech discuss / speech address talk / speak say talk address / interview talk / hear listen
see watch witness view observe / witness onlooker bystander eyewitness / look search / live life reside dwell
born birth bear / marry wed wedding marriage / divorce separate / grow raise / age old / work job labour labor
serve service / service servant / lie situate locate / locate situate location site place base / site place location
place spot location / near outside / north northern / south southern / east eastern / west western
centre center middle central / top high peak / high tall / long length / deep depth / wide width
weapon arms gun firearm / gun weapon firearm rifle pistol / rocket missile / tank armour
airstrike strike raid bombardment / occupy hold control / control hold run command / run operate manage
operate run operation / manage run oversee / oversee supervise run / surrender capitulate
withdraw pull retreat withdrawal leave / deploy send station / station base deploy / commander leader chief general
general commander / invade invasion / ally partner / enemy foe rival opponent / rival opponent competitor
leader chief head boss / member part / group organisation organization body / organisation organization body agency
agency body / committee panel board commission / commission panel / department ministry office
office bureau headquarters / headquarters base / security safety / secret confidential / public open
private personal / legal lawful / illegal unlawful illicit / right entitle / free release / free complimentary
spread extend / extend prolong lengthen expand extension / expand grow expansion enlarge widen / reduce cut
limit restrict cap restriction / restore return reinstate / publish release print issue publication / print publish
newspaper paper daily / journalist reporter correspondent / reporter journalist / website site online internet web
online internet web / phone telephone mobile call / computer machine / software program / technology tech
hacker hack breach / data information / information detail data / detail particular / image picture photo photograph
video footage film / camera footage / estimate believe / apologise apologize apology sorry / thank grateful
mark celebrate commemorate anniversary / celebrate mark celebration / anniversary mark / ceremony event
festival event / event occasion / holiday vacation / food meal / eat consume / drink beverage
restaurant eatery cafe / hotel inn / tourist visitor holidaymaker / passenger traveller traveler rider commuter
driver motorist / ticket fare / fare price / rent lease / owner proprietor own / own possess owner belong
donate give donation contribute / donation gift / charity foundation / volunteer helper / homeless rough
shelter refuge / clean clear / remove clear take / install fit / empty vacant / design plan / architect designer
engineer technician / machine device / device gadget / save preserve rescue / preserve conserve protect
heritage historic / historic historical old / tree woodland / plant grow / bury burial funeral / grave tomb
body corpse remains / statue monument memorial / memorial monument / gather assemble collect meet / collect gather
fight battle combat / spend expenditure / hectare acre / complain complaint grievance object / ship send
inform tell notify / teach instruct / learn discover / test check / guess estimate / last run / brother sibling
sister sibling / leave abandon / vacate leave / unanimous unanimously / jointly together / together joint
eventually finally / suddenly abrupt / nearly almost / temporary interim provisional / permanent lasting
veteran experienced / novice newcomer / sponsor backer / halt suspension / pause suspend / fine penalty penalise
compensation damages payout / compensate compensation pay reimburse / refund repay reimburse
bicycle bike cycle cyclist / pedestrian walker walk foot / motorbike motorcycle / captain skipper
sailor seaman mariner crew / crossing voyage sailing passage / sail travel go / ferry carry transport
life live alive / nationwide national nation country / fully complete entire / vacant empty unoccupied deserted
fragment piece bit chunk part / nearby near neighbourhood area local / classmate class pupil
equalise equalize level / fall drop plummet dive nosedive / rise leap rocket / shrink dwindle diminish
exceed surpass top overtake pass / reach hit attain / reinforce strengthen fortify / vary differ different
persuade convince / reluctant unwilling / willing ready prepared / enough sufficient adequate
shortage lack scarcity / rely depend / allocate assign grant / quash overturn reverse / uphold confirm
flat apartment / petrol gasoline fuel / queue line / await wait / noon midday / dusk nightfall evening
dawn sunrise / overnight night / outdoors outside / indoors inside / outskirts edge suburb
retrieve recover regain / fetch bring / argument row dispute quarrel argue / mistake error wrong
severe serious grave critical / slight minor / emerge appear surface / frighten scare / tired exhausted
guest visitor / runner participant entrant / client customer shopper / rubbish waste trash garbage
insult offend insulting offensive / mandatory compulsory obligatory / voluntary optional / evict expel deport
fake forge forgery counterfeit / testify testimony evidence / hospital hospitalise hospitalize
consent permission approval / eliminate remove / rush hurry / hinder obstruct block / sound ring
answer reply respond response / tear rip / mean intend suppose / collect raise / front outside
continue ongoing underway
"""

# `left | right`: a word of one side said for a word of the other turns the meaning round.
OPPOSITE = """
admit acknowledge confess confirm accept concede | deny reject refute dispute
rise increase grow climb gain jump surge soar up higher growth raise hike expand | fall drop decrease decline \
reduce shrink sink slump plunge tumble down lower cut slide dip
win victory victorious triumph winner beat | lose loss loser
approve pass adopt endorse accept back support agree favour favor permit allow ratify authorise authorize | \
reject refuse oppose veto decline block ban prohibit forbid against dismiss disapprove
accept | refuse decline reject / agree | disagree refuse
guilty convict conviction | innocent acquit acquittal cleared exonerate
before prior earlier | after following later / open reopen | close shut closure
begin start launch commence | end finish stop cease conclude halt
continue resume proceed | stop halt cease suspend abandon cancel pause interrupt
arrive enter join | leave depart quit exit withdraw / hire appoint recruit | fire sack dismiss oust
arrest detain jail imprison | release free / survive live alive | die kill death dead perish
build construct | demolish destroy / capture retake recapture seize regain | lose surrender / attack | defend
praise hail applaud welcome commend | criticise criticize condemn denounce slam / legal lawful | illegal unlawful
safe | unsafe dangerous / likely | unlikely / possible | impossible / able | unable
success succeed successful | fail failure unsuccessful / remember | forget / love like | hate dislike
buy purchase acquire | sell / lend | borrow / give | receive / import | export / push | pull / teach | learn
attend | boycott skip / majority most | minority few / minimum | maximum / more | less fewer
over above exceed | under below / north northern | south southern / east eastern | west western / left | right
inside | outside / first | last / early | late / old | new young / old | new / long | short
large big huge | small tiny little / high | low / strong | weak / rich wealthy | poor
hot warm hottest warmest | cold cool coldest coolest / wet wettest | dry driest / double | halve
cheap cheaper cheapest | dear dearer expensive / strong stronger strongest | weak weaker weakest / up | down
longest longer | shortest shorter / always | never / higher | lower / older | younger / better | worse
bigger larger | smaller / day | night / morning | evening night / morning | afternoon
man male men boy | woman female women girl / father | mother / son | daughter / brother | sister / husband | wife
king | queen / public | private / local | national / domestic | foreign / permanent | temporary / present | absent
same | different / true | false untrue / lift remove | impose introduce / find found | lose / save | lose
save rescue | destroy / blame accuse fault | clear exonerate acquit / protect | harm / peace | war
ally friend | enemy foe / supporter | opponent critic / profit surplus | loss deficit / asset | liability
strengthen | weaken / widen | narrow / improve better improvement | worsen worse deteriorate / ease relax | tighten
speed accelerate hasten | slow delay / best | worst / highest | lowest / largest biggest | smallest
oldest | youngest newest / include | exclude / cause | prevent / encourage | discourage
extend prolong lengthen | shorten / keep retain | abandon scrap drop / retain keep | lose
restore reinstate | scrap / reveal disclose | conceal hide / hide | show / unite | divide / unanimous | split
majority | minority / full | empty / fail | pass / departure | arrival / defence | prosecution
plaintiff | defendant / abolish scrap | introduce create / ban prohibit outlaw | allow permit legalise legalize
pro | anti / deliberate intentional | accidental / qualify | disqualify / optimistic | pessimistic / calm | violent
hope | fear / trust | distrust / obey comply | defy violate / urban | rural / upstream | downstream
"""

# Multi-word expressions and the one word they are read as.
PHRASES = """
step down=resign / stand down=resign / set up=found / plead not guilty=deny / put up=build / take on=hire
come out=appear / make off=flee / turn down=reject / call off=cancel / put off=postpone / push back=postpone
pass away=die / lose life=die / lost their lives=die / lost his life=die / lost her life=die / lose their life=die
lose his life=die / lose her life=die / take part=participate / carry out=conduct / call for=demand
rule out=exclude / break out=start / lay off=dismiss / let go=dismiss / go up=rise / go down=fall / come down=fall
take over=seize / hand over=give / give up=abandon / bring down=topple / shut down=close / close down=close
shot dead=kill / shoot dead=kill / open fire=shoot / find out=discover / point out=say / speak out=say
make clear=say / turn out=happen / take place=happen / blow up=explode / in favour of=support / in favor of=support
vote for=support / vote against=oppose / run away=flee / look into=investigate / look for=search / pick up=collect
pull out=withdraw / pull back=withdraw / set off=depart / set out=depart / go on=continue / carry on=continue
as well as=and / such as=like / no longer=not / prime minister=premier / voice concern=worry / come into force=begin
take effect=begin / come to=reach / come back=return / give birth=bear / more than=over / less than=under
fewer than=under / per cent=percent / set free=release / fall ill=sick / fallen ill=sick / take ill=sick
turn off=disable / switch off=disable / shut off=disable / turn on=enable / switch on=enable / go off=sound
pull a muscle=injure / end career=retire / end his career=retire / end her career=retire
go to prison=jail / send to prison=jail / go to jail=jail / wipe out=destroy / get rid of=remove / pay back=repay
put out=extinguish / drop out=withdraw / make sure=ensure / give way=collapse / go ahead=proceed
under way=continue / get up=rise / got up=rise / come home=return / do away with=abolish
"""

IRREGULAR = """
said=say says=say told=tell fell=fall fallen=fall rose=rise risen=rise won=win lost=lose took=take taken=take \
held=hold
gave=give given=give got=get gotten=get went=go gone=go came=come saw=see seen=see made=make found=find left=leave
kept=keep brought=bring bought=buy thought=think taught=teach caught=catch sought=seek fought=fight began=begin
begun=begin broke=break broken=break chose=choose chosen=choose drew=draw drawn=draw drove=drive driven=drive ate=eat
eaten=eat flew=fly flown=fly forbade=forbid forbidden=forbid froze=freeze frozen=freeze grew=grow grown=grow hid=hide
hidden=hide knew=know known=know laid=lay led=lead lent=lend meant=mean met=meet paid=pay ran=run rang=ring sang=sing
sank=sink sunk=sink sat=sit sold=sell sent=send shook=shake shaken=shake shot=shoot slew=slay slain=slay slid=slide
used=use using=use uses=use going=go goes=go doing=do slept=sleep
spoke=speak spoken=speak spent=spend stood=stand stole=steal stolen=steal stuck=stick struck=strike
stricken=strike swore=swear sworn=swear swam=swim swum=swim threw=throw thrown=throw tore=tear torn=tear
understood=understand woke=wake woken=wake wore=wear worn=wear wrote=write written=write built=build dealt=deal
fed=feed fled=flee heard=hear hurt=hurt felt=feel fed=feed shut=shut cut=cut put=put hit=hit let=let set=set
beaten=beat became=become withdrew=withdraw withdrawn=withdraw overcame=overcome overtook=overtake overtaken=overtake
oversaw=oversee overthrew=overthrow
arose=arise arisen=arise bore=bear borne=bear bent=bend bound=bind bled=bleed blew=blow blown=blow burnt=burn
dug=dig dug=dig sung=sing swept=sweep lit=light rode=ride ridden=ride shone=shine shrank=shrink shrunk=shrink
sped=speed spread=spread sprang=spring sprung=spring wound=wound retook=retake retaken=retake foresaw=foresee
undertook=undertake undertaken=undertake died=die dying=die dies=die lying=lie lies=lie lay=lie tied=tie tying=tie
men=man women=woman children=child people=people mice=mouse feet=foot teeth=tooth wives=wife lives=life
leaves=leave halves=half knives=knife thieves=thief wolves=wolf police=police dead=dead crises=crisis
analyses=analysis bases=base criteria=criterion media=media phenomena=phenomenon oxen=ox
decision=decide decisive=decide success=succeed loss=lose growth=grow choice=choose flight=fly sale=sell speech=speak
belief=believe proof=prove defence=defend defense=defend departure=depart failure=fail pressure=press
destruction=destroy destructive=destroy reduction=reduce introduction=introduce production=produce
explosion=explode expansion=expand invasion=invade division=divide conclusion=conclude inclusion=include
permission=permit admission=admit omission=omit submission=submit suspension=suspend extension=extend
description=describe subscription=subscribe reception=receive perception=perceive
acquisition=acquire inquiry=inquire enquiry=inquire entry=enter delivery=deliver discovery=discover
recovery=recover robbery=rob burglary=burgle injuries=injury injured=injury injure=injury
better=good best=best worse=bad worst=worst further=further
victorious=victory winner=win loser=lose applied=apply application=apply supplied=supply supplies=supply
denied=deny denies=deny denial=deny denying=deny relied=rely tried=try trial=trial buried=bury burial=bury
married=marry marriage=marry carried=carry study=study studies=study studied=study worried=worry
occurred=occur occurring=occur referred=refer deferred=defer preferred=prefer
lying=lie announced=announce united=unite hundreds=hundred thousands=thousand news=news
"""
