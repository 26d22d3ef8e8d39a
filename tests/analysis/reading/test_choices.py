"""The list from which a person corrects an intent."""

from agent.analysis.reading.choices import intent_choices
from agent.analysis.reading.intents_file import OwnIntent, OwnIntents

LIKELY = {"price": 0.1, "stock": 0.5, "delivery": 0.3, "thanks": 0.05, "ajuste": 0.05, "other": 0.0}


def test_the_likeliest_three_and_all_of_the_business_s_own_likeliest_first() -> None:
    found = intent_choices(LIKELY, {"ajuste": "Ajuste de barra"})
    assert [(choice.name, choice.title) for choice in found] == [
        ("stock", None),
        ("delivery", None),
        ("price", None),
        ("ajuste", "Ajuste de barra"),
    ]


def test_an_own_intent_that_no_model_knows_yet_may_be_chosen_too() -> None:
    assert intent_choices(LIKELY, {"vip": "Clube VIP"})[-1].name == "vip"
    assert [choice.name for choice in intent_choices({}, {"vip": "Clube VIP"})] == ["vip"]


def test_a_business_names_its_own_intents_and_may_rename_built_in_ones() -> None:
    example = ("encurta a calça?",)
    own = OwnIntents(
        intents={
            "ajuste": OwnIntent(title="Ajuste de barra", examples=example),
            "vip": OwnIntent(examples=example),
            "price": OwnIntent(examples=example),
            "scheduling": OwnIntent(title="Prova de roupa", examples=example),
        }
    )
    assert own.titles() == {"ajuste": "Ajuste de barra", "vip": "vip", "scheduling": "Prova de roupa"}
