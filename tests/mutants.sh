#!/usr/bin/env bash
# Mutants of some rooms of the engine: tests/mutants.sh FOLDER "ROOM..." [FILTER]
# FOLDER is outside the repository; it takes a copy of the sources, and the report. A ROOM is a path beneath Engine, such as Losses or Network*.cs.
# FILTER is of the tests; without one, those of tests/.../Engine that neither start processes, nor count what is allocated, nor take seconds.
# In the copy every other file begins with "Stryker disable all": the kernels run at their full speed, where a check for the active mutant
# in each expression of a loop makes training twenty times slower, and it compiles in less time.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$1 rooms=$2 tests=$root/tests/Microsoft.ML.SimpleNn.Tests

engine_tests() {
    grep -rl '^public.* class .*Tests' "$tests/Engine" --include='*Tests.cs' | grep -v -e /Kernels/ -e DeterminismTests -e AllocationTests \
        | sed 's|.*/\(.*\)\.cs|FullyQualifiedName~.\1.|' | sort | paste -sd '|'
}
filter=${3:-"($(engine_tests))&FullyQualifiedName!~llocat&FullyQualifiedName!~Memory_does_not_follow&FullyQualifiedName!~of_the_masked_network"}

mkdir -p "$folder/copy"
git -C "$root" ls-files -z --cached --others --exclude-standard | (cd "$root" && tar --null --files-from=- --ignore-failed-read -cf - | tar -C "$folder/copy" -xf -)
cd "$folder/copy/src/Microsoft.ML.SimpleNn"
chosen=()
for room in $rooms; do
    [[ $room == *.cs ]] && chosen+=(-path "./Engine/$room" -o) || chosen+=(-path "./Engine/$room/*" -o)
done
find . -name '*.cs' -not -path './obj/*' -not -path './bin/*' -not \( "${chosen[@]}" -false \) -exec sed -i '1s|^\xEF\xBB\xBF||; 1i // Stryker disable all' {} +
sed -i 's|</PropertyGroup>|<RunAnalyzers>false</RunAnalyzers></PropertyGroup>|' "$folder/copy/Directory.Build.props"
cd "$folder/copy/tests/Microsoft.ML.SimpleNn.Tests"
dotnet tool restore > /dev/null
dotnet stryker --mutate '**/Engine/**/*.cs' --test-case-filter "$filter" --output "$folder"
