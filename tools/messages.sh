#!/bin/sh
# Collect the words from the code into resources/locale, bring every catalogue up to date, compile. $1 is the venv's bin.
set -eu
bin="$1"
locale=resources/locale
domain=canteen_pos

mkdir -p "$locale"
"$bin/pybabel" --quiet extract --project "$domain" --no-location --sort-output --omit-header \
    --keyword _ --keyword N_ --keyword tr --keyword gettext --keyword ngettext:1,2 --keyword pgettext:1c,2 \
    --output-file "$locale/$domain.pot" "$domain"
"$bin/pybabel" --quiet update --domain "$domain" --input-file "$locale/$domain.pot" --output-dir "$locale" \
    --no-fuzzy-matching --ignore-obsolete --omit-header
"$bin/pybabel" --quiet compile --domain "$domain" --directory "$locale" --statistics
