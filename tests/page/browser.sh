# browser.sh: what the scripts of this folder share; read by them with . after $here and $folder are set. Leaves the browser in $browser and goes to $folder,
# where the packages of package.json are kept
skip() {
    echo "skipped: $*"
    exit 77
}

command -v node >/dev/null || skip "node is not installed (Debian: apt install nodejs npm)"
command -v npm >/dev/null || skip "npm is not installed (Debian: apt install npm)"
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$browser" ] || skip "there is no Chromium (Debian: apt install chromium)"

mkdir -p "$folder"
cd "$folder"
if ! cmp -s "$here/package.json" package.json || [ ! -d node_modules ]; then
    rm -rf node_modules package.json
    cp "$here/package.json" .
    npm install --no-audit --no-fund --no-package-lock --ignore-scripts --fetch-retries=0 --fetch-timeout=30000 >npm.log 2>&1 || {
        rm -f package.json
        skip "the packages that drive the browser cannot be fetched: $(grep -m 1 "reason:" npm.log || tail -n 1 npm.log)"
    }
fi
