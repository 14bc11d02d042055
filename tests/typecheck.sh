#!/bin/sh
# Checks the types of every browser module under src/*/wwwroot (JSDoc, tsc --checkJs --strict).
set -eu
cd "$(dirname "$0")/typecheck"
wanted=$(sed -n 's/.*"typescript": "\(.*\)".*/\1/p' package.json)
if ! node_modules/.bin/tsc --version 2>/dev/null | grep -qx "Version $wanted"; then
  npm install --no-package-lock --no-audit --no-fund --silent
fi
node_modules/.bin/tsc --project tsconfig.json
echo "typecheck: clean"
