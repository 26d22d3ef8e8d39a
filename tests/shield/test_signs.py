"""Each rule by its edges, and any text at all."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.contract.cares import CareCode
from agent.shield import Company, Sign, read_signs
from agent.shield.company import Company as Own
from agent.shield.files import is_dangerous_file, plain_name
from agent.shield.hosts import hosts_in, registrable
from agent.shield.keys import key_of, keys_in
from agent.shield.lookalikes import brands, is_one_edit, lookalike, skeleton

LONGEST = 60_000


def test_the_signs_are_codes_of_the_contract():
    assert {sign.value for sign in Sign} < {code.value for code in CareCode}


@pytest.mark.parametrize(
    "name",
    [
        *("nota.zip", "fotos.RAR", "a.7z", "boleto.lnk", "app.apk", "setup.exe", "x.scr", "x.js", "x.vbs", "x.bat"),
        *("x.cmd", "x.iso", "x.msi", "contrato.docm", "planilha.xlsm", "nota.pdf.exe", "nota.pdf .exe", "nota.exe ."),
        *("nota\u202efdp.exe", "foto\u202egnp.jpg", "ｎｏｔａ．ｅｘｅ", "nota.e\u200bxe", "a" * 500 + ".exe"),
    ],
)
def test_files_that_run_or_hide(name):
    assert is_dangerous_file(name)


@pytest.mark.parametrize(
    "name",
    [
        "nota.pdf",
        "foto.jpg",
        "planilha.xlsx",
        "contrato.docx",
        "exe",
        "zip",
        "nota fiscal 10.5",
        "manual do zip.pdf",
        "",
    ],
)
def test_files_that_do_not(name):
    assert not is_dangerous_file(name)


def test_a_turned_name_is_shown_in_its_own_order():
    assert plain_name("nota_\u202efdp.exe") == "nota_fdp.exe"


@pytest.mark.parametrize(
    ("host", "whole"),
    [
        ("www.itau.com.br", "itau.com.br"),
        ("itau.com.br", "itau.com.br"),
        ("itau.com.br.x.xyz", "x.xyz"),
        ("a.b.example", "b.example"),
        ("example", "example"),
    ],
)
def test_what_was_registered(host, whole):
    assert registrable(host) == whole


def test_hosts_with_and_without_a_scheme():
    text = "veja https://a.example/x?y=1, www.b.com.br e c.com. e-mail: x@d.com; 10.5 boa tarde.voces nota.pdf"
    assert [host.name for host in hosts_in(text)] == ["a.example", "b.com.br", "c.com", "d.com"]


@pytest.mark.parametrize("brand", [one for one in brands() if len(one.label) >= 4], ids=lambda one: one.label)
def test_no_brand_looks_like_another_and_all_are_known(brand):
    for domain in brand.domains:
        for address in (domain, f"www.{domain}", f"https://conta.{domain}/x", f"nome@{domain}"):
            assert lookalike(address) is None, address


@pytest.mark.parametrize("brand", [one for one in brands() if len(one.label) >= 6], ids=lambda one: one.label)
def test_each_brand_is_guarded_against_each_trick(brand):
    domain = next(one for one in sorted(brand.domains) if one.startswith(f"{brand.label}."))
    # Nobody but the state can register under gov.br.
    ending = domain.removeprefix(brand.label).replace(".gov.br", ".com.br")
    tricks = [
        f"https://{domain}.conta.xyz",
        f"{brand.label}-seguro.com",
        f"https://{brand.label[:-1]}{ending}",
        f"https://{brand.label[0]}{brand.label}{ending}",
    ]
    assert [trick for trick in tricks if lookalike(trick) is None] == []
    assert lookalike(f"https://{domain}@x.example/") is not None


def test_letters_of_another_alphabet():
    host = lookalike("https://it\u0430u.com.br/")
    assert host is not None
    assert "xn--" in host
    assert lookalike("https://padaria-são-joão.com.br") is None


def test_the_companys_own_domain_is_guarded_too():
    own = Company.read(domains=["https://www.lojadaana.com.br/", "Padaria.example"])
    assert own.domains == {"lojadaana.com.br", "padaria.example"}
    assert lookalike("pague em lojadana.com.br", own.domains) == "lojadana.com.br"
    assert lookalike("veja www.lojadaana.com.br/pix", own.domains) is None


def test_looks_and_edits():
    assert skeleton("1tau") == skeleton("itau")
    assert skeleton("arnazon") == skeleton("amazon")
    assert all(is_one_edit("correios", other) for other in ("correos", "correioss", "corre1os", "corerios"))
    assert not any(is_one_edit("correios", other) for other in ("correios", "corr", "correiosss", "rocerios"))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("chave pix: 529.982.247-25", ["52998224725"]),
        ("pix 11 90000-0012", ["+5511900000012"]),
        ("a chave é ana@correio.example", ["ana@correio.example"]),
        ("123e4567-e89b-12d3-a456-426614174000", ["123e4567-e89b-12d3-a456-426614174000"]),
        ("aceita pix? meu zap é 11 90000-0012", []),
        ("meu cpf é 529.982.247-25", []),
        ("manda no pix e me liga no 11 90000-0012", []),
    ],
)
def test_keys_are_what_the_text_calls_so(text, keys):
    assert [key.value for key in keys_in(text)] == keys


def test_whose_key_it_is():
    assert keys_in("minha chave pix é 11 90000-0012")[0].own
    assert keys_in("pode estornar no pix 11 90000-0012")[0].own
    assert not keys_in("fiz o pix na chave 11 90000-0012")[0].own


def test_keys_of_the_settings_are_spelled_alike():
    assert key_of(" 529.982.247-25 ") == key_of("52998224725") == "52998224725"
    assert key_of("Ana@Correio.Example") == "ana@correio.example"
    own = Own.read(["11 90000-0012"], texts=["pix: caixa@loja.example"])
    assert own.keys == {"+5511900000012", "caixa@loja.example"}


PIECES = st.sampled_from(
    (
        *(
            "a",
            "a.",
            ". ",
            "á",
            "1 ",
            "www.",
            "@",
            "xn--a.",
            "....",
            "? ",
            "\u202e",
            "а.com ",
            "\u200b",
            "  ",
            "\n",
            "_",
            "-",
        ),
        *("chave pix mudou ", "me manda o código ", "itau.com.br ", "https://itau.com.br.x.xyz ", "código que chegou "),
        *("pix 11 90000-0012 ", "conta nova ", "http://a@b.c/", "anydesk ", "qual a senha ", "000201", "\ud800", "😀"),
        "br.gov.bcb.pix01",
    )
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)), st.none() | st.text(max_size=80))
def test_any_text_can_be_read(text, name):
    signs = read_signs(text, name, Company())
    assert len(signs.found) <= len(Sign)
    assert signs == read_signs(text, name, Company())


@pytest.mark.parametrize(
    "piece",
    sorted(
        {
            "a",
            "1 ",
            "a.",
            "....",
            "? ",
            "chave pix mudou ",
            "me manda o código ",
            "pix 11 90000-0012 ",
            "https://itau.com.br.x.xyz ",
            "conta ",
            "а.com ",
            "@",
            " ",
            "qual a senha ",
        }
    ),
)
def test_time_grows_with_the_length(piece):
    """Ten times the text takes about ten times as long; a rule that goes back and forth would take a hundred times."""

    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        taken = []
        for _ in range(3):
            start = time.process_time()
            read_signs(text)
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(LONGEST) <= 30 * max(seconds(LONGEST // 10), 0.002)


def test_a_long_made_up_message_is_read():
    chance = random.Random(7)  # noqa: S311 - words, no secret
    words = ("oi", "pix", "chave", "código", "me", "manda", "www.itau.com.br", "11", "90000-0012", "mudou", ".", "\n")
    signs = read_signs(" ".join(chance.choice(words) for _ in range(LONGEST // 4))[:LONGEST])
    assert {key.value for key in signs.keys} <= {"900000012", "+5511900000012"}
