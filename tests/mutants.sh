#!/usr/bin/env bash
# Mutants of some rooms of the engine: tests/mutants.sh FOLDER "ROOM..." [FILTER]
# FOLDER is outside the repository; it takes a copy of the sources, and the report. A ROOM is a path beneath Engine, such as Losses or Network*.cs.
# FILTER is of the tests; without one, those of tests/.../Engine that neither start processes, nor count what is allocated, nor take seconds.
# In the copy every other file begins with "Stryker disable all": the kernels run at their full speed, where a check for the active mutant
# in each expression of a loop makes training twenty times slower, and it compiles in less time. Of the tests the engine's alone are compiled.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(realpath -m "$1") rooms=$2
tests=tests/Microsoft.ML.SimpleNn.Tests

mkdir -p "$folder/copy"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read -cf -) | tar -C "$folder/copy" -xf -

cd "$folder/copy/src/Microsoft.ML.SimpleNn"
chosen=()
for room in $rooms; do
    [[ $room == *.cs ]] && chosen+=(-path "./Engine/$room" -o) || chosen+=(-path "./Engine/$room/*" -o)
done
find . -name '*.cs' -not -path './obj/*' -not -path './bin/*' -not \( "${chosen[@]}" -false \) -exec sed -i '1i // Stryker disable all' {} +

cd "$folder/copy"
sed -i 's|</PropertyGroup>|<RunAnalyzers>false</RunAnalyzers></PropertyGroup>|' Directory.Build.props
cd "$tests"
sed -i '/ProjectReference/{/src\/Microsoft.ML.SimpleNn\//!d}; /AssemblyMetadata/d' Microsoft.ML.SimpleNn.Tests.csproj
find . -name '*.cs' -not -path './Engine/*' -not -path './obj/*' -not -path './bin/*' \
    -not -name GlobalUsings.cs -not -path './Examples/TemporaryFolder.cs' -not -path './Data/Listener.cs' -delete
rm -f Engine/Training/DeterminismTests.cs

classes=$(grep -rl '^public.* class .*Tests' Engine --include='*Tests.cs' | grep -v -e /Kernels/ -e AllocationTests \
    | sed 's|.*/\(.*\)\.cs|FullyQualifiedName~.\1.|' | sort | paste -sd '|')
filter=${3:-"($classes)&FullyQualifiedName!~llocat&FullyQualifiedName!~Memory_does_not_follow&FullyQualifiedName!~of_the_masked_network"}
dotnet tool restore > /dev/null
dotnet stryker --mutate '**/Engine/**/*.cs' --test-case-filter "$filter" --output "$folder"
