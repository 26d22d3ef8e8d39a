"""What the set-up says, in Portuguese (the default) and English."""

import os
import re
from pathlib import Path

PORTUGUESE = {
    "venv": "Ambiente Python (.venv)",
    "packages": "Pacotes Python",
    "llama": "llama-cpp-python (rascunhos de resposta)",
    "llama_time": "compila em cerca de 6 minutos com 2 núcleos; só na primeira vez",
    "browser": "Navegador (Chrome ou Chromium)",
    "display": "Xvfb (tela virtual para os testes)",
    "shell": "Chromium sem janelas (para os testes)",
    "office": "LibreOffice Calc (para os testes dos relatórios)",
    "window": "Tk (janela do supervisor)",
    "model": "Modelo de linguagem",
    "ready": "já estava pronto",
    "done": "pronto",
    "in_background": "obtido em segundo plano se faltar; andamento em {log}",
    "failed": "não deu certo",
    "finished": "Tudo pronto em {seconds:.0f} s.",
    "finished_without": "Pronto em {seconds:.0f} s, com as limitações acima.",
    "no_venv": "O ambiente Python não pôde ser criado ({why}). No Debian ou Ubuntu, instale python3-venv.",
    "no_packages": "Os pacotes Python não puderam ser instalados ({why}). Verifique a conexão e tente de novo; detalhes"
    " em {log}.",
    "no_llama": "O llama-cpp-python não pôde ser instalado ({why}). O Balcão funciona com as respostas prontas, sem"
    " rascunhos do modelo. Detalhes em {log}; para tentar de novo: scripts/start --retry.",
    "encoder": "Codificador de frases (entende melhor as mensagens)",
    "no_encoder": "O codificador de frases não pôde ser instalado ({why}). O Balcão entende as mensagens um pouco"
    " menos bem sem ele e tenta de novo no próximo início.",
    "no_compiler": "falta um compilador C++ (g++ ou clang++)",
    "no_browser": "Nenhum Chrome ou Chromium foi encontrado nem pôde ser instalado. Instale um dos dois e inicie de"
    " novo; sem navegador o Balcão não abre o WhatsApp Web.",
    "no_display": "O Xvfb não pôde ser instalado: os testes usam o navegador sem janela e as capturas de tela ficam de"
    " fora.",
    "no_shell": "O chromium-headless-shell não pôde ser instalado: os testes usam o navegador comum e demoram mais.",
    "no_office": "O LibreOffice não pôde ser instalado: os testes que abrem os relatórios nele ficam de fora. No Debian"
    " ou Ubuntu, instale libreoffice-calc.",
    "no_window": "O Tk não pôde ser instalado: a janela do supervisor não abre neste computador. No Debian ou Ubuntu,"
    " instale python3-tk. Todo o resto funciona.",
    "no_model": "O modelo não pôde ser obtido ({why}). O Balcão funciona com as respostas prontas, sem rascunhos do"
    " modelo, e tenta de novo no próximo início.",
    "stopped": "A preparação parou ({why}). Resolva isso e tente de novo.",
    "wrong_python": "O Balcão precisa do Python 3.11, 3.12 ou 3.13; este é o {found}.",
}

ENGLISH = {
    "venv": "Python environment (.venv)",
    "packages": "Python packages",
    "llama": "llama-cpp-python (drafts of replies)",
    "llama_time": "compiles in about 6 minutes on 2 cores; only the first time",
    "browser": "Browser (Chrome or Chromium)",
    "display": "Xvfb (virtual display for the tests)",
    "shell": "Chromium without windows (for the tests)",
    "office": "LibreOffice Calc (for the tests of the reports)",
    "window": "Tk (the supervisor's window)",
    "model": "Language model",
    "ready": "was ready",
    "done": "done",
    "in_background": "fetched in the background if it is missing; progress in {log}",
    "failed": "did not work",
    "finished": "All ready in {seconds:.0f} s.",
    "finished_without": "Ready in {seconds:.0f} s, with the limits said above.",
    "no_venv": "The Python environment could not be made ({why}). On Debian or Ubuntu install python3-venv.",
    "no_packages": "The Python packages could not be installed ({why}). Check the connection and try again; details in"
    " {log}.",
    "no_llama": "llama-cpp-python could not be installed ({why}). Balcão works with the canned replies, without the"
    " model's drafts. Details in {log}; to try again: scripts/start --retry.",
    "encoder": "Sentence encoder (understands messages better)",
    "no_encoder": "The sentence encoder could not be installed ({why}). Balcão understands messages a little less well"
    " without it, and tries again at the next start.",
    "no_compiler": "there is no C++ compiler (g++ or clang++)",
    "no_browser": "No Chrome or Chromium was found, and none could be installed. Install one and start again; without a"
    " browser Balcão cannot open WhatsApp Web.",
    "no_display": "Xvfb could not be installed: the tests use the browser without a window, and screenshots are left"
    " out.",
    "no_shell": "chromium-headless-shell could not be installed: the tests use the ordinary browser and take longer.",
    "no_office": "LibreOffice could not be installed: the tests that open the reports in it are left out. On Debian or"
    " Ubuntu install libreoffice-calc.",
    "no_window": "Tk could not be installed: the supervisor's window does not open on this computer. On Debian or"
    " Ubuntu install python3-tk. Everything else works.",
    "no_model": "The model could not be had ({why}). Balcão works with the canned replies, without the model's drafts,"
    " and tries again at the next start.",
    "stopped": "The set-up stopped ({why}). Put that right and try again.",
    "wrong_python": "Balcão needs Python 3.11, 3.12 or 3.13; this is {found}.",
}


def words(root: Path) -> dict[str, str]:
    """The texts in the language that is set: ``BALCAO_LANGUAGE``, else ``language`` in config.yaml, else Portuguese.

    The agent's own reader of settings is not there yet: its packages are what is being installed.
    """
    config = root / "config.yaml"
    text = config.read_text("utf-8", errors="replace") if config.is_file() else ""
    found = re.search(r"^language:\s*[\"']?([\w-]+)", text, re.MULTILINE)
    language = os.environ.get("BALCAO_LANGUAGE") or (found.group(1) if found else "pt-BR")
    return ENGLISH if language == "en" else PORTUGUESE
