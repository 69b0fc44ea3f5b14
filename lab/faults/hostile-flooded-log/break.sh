# Three real failures among twenty thousand lines of noise, before and after them.
visitors
noise() {
  local now
  now=$(date '+%Y/%m/%d %H:%M:%S')
  awk -v now="$now" -v root="$WWW_DIR" -v site="$SHOP_SITE" -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "%s [error] 77#77: *%d open() \"%s/wp-%d.php\" failed (2: No such file or directory), client: 198.51.100.%d, server: files.%s, request: \"GET /wp-%d.php HTTP/1.1\", host: \"files.%s\"\n", now, i, root, i, i % 250, site, i, site }' >>"$ERROR_LOG"
}
noise 10000
systemctl stop "$SHOP_UNIT"
shop_requests 3
noise 10000
