"""Common given names and datelines: hints that settle doubtful pieces, never needed for a name to be one."""

from __future__ import annotations

from ingest.byline.clean import fold, word_set

_GIVEN = word_set(
    """
    aaron abdul abigail adam adrian agnes agnieszka ahmad ahmed aisha alan albert alberto alejandro aleksandr
    alessandro alex alexander alexandra alexandre alexei alfred ali alice alicia alison allison amanda amber
    amelia amina amir amit amy ana anastasia anders andre andré andrea andreas andrei andrew andrey andrzej andy
    angela angelika anil anita anja ann anna anne anne-marie annette annie anthony antoine anton antonio antónio
    anu arash arjun arne arnaud arthur arturo ashley astrid audrey axel ayse ayşe barbara bart beata beatrice
    ben benjamin benoit benoît bernard bernd bernhard beth birgit björn bob boris brad bradley brandon brenda
    brian bruce bruno bryan burak camille carina carl carla carlo carlos carmen carol carolina caroline carolyn
    caspar catherine cathy cecilia charles charlotte chloe chris christian christiane christina christine
    christophe christopher cindy claire clara claudia claus clemens connor corinna craig cristina cynthia dan
    daniel daniela danielle danny david dean debora deborah denis denise dennis derek diana diane diego dieter
    dirk dmitri dmitry dominic dominik don donald donna dorothy doug douglas dylan ed eduardo edward elena eleanor
    eli elisa elisabeth elizabeth ellen emily emma emmanuel eric erica erik erika ernst esther ethan eva evan
    evelyn fabian fabio fatima federico felix fernanda fernando florian frances francesca francesco francis
    francisco francois françois frank franz fred frederic frédéric frederick frida friedrich gabriel gabriela
    gabriele gareth gary geoff georg george gerald gerard gerd gerhard gianni gilles giorgio giovanni giulia
    giuseppe glenn gloria gonzalo gordon grace graham greg gregory guido guillaume guillermo gunnar günter
    gustav hannah hans hans-peter harald harold harriet harry hassan heather heike heinrich heinz helen helena
    helmut hendrik henri henrik henry herbert hiroshi holger holly howard hugo ian ibrahim ida igor ilse ines
    ingo ingrid irina iris isaac isabel isabella isabelle ivan jack jackie jacob jacqueline jacques jaime jake
    jakob james jamie jan jana jane janet jason javier jean jean-claude jean-paul jean-pierre jeff jeffrey
    jennifer jenny jens jeremy jerome jerry jesse jessica jesús jill jim jo joachim joan joanna joanne joão
    joaquin joe joel johan johann johanna johannes john johnny jon jonas jonathan jordan jorge jose josé josef
    joseph josh joshua juan judith judy julia julian juliana julie julien juliette jürgen justin jutta kai karen
    karin karl karsten kate katharina katherine kathleen kathrin kathryn katie katja kay keith kelly ken kenneth
    kenji kevin kim kirsten klaus konstantin kristen kristin kristina kurt kyle lara larry lars laura lauren
    laurence laurent lea leah lee lena leo leon leonard leonardo leonie leticia lewis liam lina linda lisa lola
    lorenzo louis louisa louise luc luca lucas lucia lucie lucy luigi luis luisa lukas luke lydia lynn maciej
    madeleine magdalena maja małgorzata manuel manuela marc marcel marcelo marcin marco marcos marcus marek
    margaret margarita maria maría marian mariana marie marina mario marion marjorie mark marko markus marlene
    marta martha martin martina mary massimo mateo mathias mathieu mats matt matteo matthew matthias maureen
    maurice max maxim maximilian maya megan mehmet mei melanie melissa mia micah michael michaela michal michał
    michel michele michelle miguel mikael mike mikhail mila milan miriam mohamed mohammad mohammed moira molly
    mona monica monika moritz muhammad murat nadia nadine nancy naomi natalia natalie natasha nathan neil nele
    nicholas nick nico nicola nicolas nicole niels nigel nikolai nikolaus nils nina noah noel nora norbert
    norman olaf oleg olga oliver olivia olivier omar oscar oskar otto pablo pamela paola paolo pascal patricia
    patrick paul paula pauline paulo pavel pedro peggy penny per peter petr petra philip philipp philippe
    phillip pierre piotr priya rachel rafael rainer raj rajesh ralf ralph ramon rania raphael raúl ray raymond
    rebecca regina reinhard renate rené ricardo richard rick rita rob robert roberta roberto robin rodrigo roger
    roland roman romain ron ronald rosa rosie ross roy rudolf rupert russell ruth ryan sabine sally sam samantha
    samuel sandra sandrine sara sarah sascha scott sean sebastian sébastien serge sergei sergey sergio seth
    sharon shaun shirley silke silvia simon simone sofia sofie sonia sophia sophie stacy stanley stefan stefanie
    stella stéphane stephan stephanie stephen steve steven stuart sue sunil susan susana susanne suzanne svein
    sven sylvia sylvie takashi tamara tanja tanya tara tatiana ted teresa terry theo theresa thierry thomas
    thorsten tim timo timothy tina tobias todd tom tomas tomasz tommy toni tony torsten tracy travis trevor uli
    ulrich ulrike ursula ute uwe valentina valerie vanessa vera veronica verena vicky victor victoria viktor
    vincent virginia vladimir volker walter wang wayne wendy werner wilhelm will william wolfgang xavier piet
    pieter kees willem joost maarten jeroen bas sander wouter marieke femke sanne anouk jiří petr tomáš lukáš
    jakub josip zoran dragan milica jovana ivana kari lars-erik ole knut øyvind håkon ingrid sigrid åsa maja
    jari mikko pekka juha mika timo sari päivi giorgos yannis nikos dimitris eleni katerina ayşe fatma mustafa
    emre cem zeynep elif budi siti agus dewi yann yasmin yuki yusuf yves yvonne zachary zoe александр алексей
    андрей анна анастасия борис василий виктор владимир дмитрий евгений екатерина елена иван игорь ирина максим
    мария михаил наталья николай олег ольга павел сергей татьяна юлия юрий андрій олександр ірина
    """
)

