"""What further is said of a refusal, with its numbers and names in it, by key and language."""

from collections.abc import Mapping

DETAILS: Mapping[str, Mapping[str, str]] = {
    "pt-BR": {
        "full": "Já existem {most}, e não cabe mais nenhum. Exclua um antes.",
        "taken": "“{name}” já é usado por outra resposta. Escolha outro.",
        "file_changed": "{file} não pode ser alterado por aqui sem perder o que está escrito nele. Edite o arquivo.",
        "several_people": "{count} clientes têm este número de telefone. Diga qual pelo número do cadastro: {numbers}.",
        "refused_address": "Este endereço fica dentro da rede e não pode ser avisado. Veja webhooks.private_addresses.",
        "plain_http": "Este endereço não é cifrado. Use https.",
        "refused_url": "Este endereço não pode ser usado. Escreva-o inteiro, com https, sem usuário nem senha.",
        "unfit_file": "{file} não pode ser lido. Salve-o como texto em UTF-8; tabelas precisam de pergunta e resposta.",
        "unfit_line": (
            "{file}, linha {line}: não pode ser lida. Numa tabela, cada linha tem pergunta e resposta; textos, UTF-8."
        ),
    },
    "en": {
        "full": "There are {most} already, and there is no room for another. Remove one first.",
        "taken": "“{name}” is used by another reply already. Choose another one.",
        "file_changed": "{file} cannot be changed from here without losing what is written in it. Edit the file.",
        "several_people": "{count} customers have this telephone number. Name one by its own number: {numbers}.",
        "refused_address": "This address lies inside the network and may not be told. See webhooks.private_addresses.",
        "plain_http": "This address is not encrypted. Use https.",
        "refused_url": "This address cannot be used. Write all of it: https, name, path; no user, no password.",
        "unfit_file": "{file} cannot be read. Save it as text in UTF-8; a table needs a question and an answer.",
        "unfit_line": (
            "{file}, line {line}: it cannot be read. In a table each line has a question and an answer; texts, UTF-8."
        ),
    },
    "es": {
        "full": "Ya existen {most}, y no cabe ninguno más. Elimine uno antes.",
        "taken": "“{name}” ya lo usa otra respuesta. Elija otro.",
        "file_changed": "{file} no se puede cambiar desde aquí sin perder lo que está escrito en él. Edite el archivo.",
        "several_people": "{count} clientes tienen este número de teléfono. Diga cuál por su número propio: {numbers}.",
        "refused_address": "Esta dirección está dentro de la red y no se puede avisar. Vea webhooks.private_addresses.",
        "plain_http": "Esta dirección no está cifrada. Use https.",
        "refused_url": "Esta dirección no se puede usar. Escríbala entera, con https, sin usuario ni contraseña.",
        "unfit_file": "{file} no se puede leer. Guárdelo como texto en UTF-8; una tabla necesita pregunta y respuesta.",
        "unfit_line": (
            "{file}, línea {line}: no se puede leer. En una tabla, cada línea tiene pregunta y respuesta; texto, UTF-8."
        ),
    },
}
