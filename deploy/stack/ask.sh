#!/bin/bash
# ask.sh METHOD PATH [-]: one request to Elasticsearch as its superuser, with `-` the JSON of standard input in it; prints
# the answer. An error goes to standard error, with what the server says of it.
set -euo pipefail

ELASTICSEARCH=${ELASTICSEARCH:-https://localhost:9200}
PRIVATE=${PRIVATE:-/usr/share/elasticsearch/config/private}

quoted() { # as curl's configuration wants it
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "${text//$'\n'/\\n}"
}

# All of it goes through standard input, because everybody on the machine can read a command line.
configuration="user = $(quoted "elastic:$(<"$PRIVATE/elastic.password")")"
if [[ ${3-} == - ]]; then
  configuration+=$'\nheader = "Content-Type: application/json"\n'"data = $(quoted "$(cat)")"
fi
if answer=$(curl --config - --silent --show-error --fail-with-body --max-time 30 --cacert "$PRIVATE/ca.crt" \
  --request "$1" "$ELASTICSEARCH$2" <<<"$configuration"); then
  printf '%s\n' "$answer"
else
  code=$?
  printf '%s %s: %s\n' "$1" "$2" "$answer" >&2
  exit $code
fi
