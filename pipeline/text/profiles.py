"""Function words and scripts of languages: what `language` decides by. Any paragraph has several."""

from __future__ import annotations

from typing import Final

LATIN: Final[dict[str, str]] = {
    "en": "the of and to in a is that for it was on with as by at be this have are from has his he said but "
    "not an they were which or had will their been its who after would about more also there when her "
    "she",
    "fr": "le la les de des du et en un une est que qui dans pour par sur au aux pas ce cette avec il elle "
    "ont sont été plus ne se son sa ses d'un d'une qu'il l'état mais ou leur nous vous être "
    "dont ils elles leurs après selon depuis sans entre n'a a-t-il",
    "es": "el la los las de del y en un una es que por para con se su sus al lo como más no fue este esta "
    "han ha pero sobre entre desde también cuando hasta donde muy según dijo durante tras años porque "
    "está están sin ser hace mientras ante otros otras otro otra ellos ellas fueron eran informó ayer",
    "pt": "o a os as de do da dos das e em um uma é que por para com se no na nos nas ao à foi mais não "
    "como mas seu sua pelo pela são entre também já ele ela segundo até",
    "it": "il lo la i gli le di del della dei delle e in un una è che per con si al alla nel nella sono da "
    "dal dalla non più ha hanno come anche ma su suo stato dopo questo questa degli",
    "de": "der die das und in den von zu mit dem des ein eine ist im für auf nicht sich als auch es an "
    "werden aus er hat dass sie nach bei um am sind noch wie einem einen einer über war wurde wird "
    "vor",
    "nl": "de het een en van in is dat op te voor met zijn aan niet er om ook als bij maar door naar uit "
    "heeft werd wordt over nog deze die hun worden was tegen volgens",
    "sv": "och i att det som en på är av för med den till inte har de om ett var jag sig från vi så kan han "
    "men också efter vid när eller under ska har man säger",
    "da": "og i at det som en på er af for med den til ikke har de om et var jeg sig fra vi så kan han men "
    "også efter ved når eller under skal siger blev bliver mod deres",
    "no": "og i å det som en på er av for med den til ikke har de om et var jeg seg fra vi så kan han men "
    "også etter ved når eller under skal sier ble blir mot hun dette",
    "fi": "ja on ei se että oli hän mutta ovat kun joka myös mukaan tai jos sen hänen ole siitä kuin vain "
    "jo nyt sekä ovat olivat ollut mitä vuonna jotka",
    "et": "ja on ei et see oli ta kui ka mis aga oma ning või kes nii selle seda pärast siis tema nad ole "
    "juba vaid veel kuid mida aasta",
    "lv": "un ir ka ar no par uz bet arī kas tika bija gan nav viņš šo tas to pēc lai vai kā ja pie tiek savu gada",
    "lt": "ir kad į su iš yra tai buvo apie bet kaip dėl jis ne nuo savo metų taip pat kurie jo po prie už "
    "bus tik arba",
    "pl": "i w na z do nie się że jest to o jak po co ale od za przez dla przy są był było została ich jego "
    "tym oraz tego roku które który także",
    "cs": "a v na se je že s z do o k i to ve pro jako by ale po za jsou byl bylo který která které však "
    "jeho roku také podle už při",
    "sk": "a v na sa je že s z do o k i to vo pre ako by ale po za sú bol bolo ktorý ktorá ktoré však jeho "
    "roku tiež podľa už pri",
    "sl": "in je v na za da se so z ki pa bi ne po tudi od kot pri do še iz bil bilo ki ter ali s o lahko več med",
    "hr": "i u je na da se za su od s o kao iz a ne će bi koji koje koja što ali po nakon samo bio nije do "
    "prema te godine kako",
    "hu": "a az és hogy nem is egy volt ez meg de csak azt van már még szerint ki el mint vagy ami aki után "
    "között lesz miatt",
    "ro": "și în de la a cu pe din că nu o un este au pentru care se mai al ale a fost sunt sau prin după "
    "dar între până iar este acest această către",
    "sq": "të në e dhe për me një nga i është që se u nuk më ka si do janë ishte por kjo ky tha pas edhe kanë",
    "tr": "ve bir bu için ile da de olarak çok daha gibi olan sonra kadar ancak olduğunu ise en ne var "
    "değil tarafından göre olduğu bin dedi",
    "az": "və bir bu üçün ilə də da olan kimi edib olub sonra ki isə daha çox o onun həmin qədər deyib ən etdi oldu",
    "uz": "va bir bu uchun bilan ham edi deb ko'ra yil haqida kerak bo'lgan bo'yicha qilgan shu o'z ular keyin qildi",
    "id": "yang dan di dari untuk dengan ini itu pada dalam tidak akan ke oleh telah juga ada karena mereka "
    "kami adalah sudah atau bahwa kepada saat tersebut",
    "vi": "và của là có được cho các trong một không với những người này đã từ khi đến tại về ông cũng theo sau",
    "tl": "ang ng sa na mga at ay ni si para kay nang hindi ito may kung rin ayon kanyang niya ko siya",
    "sw": "na ya wa kwa ni katika za la kuwa cha hiyo huo watu pia hii baada yake wake lakini kama alisema kutoka",
    "so": "iyo oo ka ku u waa in ah ay uu soo la ayaa ee kale sheegay si waxa waxaa isaga",
    "ha": "da na a ta ya ba cikin wannan kuma shi domin su wanda yi ce daga an sun bayan wani",
    "ca": "el la els les de del dels i en un una és que per amb no al als se ha han però més com aquest "
    "aquesta entre seva seu són",
    "ht": "ak nan yo ki pou se li te nou ap yon moun pa sou tout gen men peyi",
    "ku": "û di de li ji bi ku jî ya yê ên bo wî wê vê hat kir dike ye",
    "mt": "il u ta li fil ma biex minn għal lil mill tal dan kien din",
}