_PLACES = word_set(
    """
    abuja accra addis|ababa amman amsterdam ankara ann|arbor athen athens atlanta auckland austin baghdad baku
    bangalore bangkok barcelona basel beijing beirut belfast belgrade belgrad bengaluru berlin bern bogota
    bogotá bonn boston brasilia brasília bratislava brisbane brussels brüssel bruxelles bruselas bucharest
    budapest buenos|aires cairo calcutta canberra cape|town caracas casablanca chennai chicago cologne colombo
    copenhagen dakar dallas damascus davos delhi new|delhi denver detroit dhaka doha dresden dubai dublin
    düsseldorf edinburgh frankfurt gaza geneva genf genève glasgow graz hamburg hanoi hanover hannover harare
    havana helsinki hong|kong houston islamabad istanbul jakarta jerusalem johannesburg kabul kairo karachi
    kathmandu kiev kyiv kiew köln kolkata kuala|lumpur lagos lahore las|vegas lausanne leipzig lima linz lisbon
    lissabon lisboa ljubljana london londres los|angeles luxembourg luxemburg lyon madrid mailand manchester
    manila mannheim marseille melbourne mexico|city miami milan milano minneapolis minsk montevideo montreal
    montréal moscow moskau moscou moscú mumbai munich münchen nairobi naples new|york new|york|city neu-delhi
    nicosia nuremberg nürnberg oslo ottawa oxford panama paris pekin peking perth philadelphia phoenix prag
    prague praha pretoria pyongyang quito reykjavik riga rio|de|janeiro riyadh rom roma rome rotterdam salzburg
    san|diego san|francisco san|jose san|juan santiago são|paulo sao|paulo sarajevo seattle seoul shanghai
    singapore singapur sofia stockholm straßburg strasbourg stuttgart sydney taipei tallinn tehran teheran
    tel|aviv tirana tokio tokyo toronto tripoli tunis turin vancouver vienna wien vilnius warsaw warschau
    warszawa washington washington|dc washington|d.c wellington yangon yerevan zagreb zürich zurich afghanistan
    argentina australia austria bangladesh belgium brazil bulgaria canada chile china colombia croatia cuba
    cyprus czechia denmark egypt england estonia ethiopia finland france germany ghana greece hungary iceland
    india indonesia iran iraq ireland israel italy japan kenya kosovo latvia lebanon libya lithuania malaysia
    mexico morocco myanmar nepal netherlands new|zealand nigeria norway pakistan peru philippines poland
    portugal qatar romania russia rwanda saudi|arabia scotland serbia slovakia slovenia south|africa south|korea
    spain sri|lanka sudan sweden switzerland syria taiwan thailand tunisia turkey uganda ukraine united|kingdom
    bergen trondheim stavanger tromsø göteborg gothenburg malmö uppsala aarhus århus odense aalborg tampere turku
    oulu gdańsk kraków krakow łódź wrocław poznań katowice brno ostrava izmir i̇zmir i̇stanbul antalya thessaloniki
    θεσσαλονίκη αθήνα львів харків одеса lviv kharkiv odesa odessa dnipro minsk санкт-петербург
    united|states venezuela vietnam wales yemen zimbabwe deutschland österreich schweiz frankreich italien
    spanien usa москва киев київ القاهرة بيروت الرياض بغداد دمشق غزة नई|दिल्ली मुंबई
    東京 大阪 北京 上海 台北 香港 서울 부산
    """
)

_PLACE_NAMES = frozenset(place.replace("|", " ") for place in _PLACES)


def is_given_name(word: str) -> bool:
    """Tell whether a word is one of the world's commonest given names."""
    return fold(word) in _GIVEN


def is_place(text: str) -> bool:
    """Tell whether a piece is a usual dateline: a capital, a large city or a country."""
    return fold(text) in _PLACE_NAMES
