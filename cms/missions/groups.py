"""The five regional groups of Member States, by the names that the Organization uses."""

REGIONAL_GROUPS: dict[str, dict[str, str]] = {
    "AFR": {
        "ar": "مجموعة الدول الأفريقية",
        "zh": "非洲国家组",
        "en": "Group of African States",
        "fr": "Groupe des États d’Afrique",
        "ru": "Группа государств Африки",
        "es": "Grupo de los Estados de África",
    },
    "APG": {
        "ar": "مجموعة دول آسيا والمحيط الهادئ",
        "zh": "亚洲及太平洋国家组",
        "en": "Group of Asia-Pacific States",
        "fr": "Groupe des États d’Asie et du Pacifique",
        "ru": "Группа государств Азии и Тихого океана",
        "es": "Grupo de los Estados de Asia y el Pacífico",
    },
    "EEG": {
        "ar": "مجموعة دول أوروبا الشرقية",
        "zh": "东欧国家组",
        "en": "Group of Eastern European States",
        "fr": "Groupe des États d’Europe orientale",
        "ru": "Группа государств Восточной Европы",
        "es": "Grupo de los Estados de Europa Oriental",
    },
    "GRULAC": {
        "ar": "مجموعة دول أمريكا اللاتينية ومنطقة البحر الكاريبي",
        "zh": "拉丁美洲和加勒比国家组",
        "en": "Group of Latin American and Caribbean States",
        "fr": "Groupe des États d’Amérique latine et des Caraïbes",
        "ru": "Группа государств Латинской Америки и Карибского бассейна",
        "es": "Grupo de los Estados de América Latina y el Caribe",
    },
    "WEOG": {
        "ar": "مجموعة دول أوروبا الغربية ودول أخرى",
        "zh": "西欧和其他国家组",
        "en": "Group of Western European and other States",
        "fr": "Groupe des États d’Europe occidentale et autres États",
        "ru": "Группа западноевропейских и других государств",
        "es": "Grupo de los Estados de Europa Occidental y otros Estados",
    },
}
