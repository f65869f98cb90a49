#!/bin/bash
# ask.sh METHOD PATH [JSON]: one request to Elasticsearch as its superuser; prints the answer, fails when it is an error.
set -euo pipefail

ELASTICSEARCH=${ELASTICSEARCH:-https://localhost:9200}
PRIVATE=${PRIVATE:-/usr/share/elasticsearch/config/private}

body=()
[[ $# -lt 3 ]] || body=(--header 'Content-Type: application/json' --data "$3")
# Through standard input, because everybody on the machine can read a command line.
printf 'user = "elastic:%s"\n' "$(<"$PRIVATE/elastic.password")" |
  curl --config - --silent --show-error --fail-with-body --max-time 15 --cacert "$PRIVATE/ca.crt" \
    --request "$1" "${body[@]}" "$ELASTICSEARCH$2"
