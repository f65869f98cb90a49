#!/bin/bash
# Import data views, saved searches and the dashboard into Kibana. Objects of the same id are overwritten, so that a new
# release brings its own; copy a dashboard before you change it.
set -euo pipefail

KIBANA=${KIBANA:-http://kibana:5601}
PASSWORD=${PASSWORD:-/run/tocsin/desk/desk.password}
FILE=${FILE:-/tocsin.ndjson}

answer=$(printf 'user = "desk:%s"\n' "$(<"$PASSWORD")" |
  curl --config - --silent --show-error --fail-with-body --max-time 120 --header 'kbn-xsrf: true' \
    --form "file=@$FILE;type=application/ndjson;filename=tocsin.ndjson" \
    "$KIBANA/api/saved_objects/_import?overwrite=true")
# Kibana answers 200 also when it refuses some of the objects.
[[ $answer == *'"success":true'* ]] || { printf 'Kibana refuses: %s\n' "$answer" >&2; exit 1; }
echo "imported into $KIBANA"
