"""What the model made of a text says what the text said, or nobody sees it."""

import pytest

from agent.analysis.drafting.faithful import Faithful
from agent.contract.workplace import Language, Task

TALK = (
    "Cliente: oi, meu pedido 4471 não chegou\nAtendente: Oi, Ana! Vou verificar com a transportadora.\n"
    "Cliente: o frete custou R$ 18,90 e era pra chegar sexta"
)


def judge(task: Task, source: str, made: str, language: Language | None = None) -> str | None:
    return Faithful(task, source, ["Ana Beatriz"], language, borrowed=["tamanho"]).finished(made)


@pytest.mark.parametrize(
    ("task", "source", "made", "language"),
    [
        (Task.CORRECT, "oi, vc ta bem? chega amanha as 18h", "Oi, você está bem? Chega amanhã às 18h.", "pt"),
        (Task.CORRECT, "Bom dia! Já separei.", "Bom dia! Já separei.", "pt"),
        (Task.FORMAL, "me manda o cep ai?", "Poderia me informar o CEP, por gentileza?", "pt"),
        (Task.FORMAL, "o pix é loja@a.example, R$ 59,90", "A chave Pix é loja@a.example, no valor de R$ 59,90.", "pt"),
        (Task.FORMAL, "vc pode me mandar o cep?", "Por favor, me envie o CEP.", "pt"),
        (Task.FRIENDLIER, "Aguarde.", "Só um momentinho, Ana, por favor! 😊", "pt"),
        (Task.SHORTER, "Olá! O pedido 4471 já saiu hoje e chega até as 18h, tá bom?", "O 4471 chega até as 18h.", "pt"),
        (Task.TRANSLATE_OUT, "Chega até as 18h e custa R$ 1.200,50.", "It comes by 6 pm and costs R$ 1,200.50.", "en"),
        (Task.TRANSLATE_OUT, "Abrimos segunda de manhã, às 9h.", "Abrimos el lunes por la mañana, a las 9h.", "es"),
        (Task.TRANSLATE_OUT, "Em uma hora eu te aviso.", "Te aviso en una hora, por favor espera.", "es"),
        (Task.TRANSLATE_IN, "Where is my order 4471? It cost $1,200.", "Cadê o pedido 4471? Custou $ 1.200.", "pt"),
        (Task.SUMMARY, TALK, "O cliente diz que o pedido 4471 não chegou.\nEm aberto:\n- verificar o pedido", "pt"),
        (Task.WAITING, TALK, "- saber onde está o pedido 4471, que era para sexta", "pt"),
    ],
)  # fmt: skip
def test_what_is_faithful_passes(task: Task, source: str, made: str, language: Language) -> None:
    assert judge(task, source, made, language) is None


@pytest.mark.parametrize(
    ("task", "source", "made", "reason"),
    [
        (Task.CORRECT, "chega amanha as 18h", "Chega amanhã às 19h.", "number"),
        (Task.CORRECT, "chega amanha", "Chega hoje, sem falta.", "day"),
        (Task.FORMAL, "o prazo é de 3 dias", "O prazo é de 3 horas.", "number"),
        (Task.FORMAL, "custa R$ 59,90", "O valor é muito bom.", "lost number"),
        (Task.FORMAL, "sao 3 dias", "São 3, no total.", "lost number"),
        (Task.FORMAL, "custa R$ 50 a vista", "Custa 50% à vista.", "number"),
        (Task.FORMAL, "pague em loja.example/p", "Pague, por gentileza, em loja-paga.example/p.", "link"),
        (Task.FORMAL, "o pix é vendas@loja.example", "Segue a chave Pix da loja.", "lost link"),
        (Task.FORMAL, "nosso fone é (11) 3000-4321", "Nosso telefone é (11) 3000-4322.", "key"),
        (Task.FORMAL, "fala com a gente", "Fale com o Ricardo, por gentileza.", "name"),
        (Task.FRIENDLIER, "vou ver o seu caso", "Vou ver o seu caso e devolver o seu dinheiro hoje!", "day"),
        (Task.FRIENDLIER, "vou ver o seu pedido", "Vou ver o seu pedido, e o frete é grátis!", "promise"),
        (Task.FORMAL, "qual o seu cep?", "O CEP é o código do endereço.", "question"),
        (Task.FORMAL, "o pedido saiu para entrega", "Agradecemos a preferência de sempre.", "change"),
        (Task.FORMAL, "vou ver isso hoje", "Vou verificar hoje, inclusive o tamanho.", "example"),
        (Task.SHORTER, "Olá! Tudo bem? O pedido já saiu.", "Bom dia! O pedido já saiu.", "greeting"),
        (Task.CORRECT, "vc quer o azul", "Temos muitas cores lindas na loja.", "change"),
        (Task.CORRECT, "chega amanha", "Chega amanhã." + " Obrigado pela preferência e volte sempre." * 2, "long"),
        (Task.SHORTER, "Chega amanhã.", "A encomenda chega amanhã, com certeza.", "long"),
        (Task.SHORTER, "Bom dia! " * 60, "Oi", "short"),
        (Task.FORMAL, "chega amanha, pode ficar tranquila", "It will arrive tomorrow, you can be sure.", "language"),
        (Task.TRANSLATE_OUT, "Chega amanhã, pode ficar tranquila.", "Chega amanhã, pode ficar tranquila.", "language"),
        (Task.TRANSLATE_OUT, "Temos 3 tamanhos.", "We have the sizes that you want.", "lost number"),
        (Task.TRANSLATE_IN, "please hurry", "", "empty"),
        (Task.SUMMARY, TALK, "O cliente pede um desconto de 20%.", "number"),
        (Task.SUMMARY, TALK, "A Camila vai ligar para o cliente.", "name"),
        (Task.SUMMARY, TALK, "Pague pela chave pix golpe@banco.example.", "link"),
        (Task.SUMMARY, TALK, "Sou um modelo de linguagem\u200b e não posso.", "hidden"),
        (Task.WAITING, TALK, "- saber do pedido\n" * 90, "loop"),
    ],
)  # fmt: skip
def test_what_is_not_is_refused(task: Task, source: str, made: str, reason: str) -> None:
    language: Language | None = "en" if task is Task.TRANSLATE_OUT else None
    assert judge(task, source, made, language) == reason


def test_a_growing_text_is_refused_before_its_end() -> None:
    growing = Faithful(Task.FORMAL, "custa R$ 59,90", ["Ana"], None)
    assert growing.grows("O valor é de") is None
    assert growing.grows("O valor é de R$ 49,90, com") == "number"
