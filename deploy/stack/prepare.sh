#!/bin/bash
# Certificates and passwords of the stack, made once; what is there already stays. Runs in the Elasticsearch image, which
# has the tool for certificates. VOLUMES holds a folder for each volume; OWNER is who the containers run as.
set -euo pipefail
umask 077

VOLUMES=${VOLUMES:-/volumes}
OWNER=${OWNER:-1000:0}
CERTUTIL=${CERTUTIL:-/usr/share/elasticsearch/bin/elasticsearch-certutil}
private=$VOLUMES/elasticsearch

# Ten years for the authority; a server certificate of the same age spares a desk the day on which nothing works.
readonly DAYS=3650

make_certificates() {
  local work
  work=$(mktemp -d)
  printf 'instances:\n  - name: server\n    dns: [elasticsearch, localhost]\n    ip: [127.0.0.1]\n' >"$work/instances.yml"
  "$CERTUTIL" ca --silent --pem --days $DAYS --out "$work/ca.zip"
  unpack "$work/ca.zip" "$work"
  "$CERTUTIL" cert --silent --pem --days $DAYS --in "$work/instances.yml" --out "$work/certificates.zip" \
    --ca-cert "$work/ca/ca.crt" --ca-key "$work/ca/ca.key"
  unpack "$work/certificates.zip" "$work"
  cp "$work/ca/ca.crt" "$VOLUMES/authority/ca.crt"
  cp "$work/ca/ca.crt" "$work/server/server.key" "$private/"
  # Last, since it says that all is there. The authority's key is kept nowhere: nothing is signed with it again.
  cp "$work/server/server.crt" "$private/server.crt"
  rm -r "$work"
}

unpack() { # FILE FOLDER; the image has unzip or python3 or neither, always Java's own tool
  if command -v unzip >/dev/null; then unzip -q "$1" -d "$2"; else (cd "$2" && "${JAR:-/usr/share/elasticsearch/jdk/bin/jar}" xf "$1"); fi
}

make_password() { # FILE; 32 random characters, unless it is there
  [[ -s $1 ]] && return
  # head closes the pipe early, which is no failure here
  { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom || true; } | head -c 32 >"$1.new"
  mv "$1.new" "$1"
}

[[ -s $private/server.crt ]] || make_certificates
make_password "$private/elastic.password"
make_password "$VOLUMES/kibana/kibana.password"
make_password "$VOLUMES/kibana/encryption.key"
make_password "$VOLUMES/desk/desk.password"

chown -R "$OWNER" "$VOLUMES"/*
chmod 0755 "$VOLUMES/authority"
chmod 0644 "$VOLUMES/authority/ca.crt"
echo "certificates and passwords are there"
