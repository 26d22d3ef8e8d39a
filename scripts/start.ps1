# Prepares everything (quick when it is prepared) and starts Balcão.
#   scripts\start.ps1 [ARGUMENTS of `python -m agent run`]
#   scripts\start.ps1 --demo [ARGUMENTS of `python -m agent demo`]    a scripted afternoon on the stand-in page
#   scripts\start.ps1 --retry [...]                                   build llama-cpp-python again
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$supported = 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

# The words of the first command that is a fitting Python; the launcher `py` knows every installed version.
function Find-Python {
    foreach ($candidate in 'py -3.13', 'py -3.12', 'py -3.11', 'python3', 'python') {
        $words = $candidate -split ' '
        if (-not (Get-Command $words[0] -ErrorAction SilentlyContinue)) { continue }
        $rest = @($words | Select-Object -Skip 1)
        try { & $words[0] @rest -c $supported 2>$null } catch { continue }
        if ($LASTEXITCODE -eq 0) { return $candidate }
    }
}

$setup = @()
$command = 'run'
$left = @($args)
while ($left.Count -gt 0) {
    if ($left[0] -eq '--demo') { $command = 'demo' }
    elseif ($left[0] -eq '--retry') { $setup += '--retry' }
    else { break }
    $left = @($left | Select-Object -Skip 1)
}
# The demo shows drafts, so it waits for the model; otherwise people get to work while the model is downloaded.
if ($command -eq 'run') { $setup += '--model-in-background' }

$python = Find-Python
if (-not $python) {
    [Console]::Error.WriteLine(
        'Instale o Python 3.11, 3.12 ou 3.13 e tente de novo. (Install Python 3.11, 3.12 or 3.13 and try again.)')
    exit 1
}
$words = @($python -split ' ')
$before = @($words | Select-Object -Skip 1)
& $words[0] @before (Join-Path $PSScriptRoot 'setup.py') @setup
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$env:PYTHONPATH = $root
& (Join-Path $root '.venv\Scripts\python.exe') -m agent $command @left
exit $LASTEXITCODE
