"""Both services are spoken to as their documentation says, and no fault of theirs becomes ours."""

import pytest

from cms.languages import codes
from cms.languages.machine import (
    InvalidMachineURL,
    MalformedAnswer,
    ProviderRefused,
    ProviderUnavailable,
    QuotaExceeded,
    provider_from_url,
    target_of,
)
from cms.languages.machine.transport import Limits
from tests.languages.translation_service import KEY, Reply, running_service

WATER = {
    "ar": "الماء حق للجميع",
    "zh": "水是人人享有的权利",
    "en": "Water is a right of all",
    "fr": "L’eau est un droit de tous",
    "ru": "Вода — право каждого",
    "es": "El agua es un derecho de todos",
}
SERVICES = ["libretranslate", "deepl"]


@pytest.fixture
def service():
    with running_service() as running:
        yield running


@pytest.fixture
def waits():
    """Seconds that were waited between two attempts, without waiting."""
    return []


def provider(service, name, waits=None, *, options="", **limits):
    limits = Limits(**{"timeout": 5.0, **limits})
    sleep = [].append if waits is None else waits.append
    url = getattr(service, name) + options
    return provider_from_url(url, KEY, limits=limits, sleep=sleep)


def ask(made, texts=("Water",), *, source="en", target="fr", kind="text"):
    return made.translate(list(texts), source=source, target=target, kind=kind)


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("source", codes.CODES)
def test_texts_of_each_language_are_translated_into_the_five_others(service, name, source):
    made = provider(service, name)
    for target in codes.CODES:
        if target != source:
            got = ask(made, [WATER[source], "2026"], source=source, target=target)
            assert got == [f"[{target}] {WATER[source]}", f"[{target}] 2026"]


def test_libretranslate_is_asked_as_it_documents(service):
    ask(provider(service, "libretranslate"), ["<p>水</p>"], source="zh", target="en", kind="html")
    path, headers, body = service.requests[0]
    assert path == "/translate"
    assert body == {
        "q": ["<p>水</p>"],
        "source": "zh",
        "target": "en",
        "format": "html",
        "api_key": KEY,
    }
    assert "Authorization" not in headers


def test_deepl_is_asked_as_it_documents(service):
    made = provider(service, "deepl")
    ask(made, ["<p>水</p>"], source="zh", target="en", kind="html")
    ask(made, ["Water"], source="en", target="zh")
    path, headers, body = service.requests[0]
    assert path == "/v2/translate"
    assert headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
    assert body == {
        "text": ["<p>水</p>"],
        "source_lang": "ZH",
        "target_lang": "EN-GB",
        "tag_handling": "html",
    }
    assert service.requests[1][2] == {
        "text": ["Water"],
        "source_lang": "EN",
        "target_lang": "ZH-HANS",
    }


def test_a_netrc_of_the_machine_does_not_replace_the_key(service, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    ask(provider(service, "deepl"))
    assert service.requests[0][1]["Authorization"] == f"DeepL-Auth-Key {KEY}"
    ask(provider(service, "libretranslate"))
    assert "Authorization" not in service.requests[1][1]


def test_a_server_that_calls_chinese_zh_hans_is_asked_so(service):
    made = provider(service, "libretranslate", options="?zh=zh-Hans")
    ask(made, ["Water"], source="en", target="zh")
    assert service.requests[0][2]["target"] == "zh-Hans"


@pytest.mark.parametrize("name", SERVICES)
def test_blank_texts_are_not_sent_and_keep_their_place(service, name):
    texts = ["", "Water", "  ", "Peace"]
    assert ask(provider(service, name), texts) == ["", "[fr] Water", "  ", "[fr] Peace"]
    assert service.texts == ["Water", "Peace"]
    assert ask(provider(service, name), ["", " "]) == ["", " "]
    assert len(service.requests) == 1


@pytest.mark.parametrize("name", SERVICES)
def test_many_texts_go_in_batches_and_come_back_in_order(service, name):
    texts = [f"Text {number}" for number in range(130)]
    assert ask(provider(service, name), texts) == [f"[fr] {text}" for text in texts]
    assert len(service.requests) == {"deepl": 3, "libretranslate": 6}[name]


@pytest.mark.parametrize("name", SERVICES)
def test_a_batch_is_bounded_by_characters_too(service, name):
    texts = ["a" * 60, "b" * 60, "c" * 500]
    ask(provider(service, name, options="?characters=100&batch=10"), texts)
    assert [len(request[2].get("q", request[2].get("text"))) for request in service.requests] == [
        1,
        1,
        1,
    ]


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_says_later_is_asked_again_when_it_said(service, waits, name, status):
    service.replies.append(Reply(status, headers={"Retry-After": "7"}))
    assert ask(provider(service, name, waits)) == ["[fr] Water"]
    assert waits == [7.0]
    assert len(service.requests) == 2


def test_without_a_time_the_pauses_grow_and_end(service, waits):
    service.replies.extend(Reply(500) for _ in range(5))
    with pytest.raises(ProviderUnavailable, match="try again later"):
        ask(provider(service, "deepl", waits))
    assert waits == [1.0, 2.0]
    assert len(service.requests) == 3


def test_a_service_that_wants_an_hour_is_not_waited_for(service, waits):
    service.replies.append(Reply(429, headers={"Retry-After": "3600"}))
    with pytest.raises(ProviderUnavailable) as refused:
        ask(provider(service, "libretranslate", waits))
    assert refused.value.after == 3600
    assert waits == []


def test_a_date_is_understood_as_a_time_to_wait(service, waits):
    service.replies.append(Reply(503, headers={"Retry-After": "Fri, 01 Jan 2021 00:00:00 GMT"}))
    assert ask(provider(service, "deepl", waits)) == ["[fr] Water"]
    assert waits == [0.0]


@pytest.mark.parametrize("name", SERVICES)
def test_a_refusal_is_passed_on_in_the_service_s_words_without_the_key(service, name):
    words = f"Invalid key {KEY} for you"
    service.replies.append(Reply(403, {"error": words, "message": words}))
    with pytest.raises(ProviderRefused) as refused:
        ask(provider(service, name))
    assert "Invalid key … for you" in str(refused.value)
    assert KEY not in str(refused.value)
    assert not isinstance(refused.value, QuotaExceeded)


def test_a_used_up_quota_of_deepl_is_told_apart(service):
    service.replies.append(Reply(456, {"message": "Quota Exceeded"}))
    with pytest.raises(QuotaExceeded, match="no more characters"):
        ask(provider(service, "deepl"))
    assert len(service.requests) == 1


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    "body",
    [
        b"<html>Bad gateway</html>",
        b"",
        [],
        {"translatedText": "one", "translations": "one"},
        {"translatedText": [], "translations": []},
        {"translatedText": ["a", "b"], "translations": [{"text": "a"}, {"text": "b"}]},
        {"translatedText": [None], "translations": [{"text": None}]},
        {"translatedText": [{"text": "a"}], "translations": ["a"]},
    ],
)
def test_an_answer_of_another_shape_or_number_is_not_taken(service, name, body):
    service.replies.append(Reply(200, body))
    with pytest.raises(MalformedAnswer):
        ask(provider(service, name))


