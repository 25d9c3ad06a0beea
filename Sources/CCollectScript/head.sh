#!/usr/bin/env bash
# Fetches what `accessreview import` reads, with the AWS CLI, and changes nothing in AWS.
#
#     bash collect.sh [FOLDER]
#
# Written by `accessreview collect-script`, which has options for what is fetched and from where; with --policy it prints
# the permissions that this script needs. Needs bash, the AWS CLI (version 2, or a late version 1) and credentials that the
# CLI finds. Every answer becomes a line of JSON in a file of FOLDER, which must not exist yet: nothing is written elsewhere,
# and nobody else may read it. A refused call is written down too, and the rest is fetched. The script always begins anew.
#
# Exit status: 0 all was fetched, 3 some was not (the end says what), 1 nothing could be done, 2 wrong usage.

# What is left out may leave a function or a variable behind that nothing uses.
# shellcheck disable=SC2317,SC2329,SC2034
set -u -f
umask 077
