"""Real sentences in the six languages: the Universal Declaration of Human Rights, and plain words.

The Declaration's text is free to use. Short excerpts, typed as published by the United Nations.
"""

#: Language code → the Declaration's title.
DECLARATION = {
    "ar": "الإعلان العالمي لحقوق الإنسان",
    "zh": "世界人权宣言",
    "en": "Universal Declaration of Human Rights",
    "fr": "Déclaration universelle des droits de l’homme",
    "ru": "Всеобщая декларация прав человека",
    "es": "Declaración Universal de Derechos Humanos",
}

#: Language code → article 1.
ARTICLE_1 = {
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا "
    "وعليهم أن يعامل بعضهم بعضا بروح الإخاء.",
    "zh": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
    "en": "All human beings are born free and equal in dignity and rights. They are endowed with "
    "reason and conscience and should act towards one another in a spirit of brotherhood.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
    "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
    "разумом и совестью и должны поступать в отношении друг друга в духе братства.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como "
    "están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
}

#: Language code → article 3.
ARTICLE_3 = {
    "ar": "لكل فرد الحق في الحياة والحرية وفي الأمان على شخصه.",
    "zh": "人人有权享有生命、自由和人身安全。",
    "en": "Everyone has the right to life, liberty and security of person.",
    "fr": "Tout individu a droit à la vie, à la liberté et à la sûreté de sa personne.",
    "ru": "Каждый человек имеет право на жизнь, на свободу и на личную неприкосновенность.",
    "es": "Todo individuo tiene derecho a la vida, a la libertad y a la seguridad de su persona.",
}

#: Language code → words for parts of blocks.
WORDS = {
    "ar": {
        "question": "ما هي اللغات الرسمية؟",
        "united_nations": "الأمم المتحدة",
        "member_states": "دولة عضو",
        "permanent_mission": "البعثة الدائمة",
        "ambassador": "سفيرة",
        "general_assembly": "الجمعية العامة",
        "read_more": "اقرأ الإعلان",
        "hall": "قاعة الجمعية العامة في نيويورك",
        "language": "اللغة",
        "year": "السنة",
        "hours": "من الاثنين إلى الجمعة",
        "date": "١٠ كانون الأول/ديسمبر ١٩٤٨",
    },
    "zh": {
        "question": "正式语文有哪些？",
        "united_nations": "联合国",
        "member_states": "会员国",
        "permanent_mission": "常驻代表团",
        "ambassador": "大使",
        "general_assembly": "大会",
        "read_more": "阅读宣言",
        "hall": "纽约大会堂",
        "language": "语文",
        "year": "年份",
        "hours": "星期一至星期五",
        "date": "1948年12月10日",
    },
    "en": {
        "question": "Which are the official languages?",
        "united_nations": "United Nations",
        "member_states": "Member States",
        "permanent_mission": "Permanent Mission",
        "ambassador": "Ambassador",
        "general_assembly": "General Assembly",
        "read_more": "Read the Declaration",
        "hall": "The General Assembly Hall in New York",
        "language": "Language",
        "year": "Year",
        "hours": "Monday to Friday",
        "date": "10 December 1948",
    },
    "fr": {
        "question": "Quelles sont les langues officielles ?",
        "united_nations": "Nations Unies",
        "member_states": "États Membres",
        "permanent_mission": "Mission permanente",
        "ambassador": "Ambassadrice",
        "general_assembly": "Assemblée générale",
        "read_more": "Lire la Déclaration",
        "hall": "La salle de l’Assemblée générale à New York",
        "language": "Langue",
        "year": "Année",
        "hours": "Du lundi au vendredi",
        "date": "10 décembre 1948",
    },
    "ru": {
        "question": "Каковы официальные языки?",
        "united_nations": "Организация Объединенных Наций",
        "member_states": "государства-члены",
        "permanent_mission": "Постоянное представительство",
        "ambassador": "Посол",
        "general_assembly": "Генеральная Ассамблея",
        "read_more": "Прочитать Декларацию",
        "hall": "Зал Генеральной Ассамблеи в Нью-Йорке",
        "language": "Язык",
        "year": "Год",
        "hours": "С понедельника по пятницу",
        "date": "10 декабря 1948 года",
    },
    "es": {
        "question": "¿Cuáles son los idiomas oficiales?",
        "united_nations": "Naciones Unidas",
        "member_states": "Estados Miembros",
        "permanent_mission": "Misión Permanente",
        "ambassador": "Embajadora",
        "general_assembly": "Asamblea General",
        "read_more": "Leer la Declaración",
        "hall": "El Salón de la Asamblea General en Nueva York",
        "language": "Idioma",
        "year": "Año",
        "hours": "De lunes a viernes",
        "date": "10 de diciembre de 1948",
    },
}
