#!/bin/sh
# Collect the words from the code into resources/locale, bring every catalogue up to date, compile. $1 is the venv's bin.
# A new language: pybabel init -i resources/locale/canteen_pos.pot -D canteen_pos -d resources/locale -l LANGUAGE
set -eu
bin="$1"
locale=resources/locale
domain=canteen_pos

mkdir -p "$locale"
"$bin/pybabel" --quiet extract --project "$domain" --no-location --sort-output \
    --keyword _ --keyword N_ --keyword tr --keyword tr_as:1c,2 --keyword gettext --keyword ngettext:1,2 --keyword pgettext:1c,2 \
    --output-file "$locale/$domain.pot" "$domain"
# The date would change the file at every run.
sed -i.old '/^"POT-Creation-Date:/d' "$locale/$domain.pot" && rm "$locale/$domain.pot.old"

if ! ls "$locale"/*/LC_MESSAGES/"$domain".po >/dev/null 2>&1; then
    echo "No catalogue under $locale yet: the words are in $locale/$domain.pot"
    exit 0
fi
"$bin/pybabel" --quiet update --domain "$domain" --input-file "$locale/$domain.pot" --output-dir "$locale" \
    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
"$bin/pybabel" compile --domain "$domain" --directory "$locale" --use-fuzzy --statistics
