# Sourced after lib.sh by the tests that look for secrets: a protected stack that is running, and a
# canary wherever a stack or a terminal has a secret. finish (lib.sh) looks for them.
make_stack
cat >.composelint.yaml <<EOF
guard:
  environments:
    - name: production
      projects: $project
EOF
printf 'secrets: {pw: {file: ./pw.txt}, own: {environment: OWN_PW}}\n' >>compose.yaml
echo "canary-secretfile-$$" >pw.txt
export OWN_PW="canary-variable-$$"
sed -i 's/    command: serve/    command: serve\n    secrets: [pw, own]/' compose.yaml
start_stack
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'
export AWS_SECRET_ACCESS_KEY="canary-cloud-$$"
show() { guard "$@"; }
exec_app='docker compose exec -T app'
in_base64=$(printf 'app:canary-database-%s' $$ | base64)
in_address="canary%2Ddatabase%2D$$"

# The canaries that are written otherwise, and whether there was anything to look through.
no_canary() {
  fact 'no secret in base64' "$(grep -c "${in_base64%????}" "$work/everything")" 0
  fact 'nor one as addresses have it' "$(grep -ci "$in_address" "$work/everything")" 0
  [ "$(wc -c <"$work/everything")" -gt 1000 ]
  fact 'much was said' "$?" 0
  finish
}
