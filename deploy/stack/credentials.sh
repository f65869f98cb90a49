#!/bin/bash
# Accounts and API keys of the stack, each with the least rights that do its work. Harmless to repeat: a key that still
# works is kept.
set -euo pipefail
umask 077

HERE=$(dirname "$0")
VOLUMES=${VOLUMES:-/volumes}
ELASTICSEARCH=${ELASTICSEARCH:-https://localhost:9200}
PRIVATE=${PRIVATE:-/volumes/elasticsearch}
export ELASTICSEARCH PRIVATE

ask() { /bin/bash "$HERE/ask.sh" "$@"; }

works() { # FILE: whether the API key in it is accepted
  [[ -s $1 ]] && printf 'header = "Authorization: ApiKey %s"\n' "$(<"$1")" |
    curl --config - --silent --fail --max-time 15 --cacert "$PRIVATE/ca.crt" --output /dev/null \
      "$ELASTICSEARCH/_security/_authenticate"
}

make_key() { # NAME RIGHTS: an API key in the volume of that name
  local file=$VOLUMES/$1/api.key answer
  if works "$file"; then
    echo "$1: its API key works"
    return
  fi
  answer=$(ask POST /_security/api_key "{\"name\": \"tocsin-$1\", \"role_descriptors\": {\"tocsin-$1\": $2}}")
  sed -n 's/.*"encoded" *: *"\([^"]*\)".*/\1/p' <<<"$answer" >"$file.new"
  [[ -s $file.new ]] || { echo "$1: no API key in the answer" >&2; exit 1; }
  mv "$file.new" "$file"
  echo "$1: has a new API key"
}

on_indices() { # PRIVILEGES, as JSON strings: a role on all indices of Tocsin
  printf '{"cluster": [], "indices": [{"names": ["tocsin-*"], "privileges": [%s]}]}' "$1"
}

ask PUT /_security/user/kibana_system/_password "{\"password\": \"$(<"$VOLUMES/kibana/kibana.password")\"}" >/dev/null
ask PUT /_security/role/tocsin_desk "$(on_indices '"read", "view_index_metadata"')" >/dev/null
# kibana_admin: whoever sits at the desk may change dashboards, but no document.
ask PUT /_security/user/desk "{\"password\": \"$(<"$VOLUMES/desk/desk.password")\",
  \"roles\": [\"tocsin_desk\", \"kibana_admin\"], \"full_name\": \"Tocsin's desk\"}" >/dev/null

make_key setup '{"cluster": ["monitor", "manage_index_templates"],
  "indices": [{"names": ["tocsin-*"], "privileges": ["manage", "read", "view_index_metadata"]}]}'
make_key indexer "$(on_indices '"index", "read", "view_index_metadata"')"
make_key search "$(on_indices '"read", "view_index_metadata"')"
