#!/bin/bash
# Kibana with its secrets from files. Its image takes settings from the environment only.
set -euo pipefail

SECRETS=${SECRETS:-/run/tocsin/kibana}
ELASTICSEARCH_PASSWORD=$(<"$SECRETS/kibana.password")
# The same after every start, so that nobody is logged out by one.
XPACK_SECURITY_ENCRYPTIONKEY=$(<"$SECRETS/encryption.key")
XPACK_ENCRYPTEDSAVEDOBJECTS_ENCRYPTIONKEY=$XPACK_SECURITY_ENCRYPTIONKEY
XPACK_REPORTING_ENCRYPTIONKEY=$XPACK_SECURITY_ENCRYPTIONKEY
export ELASTICSEARCH_PASSWORD XPACK_SECURITY_ENCRYPTIONKEY XPACK_ENCRYPTEDSAVEDOBJECTS_ENCRYPTIONKEY XPACK_REPORTING_ENCRYPTIONKEY

exec "${KIBANA_PROGRAM:-/usr/local/bin/kibana-docker}"