CYRILLIC: Final[dict[str, str]] = {
    "ru": "и в на не что с по как из у к за о от это для он но был его были также после или при того том "
    "они было быть до она со во без ещё еще уже более около только если когда который которая которые "
    "которых однако ранее",
    "uk": "і в на не що з у та до за про від як для це його які він але було також після або й із під час був через",
    "be": "і ў на не што з у па да за як для гэта яго але была таксама пасля або пра быў ад яны які паводле",
    "bg": "и на в за да се от не че с по са е като до това при беше след той което които към също",
    "mk": "и на во за да се од не дека со по е како до ова при беше ќе тој кои има што но",
    "sr": "и у је на да се за су од с о као из а не ће би који које која што али по након само био није до према",
    "kk": "және мен бұл үшін деп да де бір болып бойынша туралы оның қазақстан еді осы болды кейін деді",
    "ky": "жана менен бул үчүн деп да бир болуп боюнча тууралуу анын кыргызстан эле ошол болду кийин деди",
    "tg": "ва дар ба аз ки ин барои бо аст буд он мебошад тоҷикистон шудааст карда низ",
    "mn": "нь юм байна гэж болон энэ монгол улсын байгаа хийх оны бол дээр тухай",
    "tt": "һәм белән дә бу өчен бер дип булган буенча турында аның",
}

PERSO_ARABIC: Final[dict[str, str]] = {
    "ar": "في من على إلى أن عن مع التي الذي هذا هذه بعد كان لا ما قال إن كما بين قد كانت وقال لم أو خلال",
    "fa": "و در به از که این را با است برای آن شده می بر تا شد های کرد خود بود نیز ایران یک هم",
    "ur": "کے کی میں ہے اور سے کا کو نے پر اس ہیں کہ یہ تھا بھی ایک گیا نہیں کر تھے ان",
    "ps": "په د او چې ته کې له دي هم دا سره يې شوي یو کړي وي",
    "ckb": "لە و بە بۆ ئەو کە لەگەڵ کرد دەکات ئەم سەر هەر بوو ئەوە",
}

