"""Arabic: letters that are written in several ways made one, then a light stemmer.

Normalising drops vowel marks and tatweel and unifies alef, ya, ta marbuta and the carriers of
hamza. The stemmer takes away the clitics written onto a word (and, in, for, the, his, their …)
and the endings of number, gender and relation. It never looks for a root: ``كاتب`` and ``مكتبة``
stay apart. Plurals that change inside a word are brought to it where the word is common in what
the United Nations write.
"""

from __future__ import annotations

import re

from search.analysis.irregular import with_other_forms
from search.analysis.words import word_set

SHORTEST = 3
"""Letters that must be left after anything is taken away."""

_VOWELS_AND_TATWEEL = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_TANWIN = re.compile("(?:\u064b\u0627|\u0627\u064b)$")
_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "ء": None,
    }
)

_ARTICLES = (
    "وبال", "وكال", "فبال", "فكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "ال", "لل",
)  # fmt: skip
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل")
_ROOTED = tuple(
    word_set(
        """وكال وصاي
    وطن وضع وضوح وظيف وظاي وقود وفيات وصول وثيق وثاي وسيل وساي وقت ولاي وسط واحد وجه
    وجود وارد وقاي ولاد وفاه وراث وحد واجب وصف ورق وفد وفود وفاق واقع وزير وزار وزرا وقف وعي ودي وزن
    لغه لغات لغوي لاجي لازم لجن لجان لايح لوايح لبنان ليبي ليبر ليتوان لاتفي لاتين لوكسمب لكسمب لقاح
    لحوم لاسلكي ليسوتو ليختنش لوح لهج لسان لباس
    بلد بلاد بلاغ بحوث بحث بحر بحار بحير بناي برنامج برامج برمج بيان بيي بشر بطال بعث بضاي بضاع
    بند بنود بنك بنوك بيولوج بريطان بريد برلمان بروتوكول برتغال برازيل بلجيك بلغاري بلقان بنغلاديش
    بنما بوليفي بولند بوتان بوتسوان بوركين بوروندي بيرو بيلاروس بيليز بهاما بربادوس بروني بديل بداي
    بصر بقاي بطاق بنيه بيع بعيد باحث بذور باكستان باراغو بابوا بوسن بيوت بسيط
    فرد فرص فقر فضا فصل فصول فرع فروع فحص فحم فرنس فيزيا فني فنون فهارس فهرس فعال فعل فرق فريق
    فيات فتيات فساد فواي فايد فلسطين فنلند فيتنام فييتنام فنزويل فيجي فلاح فيضان فيروس فوري فوضي
    فكر فلسف فتر فاعل فجو فاشي فارس فلبين فواتير فاتور"""
    )
)
"""Beginnings of words whose first letter only looks like a clitic (``بيانات``, ``فريق``): the
words of this kind in the thesaurus, the Charter and the names of States."""

_PRONOUNS = (("كما", 3), ("هما", 3), ("هم", 4), ("هن", 4), ("كم", 4), ("ها", 3), ("نا", 3))
"""Pronouns, and the letters that must be left before them: ``تفاهم`` ends in none."""

_ENDINGS = ("يات", "تان", "تين", "ات", "ان", "ون", "ين", "يه", "تي", "ه", "ي", "ت", "ا")


def normalise(word: str) -> str:
    """One spelling of the word's letters."""
    return _VOWELS_AND_TATWEEL.sub("", _TANWIN.sub("", word)).translate(_LETTERS)


STOPWORDS = frozenset(
    normalise(word)
    for word in word_set(
        """في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين اللذين ما لا أن إن كان
    كانت يكون تكون هو هي هم أو أي ثم قد كل بين بعد قبل عند منذ حتى لم لن كما إذا غير بعض و ف به بها
    له لها لهم فيه فيها منه منها عليه عليها إليه إليها وفي ومن وعلى وإلى وعن ولا وما وأن وهو وهي
    بأن لأن ذات أيضا"""
    )
)


def _without_clitics(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    for clitics in (_CONJUNCTIONS, _PREPOSITIONS):
        if word.startswith(_ROOTED):
            break
        if word.startswith(clitics) and len(word) - 1 >= SHORTEST:
            word = word[1:]
    return word


def _without_pronoun(word: str) -> str:
    for pronoun, left in _PRONOUNS:
        if word.endswith(pronoun) and len(word) - len(pronoun) >= left:
            word = word[: -len(pronoun)]
            # Before a pronoun, ta marbuta is written as ta.
            return f"{word[:-1]}ه" if word.endswith("ت") and not word.endswith("ات") else word
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def _stemmed(word: str) -> str:
    word = normalise(word)
    if len(word) <= SHORTEST or not word.isalpha():
        return word
    word = _without_clitics(word)
    alone = _without_pronoun(word)
    if alone == word and word.endswith("ا") and len(word) > SHORTEST + 1:
        alone = word[:-1]  # The alef of a tanwin that is not written.
    return _without_ending(alone)


term = with_other_forms(
    _stemmed,
    """امرأة نساء نسائي; طفل أطفال; رجل رجال; شخص أشخاص; فرد أفراد; طرف أطراف; عضو أعضاء; دولة
    دول; بلد بلدان; شعب شعوب; قرية قرى; منطقة مناطق; جزيرة جزر; أرض أراضي أراض; بحر بحار; نهر
    أنهار; حق حقوق; قانون قوانين; مبدأ مبادئ; معيار معايير; حكم أحكام; محكمة محاكم; جريمة
    جرائم; ضحية ضحايا; سجن سجون; لجنة لجان; مجلس مجالس; هيئة هيئات; وفد وفود; وزير وزراء; خبير
    خبراء; مكتب مكاتب; قسم أقسام; إدارة إدارات; برنامج برامج; مشروع مشاريع; خطة خطط; هدف أهداف;
    تقرير تقارير; وثيقة وثائق; نتيجة نتائج; بند بنود; فصل فصول; مرفق مرافق; تدبير تدابير; وسيلة
    وسائل; طريقة طرائق طرق; سبب أسباب; أثر آثار; شرط شروط; قاعدة قواعد; قيد قيود; حد حدود; جهد
    جهود; خطر مخاطر; سلاح أسلحة; حرب حروب; نزاع نزاعات; مرض أمراض; مدرسة مدارس; طالب طلاب; معلم
    معلمون; مورد موارد; مصدر مصادر; سوق أسواق; سعر أسعار; بضاعة بضائع; أجر أجور; عامل عمال
    عوامل; وظيفة وظائف; أسرة أسر; شاب شباب; ولد أولاد; نظام نظم أنظمة; شبكة شبكات; جهاز أجهزة;
    صك صكوك; عنصر عناصر; جانب جوانب; موضوع مواضيع; مسألة مسائل; فكرة أفكار; عمل أعمال; فعل
    أفعال; مبلغ مبالغ; صندوق صناديق; مال أموال; بنك بنوك; شركة شركات; ميثاق مواثيق; عهد عهود;
    اتفاق اتفاقات; حكومة حكومات; حزب أحزاب; صوت أصوات; مركز مراكز; مخيم مخيمات; مسكن مساكن;
    طعام أطعمة; غابة غابات; حيوان حيوانات; نبات نباتات; محيط محيطات; نوع أنواع; بحث بحوث أبحاث;
    كتاب كتب; لغة لغات; اسم أسماء; يوم أيام; شهر أشهر شهور; سنة سنوات سنين""",
)
"""The term of one plain word."""
