#!/bin/sh
. "$(dirname "$0")/lib.sh"
# A port that nobody has, out of those the kernel gives to clients last.
port=$((20000 + $$ % 10000))
cat >compose.yaml <<EOF
services:
  all:
    image: $image
    init: true
    ports: ["$port:80"]
  local:
    image: $image
    init: true
    ports: ["127.0.0.1:$port:80"]
  again:
    image: $image
    init: true
    ports: ["$port:80"]
  beside:
    image: $image
    init: true
    ports: ["127.0.0.1:$((port + 1)):80"]
  other:
    image: $image
    init: true
    ports: ["127.0.0.2:$((port + 1)):80"]
  datagrams:
    image: $image
    init: true
    ports: ["127.0.0.1:$((port + 1)):80/udp"]
EOF
compose config -q
fact 'config says nothing of it' "$?" 0
compose up -d all >/dev/null 2>&1
fact 'the first one starts, on every address' "$?" 0
text=$(compose up -d local 2>&1)
fact 'the second one does not, on the address of the host itself' "$?" 1
says 'as the port is taken' "$text" 'address already in use'
text=$(compose up -d again 2>&1)
fact 'nor one on every address' "$?" 1
says 'which is worded otherwise' "$text" 'port is already allocated'
compose down -t 0 >/dev/null 2>&1
compose up -d local >/dev/null 2>&1
text=$(compose up -d all 2>&1)
fact 'nor the other way round' "$?" 1
says 'for the same reason' "$text" 'already in use'
compose up -d beside other datagrams >/dev/null 2>&1
fact 'two addresses have the port each, and each protocol' "$?" 0
conclude
