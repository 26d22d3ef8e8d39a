"""The words of the API's errors: title and what to do, by code and language."""

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "pt-BR": {
        "bad_request": ("Pedido inválido", "O pedido não pôde ser lido. Confira o formato e envie de novo."),
        "invalid": ("Dados inválidos", "Um ou mais campos não podem ser aceitos. Corrija-os e envie de novo."),
        "not_signed_in": ("Entrada necessária", "Entre com seu usuário, ou envie um token válido."),
        "wrong_login": ("Usuário ou senha incorretos", "Confira o usuário, a senha e o código, e tente de novo."),
        "code_needed": ("Código necessário", "Informe também o código do seu aplicativo autenticador."),
        "locked": ("Conta bloqueada por um tempo", "Houve tentativas demais. Espere e tente de novo."),
        "weak_password": (
            "Senha fácil demais",
            "Nem o nome do usuário, nem a senha antiga: junte palavras sem relação.",
        ),
        "forbidden": ("Sem permissão", "Seu papel ou sua chave não permite isso. Fale com quem administra."),
        "setup_needed": ("Falta um passo", "Antes, escolha sua própria senha e configure o aplicativo autenticador."),
        "not_found": ("Não encontrado", "O que foi pedido não existe, ou não existe mais."),
        "method": ("Método não aceito", "Este endereço não aceita esse método. Veja o cabeçalho Allow."),
        "conflict": ("Conflito", "O pedido não combina com o estado atual. Leia de novo e repita."),
        "no_page": ("Nenhuma página aberta", "A sessão está parada ou ainda abre. Inicie-a, ou espere um pouco."),
        "headless": (
            "O navegador não tem janela",
            "Este agente roda sem janela (browser.headless). Desligue isso no config.yaml e reinicie para vê-la.",
        ),
        "not_confirmed": ("Falta confirmar", "Repita em `confirm` o nome do backup que deve ser restaurado."),
        "unfit_backup": (
            "Este backup não serve",
            "Ele está danificado, é de outro perfil ou de um Balcão mais novo. Escolha outro; nada foi alterado.",
        ),
        "no_restart": (
            "Este programa não se reinicia",
            "A demonstração e as provas não restauram. Use o comando restore com o agente parado.",
        ),
        "unfit_recording": (
            "Esta gravação não pode ser lida",
            "O arquivo está danificado ou é de um Balcão mais novo. Copie-o de novo de onde foi feito, ou grave outra.",
        ),
        "no_picture": (
            "Sem imagem da página",
            "Esta gravação não tem uma página que possa ser mostrada. Os acontecimentos dela podem ser lidos.",
        ),
        "no_browser": (
            "Sem navegador para mostrar a página",
            "O Chromium não foi encontrado ou não abriu na máquina do agente. Instale-o, ou veja browser.executable.",
        ),
        "key_reused": ("Chave repetida", "Esta Idempotency-Key já foi usada com outro pedido. Use uma nova."),
        "in_progress": ("Em andamento", "O mesmo pedido ainda está sendo feito. Espere um pouco e repita."),
        "too_large": ("Pedido grande demais", "Envie menos de uma vez."),
        "too_deep": ("JSON aninhado demais", "Envie uma estrutura mais simples."),
        "too_slow": ("Pedido lento demais", "O pedido não chegou inteiro a tempo. Envie de novo."),
        "media": ("Formato não aceito", "Envie JSON em UTF-8, com Content-Type: application/json."),
        "too_many": ("Pedidos demais", "Espere o tempo do cabeçalho Retry-After e tente de novo."),
        "unavailable": ("Indisponível agora", "Esta parte não está pronta ou está desligada. Tente mais tarde."),
        "unexpected": ("Erro inesperado", "Algo falhou aqui. Nada do que estava guardado se perdeu; veja o log."),
    },
    "en": {
        "bad_request": ("Bad request", "The request could not be read. Check its format and send it again."),
        "invalid": ("Invalid data", "One or more fields cannot be accepted. Correct them and send it again."),
        "not_signed_in": ("Sign-in needed", "Sign in, or send a valid token."),
        "wrong_login": ("Wrong user or password", "Check the user, the password and the code, and try again."),
        "code_needed": ("Code needed", "Give the code of your authenticator app too."),
        "locked": ("Account locked for a while", "There were too many attempts. Wait, then try again."),
        "weak_password": (
            "Password too easy",
            "Not the user's name, not the old one: take words that are not related.",
        ),
        "forbidden": ("Not allowed", "Your role or your key does not allow this. Ask an administrator."),
        "setup_needed": ("One step is missing", "First choose your own password and set up the authenticator app."),
        "not_found": ("Not found", "What was asked for does not exist, or no longer does."),
        "method": ("Method not allowed", "This address does not take that method. See the header Allow."),
        "conflict": ("Conflict", "The request does not fit the present state. Read it again and repeat."),
        "no_page": ("No page is open", "The session is stopped or still opening. Start it, or wait a little."),
        "headless": (
            "The browser has no window",
            "This agent runs without one (browser.headless). Turn that off in config.yaml and restart to see it.",
        ),
        "not_confirmed": ("Not confirmed", "Repeat in `confirm` the name of the backup that is to be restored."),
        "unfit_backup": (
            "This backup cannot be restored",
            "It is damaged, of another profile, or of a newer Balcão. Choose another one; nothing was changed.",
        ),
        "no_restart": (
            "This program does not start itself again",
            "The demo and the trials do not restore. Use the command restore with the agent stopped.",
        ),
        "unfit_recording": (
            "This recording cannot be read",
            "The file is damaged, or of a newer Balcão. Copy it again from where it was made, or record another one.",
        ),
        "no_picture": (
            "No picture of the page",
            "This recording has no page that can be shown. What happened in it can be read.",
        ),
        "no_browser": (
            "No browser to show the page",
            "Chromium was not found, or did not open, on the agent's machine. Install it, or see browser.executable.",
        ),
        "key_reused": ("Key used before", "This Idempotency-Key was used for another request. Take a new one."),
        "in_progress": ("In progress", "The same request is still being worked on. Wait a little and repeat it."),
        "too_large": ("Request too large", "Send less at once."),
        "too_deep": ("JSON nested too deeply", "Send something simpler."),
        "too_slow": ("Request too slow", "The request did not arrive whole in time. Send it again."),
        "media": ("Format not accepted", "Send JSON in UTF-8, with Content-Type: application/json."),
        "too_many": ("Too many requests", "Wait for the time in the header Retry-After, then try again."),
        "unavailable": ("Not available now", "This part is not ready or is switched off. Try again later."),
        "unexpected": ("Unexpected error", "Something failed here. Nothing that was stored is lost; see the log."),
    },
}