@pytest.mark.parametrize("name", SERVICES)
def test_a_slow_service_has_its_time_and_no_more(service, name):
    service.replies.append(Reply(pause=0.6))
    with pytest.raises(ProviderUnavailable, match="0.2 s"):
        ask(provider(service, name, timeout=0.2))
    assert ask(provider(service, name)) == ["[fr] Water"]


def test_an_answer_that_drips_for_ever_is_left(service):
    service.replies.append(Reply(body=b" " * 200_000, drip=0.05))
    with pytest.raises(ProviderUnavailable):
        ask(provider(service, "deepl", timeout=0.3))


def test_an_endless_answer_is_left(service):
    service.replies.append(Reply(body=b" " * 3000))
    with pytest.raises(MalformedAnswer):
        ask(provider(service, "deepl", size=1000))


def test_the_key_does_not_follow_a_redirection(service):
    with running_service() as elsewhere:
        for status in (301, 302, 307, 308):
            service.replies.append(Reply(status, headers={"Location": f"{elsewhere.base}/x"}))
            with pytest.raises(MalformedAnswer):
                ask(provider(service, "deepl"))
        assert elsewhere.requests == []


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_listening_is_said_without_address_or_key(name):
    with running_service() as gone:
        pass
    with pytest.raises(ProviderUnavailable) as refused:
        ask(provider(gone, name))
    assert KEY not in str(refused.value)
    assert "127.0.0.1" in str(refused.value)


def test_a_failure_in_the_second_batch_gives_nothing_at_all(service):
    service.replies.extend([Reply(), Reply(400, {"error": "no"})])
    with pytest.raises(ProviderRefused):
        ask(provider(service, "libretranslate", options="?batch=1"), ["one", "two"])


# --- the setting ---------------------------------------------------------------------------------


def test_without_an_address_there_is_no_provider():
    assert provider_from_url("") is None
    assert provider_from_url("  ", KEY) is None


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("libretranslate+https://t.example", "https://t.example/translate"),
        ("libretranslate+http://mt:5000/", "http://mt:5000/translate"),
        ("libretranslate+https://t.example/api/translate", "https://t.example/api/translate"),
        ("deepl+https://api-free.deepl.com", "https://api-free.deepl.com/v2/translate"),
        ("deepl+https://api.deepl.com/v2", "https://api.deepl.com/v2/translate"),
        ("deepl+http://[::1]:9", "http://[::1]:9/v2/translate"),
    ],
)
def test_an_address_leads_to_the_service(url, address):
    assert target_of(url).address == address


@pytest.mark.parametrize(
    "url",
    [
        "https://api.deepl.com",
        "google+https://translate.example",
        "deepl+ftp://api.deepl.com",
        "deepl+http://api.deepl.com",
        "deepl+https://",
        "deepl+https://user:pa55@api.deepl.com",
        "deepl+https://api.deepl.com?key=s3cret",
        "deepl+https://api.deepl.com?timeout=soon",
        "deepl+https://api.deepl.com?batch=0",
        "libretranslate+https://t.example?zh=klingon",
        "libretranslate+https://t.example:port",
        "libretranslate+https://[",
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(url):
    with pytest.raises(InvalidMachineURL) as refused:
        provider_from_url(url, KEY)
    for secret in (KEY, "s3cret", "pa55"):
        assert secret not in str(refused.value)


def test_deepl_without_a_key_is_refused():
    with pytest.raises(InvalidMachineURL, match="MACHINE_TRANSLATION_KEY"):
        provider_from_url("deepl+https://api.deepl.com", "")
    assert provider_from_url("libretranslate+https://t.example", "") is not None


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_printed_of_a_provider_holds_no_key(service, name):
    made = provider(service, name)
    assert KEY not in repr(made) + repr(made._transport) + repr(vars(made._transport)["_auth"])
