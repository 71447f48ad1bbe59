#!/bin/sh
# The hook under the real pre-commit, without a network. $1 is the program.
set -u
program=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/facts.sh"
command -v pre-commit >/dev/null || skip 'pre-commit is not installed'
command -v git >/dev/null || skip 'git is not installed'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" PRE_COMMIT_HOME="$work/cache" GIT_CONFIG_NOSYSTEM=1
unset COMPOSELINT GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
git config --global user.name tester
git config --global user.email tester@localhost
git config --global init.defaultBranch main
git config --global protocol.file.allow always

# What pre-commit takes of this repository. A copy, because this tree may be a tarball.
mkdir -p "$work/hook/scripts" "$work/bin" "$work/project/ops"
cp "$root/.pre-commit-hooks.yaml" "$work/hook/"
cp "$root/scripts/pre-commit-hook.sh" "$work/hook/scripts/"
(cd "$work/hook" && git init -q && git add . && git commit -qm hook) || exit 1

cd "$work/project" || exit 1
git init -q
cat >compose.yaml <<'EOF'
services:
  db:
    image: postgres:16
EOF
try() {
  git add -A
  pre-commit try-repo "$work/hook" composelint 2>&1
}

printf '#!/bin/sh\nset -eu\ndocker compose exec db psql -v ON_ERROR_STOP=1 -U app app <"$1"\n' >ops/restore.sh
text=$(try)
fact 'without the program the hook fails' "$?" 1
says 'and says how to get it' "$text" './dev demo'

ln -s "$program" "$work/bin/composelint"
export PATH="$work/bin:$PATH"
text=$(try)
fact 'a risky script is refused' "$?" 1
says 'with the finding' "$text" 'exec-stdin-without-t'
says 'at its place' "$text" 'ops/restore.sh:3'

cat >ops/restore.sh <<'EOF'
#!/bin/sh
set -eu
docker compose exec -T db pg_dump -U app app >"before-$(date +%F-%H%M%S).sql"
docker compose exec -T db psql -v ON_ERROR_STOP=1 -U app app <"$1"
EOF
text=$(try)
fact 'a safe one passes' "$?" 0
says 'and was looked at' "$text" 'Passed'

git commit -qm safe --no-verify
printf 'replicas: 2\nimage: {tag: latest}\n' >values.yaml
text=$(try)
fact 'YAML that is no compose file passes' "$?" 0

git add -A && git commit -qm values --no-verify
echo words >notes.txt
says 'files of other kinds are not looked at' "$(try)" 'Skipped'
conclude
