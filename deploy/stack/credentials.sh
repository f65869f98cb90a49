#!/bin/bash
# Accounts and API keys of the stack, each with the rights of a role in deploy/security, which are
# the least that do its work. Harmless to repeat: a key that still works is kept.
set -euo pipefail
umask 077

HERE=$(dirname "$0")
VOLUMES=${VOLUMES:-/volumes}
ROLES=${ROLES:-/roles}
ELASTICSEARCH=${ELASTICSEARCH:-https://localhost:9200}
PRIVATE=${PRIVATE:-/volumes/elasticsearch}
export ELASTICSEARCH PRIVATE

ask() { /bin/bash "$HERE/ask.sh" "$@"; }

works() { # FILE: whether the API key in it is accepted
  [[ -s $1 ]] && printf 'header = "Authorization: ApiKey %s"\n' "$(<"$1")" |
    curl --config - --silent --fail --max-time 15 --cacert "$PRIVATE/ca.crt" --output /dev/null \
      "$ELASTICSEARCH/_security/_authenticate"
}

roles() { # NAME...: roles of deploy/security as one JSON object, by name
  local name parts=()
  for name in "$@"; do parts+=("\"$name\": $(<"$ROLES/$name.json")"); done
  (IFS=,; printf '{%s}' "${parts[*]}")
}

make_key() { # VOLUME ROLE...: an API key with the rights of these roles
  local volume=$1 file=$VOLUMES/$1/api.key answer
  shift
  if works "$file"; then
    echo "$volume: its API key works"
    return
  fi
  answer=$(ask POST /_security/api_key - <<<"{\"name\": \"tocsin-$volume\", \"role_descriptors\": $(roles "$@")}")
  sed -n 's/.*"encoded" *: *"\([^"]*\)".*/\1/p' <<<"$answer" >"$file.new"
  [[ -s $file.new ]] || { echo "$volume: no API key in the answer" >&2; exit 1; }
  mv "$file.new" "$file"
  echo "$volume: has a new API key"
}

ask PUT /_security/user/kibana_system/_password - >/dev/null <<<"{\"password\": \"$(<"$VOLUMES/kibana/kibana.password")\"}"
for role in tocsin-search tocsin-dead-letters; do
  ask PUT "/_security/role/$role" - <"$ROLES/$role.json" >/dev/null
done
# kibana_admin: whoever sits at the desk may change dashboards, but no document.
ask PUT /_security/user/desk - >/dev/null <<END
{"password": "$(<"$VOLUMES/desk/desk.password")", "full_name": "Desk",
 "roles": ["tocsin-search", "tocsin-dead-letters", "kibana_admin"]}
END

make_key setup tocsin-setup
make_key ingest tocsin-ingest
make_key search tocsin-search tocsin-dead-letters
