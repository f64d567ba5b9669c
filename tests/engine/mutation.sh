#!/bin/sh
# Mutation testing of the engine with mutmut 3, in a directory of its own.
#
#   tests/engine/mutation.sh [directory]      needs mutmut, pytest, hypothesis, portion
#
# Survivors and what is known of them: tests/engine/MUTATION.md
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work/tests"
cp -r "$root/addons/chain_attendance_engine" "$work/"
cp -r "$root/tests/engine" "$work/tests/"
touch "$work/tests/__init__.py"
# mutmut calls the tests with a mutant's number; arbitrary days are left to the
# ordinary run, the examples are what a mutant has to survive.
rm -f "$work/tests/engine/test_properties.py" "$work/tests/engine/strategies.py"
rm -f "$work/tests/engine/test_scenarios.py"  # needs the loader beside the engine
cat > "$work/setup.cfg" <<'CONFIG'
[mutmut]
paths_to_mutate=chain_attendance_engine/
pytest_add_cli_args_test_selection=
    tests/engine
do_not_mutate=
    */__init__.py
    */__manifest__.py
also_copy=
    tests
CONFIG
cat > "$work/pyproject.toml" <<'CONFIG'
[tool.pytest.ini_options]
addopts = "--import-mode=importlib -q"
pythonpath = ["."]
testpaths = ["tests"]
CONFIG
cd "$work"
mutmut run --max-children "${MUTATION_CHILDREN:-2}"
mutmut results | grep -v killed > survivors.txt || true
