#!/bin/sh
# Make an API key with the rights of one role of this folder, and no others; Elasticsearch's answer is printed. Its
# field "encoded" is what TOCSIN_INDEX_API_KEY_FILE is to hold.
#
#   elasticsearch-key.sh ROLE URL OPTIONS OF curl
#   elasticsearch-key.sh tocsin-ingest https://es.example:9200 --cacert ca.pem --user admin
#
# Asked as a user who may make keys; curl asks for the password. Keys do not need the role itself. Users do:
#   curl --cacert ca.pem --user admin -X PUT -H 'Content-Type: application/json' \
#       https://es.example:9200/_security/role/tocsin-ingest -d @elasticsearch/tocsin-ingest.json
set -eu

if [ "$#" -lt 2 ]; then
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 64
fi
role="$1"
url="$2"
shift 2

file="$(dirname "$0")/elasticsearch/$role.json"
if [ ! -f "$file" ]; then
    echo "elasticsearch-key.sh: there is no role '$role'; there are: $(cd "$(dirname "$file")" && echo *.json)" >&2
    exit 64
fi
printf '{"name": "%s", "role_descriptors": {"%s": %s}}' "$role" "$role" "$(cat "$file")" |
    curl --silent --show-error --fail-with-body -X POST -H 'Content-Type: application/json' -d @- \
        "$@" "$url/_security/api_key"
