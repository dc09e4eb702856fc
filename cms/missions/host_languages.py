"""In which of the six languages a State's mission writes first, where nothing else is said.

The State's own official (or, where it has several, usual diplomatic) language if it is one of the
six, else English. Only a starting value: every mission changes it for itself.
"""

_STATES = {
    "ar": "ARE BHR DZA EGY IRQ JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SYR TUN YEM",
    "zh": "CHN",
    "fr": "BDI BEL BEN BFA CAF CHE CIV CMR COD COG COM DJI FRA GAB GIN HTI LUX MCO MDG MLI NER "
    "SEN TCD TGO",
    "ru": "BLR KAZ KGZ RUS TJK",
    "es": "ARG BOL CHL COL CRI CUB DOM ECU ESP GNQ GTM HND MEX NIC PAN PER PRY SLV URY VEN",
}
_BY_STATE = {state: language for language, states in _STATES.items() for state in states.split()}


def host_language(code: str) -> str:
    """Our language code for an ISO 3166-1 alpha-3 code: "SEN" → "fr", "JPN" → "en"."""
    return _BY_STATE.get(code.upper(), "en")
