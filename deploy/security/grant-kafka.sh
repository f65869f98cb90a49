#!/bin/sh
# Give a user of Kafka the rights of components in kafka-acls.txt.
#
#   grant-kafka.sh USER COMPONENT... -- OPTIONS OF kafka-acls.sh
#   grant-kafka.sh tocsin-worker enricher matcher alerter indexer -- \
#       --bootstrap-server kafka.example:9093 --command-config admin.properties
#
# KAFKA_ACLS names Kafka's own tool (default: kafka-acls.sh on the path), TOCSIN_TOPIC_PREFIX the topic prefix.
set -eu

table="$(dirname "$0")/kafka-acls.txt"
tool="${KAFKA_ACLS:-kafka-acls.sh}"
prefix="${TOCSIN_TOPIC_PREFIX:-tocsin}"

if [ "$#" -lt 3 ]; then
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 64
fi
user="$1"
shift

wanted=" "
while [ "$#" -gt 0 ] && [ "$1" != "--" ]; do
    if ! grep -q "^$1 " "$table"; then
        echo "grant-kafka.sh: there is no component '$1' in $table" >&2
        exit 64
    fi
    wanted="$wanted$1 "
    shift
done
if [ "$#" -lt 2 ]; then
    echo "grant-kafka.sh: after the components: -- and how kafka-acls.sh reaches the brokers" >&2
    exit 64
fi
shift

while read -r component operation resource name pattern; do
    case "$wanted" in
        *" $component "*) ;;
        *) continue ;;
    esac
    case "$name" in
        tocsin.*) name="$prefix${name#tocsin}" ;;
    esac
    "$tool" "$@" --add --allow-principal "User:$user" --operation "$operation" \
        "--$resource" "$name" --resource-pattern-type "$pattern" </dev/null
done <<EOF
$(grep -v '^#' "$table" | grep -v '^ *$')
EOF