DEVANAGARI: Final[dict[str, str]] = {
    "hi": "के में की है और से का को ने पर कि यह हैं भी नहीं एक था इस लिए गया कर रहे कहा साथ",
    "ne": "र छ मा ले हो गरेको पनि लागि भएको यो छन् भने गर्ने भन्ने थियो एक",
    "mr": "आहे आणि या ते ही होते केले मध्ये व हा नाही म्हणून असून झाला",
}

ETHIOPIC: Final[dict[str, str]] = {
    "am": "ነው እና ላይ ውስጥ ግን ጋር ነበር ወደ እንደ ይህ ያለ ከ",
    "ti": "እዩ ናይ ኣብ ካብ ናብ እዚ ግን ድማ ከም ነይሩ ምስ",
}

LETTERS: Final[dict[str, str]] = {
    # A page in the language has at least one of these letters; without any, its count is halved.
    "uk": "їєґі",
    "be": "ўі",
    "sr": "јђћљњџ",
    "mk": "јѓќљњџѕ",
    "kk": "әғқңөұүһі",
    "ky": "өүң",
    "tg": "ғӣқӯҳҷ",
    "mn": "өү",
    "tt": "әөүҗңһ",
    "ru": "ыэ",
    "fa": "پچژگکی",
    "ur": "ٹڈڑےںھہ",
    "ps": "ټډړږښڼېۍ",
    "ckb": "ەێۆڵڕ",
    "ro": "ăâîșțşţ",
    "tr": "ışğçöü",
    "az": "ə",
    "da": "æøå",
    "no": "æøå",
    "sv": "åäö",
    "pl": "ąćęłńóśźż",
    "hr": "čćžšđ",
    "sl": "čžš",
    "vi": "ạảấầậếềệịọộớờợụứừựđơư",
    "sq": "ëç",
    "ku": "êîû",
    "mt": "ħġżċ",
}

SCRIPTS: Final[tuple[tuple[str, str, str | None], ...]] = (
    # Name, range of first letters, language when the script has one that matters in news.
    ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff", None),
    ("cyrillic", "\u0400-\u052f", None),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff", None),
    ("han", "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f", None),
    ("devanagari", "\u0900-\u097f", None),
    ("ethiopic", "\u1200-\u137f", None),
    ("hangul", "\u1100-\u11ff\uac00-\ud7af", "ko"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff", "el"),
    ("hebrew", "\u0590-\u05ff", "he"),
    ("thai", "\u0e00-\u0e7f", "th"),
    ("georgian", "\u10a0-\u10ff", "ka"),
    ("armenian", "\u0530-\u058f", "hy"),
    ("bengali", "\u0980-\u09ff", "bn"),
    ("tamil", "\u0b80-\u0bff", "ta"),
    ("telugu", "\u0c00-\u0c7f", "te"),
    ("gujarati", "\u0a80-\u0aff", "gu"),
    ("gurmukhi", "\u0a00-\u0a7f", "pa"),
    ("kannada", "\u0c80-\u0cff", "kn"),
    ("malayalam", "\u0d00-\u0d7f", "ml"),
    ("sinhala", "\u0d80-\u0dff", "si"),
    ("lao", "\u0e80-\u0eff", "lo"),
    ("khmer", "\u1780-\u17ff", "km"),
    ("myanmar", "\u1000-\u109f", "my"),
)

FOREIGN: Final[dict[str, str]] = {
    # Letters that the language never has; with two words that do, its count is halved.
    "bg": "ыэёіїєґўјљњђћџқғңөүұһ",
    "mk": "ыэёйщьъюяіїєґўђћ",
    "sr": "ыэёйщьъюяіїєґўѓќѕ",
    "uk": "ыэёъўјљњђћџ",
    "be": "ищъїєґјљњђћџ",
    "ru": "іїєґўјљњђћџѓќѕәғқңөүұһҳҷӯӣ",
}
