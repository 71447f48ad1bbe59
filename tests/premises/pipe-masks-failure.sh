#!/bin/bash
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  app:
    image: $image
EOF
bash -ec 'compose run --rm -T app sh -c "exit 3" </dev/null 2>/dev/null | tee log; echo on' >out
fact 'a task that fails into a pipe: exit code 0' "$?" 0
fact 'and the script goes on' "$(cat out)" on
bash -o pipefail -ec 'compose run --rm -T app sh -c "exit 3" </dev/null 2>/dev/null | tee log; echo on' >out
fact 'with pipefail: the code of the task' "$?" 3
fact 'and the script ends' "$(cat out)" ''
bash -ec 'compose pull nosuch 2>/dev/null | cat'
fact 'so with the verbs of compose' "$?" 0
conclude
